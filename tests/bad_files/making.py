"""Writes the files of the corpus: workbooks cell by cell, and archives part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HEADS = ["Mã hộ", "Họ tên chủ hộ", "Khu vực", "Số nhân khẩu", "Thu nhập bình quân đầu người"]
GOOD = ["H1", "Nông Văn An", "nông thôn", 4, 1_200_000]


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the file stores for it."""

    text: str
    value: Any = 0


@dataclass(frozen=True)
class Percent:
    value: float


def workbook(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    *,
    merged: Mapping[str, Iterable[str]] | None = None,
    options: Mapping[str, Any] | None = None,
    after: Callable[[xlsxwriter.Workbook], None] | None = None,
) -> Path:
    """Rows of cells by sheet name. merged: ranges whose first cell is written already. after: last touches."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, **(options or {})}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        percent = book.add_format({"num_format": "0.0%"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    _write(sheet, r, c, cell, day, percent)
            for area in (merged or {}).get(name, ()):
                first = area.split(":")[0]
                r, c = xlsxwriter.utility.xl_cell_to_rowcol(first)
                sheet.merge_range(area, rows[r][c])
        if after:
            after(book)
    return path


def _write(sheet: Any, r: int, c: int, cell: Any, day: Any, percent: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, Formula):
        sheet.write_formula(r, c, cell.text, None, cell.value)
    elif isinstance(cell, Percent):
        sheet.write_number(r, c, cell.value, percent)
    elif isinstance(cell, bool):
        sheet.write_boolean(r, c, cell)
    elif isinstance(cell, str):
        sheet.write_string(r, c, cell)
    elif isinstance(cell, date | datetime):
        sheet.write_datetime(r, c, cell, day)
    else:
        sheet.write_number(r, c, cell)


def good_workbook(path: Path) -> Path:
    return workbook(path, {"Hộ": [HEADS, GOOD]})


def edited(source: Path, target: Path, edit: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of an archive with each part passed through `edit` (name, content); None leaves the part out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = edit(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def with_part(source: Path, target: Path, name: str | zipfile.ZipInfo, content: bytes) -> Path:
    """A copy of an archive with one more part."""
    target.write_bytes(source.read_bytes())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target


def csv_file(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"
    path.write_bytes(text.encode(encoding))
    return path
