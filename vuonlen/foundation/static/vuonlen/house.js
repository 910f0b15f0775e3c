// Small helps for every page. Without them everything still works.
(function () {
  "use strict";

  // htmx: each changing request carries the token that Django asks for
  document.addEventListener("htmx:configRequest", function (event) {
    const meta = document.querySelector('meta[name="csrf-token"]');
    if (meta) event.detail.headers["X-CSRFToken"] = meta.content;
  });

  // <form data-confirm="…">, <button data-confirm="…">: ask before it is done
  document.addEventListener("submit", function (event) {
    const asked = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
    if (asked && !window.confirm(asked)) {
      event.preventDefault();
      return;
    }
    const form = event.target;
    // A second click must not send twice. After the browser has taken the values, since a disabled button sends none.
    if (form.method === "post" && !("again" in form.dataset) && !event.defaultPrevented) {
      window.setTimeout(function () { busy(form, true); }, 0);
      window.setTimeout(function () { busy(form, false); }, 8000);
    }
  });

  function busy(form, on) {
    form.querySelectorAll('button[type="submit"], input[type="submit"]').forEach(function (one) {
      one.disabled = on;
    });
    if (on) form.setAttribute("aria-busy", "true");
    else form.removeAttribute("aria-busy");
  }

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach(function (one) { busy(one, false); });
  });

  // <select data-send>: a choice is sent at once; the button beside it is for those without scripts
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-print], [data-copy], [data-fill]");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    if ("copy" in button.dataset) copy(button);
    if ("fill" in button.dataset) fill(button);
  });

  // <button data-copy="#id" data-done="…">: the text of an element into the clipboard
  function copy(button) {
    navigator.clipboard.writeText(document.querySelector(button.dataset.copy).innerText).then(function () {
      button.textContent = button.dataset.done;
    });
  }

  // <button data-fill='{"login": "…"}'>: values into the fields of these names
  function fill(button) {
    Object.entries(JSON.parse(button.dataset.fill)).forEach(function (pair) {
      const field = document.querySelector('[name="' + pair[0] + '"]');
      if (field) field.value = pair[1];
    });
  }

  // Whoever works with the keyboard can move a table that is wider than its place
  function reachable() {
    document.querySelectorAll(".table-responsive").forEach(function (one) {
      if (one.scrollWidth > one.clientWidth) {
        one.tabIndex = 0;
        if (!one.hasAttribute("role")) one.setAttribute("role", "group");
        if (!one.hasAttribute("aria-label")) {
          const caption = one.querySelector("caption");
          const title = document.querySelector("h1");
          one.setAttribute("aria-label", (caption || title || document).textContent.trim());
        }
      } else {
        one.removeAttribute("tabindex");
      }
    });
  }
  reachable();
  window.addEventListener("resize", reachable);
  document.addEventListener("htmx:afterSettle", reachable);

  // A form that came back with faults: begin at the first
  const faulty = document.querySelector("main .is-invalid, main [aria-invalid=true]");
  if (faulty) faulty.focus();
})();
