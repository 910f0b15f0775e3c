"""What reading did to a file, in a form that a case can be compared with exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.bad_files.making import workbook
from vuonlen.analytics.engines.storage import read_rows
from vuonlen.domain.problems import Refused
from vuonlen.intake.child import HOUSEHOLDS, MEMBERS, Job
from vuonlen.intake.child import read as read_job
from vuonlen.intake.limits import Limits
from vuonlen.intake.mapping import HeadingMapping
from vuonlen.intake.reading import ListRead, read_list


@dataclass(frozen=True)
class Case:
    """A cell in a column, and what becomes of it: the value kept, and the codes of everything that is listed.

    A code that starts with R refuses the household, so that no value is kept.
    """

    id: str
    heading: str
    cell: Any
    value: Any = None
    codes: tuple[str, ...] = ()
    after: str | None = None  # of the (first) repair


@dataclass
class Outcome:
    """The household of one case."""

    kept: dict[str, Any] | None
    codes: tuple[str, ...]
    cells: tuple[str, ...]
    repairs: list[Any] = field(default_factory=list)


def folder(base: Path) -> Path:
    work = base / "work"
    work.mkdir(exist_ok=True)
    return work


def read(path: Path, **options: Any) -> ListRead:
    """The list, read as a user's command reads it: in a process of its own, with its limits."""
    return read_list(path, folder(path.parent), **options)


def read_here(path: Path, mapping: HeadingMapping | None = None, scorecard: Any = None) -> ListRead:
    """The same steps without starting a process, for the many cases that are about rows and not about limits."""
    work = folder(path.parent)
    job = Job(path, work, frozenset(), Limits(), mapping, scorecard, date.today())
    found = read_job(job)
    parts = (found.columns, found.repairs, found.refused, found.warnings, found.rows)
    members_at = work / MEMBERS if found.has_members else None
    return ListRead(path.name, "", found.layout, found.lists_everyone, work / HOUSEHOLDS, members_at, *parts)


def refused_here(path: Path, **options: Any) -> list[str]:
    return refused(path, read_here, **options)


def households(found: ListRead) -> dict[str, dict[str, Any]]:
    return {row["household_id"]: row for row in read_rows(found.households)}


def members(found: ListRead) -> list[dict[str, Any]]:
    return read_rows(found.members) if found.members else []


def codes(found: ListRead) -> list[str]:
    """Everything that was listed, as code@cell, refusals first."""
    listed = [*found.refused, *found.warnings, *found.repairs]
    return [f"{one.code}@{one.cell}" for one in listed]


def refused(path: Path, reader: Callable[..., ListRead] = read, **options: Any) -> list[str]:
    """The codes (with sheet and cell where there is one) that refuse the whole file; nothing may be left behind."""
    with pytest.raises(Refused) as caught:
        reader(path, **options)
    assert not list(folder(path.parent).glob("*.parquet")), "a refused file left a table behind"
    for problem in caught.value.problems:
        assert problem.sentence("vi")
        assert problem.sentence("en")
    return [one.code + (f"@{one.where}" if one.where else "") for one in caught.value.problems]


def run_cases(base: Path, cases: Sequence[Case], always: dict[str, Any]) -> dict[str, tuple[str, Outcome]]:
    """All cases as rows of one workbook, read once: case id -> (cell of the case, what became of its household).

    always: heading -> value that every household has besides, so that nothing else is missing.
    """
    headings = ["Mã hộ", *always, *dict.fromkeys(case.heading for case in cases if case.heading not in always)]
    rows: list[list[Any]] = [headings]
    places = {}
    for n, case in enumerate(cases, start=2):
        told = {**always, "Mã hộ": case.id, case.heading: case.cell}
        rows.append([told.get(heading) for heading in headings])
        places[case.id] = f"{chr(65 + headings.index(case.heading))}{n}"
    found = read_here(workbook(base / "cases.xlsx", {"Hộ": rows}))
    kept = households(found)
    outcomes = {}
    for case in cases:
        row = places[case.id][1:]
        listed = [
            one for one in (*found.refused, *found.warnings, *found.repairs) if re.sub("[A-Z]", "", one.cell) == row
        ]
        outcomes[case.id] = (
            places[case.id],
            Outcome(
                kept.get(case.id),
                tuple(one.code for one in listed),
                tuple(one.cell for one in listed),
                [one for one in found.repairs if one.cell == places[case.id]],
            ),
        )
    return outcomes


def check_case(case: Case, column: str, outcome: tuple[str, Outcome]) -> None:
    """The case came out exactly as it says: value, codes, cell, and the text of its repair."""
    cell, found = outcome
    assert found.codes == case.codes
    assert set(found.cells) <= {cell}
    if any(code.startswith("R-") for code in case.codes):
        assert found.kept is None
        return
    assert found.kept is not None
    assert found.kept[column] == case.value
    assert type(found.kept[column]) is type(case.value)
    if case.after is not None:
        assert found.repairs[0].after == case.after
        assert found.repairs[0].before == str(case.cell)
