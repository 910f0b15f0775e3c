"""Our own reader and rulebook see in the lists what the tests counted in the cells, and find nothing to repair."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.lists import ABOVE, NEAR, POOR, DemoList
from vuonlen.analytics.engines.polars_review import judge_list
from vuonlen.intake.reading import read_list
from vuonlen.rulebook.load import find

STATUS = {POOR: "poor", NEAR: "near_poor", ABOVE: "not_poor"}


@pytest.mark.parametrize("year", (2021, 2022, 2023, 2026))
def test_a_list_is_read_without_a_fault_and_judged_as_counted(
    lists: dict[int, DemoList], tmp_path: Path, year: int
) -> None:
    read = read_list(lists[year].path, tmp_path)
    assert (read.rows, read.refused, read.repairs, read.warnings) == (len(lists[year].households), (), (), ())
    judged = judge_list(read.households, tmp_path / "judged.parquet", find("vn-2022"), minority=("02",))
    found = judged.scan().select("household_id", "status").collect().rows()
    assert dict(found) == {name: STATUS[one] for name, one in lists[year].classes.items()}


def test_only_the_note_is_not_recognised(lists: dict[int, DemoList], tmp_path: Path) -> None:
    read = read_list(lists[2026].path, tmp_path)
    assert [one.heading for one in read.columns if one.column.startswith("x_")] == ["Ghi chú"]
    assert read.members is not None
