"""Sheets of a file as rows of raw cells, whatever the format. Row and column numbers are those of the file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from unicodedata import normalize

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake.cells.notes import Raw
from vuonlen.intake.cells.texts import is_legacy, is_vietnamese
from vuonlen.intake.limits import Limits

_DELIMITERS = ";,\t"
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Range:
    """Merged cells, both ends included, from 0: (top, left) to (bottom, right)."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(Protocol):
    """One sheet. merged: None when the format does not tell."""

    name: str
    visible: bool
    height: int
    merged: tuple[Range, ...] | None

    def rows(self) -> Iterator[Sequence[Raw]]: ...

    def close(self) -> None:
        """Frees the cells; there are no rows any more."""


class _SheetGrid:
    def __init__(self, sheet: CalamineSheet, visible: bool, limits: Limits) -> None:
        self.name, self.visible = sheet.name, visible
        self._sheet: CalamineSheet | None = sheet
        last_row, last_column = sheet.end or (-1, -1)
        self.height = last_row + 1
        if last_column >= limits.max_columns:
            values = {"tab": self.name, "columns": last_column + 1, "most": limits.max_columns}
            raise Refused(Problem("F-WIDE", self.name, values=values))
        ranges = sheet.merged_cell_ranges
        self.merged = None if ranges is None else tuple(Range(*start, *end) for start, end in ranges)

    def rows(self) -> Iterator[Sequence[Raw]]:
        return iter(self._sheet.iter_rows()) if self.height and self._sheet else iter(())

    def close(self) -> None:
        self._sheet = None


class _CsvGrid:
    name = ""
    visible = True
    merged: tuple[Range, ...] | None = None

    def __init__(self, path: Path, encoding: str, delimiter: str, skip: int, limits: Limits) -> None:
        self._path, self._encoding, self._delimiter, self._skip = path, encoding, delimiter, skip
        self._limits = limits
        self.height = path.read_bytes().count(b"\n")

    def rows(self) -> Iterator[Sequence[Raw]]:
        with self._path.open(encoding=self._encoding, newline="") as lines:
            for number, row in enumerate(csv.reader(lines, delimiter=self._delimiter)):
                if len(row) > self._limits.max_columns:
                    values = {"tab": "CSV", "columns": len(row), "most": self._limits.max_columns}
                    raise Refused(Problem("F-WIDE", values=values))
                if self._encoding == "cp1258":  # stores letter and tone apart: composing belongs to decoding
                    row = [normalize("NFC", cell) for cell in row]
                yield [] if number < self._skip else row

    def close(self) -> None:
        """Nothing is held: each reading opens the file again."""


def open_workbook(path: Path, limits: Limits) -> list[Grid]:
    """The worksheets of a workbook in its order. Raises Refused when it cannot be opened."""
    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            about = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            return [
                _SheetGrid(book.get_sheet_by_name(one.name), one.visible == SheetVisibleEnum.Visible, limits)
                for one in about
            ]
    except PasswordError as error:
        raise Refused(Problem("F-PASSWORD", values={"name": path.name})) from error
    except (CalamineError, OSError, ValueError) as error:
        detail = re.sub(r"\s+", " ", str(error))[:120]
        raise Refused(Problem("F-BROKEN", values={"name": path.name, "detail": detail})) from error


def open_csv(path: Path, limits: Limits) -> list[Grid]:
    """The one sheet of a CSV file. Raises Refused when its encoding cannot be told."""
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    encoding = _encoding(sample, path)
    csv.field_size_limit(limits.max_bytes)
    text = sample.decode(encoding, errors="ignore").lstrip("\ufeff")
    skip = 0
    if found := re.match(r"sep=(.)\r?\n", text):
        skip, delimiter = 1, found[1]
    else:
        delimiter = _delimiter(text)
    return [_CsvGrid(path, encoding, delimiter, skip, limits)]


def _encoding(sample: bytes, path: Path) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if sample[:200].count(0) > len(sample[:200]) // 4:
        return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
    if _is_utf8(sample, path):
        return "utf-8-sig"
    scores = {name: _vietnamese_share(sample, name) for name in ("cp1258", "cp1252")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 0.6 or scores["cp1258"] == scores["cp1252"] < 1:
        raise Refused(Problem("F-ENCODING", values={"name": path.name}))
    return best


def _is_utf8(sample: bytes, path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as lines:
            for _ in iter(lambda: lines.read(2**20), ""):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _vietnamese_share(sample: bytes, encoding: str) -> float:
    """Share of the words with marks that are spelt as Vietnamese, old fonts included."""
    text = sample.decode(encoding, errors="replace")
    words = [word for word in re.findall(r"[^\s\d,;:./()\"'\-]+", text) if not word.isascii()]
    good = sum(
        1 for word in words if is_vietnamese(normalize("NFC", word)) or (encoding == "cp1252" and is_legacy(word))
    )
    return good / len(words) if words else 0.0


def _delimiter(text: str) -> str:
    """The separator that splits most of the first lines into the same number of columns; semicolon when none does."""
    lines = text.splitlines()[:50]
    whole = lines[:-1] if len(lines) > 1 else lines

    def steadiness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(whole, delimiter=delimiter) if len(row) > 1]
        common = max(set(widths), key=widths.count, default=0)
        return widths.count(common), common

    return max(_DELIMITERS, key=steadiness)
