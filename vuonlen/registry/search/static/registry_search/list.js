// The key "/" puts the cursor into the search box, unless somebody is typing.
(function () {
  "use strict";
  const box = document.querySelector("[data-search]");
  if (!box) return;
  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
