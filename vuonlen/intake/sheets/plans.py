"""What was decided about a sheet before its rows are read."""

from __future__ import annotations

from dataclasses import dataclass

from vuonlen.intake.sheets.grids import Grid

#: Roles of a sheet.
HOUSEHOLDS, MEMBERS, EXITS_POOR, EXITS_NEAR = "households", "members", "exits_poor", "exits_near"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """index: from 0. heading: as it stands, its parts joined. factor: đồng in one of its units."""

    index: int
    heading: str
    column: str
    factor: float | None = None
    by_name: bool = False

    @property
    def letter(self) -> str:
        return letter_of(self.index)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """heading_rows: rows of headings (from 0, the last excluded). member_rows: members follow their household."""

    grid: Grid
    role: str
    first: int  # first row of headings, from 0
    below: int  # first row under the headings, from 0
    columns: tuple[ColumnPlan, ...]
    title: str
    member_rows: bool = False

    def find(self, column: str) -> ColumnPlan | None:
        for one in self.columns:
            if one.column == column:
                return one
        return None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.column for one in self.columns)


def letter_of(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_of(index: int, row: int) -> str:
    """Cell as the officer sees it; `row` from 0."""
    return f"{letter_of(index)}{row + 1}"
