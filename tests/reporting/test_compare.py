"""Two standards side by side: who changes class, by place, with persons that are unknown kept unknown."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.reporting.office import Grid, grid, recalculated
from vuonlen.domain.poverty import Status
from vuonlen.reporting.compare import write_comparison
from vuonlen.rulebook.load import find

OLD, NEW = find("vn-2022"), find("vn-2027")
CLASSES = [one.value for one in Status]
MATRIX, CHANGES = "Theo địa bàn", "Hộ đổi nhóm"


def row(
    number: int, old: str, new: str, members: int | None = 4, place: str = "Tổ 2", reason: str = ""
) -> dict[str, Any]:
    key = f"01840 / {place}"
    return {
        "household_id": f"H{number}", "place_key": key, "place_name": place, "members": members,
        "status_a": old, "status_b": new, "reason": reason or None,
    }  # fmt: skip


def block(cells: Grid, name: str) -> list[list[object]]:
    """Eight rows of figures of one place: four classes, households then persons; the last column is the sum."""
    start = next(number for number, line in enumerate(cells) if line[0] == name)
    return [line[3:8] for line in cells[start : start + 8]]


def test_a_household_stands_where_its_two_classes_meet(tmp_path: Path) -> None:
    rows = [row(1, "near_poor", "poor", 5), row(2, "near_poor", "poor", 2), row(3, "not_poor", "not_poor", 6)]
    assert write_comparison(tmp_path / "hai-chuan.xlsx", OLD, NEW, rows) == 2
    found = block(grid(tmp_path / "hai-chuan.xlsx", MATRIX), "Tổ 2")
    assert found[2] == [2, 0, 0, 0, 2]
    assert found[3] == [7, 0, 0, 0, 7]
    assert found[4:6] == [[0, 0, 1, 0, 1], [0, 0, 6, 0, 6]]


def test_only_those_that_change_are_listed_with_the_reason(tmp_path: Path) -> None:
    rows = [row(1, "poor", "poor"), row(2, "not_poor", "near_poor", 3, reason="=thu nhập dưới chuẩn mới")]
    write_comparison(tmp_path / "hai-chuan.xlsx", OLD, NEW, rows)
    found = grid(tmp_path / "hai-chuan.xlsx", CHANGES)
    assert found[0][4:6] == ["vn-2022", "vn-2027"]
    expected = ["H2", "01840 / Tổ 2", "Tổ 2", 3.0, "Không nghèo", "Hộ cận nghèo", "=thu nhập dưới chuẩn mới"]
    assert found[1:] == [expected]


def test_unknown_persons_are_not_zero(tmp_path: Path) -> None:
    rows = [row(1, "poor", "poor", None), row(2, "near_poor", "poor", 3), row(3, "near_poor", "poor", None)]
    write_comparison(tmp_path / "hai-chuan.xlsx", OLD, NEW, rows)
    found = block(grid(tmp_path / "hai-chuan.xlsx", MATRIX), "Tổ 2")
    assert found[0] == [1, 0, 0, 0, 1]
    assert found[1] == ["", 0, 0, 0, ""]
    assert found[3] == [3, 0, 0, 0, 3]


def test_places_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    rows = [row(1, "poor", "poor", place=name) for name in ("Tổ 10", "Tổ 2", "Tổ 1")]
    write_comparison(tmp_path / "hai-chuan.xlsx", OLD, NEW, rows)
    names = [line[0] for line in grid(tmp_path / "hai-chuan.xlsx", MATRIX)[5:] if line[0]]
    assert names == ["TỔNG SỐ", "Tổ 1", "Tổ 2", "Tổ 10"]


def test_totals_are_recalculated_to_the_sums_of_the_places(tmp_path: Path) -> None:
    chance = random.Random(5)
    rows = [
        row(number, chance.choice(CLASSES), chance.choice(CLASSES), chance.randint(1, 9), f"Tổ {chance.randint(1, 4)}")
        for number in range(300)
    ]
    path = tmp_path / "hai-chuan.xlsx"
    write_comparison(path, OLD, NEW, rows)
    again = grid(recalculated([path], tmp_path)[path.name], MATRIX)
    expected = []
    for old in CLASSES:
        for kind in (0, 1):
            cells = [
                sum(one["members"] if kind else 1 for one in rows if (one["status_a"], one["status_b"]) == (old, new))
                for new in CLASSES
            ]
            expected.append([*cells, sum(cells)])
    assert block(again, "TỔNG SỐ") == expected
    assert block(grid(path, MATRIX), "TỔNG SỐ") == expected


def test_no_rows_at_all(tmp_path: Path) -> None:
    assert write_comparison(tmp_path / "hai-chuan.xlsx", OLD, NEW, []) == 0
    assert block(grid(tmp_path / "hai-chuan.xlsx", MATRIX), "TỔNG SỐ") == [[0] * 5] * 8
