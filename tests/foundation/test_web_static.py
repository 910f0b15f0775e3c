"""What the browser is sent: copied files are what their manifest says, and nothing comes from another host."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

from tests.architecture.tree import PACKAGE, ROOT, files, name_of

SENT = PACKAGE / "foundation" / "static" / "vendor"
TESTED = ROOT / "tests" / "browser" / "vendor"
TEMPLATES = [file for file in files() if file.suffix == ".html" and file.is_relative_to(PACKAGE)]
_ICON = re.compile(r"""\{%\s*icon\s+"([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|["']icon["']:\s*["']([a-z0-9-]+)["']""")
_CODE = re.compile(r"""\s(?:style|on[a-z]+)\s*=\s*["']|<style|javascript:""", re.IGNORECASE)
_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|nonce)=)(?![^>]*type=\"application/json\")")
_ELSEWHERE = re.compile(r"""(?:src|href|url\()\s*=?\s*["']?(?:https?:)?//""")


def manifest(folder: Path) -> list[dict[str, object]]:
    return json.loads((folder / "manifest.json").read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("folder", [SENT, TESTED], ids=["sent", "tested"])
def test_every_copied_file_is_the_one_of_the_manifest(folder: Path) -> None:
    told = {name: hash for one in manifest(folder) for name, hash in one["files"].items()}  # type: ignore[attr-defined]
    there = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    assert there == told


@pytest.mark.parametrize("folder", [SENT, TESTED], ids=["sent", "tested"])
def test_every_copied_work_stands_with_its_licence_in_the_list(folder: Path) -> None:
    listed = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    for one in manifest(folder):
        assert f"| {one['name']} | {one['version']} | `{one['package']}` | {one['licence']} |" in listed
        texts = [(folder / name).read_text("utf-8") for name in one["licence_texts"]]  # type: ignore[attr-defined]
        assert any(len(text) > 300 for text in texts), one["name"]


def test_what_the_pages_load_is_found_by_the_server() -> None:
    asked = {name for file in TEMPLATES for name in re.findall(r"{%\s*static\s+\"([^\"]+)\"", file.read_text("utf-8"))}
    asked |= {
        f"vendor/be-vietnam-pro/{name}"
        for name in re.findall(r"be-vietnam-pro/([\w.-]+woff2)", _own("fonts.css").read_text("utf-8"))
    }
    assert len(asked) > 12
    assert [name for name in sorted(asked) if finders.find(name) is None] == []


def test_every_letter_of_vietnamese_has_its_font() -> None:
    ranges = [
        (int(start, 16), int(end or start, 16))
        for start, end in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", _own("fonts.css").read_text("utf-8"))
    ]
    letters = "aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ₫…–"
    assert [one for one in letters + letters.upper() if not any(a <= ord(one) <= b for a, b in ranges)] == []


def test_every_sign_that_a_page_asks_for_is_in_the_sprite() -> None:
    known = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (SENT / "bootstrap-icons" / "icons.svg").read_text("utf-8")))
    code = [file for file in files() if file.suffix in {".html", ".py"} and file.is_relative_to(PACKAGE)]
    asked = {
        (next(name for name in found if name), name_of(file))
        for file in code
        for found in _ICON.findall(file.read_text("utf-8"))
    }
    assert len(asked) > 10
    assert sorted(one for one in asked if one[0] not in known) == []


def test_no_page_holds_code_or_looks_of_its_own() -> None:
    """The browser is told to run and draw only what stands in files; such an attribute would silently do nothing."""
    found = [
        f"{name_of(file)}: {match.group()}"
        for file in TEMPLATES
        for pattern in (_CODE, _SCRIPT)
        for match in pattern.finditer(file.read_text("utf-8"))
    ]
    assert found == []


def test_nothing_is_loaded_from_another_host() -> None:
    ours = [file for file in files() if file.suffix in {".html", ".css", ".js"} and file.is_relative_to(PACKAGE)]
    ours = [file for file in ours if not file.is_relative_to(SENT)]
    found = [f"{name_of(file)}: {one}" for file in ours for one in _ELSEWHERE.findall(file.read_text("utf-8"))]
    assert found == []


def test_every_template_of_ours_can_be_read() -> None:
    engine = engines["django"]
    for file in TEMPLATES:
        engine.from_string(file.read_text("utf-8"))


def _own(name: str) -> Path:
    return PACKAGE / "foundation" / "static" / "vuonlen" / name
