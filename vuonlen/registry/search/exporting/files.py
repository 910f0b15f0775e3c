"""The files of an export: every text a text, whatever it begins with, and a line that says whose file it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from vuonlen.registry.search.exporting.rows import Value

_FORMULA = tuple("=+-@＝＋－＠")  # the wide ones too: spreadsheets set to an East Asian language take them as well
_NUMBERS = "CCCD"  # a column of ID numbers: spreadsheets would take the zero in front away
_WIDTHS = {"Họ": 26, "Mã": 12, "Tên": 22, "Thôn": 22, "Số": 18, "Dân": 12}
_MOST_TEXT = 32_767
_TEXT = 49  # the number of the format "@", built in


@dataclass(frozen=True, slots=True)
class Mark:
    """line: who, when, by which filters, under which number. short: what fits at the foot of a printed page."""

    line: str
    short: str
    author: str
    serial: str


class Writer:
    """Takes rows of either sheet as they come. An XLSX holds households and members, a CSV the households alone."""

    def households(self, row: Sequence[Value]) -> None:
        raise NotImplementedError

    def members(self, row: Sequence[Value]) -> None:
        raise NotImplementedError


@contextmanager
def writer(path: Path, mark: Mark, households: Sequence[str], members: Sequence[str]) -> Iterator[Writer]:
    """`path` is there when everything was written, and not before."""
    part = path.with_name(f".{path.name}.part")
    try:
        if path.suffix == ".csv":
            with part.open("w", encoding="utf-8-sig", newline="") as file:
                yield _Csv(file, mark, households)
        else:
            made = _Workbook(part, mark, households, members)
            yield made
            made.close()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class _Csv(Writer):
    def __init__(self, file: Any, mark: Mark, headings: Sequence[str]) -> None:
        self._out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        self._numbers = [_NUMBERS in one for one in headings]
        self._out.writerow([plain(mark.line)])
        self._out.writerow([plain(one) for one in headings])

    def households(self, row: Sequence[Value]) -> None:
        self._out.writerow([_told(one, number) for one, number in zip(row, self._numbers, strict=True)])

    def members(self, row: Sequence[Value]) -> None:
        """A CSV is one table."""


def _told(value: Value, number: bool) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if number and value else plain(value)
    return str(value).replace(".", ",") if isinstance(value, float) else value


def plain(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula, blanks before it or not."""
    bare = text.lstrip()
    return f"'{text}" if bare.startswith(_FORMULA) or text[:1] in {"\t", "\r", "\n"} else text


class _Workbook(Writer):
    """XlsxWriter keeps one row in memory; texts are inline strings."""

    def __init__(self, path: Path, mark: Mark, households: Sequence[str], members: Sequence[str]) -> None:
        self._book = xlsxwriter.Workbook(
            path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._book.set_properties(
            {"title": mark.serial, "author": mark.author, "comments": mark.line, "keywords": mark.serial}
        )
        self._text = self._book.add_format({"num_format": _TEXT, "valign": "top"})
        self._head = self._book.add_format({"bold": True, "num_format": _TEXT, "text_wrap": True, "bottom": 1})
        self._note = self._book.add_format({"italic": True, "num_format": _TEXT, "font_color": "#555555"})
        self._sheets = [self._sheet("Hộ", mark, households), self._sheet("Thành viên", mark, members)]
        self._rows = [2, 2]

    def _sheet(self, name: str, mark: Mark, headings: Sequence[str]) -> Any:
        sheet = self._book.add_worksheet(name)
        for place, one in enumerate(headings):
            sheet.set_column(place, place, _WIDTHS.get(one.split(" ")[0], 14))
        sheet.write_string(0, 0, mark.line[:_MOST_TEXT], self._note)
        for place, one in enumerate(headings):
            sheet.write_string(1, place, one, self._head)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        printed = mark.short.replace("&", "&&")[:200]
        sheet.set_header(f"&L&8{printed}")
        sheet.set_footer(f"&L&8{printed}&R&8&P/&N")
        return sheet

    def households(self, row: Sequence[Value]) -> None:
        self._write(0, row)

    def members(self, row: Sequence[Value]) -> None:
        self._write(1, row)

    def _write(self, number: int, row: Iterable[Value]) -> None:
        sheet, line = self._sheets[number], self._rows[number]
        for place, one in enumerate(row):
            if one is None or one == "":
                continue
            if isinstance(one, str):
                sheet.write_string(line, place, one[:_MOST_TEXT], self._text)
            else:
                sheet.write_number(line, place, one)
        self._rows[number] = line + 1

    def close(self) -> None:
        self._book.close()
