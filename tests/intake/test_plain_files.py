"""The documented plain file, from every format, with a sheet of members, a user's own codes and a scorecard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.bad_files.making import GOOD, HEADS, csv_file, workbook
from tests.bad_files.outcomes import codes, households, members, read, read_here
from vuonlen.analytics.engines.storage import ColumnStore, count_rows, read_rows
from vuonlen.intake.limits import Limits


def test_csv_from_excel_in_the_vietnamese_locale(tmp_path: Path) -> None:
    rows = [
        HEADS,
        ["H1", "Nông Văn An", "nông thôn", "4", "1.200.000,5"],
        ["H2", '"Bế Văn Bảo; Nà Pái"', "nt", "3", "900000"],
    ]
    found = read_here(csv_file(tmp_path / "list.csv", rows, "utf-8-sig", ";"))
    assert codes(found) == []
    kept = households(found)
    assert kept["H1"]["income"] == 1_200_000.5
    assert kept["H2"]["head"] == "Bế Văn Bảo; Nà Pái"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_each_separator(tmp_path: Path, delimiter: str) -> None:
    rows = [HEADS, *([f"H{n}", "An", "nt", "4", "900000"] for n in range(5))]
    assert len(households(read_here(csv_file(tmp_path / "list.csv", rows, delimiter=delimiter)))) == 5


def test_csv_that_names_its_separator(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("sep=;\r\nMã hộ;Thu nhập\r\nH1;900000\r\n", "utf-8")
    assert households(read_here(tmp_path / "list.csv"))["H1"]["income"] == 900_000.0


def test_the_cells_of_a_csv_are_named_as_in_a_sheet(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("sep=;\r\nMã hộ;Thu nhập\r\nH1;abc\r\n", "utf-8")
    assert codes(read_here(tmp_path / "list.csv")) == ["R-NUMBER@B3"]


def test_a_parquet_list_is_returned_as_it_is(tmp_path: Path) -> None:
    pl.DataFrame({"household_id": ["H1", "H2"], "income": [1.0, 2.0]}).write_parquet(tmp_path / "list.parquet")
    found = read(tmp_path / "list.parquet")
    assert (found.layout, found.rows, found.households) == ("parquet", 2, tmp_path / "list.parquet")
    assert found.lists_everyone
    assert len(found.sha256) == 64


def test_every_column_of_the_plain_file(tmp_path: Path) -> None:
    heads = [
        "household_id",
        "place_code",
        "place_name",
        "village",
        "area_type",
        "head",
        "id_number",
        "members",
        "income",
    ]
    heads += [
        "consumption",
        "income_score",
        "deprivation_score",
        "ethnicity",
        "farm",
        "previous_status",
        "recorded_status",
    ]
    heads += ["weight", "children", "children_no_insurance", "children_malnourished", "children_not_in_school"]
    heads += ["I01", "N12", "group_DTTS", "cause_C1"]
    cells: list[Any] = ["H1", "01849", "Xã A", "Thôn 1", "rural", "An", "006085001234", 4, 900_000]
    cells += [800_000, 120.5, 30, "02", 1, "poor", "near_poor", 12.345, 2, 1, 0, 0, "x", 0, "x", None]
    found = read_here(workbook(tmp_path / "all.xlsx", {"Hộ": [heads, cells]}))
    assert codes(found) == []
    row = households(found)["H1"]
    values = [
        "H1",
        "01849",
        "Xã A",
        "Thôn 1",
        "rural",
        "An",
        "006085001234",
        4,
        900_000.0,
        800_000.0,
        120.5,
        30.0,
        "02",
        True,
    ]
    values += ["poor", "near_poor", 12.345, 2, 1, 0, 0, True, False, True, False]
    assert row == dict(zip(heads, values, strict=True))


def test_a_column_that_the_file_does_not_have_is_absent(tmp_path: Path) -> None:
    row = households(read_here(workbook(tmp_path / "few.xlsx", {"Hộ": [["Mã hộ", "Thu nhập"], ["H1", 1e6]]})))["H1"]
    assert set(row) == {"household_id", "income"}


def test_members_come_from_a_sheet_of_their_own(tmp_path: Path) -> None:
    heads = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính", "Dân tộc", "Có BHYT", "Đang đi học"]
    rows = [
        heads,
        ["H1", "An", "Chủ hộ", 1985, "nam", "Tày", "x", None],
        ["H1", "Bình", "Con", 2015, "nữ", "Tày", "không", "có"],
    ]
    found = read_here(workbook(tmp_path / "m.xlsx", {"Hộ": [HEADS, [*GOOD[:3], 2, GOOD[4]]], "Thành viên": rows}))
    assert codes(found) == []
    assert found.lists_everyone
    people = members(found)
    assert [(one["sex"], one["has_insurance"], one["in_school"]) for one in people] == [
        ("male", True, None),
        ("female", False, True),
    ]


def test_codes_of_a_users_own_standard_are_yes_no_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path / "own.xlsx", {"Hộ": [["Mã hộ", "Thu nhập", "x7 - Đường đi"], ["H1", 1e6, "x"]]})
    row = households(read(path, indicator_codes=frozenset({"X7"})))["H1"]
    assert row["X7"] is True


@dataclass
class _Total:
    points: float | None
    arithmetic: str
    missing: tuple[str, ...]


class Card:
    """Ten points for a motorbike, five for a radio."""

    def item_for(self, heading: str) -> str | None:
        return {"Xe máy": "M", "Đài": "R"}.get(heading)

    def total(self, answers: dict[str, str | None], region: str | None) -> _Total:
        missing = tuple(item for item, answer in answers.items() if answer is None)
        points = sum(n for item, n in (("M", 10), ("R", 5)) if answers[item] == "x")
        return _Total(None if missing else float(points), f"M + R = {points}", missing)


def test_a_scorecard_fills_the_income_score_and_shows_its_sum(tmp_path: Path) -> None:
    heads = ["Mã hộ", "Xe máy", "Đài", "Điểm B1"]
    rows = [heads, ["H1", "x", "x", None], ["H2", "x", "không", 12], ["H3", "x", None, 12]]
    found = read_here(workbook(tmp_path / "card.xlsx", {"Hộ": rows}), scorecard=Card())
    kept = households(found)
    assert [row["income_score"] for row in kept.values()] == [15.0, 10.0, 12.0]
    assert kept["H1"]["x_cách tính điểm A"] == "M + R = 15"
    assert codes(found) == ["W-SCORECARD@D3", "W-SCORECARD-MISSING@B4"]


def test_a_list_with_only_the_items_of_a_scorecard_can_be_judged(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Xe máy", "Đài"], ["H1", "x", "x"]]
    found = read(workbook(tmp_path / "card.xlsx", {"Hộ": rows}), scorecard=Card())
    assert households(found)["H1"]["income_score"] == 15.0


def test_progress_goes_up_to_the_number_of_rows(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    rows = [["Mã hộ", "Thu nhập"], *([f"H{n}", 900_000] for n in range(20_000))]
    found = read(
        workbook(tmp_path / "many.xlsx", {"Hộ": rows}), on_progress=lambda done, total: seen.append((done, total))
    )
    assert found.rows == 20_000
    assert [total for _, total in seen] == [20_001, 20_001]
    assert seen[0][0] < seen[1][0] <= 20_001


def test_raised_limits_grow_together_and_never_shrink() -> None:
    usual = Limits()
    raised = usual.raised(400_000, 60)
    assert (raised.max_rows, raised.max_bytes) == (400_000, 60 * 2**20)
    assert raised.memory_bytes == 3 * usual.memory_bytes
    assert raised.max_inflated == 3 * usual.max_inflated
    assert raised.cpu_seconds == 3 * usual.cpu_seconds
    assert usual.raised(100, 1).memory_bytes == usual.memory_bytes


def test_stored_columns_come_back_with_their_types(tmp_path: Path) -> None:
    store = ColumnStore({"a": "text", "n": "whole", "x": "number", "b": "yes_no"})
    store.append({"a": ["á", None], "n": [1, None], "x": [0.5, None], "b": [True, None]})
    store.append({"a": ["b"], "n": [2], "x": [1.0], "b": [False]})
    assert store.write(tmp_path / "t.parquet", [True, True, False]) == 2
    assert read_rows(tmp_path / "t.parquet") == [
        {"a": "á", "n": 1, "x": 0.5, "b": True},
        {"a": None, "n": None, "x": None, "b": None},
    ]
    assert count_rows(tmp_path / "t.parquet") == 2
