"""Class I: places. A code is five digits; the area type comes from the column or the unit's name, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bad_files.making import workbook
from tests.bad_files.outcomes import codes, households
from tests.bad_files.outcomes import read_here as read

_HEADS = ["Mã hộ", "Mã xã", "Tên xã", "Khu vực", "Thu nhập"]
CASES: list[tuple[str, list[Any], tuple[Any, Any], list[str]]] = [
    ("code-text", ["01849", "Xã Dương Quang", "nông thôn"], ("01849", "rural"), []),
    ("code-lost-zero", [1849, "Xã Dương Quang", "nông thôn"], ("01849", "rural"), ["X-PLACE-ZERO@B2"]),
    ("code-short-text", ["1849", "Xã Dương Quang", "nông thôn"], (None, None), ["R-PLACE-CODE@B2"]),
    ("code-of-district", ["058", "Xã Dương Quang", "nông thôn"], (None, None), ["R-PLACE-CODE@B2"]),
    ("code-blank", [None, "Xã Dương Quang", "nông thôn"], (None, "rural"), []),
    ("area-from-xa", ["01849", "Xã Dương Quang", None], ("01849", "rural"), ["W-AREA-FROM-NAME@C2"]),
    ("area-from-phuong", ["01840", "Phường Đức Xuân", None], ("01840", "urban"), ["W-AREA-FROM-NAME@C2"]),
    ("area-from-p1", ["01840", "P.1", None], ("01840", "urban"), ["W-AREA-FROM-NAME@C2"]),
    ("area-without-tones", ["01849", "XA DUONG QUANG", None], ("01849", "rural"), ["W-AREA-FROM-NAME@C2"]),
    ("special-zone", ["01849", "Đặc khu Côn Đảo", None], ("01849", None), []),
    ("bare-name", ["01849", "Dương Quang", None], ("01849", None), []),
    ("contradiction", ["01840", "Phường Đức Xuân", "nông thôn"], ("01840", "rural"), ["W-AREA-PLACE@D2"]),
]


@pytest.mark.parametrize(("name", "cells", "place", "listed"), CASES, ids=[case[0] for case in CASES])
def test_place(tmp_path: Path, name: str, cells: list[Any], place: tuple[Any, Any], listed: list[str]) -> None:
    found = read(workbook(tmp_path / "place.xlsx", {"Hộ": [_HEADS, ["H1", *cells, 900_000]]}))
    assert codes(found) == listed
    row = households(found).get("H1")
    if listed and listed[0].startswith("R-"):
        assert row is None
    else:
        assert row is not None
        assert (row["place_code"], row["area_type"]) == place


def test_one_code_with_two_names_and_one_name_with_two_codes_are_listed(tmp_path: Path) -> None:
    rows = [
        _HEADS,
        ["H1", "01849", "Xã A", "nt", 0],
        ["H2", "01849", "Xã B", "nt", 0],
        ["H3", "01852", "Xã B", "nt", 0],
    ]
    found = read(workbook(tmp_path / "place.xlsx", {"Hộ": rows}))
    assert codes(found) == ["W-PLACE-TWO-NAMES@B3", "W-PLACE-TWO-CODES@B4"]
    assert len(households(found)) == 3


def test_an_inferred_area_is_listed_once_for_each_place(tmp_path: Path) -> None:
    rows = [_HEADS, *([f"H{n}", "01849", "Xã Dương Quang", None, 0] for n in range(20))]
    assert codes(read(workbook(tmp_path / "place.xlsx", {"Hộ": rows}))) == ["W-AREA-FROM-NAME@C2"]


def test_the_columns_of_province_and_district_are_carried_along(tmp_path: Path) -> None:
    rows = [["Tỉnh", "Huyện", "Mã huyện", *_HEADS], ["Bắc Kạn", "TP Bắc Kạn", "058", "H1", "01849", "Xã A", "nt", 0]]
    row = households(read(workbook(tmp_path / "place.xlsx", {"Hộ": rows})))["H1"]
    assert (row["x_Tỉnh"], row["x_Huyện"], row["x_Mã huyện"]) == ("Bắc Kạn", "TP Bắc Kạn", "058")
