"""Rows on their way: what is kept of them, and the lists of what was refused, warned of and repaired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from vuonlen.domain.problems import Problem, Repair
from vuonlen.intake.cells.notes import Note
from vuonlen.intake.sheets.plans import SheetPlan, cell_of


class Log:
    """Everything there is to say about the cells of a file."""

    def __init__(self) -> None:
        self.refused: list[Problem] = []
        self.warnings: list[Problem] = []
        self.repairs: list[Repair] = []

    def add(self, note: Note, sheet: str, cell: str, column: str, household_id: str | None) -> bool:
        """Lists the note; True when it refuses the household."""
        if note.code.startswith("X-"):
            self.repairs.append(Repair(note.code, sheet, cell, column, note.before, note.after))
            return False
        problem = Problem(note.code, sheet, cell, household_id or "", dict(note.values))
        if note.code.startswith("R-"):
            self.refused.append(problem)
            return True
        self.warnings.append(problem)
        return False


@dataclass(slots=True)
class Batch:
    """Some rows as columns. rows: their numbers in the sheet, from 0. hashes: of what the file holds in each row.

    cols: column -> values, one per row. bad: indices of rows that are refused.
    """

    plan: SheetPlan
    log: Log
    rows: list[int]
    cols: dict[str, list[Any]]
    hashes: list[int] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, column: str) -> list[Any]:
        """Values of a column; blanks when the file does not have it."""
        return self.cols.get(column) or [None] * len(self.rows)

    def cell(self, i: int, column: str) -> str:
        """The cell of `column` in row `i`; the whole row ("12") for a column that is not in the file."""
        found = self.plan.find(column)
        return cell_of(found.index, self.rows[i]) if found else str(self.rows[i] + 1)

    def note(self, i: int, column: str, notes: Iterable[Note], person_of: str | None = None) -> None:
        """Lists notes about a cell; the household of row `i` is named."""
        named = person_of if person_of is not None else self.get("household_id")[i]
        for one in notes:
            if self.log.add(one, self.plan.grid.name, self.cell(i, column), column, named):
                self.bad.add(i)
