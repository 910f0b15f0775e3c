"""Write one list as a workbook of two sheets: households and members."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from vuonlen.demo.rows import Cell

_CREATED = datetime(2026, 1, 1, tzinfo=UTC)  # fixed, so that the same recipe gives the same bytes on every day
_WIDE, _NARROW = 24, 12
_FIRST_ROW = 3  # under the notice, the title and the headings

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]  # name, headings, rows


def write(path: Path, notice: str, title: str, sheets: Iterable[Sheet], on_row: Callable[[], None]) -> None:
    """Write `sheets`; the file appears under its name when it is complete, and nothing is left when it fails.

    Text is written as text, so codes keep their leading zeros. on_row: called after each row. Raises OSError.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        _fill(unfinished, notice, title, sheets, on_row)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(path: Path, notice: str, title: str, sheets: Iterable[Sheet], on_row: Callable[[], None]) -> None:
    with Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"title": title, "subject": notice, "comments": notice, "created": _CREATED})
        bold = book.add_format({"bold": True})
        heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E8EEF4"}
        )
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, headings, rows in sheets:
            sheet = book.add_worksheet(name)
            _head(sheet, notice, title, headings, bold, heading)
            for number, row in enumerate(rows, start=_FIRST_ROW):
                _row(sheet, number, row, day)
                on_row()


def _head(sheet: Worksheet, notice: str, title: str, headings: Sequence[str], bold: Format, heading: Format) -> None:
    for column, text in enumerate(headings):
        sheet.set_column(column, column, _WIDE if "ên " in text or "Thôn" in text else _NARROW)
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.write_string(0, 0, notice, bold)
    sheet.write_string(1, 0, title, bold)
    for column, text in enumerate(headings):
        sheet.write_string(2, column, text, heading)


def _row(sheet: Worksheet, number: int, row: Sequence[Cell], day: Format) -> None:
    for column, cell in enumerate(row):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            sheet.write_string(number, column, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(number, column, cell, day)
        else:
            sheet.write_number(number, column, cell)
