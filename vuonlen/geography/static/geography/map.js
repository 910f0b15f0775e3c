// The map of one place: outlines and centres from our own server, drawn on plain ground.
(function () {
  "use strict";
  const box = document.getElementById("map");
  const note = document.getElementById("map-note");
  if (!box || !window.L) return;

  const own = { color: "#0b5d3b", weight: 2, fillOpacity: 0.06 };
  const inner = { color: "#2f6f8f", weight: 1, fillOpacity: 0.15 };

  function label(feature) {
    const text = document.createElement("span");
    text.textContent = feature.properties.name; // names are text, never HTML
    return text;
  }

  function draw(shapes) {
    if (!shapes.features.length) {
      box.classList.add("map-empty");
      note.textContent = note.dataset.empty;
      return;
    }
    const map = L.map(box, { attributionControl: false, zoomSnap: 0.25 });
    const layer = L.geoJSON(shapes, {
      style: function (feature) { return feature.properties.own ? own : inner; },
      pointToLayer: function (feature, place) {
        return L.circleMarker(place, Object.assign({ radius: 7 }, feature.properties.own ? own : inner, { fillOpacity: 0.6 }));
      },
      onEachFeature: function (feature, one) {
        one.bindTooltip(label(feature));
        if (!feature.properties.own) {
          one.on("click", function () {
            window.location.assign(box.dataset.place.replace("ID", feature.properties.id));
          });
        }
      },
    }).addTo(map);
    map.fitBounds(layer.getBounds(), { padding: [20, 20], maxZoom: 12 });
  }

  fetch(box.dataset.shapes, { credentials: "same-origin" })
    .then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    })
    .then(draw)
    .catch(function () {
      box.classList.add("map-empty");
      note.textContent = note.dataset.failed;
    });
})();
