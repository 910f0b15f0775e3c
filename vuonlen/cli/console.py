"""What the terminal shows: tables and messages on standard output, progress on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from vuonlen.domain.problems import Problem
from vuonlen.i18n import _, language

# A pipe or a file has no width: wide enough that the tables do not break.
out = Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120)
err = Console(stderr=True, highlight=False)
MOST_SHOWN = 50
_PATIENCE = 0.7  # seconds before a bar appears: quick work stays quiet

Advance = Callable[[int, int], None]


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def working(quiet: bool) -> Iterator[Callable[[str], Advance]]:
    """A progress bar on standard error: call the result with a description, then with (done, total)."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=quiet or not err.is_terminal,
    )
    began = monotonic()
    shown = False

    def step(description: str) -> Advance:
        task = bar.add_task(description, total=None)

        def advance(done: int, total: int) -> None:
            nonlocal shown
            if not shown and monotonic() - began > _PATIENCE:
                bar.start()
                shown = True
            bar.update(task, completed=done, total=total or None)

        advance(0, 0)
        return advance

    try:
        yield step
    finally:
        if shown:
            bar.stop()


def show_problems(problems: Sequence[Problem], title: str, *, reported: bool = True) -> None:
    """At most 50 problems, one line each; the rest are in the report where one is written, else in the JSON."""
    if not problems:
        return
    err.print(f"[bold]{title}[/bold]")
    for problem in problems[:MOST_SHOWN]:
        err.print("  " + problem.line(language()), markup=False, soft_wrap=True)
    if len(problems) > MOST_SHOWN:
        more = _("… và {n} vấn đề nữa trong báo cáo.") if reported else _("… và {n} vấn đề nữa; --json in tất cả.")
        err.print("  " + more.format(n=len(problems) - MOST_SHOWN))


def table(title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], left: int = 1) -> None:
    """A table with its first `left` columns flush left and the rest flush right."""
    grid = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for number, heading in enumerate(headings):
        grid.add_column(heading, justify="left" if number < left else "right", no_wrap=left == 1 and number == 0)
    for row in rows:
        grid.add_row(*(str(cell) for cell in row))
    out.print(grid)
