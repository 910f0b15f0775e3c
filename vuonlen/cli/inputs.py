"""What every command reads: standards, lists, dates; faults become `Refused`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import vuonlen.domain.problems.reading.lists  # noqa: F401  (fills the catalogue)
from vuonlen.analytics.engines.polars_lists import check_parquet
from vuonlen.analytics.engines.polars_review import indicator_columns
from vuonlen.cli.console import Advance
from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake.mapping import load_mapping
from vuonlen.intake.reading import Limits, ListRead, read_list
from vuonlen.rulebook.load import find, in_force
from vuonlen.rulebook.model import Sheet
from vuonlen.rulebook.scorecard import load_scorecard


def sheets(names: Sequence[str], on: date) -> tuple[Sheet, ...]:
    """The standards by id or file, in the order given; none given: the one in force on `on`."""
    return tuple(find(name) for name in dict.fromkeys(names)) or (in_force(on),)


def day(text: str | None) -> date:
    """31/12/2023 or 2023-12-31; None: today."""
    if text is None:
        return date.today()
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    raise Refused(Problem("O-DATE", values={"text": text}))


def existing(path: Path) -> Path:
    if not path.is_file():
        raise Refused(Problem("O-NO-FILE", values={"path": path}))
    return path


class Reading(Protocol):
    """The options of every command that reads a list."""

    @property
    def mapping(self) -> Path | None: ...
    @property
    def scorecard(self) -> Path | None: ...
    @property
    def max_rows(self) -> int | None: ...
    @property
    def max_mb(self) -> int | None: ...


def household_list(
    path: Path, workdir: Path, standards: Sequence[Sheet], options: Reading, on_progress: Advance | None = None
) -> ListRead:
    """The list read into `workdir`. Raises Refused when nothing of it can be used."""
    existing(path)
    codes = frozenset(name for sheet in standards for name in indicator_columns(sheet))
    limits = Limits()
    if options.max_rows or options.max_mb:
        most_mb = options.max_mb or limits.max_bytes // 2**20
        limits = limits.raised(options.max_rows or limits.max_rows, most_mb)
    workdir.mkdir(parents=True, exist_ok=True)
    read = read_list(
        path,
        workdir,
        indicator_codes=codes,
        limits=limits,
        mapping=load_mapping(existing(options.mapping)) if options.mapping else None,
        scorecard=load_scorecard(existing(options.scorecard)) if options.scorecard else None,
        on_progress=on_progress,
    )
    if read.layout == "parquet":
        faults = check_parquet(read.households, codes)
        if faults:
            raise Refused(*faults)
    return read
