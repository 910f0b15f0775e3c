"""`vuonlen explain`: one household, every test, figure and article."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rich.markup import escape

from vuonlen.analytics.engines import polars_review
from vuonlen.analytics.engines.reference import household_of
from vuonlen.cli import console, inputs
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _, language
from vuonlen.rulebook import words
from vuonlen.rulebook.judge import judge
from vuonlen.rulebook.model import Sheet
from vuonlen.rulebook.trace import TraceLine, trace
from vuonlen.rulebook.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Options:
    """As typed; see `vuonlen explain --help`."""

    file: Path
    household: str
    standards: tuple[str, ...] = ()
    mapping: Path | None = None
    scorecard: Path | None = None
    max_rows: int | None = None
    max_mb: int | None = None
    json: bool = False


def run(options: Options) -> int:
    """Exit status 0; raises Refused when the household is not in the list."""
    sheets = inputs.sheets(options.standards, date.today())
    with tempfile.TemporaryDirectory(prefix="vuonlen-") as folder, console.working(quiet=options.json) as step:
        read = inputs.household_list(
            options.file,
            Path(folder),
            sheets,
            options,
            step(_("Đọc {name}").format(name=options.file.name)),
        )
        found = [(sheet, row) for sheet in sheets for row in _rows(read.households, sheet, options.household)]
        if not found:
            refused = [one for one in read.refused if one.household_id == options.household]
            raise Refused(*(refused or [_not_there(read.households, options.household)]))
    verdicts = [(row, judge(household_of(row, sheet), sheet)) for sheet, row in found]
    if options.json:
        told = [_told(row, verdict) for row, verdict in verdicts]
        console.print_json(told[0] if len(told) == 1 else told)
    else:
        for row, verdict in verdicts:
            _show(row, verdict)
    return 0


def _rows(households: Path, sheet: Sheet, household_id: str) -> list[dict[str, Any]]:
    return polars_review.find_rows(households, sheet, household_id)


def _not_there(households: Path, household_id: str) -> Problem:
    near = process.extract(household_id, polars_review.household_ids(households), limit=3)
    values = {"household": household_id, "near": ", ".join(name for name, *_rest in near) or "…"}
    return Problem("O-NO-HOUSEHOLD", values=values)


def _told(row: dict[str, Any], verdict: Verdict) -> dict[str, Any]:
    lang = language()
    return {
        "household_id": verdict.household_id,
        "place_code": row.get("place_code"),
        "standard": verdict.sheet.id,
        "standard_hash": verdict.sheet.hash,
        "status": verdict.status.value,
        "decided_by": verdict.decided_by.method.id if verdict.decided_by else None,
        "by_method": {one.method.id: one.status.value for one in verdict.by_method},
        "disagree": verdict.disagree,
        "contradiction": verdict.contradiction,
        "average_living": verdict.average_living,
        "missing": list(verdict.missing),
        "unconfirmed": list(verdict.unconfirmed),
        "trace": [
            {"text": one.text, "met": one.met, "source": one.source, "note": one.note} for one in trace(verdict, lang)
        ],
    }


def _show(row: dict[str, Any], verdict: Verdict) -> None:
    lang = language()
    place = ", ".join(str(row[name]) for name in ("village", "place_name") if row.get(name))
    title = " · ".join(filter(None, (verdict.household_id, row.get("head"), place)))
    console.out.print(f"[bold]{escape(title)}[/bold]")
    console.out.print(f"{verdict.sheet.id} · {escape(verdict.sheet.title.in_(lang))}")
    result = words.STATUS[verdict.status].in_(lang)
    console.out.print(f"[bold reverse] {escape(result.upper())} [/bold reverse]")
    _show_lines(trace(verdict, lang))
    console.out.print()


def _show_lines(lines: Sequence[TraceLine]) -> None:
    for line in lines:
        mark = {True: "[red]●[/red]", False: "[green]○[/green]", None: "·"}[line.met]
        source = f" [dim]— {escape(line.source)}[/dim]" if line.source else ""
        note = f" [yellow]({escape(line.note)})[/yellow]" if line.note else ""
        console.out.print(f"  {mark} {escape(line.text)}{note}{source}")
