"""The process that reads one file under limits of memory and CPU: `python -m vuonlen.intake.child`.

The job comes pickled on standard input from the parent; progress goes out as lines "rows of"; the tables and
outcome.json are left in the work folder.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake.containers import CSV, check_container
from vuonlen.intake.heading_mapping import HeadingMapping
from vuonlen.intake.limits import Limits
from vuonlen.intake.results import Outcome, save_outcome, save_refusal
from vuonlen.intake.scanning import Scan, scan
from vuonlen.intake.sheets.assembling import Assembly
from vuonlen.intake.sheets.choosing import Book, choose
from vuonlen.intake.sheets.grids import Grid, open_csv, open_workbook
from vuonlen.intake.sheets.headings import OUR_INDICATORS, Headings
from vuonlen.intake.sheets.households import ScoreSheet, Settings
from vuonlen.intake.sheets.layout import Layout
from vuonlen.intake.sheets.plans import cell_of

if sys.platform != "win32":
    import resource

OUTCOME, HOUSEHOLDS, MEMBERS = "outcome.json", "households.parquet", "members.parquet"
_MOST_CELLS = 50


@dataclass(frozen=True, slots=True)
class Job:
    """What to read and how."""

    path: Path
    workdir: Path
    indicator_codes: frozenset[str]
    limits: Limits
    mapping: HeadingMapping | None
    scorecard: ScoreSheet | None
    today: date


def main() -> int:
    job: Job = pickle.load(sys.stdin.buffer)
    _limit(job.limits)
    outcome = job.workdir / OUTCOME
    try:
        save_outcome(outcome, read(job))
    except Refused as refused:
        save_refusal(outcome, refused.problems)
    except MemoryError:
        values = {"most": job.limits.memory_bytes // 2**20}
        save_refusal(outcome, [Problem("F-MEMORY", values=values)])
    return 0


def read(job: Job) -> Outcome:
    """Reads the file of `job` in this process. Raises Refused when nothing of it can be used."""
    container = check_container(job.path, job.limits)
    found = scan(job.path, job.limits.max_inflated) if container.zipped else Scan()
    open_file = open_csv if container.kind == CSV else open_workbook
    grids: list[Grid] = open_file(job.path, job.limits)
    headings = Headings(job.indicator_codes)
    card = job.scorecard
    is_item = (lambda heading: card.item_for(heading) is not None) if card else (lambda heading: False)
    book = choose(grids, Layout(headings, job.mapping, is_item), job.mapping, job.indicator_codes, is_item)
    _check_calculated(book, found)
    total = sum(grid.height for grid in grids)
    settings = Settings(
        indicators=OUR_INDICATORS | job.indicator_codes,
        blank_means_no=job.mapping.blank_means_no if job.mapping else frozenset(),
        scorecard=job.scorecard,
        today=job.today,
    )

    def progress(done: int) -> None:
        sys.stdout.write(f"{done} {total}\n")
        sys.stdout.flush()

    assembly = Assembly(book, settings, job.limits, found.errors, progress)
    return assembly.run(job.workdir / HOUSEHOLDS, job.workdir / MEMBERS)


def _check_calculated(book: Book, found: Scan) -> None:
    """Raises Refused for formulas without a value in columns that are read: they would pass for blanks."""
    problems = []
    for plan in (*book.household_sheets, *([book.members] if book.members else [])):
        known = {one.index for one in plan.columns if not one.column.startswith("x_")}
        for row, index in found.not_calculated.get(plan.grid.name, ()):
            if index in known and row >= plan.below:
                problems.append(Problem("F-NO-CACHE", plan.grid.name, cell_of(index, row)))
    if problems:
        raise Refused(*problems[:_MOST_CELLS])


def _limit(limits: Limits) -> None:
    """Caps CPU and data. RLIMIT_DATA counts what is written to, unlike RLIMIT_AS, which counts reserved addresses:
    the allocators of Polars reserve gigabytes that they never touch."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    status = Path("/proc/self/status")
    if status.exists():
        used = next(
            int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmData")
        )
        most = used + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    sys.exit(main())
