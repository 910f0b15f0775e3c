"""Outlines from GeoJSON: valid ones are stored, faulty ones are mended with a notice or refused."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.web.cast import Places
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.places import actions, outlines
from vuonlen.places.models import Boundary, Level

pytestmark = pytest.mark.django_db
TODAY, THEN = date(2026, 11, 24), date(2023, 6, 1)


def square(west: float = 105.8, south: float = 22.1, size: float = 0.1) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, code: Any = "01843", key: str = "ma_xa") -> dict[str, Any]:
    return {"type": "Feature", "properties": {key: code, "ten": "?"}, "geometry": geometry}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def written(folder: Path, told: Any) -> Path:
    path = folder / "ranh-gioi.geojson"
    path.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    return path


def imported(folder: Path, *features: Any, on: date = TODAY, **more: Any) -> actions.Outlined:
    return actions.import_boundaries(path=written(folder, collection(*features)), key="ma_xa", on=on, **more)


def test_an_outline_is_stored_as_given(tmp_path: Path, places: Places) -> None:
    done = imported(tmp_path, feature(polygon(square())), source="Sở NNMT 2025")
    assert (done.created, done.refused, done.warnings) == (1, (), ())
    boundary = Boundary.objects.get(place=places.bac_kan)
    assert boundary.geometry["coordinates"][0][0] == [105.8, 22.1]
    assert (boundary.drawn, boundary.source) == (None, "Sở NNMT 2025")
    places.bac_kan.refresh_from_db()
    assert (places.bac_kan.latitude, places.bac_kan.longitude) == (22.15, 105.85)
    assert Entry.objects.filter(act="places.import_boundaries").count() == 1


def test_the_same_file_twice_changes_nothing(tmp_path: Path, places: Places) -> None:
    imported(tmp_path, feature(polygon(square())))
    again = imported(tmp_path, feature(polygon(square())))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert Entry.objects.filter(act="places.import_boundaries").count() == 1
    other = imported(tmp_path, feature(polygon(square(size=0.2))))
    assert (other.changed, Boundary.objects.count()) == (1, 1)


def test_a_code_means_the_unit_of_the_date(tmp_path: Path, places: Places) -> None:
    imported(tmp_path, feature(polygon(square())), on=THEN)
    assert Boundary.objects.get().place == places.old["01843"]


@pytest.mark.parametrize(("code", "level"), [(1843, Level.COMMUNE), (1843.0, Level.COMMUNE), (19, Level.PROVINCE)])
def test_a_code_kept_as_a_number_gets_its_zeros_back(tmp_path: Path, places: Places, code: Any, level: Level) -> None:
    imported(tmp_path, feature(polygon(square()), code), level=level)
    assert Boundary.objects.get().place.level == level


def test_an_outline_of_many_points_gets_a_simpler_copy(tmp_path: Path, places: Places) -> None:
    ring = [
        [105.85 + 0.05 * math.cos(t / 5000 * math.tau), 22.15 + 0.05 * math.sin(t / 5000 * math.tau)]
        for t in range(5000)
    ]
    imported(tmp_path, feature(polygon([*ring, ring[0]])))
    boundary = Boundary.objects.get()
    assert len(boundary.geometry["coordinates"][0]) == 5001
    assert boundary.drawn is not None
    assert 4 < len(boundary.drawn["coordinates"][0]) <= outlines.DRAWN_POINTS


def test_a_fault_is_mended_and_told(tmp_path: Path, places: Places) -> None:
    """A spike of no width crosses the outline: mending it changes next to nothing."""
    ring = square()
    ring[2:2] = [[105.9, 22.15], [105.91, 22.15], [105.9, 22.15]]
    done = imported(tmp_path, feature(polygon(ring)))
    assert (done.created, [one.code for one in done.warnings]) == (1, ["PL-REPAIRED"])


def test_a_height_is_left_out(tmp_path: Path, places: Places) -> None:
    imported(tmp_path, feature(polygon([[*one, 120.5] for one in square()])))
    assert Boundary.objects.get().geometry["coordinates"][0][0] == [105.8, 22.1]


BOW = [[105.8, 22.1], [105.9, 22.2], [105.9, 22.1], [105.8, 22.2], [105.8, 22.1]]
BAD_FEATURES: dict[str, tuple[Any, str]] = {
    "a bow tie": (feature(polygon(BOW)), "PL-GEOMETRY"),
    "latitude first": (feature(polygon([one[::-1] for one in square()])), "PL-SWAPPED"),
    "in the ocean": (feature(polygon(square(0, 0))), "PL-OUTSIDE"),
    "in metres": (feature(polygon(square(580_000, 2_450_000, 1000))), "PL-OUTSIDE"),
    "a point": (feature({"type": "Point", "coordinates": [105.8, 22.1]}), "PL-GEOMETRY"),
    "no geometry": (feature(None), "PL-GEOMETRY"),
    "an open ring": (feature(polygon(square()[:-1])), "PL-GEOMETRY"),
    "a ring of two points": (feature(polygon([[105.8, 22.1], [105.9, 22.1], [105.8, 22.1]])), "PL-GEOMETRY"),
    "no rings": (feature(polygon()), "PL-GEOMETRY"),
    "an empty multipolygon": (feature({"type": "MultiPolygon", "coordinates": [[]]}), "PL-GEOMETRY"),
    "text for coordinates": (feature(polygon([["a", "b"]] * 4)), "PL-GEOMETRY"),
    "true for coordinates": (feature(polygon([[True, 22.1]] * 4)), "PL-GEOMETRY"),
    "too deep": (feature(polygon([square()])), "PL-GEOMETRY"),
    "an integer beyond all floats": (feature(polygon([[10**400, 22.1]] * 4)), "PL-GEOMETRY"),
    "no code": (feature(polygon(square()), key="ma_khac"), "PL-KEY"),
    "a code of nothing": (feature(polygon(square()), code=None), "PL-KEY"),
    "a code that is a list": (feature(polygon(square()), code=["01843"]), "PL-KEY"),
    "an unknown code": (feature(polygon(square()), code="99999"), "PL-UNKNOWN"),
    "properties that are none": ({"type": "Feature", "properties": [], "geometry": polygon(square())}, "PL-KEY"),
}


@pytest.mark.parametrize("case", BAD_FEATURES)
def test_a_bad_outline_is_named_and_the_good_ones_are_stored(tmp_path: Path, places: Places, case: str) -> None:
    bad, code = BAD_FEATURES[case]
    done = imported(tmp_path, feature(polygon(square()), "01840"), bad)
    assert [(one.cell, one.code) for one in done.refused] == [("features[2]", code)]
    assert Boundary.objects.get().place == places.duc_xuan
    assert "{" not in done.refused[0].line("vi") + done.refused[0].line("en")


def test_one_code_twice_is_refused_twice(tmp_path: Path, places: Places) -> None:
    good = feature(polygon(square()), "01840")
    done = imported(tmp_path, good, feature(polygon(square())), feature(polygon(square(106.0))))
    assert [one.code for one in done.refused] == ["PL-OUTLINE-TWICE"] * 2


def test_too_many_points_are_refused(tmp_path: Path, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "MOST_POINTS", 4)
    done = imported(tmp_path, feature(polygon(square()[:3] + square()[4:]), "01840"), feature(polygon(square())))
    assert [one.code for one in done.refused] == ["PL-POINTS"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("", "F-EMPTY"),
        ("{", "PL-JSON"),
        ("[]", "PL-JSON"),
        ("null", "PL-JSON"),
        ('{"type": "Feature"}', "PL-JSON"),
        ('{"type": "FeatureCollection", "features": []}', "PL-JSON"),
        ('{"type": "FeatureCollection", "features": [1]}', "PL-JSON"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "x": NaN}]}', "PL-JSON"),
        ('{"x":' * 30_000, "PL-JSON"),
        ("[" * 100_000, "PL-JSON"),
        ("kính độ,vĩ độ\n105,22", "PL-JSON"),
        (collection(feature(polygon(square())), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}), "PL-CRS"),
        (collection(feature(polygon(square())), crs="VN-2000"), "PL-CRS"),
        (collection(feature(polygon(square()), "99999")), "PL-UNKNOWN"),
    ],
)
def test_a_file_without_a_usable_outline_is_refused(tmp_path: Path, places: Places, told: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.import_boundaries(path=written(tmp_path, told), key="ma_xa", on=TODAY)
    assert refused.value.problems[0].code == code
    assert not Boundary.objects.exists()


def test_a_file_in_another_encoding_is_refused(tmp_path: Path, places: Places) -> None:
    path = tmp_path / "ranh-gioi.geojson"
    path.write_bytes('{"type": "Đơn vị"}'.encode("utf-16"))
    with pytest.raises(Refused):
        actions.import_boundaries(path=path, key="ma_xa", on=TODAY)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "MOST_BYTES", 10)
    with pytest.raises(Refused) as refused:
        imported(tmp_path, feature(polygon(square())))
    assert [one.code for one in refused.value.problems] == ["F-SIZE"]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_a_file_may_say_that_it_is_in_wgs84(tmp_path: Path, places: Places, name: str) -> None:
    told = collection(feature(polygon(square())), crs={"type": "name", "properties": {"name": name}})
    assert actions.import_boundaries(path=written(tmp_path, told), key="ma_xa", on=TODAY).created == 1
