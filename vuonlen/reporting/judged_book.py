"""judged.xlsx: the officer's own list with the verdict, one row per household, streamed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import xlsxwriter

from vuonlen.i18n import _
from vuonlen.reporting.big_sheet import LAST_ROW, OPEN_END, complete, fill

_FIRST_ROW = 4  # 1-based: note, blank, headings, rows
_BATCH = 4_000
_WIDE = ("trace", "missing")


def write_judged(
    path: Path,
    headings: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[object]],
    source_note: str,
    on_progress: Callable[[int], object] | None = None,
) -> int:
    """Write `rows` under `headings` (column, printed heading) to `path`, which appears when complete.

    Values: text, int, float, bool (printed "có" or "không"), None (blank). `source_note` stands on top.
    on_progress: called with the number of rows written so far. Returns the number of rows.
    Raises ValueError when the rows do not fit in one sheet (1,048,573 rows).
    """
    with tempfile.TemporaryDirectory() as folder, complete(path) as part:
        frame = Path(folder) / "frame.xlsx"
        _frame(frame, headings, source_note)
        return fill(frame, part, 1, _printed(rows, on_progress), _FIRST_ROW)


def _frame(path: Path, headings: Sequence[tuple[str, str]], source_note: str) -> None:
    options = {"default_format_properties": {"font_name": "Times New Roman", "font_size": 11}}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(_("Hộ"))
        head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "border": 1,
                "bg_color": "#E8EEF4",
            }
        )
        sheet.write_string(0, 0, source_note, book.add_format({"italic": True}))
        sheet.set_row(2, 48)
        for column, (name, heading) in enumerate(headings):
            sheet.write_string(2, column, heading, head)
            sheet.set_column(column, column, 60 if name in _WIDE else min(max(10, len(heading) * 0.6), 26))
        if headings:
            sheet.autofilter(2, 0, OPEN_END - 1, len(headings) - 1)
        sheet.freeze_panes(3, 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{LAST_ROW}"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_print_scale(60)  # too wide for one page: several across, with the household on each
        sheet.repeat_rows(2)
        sheet.repeat_columns(0)


def _printed(
    rows: Iterable[Sequence[object]], on_progress: Callable[[int], object] | None
) -> Iterator[Sequence[object]]:
    """The rows with yes/no in words, column by column of a batch."""
    words = {True: _("có"), False: _("không"), None: None}
    every, done = iter(rows), 0
    while batch := list(islice(every, _BATCH)):
        columns = [
            [words[value] for value in values] if set(map(type, values)) <= {bool, type(None)} else values
            for values in zip(*batch, strict=True)
        ]
        yield from zip(*columns, strict=True)
        done += len(batch)
        if on_progress:
            on_progress(done)
