"""From the file, CSV or workbook, to lines. Nothing here knows the register."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vuonlen.domain.names import fold
from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake.containers import CSV, WORKBOOK, check_container
from vuonlen.intake.limits import Limits
from vuonlen.intake.sheets.grids import Grid, open_csv, open_workbook
from vuonlen.places.kinds import clean

#: column -> its heading in the official table
HEADINGS = {
    "province": "Tỉnh, thành phố",
    "new_name": "Tên Xã mới",
    "new_code": "Mã Xã mới",
    "old_name": "Tên Xã cũ",
    "old_code": "Mã Xã cũ",
    "note": "Ghi chú",
    "district": "Quận/huyện",
    "old_province": "Tỉnh cũ",
}
COMMUNE, DISTRICT, PROVINCE = 5, 3, 2  # digits of a code
_FOLDED = {fold(text): column for column, text in HEADINGS.items()}
_SEARCHED = 15  # rows in which the headings are looked for
_CODED = re.compile(r"(?P<name>.*?)\s*\(\s*(?P<code>\d{1,3})\s*\)")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LIMITS = Limits(max_rows=60_000, max_columns=100)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as a row names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row. old None: no old commune; the district itself went on, or land that was no unit."""

    number: int
    province: Named
    new: Named
    old: Named | None
    land: str  # what stands for the old commune where there is no code
    district: Named | None
    old_province: Named
    note: str


@dataclass
class Table:
    """A table that was read. columns: letter of each column, to name cells."""

    sheet: str
    on: date
    columns: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    rows: int = 0

    def problem(self, code: str, number: int, column: str, /, **values: object) -> Problem:
        return Problem(code, self.sheet, f"{self.columns[column]}{number}", values=values)


def read_table(path: Path) -> Table:
    """Raises Refused for a file that is no conversion table."""
    container = check_container(path, _LIMITS)
    if container.kind not in (CSV, WORKBOOK):
        raise Refused(Problem("F-TYPE", values={"name": path.name, "found": container.kind}))
    grids = open_csv(path, _LIMITS) if container.kind == CSV else open_workbook(path, _LIMITS)
    missing: list[str] = list(HEADINGS.values())
    for grid in grids:
        if grid.height > _LIMITS.max_rows:
            told = {"tab": grid.name or path.name, "rows": grid.height, "most": _LIMITS.max_rows}
            raise Refused(Problem("F-ROWS", grid.name, values=told))
        head, lacking = _head(grid)
        if head is not None:
            return _read(grid, head)
        missing = min(missing, lacking, key=len)
    raise Refused(Problem("PL-COLUMNS", values={"missing": ", ".join(missing)}))


@dataclass(frozen=True, slots=True)
class _Head:
    row: int  # of the headings, from 0
    columns: dict[str, int]
    on: date


def _head(grid: Grid) -> tuple[_Head | None, list[str]]:
    """Where the headings are; else which ones the best row lacks."""
    above: list[str] = []
    missing = list(HEADINGS.values())
    for number, row in enumerate(_texts(grid)):
        if number >= _SEARCHED:
            break
        found = [(_FOLDED[folded], place) for place, cell in enumerate(row) if (folded := fold(cell)) in _FOLDED]
        lacking = [text for column, text in HEADINGS.items() if column not in dict(found)]
        if not lacking:
            if twice := [one for one, count in Counter(name for name, _ in found).items() if count > 1]:
                raise Refused(Problem("PL-COLUMN-TWICE", grid.name, values={"heading": HEADINGS[twice[0]]}))
            return _Head(number, dict(found), _date(above, grid.name)), []
        missing = min(missing, lacking, key=len)
        above += row
    return None, missing


def _date(titles: Iterable[str], sheet: str) -> date:
    """The day of the change, which the title over the new units and the one over the old units both give."""
    found = {found.groups() for one in titles if (found := _DAY.search(one))}
    try:
        ((day, month, year),) = found
        return date(int(year), int(month), int(day))
    except ValueError as why:
        told = ", ".join("/".join(one) for one in sorted(found)) or "–"
        raise Refused(Problem("PL-DATE", sheet, values={"found": told})) from why


def _texts(grid: Grid) -> Iterator[list[str]]:
    return ([_text(cell) for cell in row] for row in grid.rows())


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return clean(str(cell)) if cell is not None else ""


def _read(grid: Grid, head: _Head) -> Table:
    table = Table(grid.name, head.on, {name: _letter(place) for name, place in head.columns.items()})
    repaired: list[str] = []
    for number, row in enumerate(_texts(grid), start=1):
        if number <= head.row + 1:
            continue
        cells = {name: row[place] if place < len(row) else "" for name, place in head.columns.items()}
        if not any(text for name, text in cells.items() if name != "province"):
            continue  # blank, or the name of a province over its rows
        table.rows += 1
        line = _line(table, number, cells, repaired)
        if line is not None:
            table.lines.append(line)
    if repaired:
        told = {"count": len(repaired), "example": repaired[0]}
        table.warnings.append(Problem("PL-ZEROS", table.sheet, table.columns["old_code"], values=told))
    if not table.rows:
        raise Refused(Problem("PL-NO-ROWS", table.sheet))
    return table


def _line(table: Table, number: int, cells: dict[str, str], repaired: list[str]) -> Line | None:
    """One row; None when it was refused."""
    faults: list[Problem] = []

    def fault(code: str, column: str, /, **values: object) -> None:
        faults.append(table.problem(code, number, column, **values))

    def commune(side: str) -> Named:
        code = _padded(cells[f"{side}_code"], repaired)
        if len(code) != COMMUNE or not _digits(code):
            fault("PL-CODE", f"{side}_code", text=cells[f"{side}_code"], what="xã", digits=COMMUNE)
        elif not cells[f"{side}_name"]:
            fault("PL-NAME", f"{side}_name", code=code)
        return Named(code, cells[f"{side}_name"])

    def above(column: str, digits: int, what: str) -> Named:
        found = _CODED.fullmatch(cells[column])
        if found is None or len(found["code"]) > digits:
            fault("PL-CODE", column, text=cells[column], what=what, digits=digits)
            return Named("", cells[column])
        return Named(found["code"].zfill(digits), found["name"])

    new = commune("new")
    old = commune("old") if cells["old_code"] else None
    province, old_province = above("province", PROVINCE, "tỉnh"), above("old_province", PROVINCE, "tỉnh")
    district = above("district", DISTRICT, "huyện") if cells["district"] else None
    if faults:
        table.refused += faults
        return None
    return Line(number, province, new, old, cells["old_name"], district, old_province, cells["note"])


def _padded(code: str, repaired: list[str]) -> str:
    """A code is five digits: what a spreadsheet took for a number has lost its leading zeros, and nothing else."""
    if _digits(code) and len(code) < COMMUNE:
        repaired.append(f"{code} → {code.zfill(COMMUNE)}")
        return code.zfill(COMMUNE)
    return code


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _letter(place: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
