"""docs/map.md tells the truth: every module is on it, and nothing on it is absent."""

from __future__ import annotations

import re

from tests.architecture.tree import ROOT, name_of
from tests.architecture.write_map import modules

MAP = (ROOT / "docs" / "map.md").read_text("utf-8")
ENTRY = re.compile(r"^- `(?P<path>[^`]+)` — (?P<what>.+)$", re.MULTILINE)
LISTED = {match["path"]: match["what"] for match in ENTRY.finditer(MAP)}


def test_every_module_is_on_the_map() -> None:
    ours = {name_of(file) for file in modules() if file.name != "__init__.py"}
    assert sorted(ours - set(LISTED)) == []


def test_every_folder_of_the_package_is_on_the_map() -> None:
    folders = {name_of(file.parent) + "/" for file in modules()}
    assert sorted(folders - set(LISTED)) == []


def test_nothing_on_the_map_is_absent() -> None:
    assert [path for path in LISTED if not (ROOT / path).exists()] == []


def test_no_place_stands_twice() -> None:
    paths = [match["path"] for match in ENTRY.finditer(MAP)]
    assert sorted(paths) == sorted(set(paths))
