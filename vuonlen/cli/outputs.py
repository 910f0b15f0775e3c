"""Every file that `judge` leaves behind, for one standard."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vuonlen import __version__
from vuonlen.analytics.engines import polars_review
from vuonlen.analytics.engines.polars_review import PLACE_KEY, Judged
from vuonlen.analytics.matching import likely_matches
from vuonlen.analytics.tables import all_measures, tables
from vuonlen.cli.console import Advance
from vuonlen.i18n import _
from vuonlen.intake.results import ListRead
from vuonlen.reporting.compare import write_comparison
from vuonlen.reporting.data import Place, ReportData
from vuonlen.reporting.headings import CHANGED_COLUMNS, NAMES, judged_columns
from vuonlen.reporting.judged_book import write_judged
from vuonlen.reporting.problem_book import write_problems
from vuonlen.reporting.workbook import write_tables

#: Columns that name a person; they stay in judged.xlsx (the officer's own list) and out of judged.parquet.
PRIVATE = ("head", "id_number", "place_name")
#: Above this Excel cannot hold the rows that the formulas count, so the tables hold values only.
MOST_ROWS_TO_COUNT = 400_000
MOST_ROWS_IN_A_SHEET = 1_000_000

Step = Callable[[str], Advance]


@dataclass(frozen=True, slots=True)
class Context:
    """What a result is about. lists_everyone: the list holds every household of the place. title: as printed."""

    judged: Judged
    now: ListRead
    before: ListRead | None
    cutoff: date
    official: bool
    lists_everyone: bool
    title: str | None


def write_all(context: Context, told: dict[str, Any], target: Path, step: Step) -> tuple[str, ...]:
    """All results into `target`; returns the names of the files."""
    judged = context.judged
    _write_tables(context, target)
    polars_review.export_parquet(judged, target / "judged.parquet", PRIVATE)
    _write_judged(context, target, step)
    if judged.has_previous:
        _write_changes(context, target)
    if context.before is not None:
        _write_likely_matches(judged, target / "ghep-ho-can-xac-nhan.csv")
    write_problems(target / "bao-cao-doc-tep.xlsx", context.now, __version__)
    (target / "tom-tat.json").write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")
    return tuple(sorted(one.name for one in target.iterdir() if one.is_file()))


def _write_tables(context: Context, target: Path) -> None:
    judged = context.judged
    found = tables(judged.sheet, polars_review.ethnicities(judged))
    measures = all_measures(found)
    figures = polars_review.table_figures(judged, measures)
    columns = dict.fromkeys(name for measure in measures for term in measure.terms for name in term.columns)
    listed = polars_review.listed_count(judged)
    rows: Iterable[dict[str, Any]] | None = None
    if listed <= MOST_ROWS_TO_COUNT:
        rows = polars_review.listed_rows(judged, ["household_id", PLACE_KEY, *columns])
    data = ReportData(
        place_title=context.title or polars_review.only_place(judged) or Path(context.now.source_name).stem,
        level=judged.level,
        cutoff=context.cutoff,
        mark="official" if context.official else "preliminary",
        standard=judged.sheet,
        standard_hash=judged.sheet.hash,
        source_name=context.now.source_name,
        source_sha256=context.now.sha256,
        previous_name=context.before.source_name if context.before else None,
        has_previous=judged.has_previous,
        lists_everyone=context.lists_everyone,
        program_version=__version__,
        places=tuple(Place(key, name) for key, name in polars_review.places(judged)),
        figures=figures,
        rows=rows,
    )
    write_tables(data, target)


def _write_judged(context: Context, target: Path, step: Step) -> None:
    judged = context.judged
    total = polars_review.counts(judged)["households"]
    if total > MOST_ROWS_IN_A_SHEET:
        return  # no spreadsheet holds it; judged.parquet does
    columns = judged_columns(judged.columns, judged.sheet, {one.column: one.heading for one in context.now.columns})
    rows = polars_review.rows(judged, [name for name, _heading in columns], NAMES)
    advance = step(_("Ghi danh sách đã xét"))
    write_judged(target / "judged.xlsx", columns, rows, _note(context), on_progress=lambda done: advance(done, total))


def _write_changes(context: Context, target: Path) -> None:
    if polars_review.changed_count(context.judged) > MOST_ROWS_IN_A_SHEET:
        return  # as above: the moves are columns of judged.parquet
    there = context.judged.columns
    columns = [(name, heading) for name, heading in CHANGED_COLUMNS if name in there]
    rows = polars_review.rows(context.judged, [name for name, _heading in columns], NAMES, changed=True)
    write_judged(target / "bien-dong.xlsx", columns, rows, _note(context))


def _note(context: Context) -> str:
    sheet = context.judged.sheet
    mark = _("CHÍNH THỨC") if context.official else _("SƠ BỘ")
    return _("{mark} · đến ngày {day} · chuẩn {id} ({hash}) · nguồn {name} (sha256 {sha})").format(
        mark=mark,
        day=context.cutoff.strftime("%d/%m/%Y"),
        id=sheet.id,
        hash=sheet.hash[:12],
        name=context.now.source_name,
        sha=context.now.sha256[:12],
    )


def _write_likely_matches(judged: Judged, path: Path) -> None:
    """Pairs for a person to confirm and hand back through --matches; only if there are any."""
    pairs = likely_matches(*polars_review.unmatched(judged))
    if not pairs:
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["household_id", "previous_id", "head", "previous_head", "place", "likeness", "also_equal"])
        for one in pairs:
            cells = (one.household_id, one.previous_id, one.head, one.previous_head, one.place)
            lines.writerow([*map(_safe, cells), f"{one.likeness:.0f}", " ".join(one.why)])


def _safe(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def write_comparisons(first: Judged, others: Sequence[Judged], ready: Path) -> None:
    """One workbook per pair of standards: who changes class and why, by place."""
    for other in others:
        name = "hai-chuan.xlsx" if len(others) == 1 else f"hai-chuan-{first.sheet.id}-{other.sheet.id}.xlsx"
        write_comparison(ready / name, first.sheet, other.sheet, polars_review.side_by_side(first, other))
