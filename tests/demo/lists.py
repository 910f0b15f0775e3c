"""The demonstration lists as a reader of our tests sees them, and a small rule of their own to judge them by.

The rule is written out here again, apart from the rulebook: the figures must come out by counting cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

Row = dict[str, Any]
INCOME, AREA, SCORE_A, SCORE_B = "Thu nhập bình quân đầu người (đồng/tháng)", "Khu vực", "Điểm A", "Điểm B"
LINE = {"Nông thôn": 1_500_000, "Thành thị": 2_000_000}
LINE_2027 = {"Nông thôn": 2_200_000, "Thành thị": 2_800_000}
SCORE_LINE = {"Nông thôn": 140, "Thành thị": 175}
POOR, NEAR, ABOVE, OPEN = "nghèo", "cận nghèo", "không nghèo", "chưa rõ"


def indicators(row: Row) -> list[Any]:
    """Answers of I01 to I12: 1, 0 or "" (blank)."""
    return [value for heading, value in row.items() if heading[0] == "I" and heading[1:3].isdigit()]


def by_income(row: Row) -> bool | None:
    return None if row[INCOME] == "" else row[INCOME] <= LINE[row[AREA]]


def by_score(row: Row) -> bool | None:
    return None if row[SCORE_A] == "" else row[SCORE_A] <= SCORE_LINE[row[AREA]]


def judge(row: Row) -> str:
    """Poor: under the line and three deprivations; blanks count only when they cannot change that."""
    under = by_score(row) if by_income(row) is None else by_income(row)
    if under is None:
        return OPEN
    if not under:
        return ABOVE
    answers = indicators(row)
    if answers.count(1) >= 3:
        return POOR
    return NEAR if answers.count(1) + answers.count("") < 3 else OPEN


@dataclass(frozen=True)
class DemoList:
    path: Path

    @cached_property
    def _book(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_path(self.path)

    @property
    def sheet_names(self) -> list[str]:
        return self._book.sheet_names

    def cells(self, sheet: str) -> list[list[Any]]:
        return self._book.get_sheet_by_name(sheet).to_python()

    def _rows(self, sheet: str) -> list[Row]:
        _, _, headings, *rows = self.cells(sheet)
        return [dict(zip(headings, row, strict=True)) for row in rows]

    @cached_property
    def households(self) -> list[Row]:
        return self._rows("Hộ")

    @cached_property
    def members(self) -> dict[str, list[Row]]:
        """Household id -> its rows on the second sheet."""
        found: dict[str, list[Row]] = {}
        for row in self._rows("Thành viên"):
            found.setdefault(row["Mã hộ"], []).append(row)
        return found

    @cached_property
    def classes(self) -> dict[str, str]:
        return {row["Mã hộ"]: judge(row) for row in self.households}

    def of(self, wanted: str) -> set[str]:
        return {name for name, found in self.classes.items() if found == wanted}
