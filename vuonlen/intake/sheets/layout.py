"""Which rows are the headings, what each sheet holds, and which sheets are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from vuonlen.domain.columns import EXTRA_PREFIX, MEMBER_COLUMNS
from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake import vocabulary as v
from vuonlen.intake.cells.codes import plain_text
from vuonlen.intake.cells.notes import Raw
from vuonlen.intake.cells.texts import fold
from vuonlen.intake.heading_mapping import CARRY, HeadingMapping
from vuonlen.intake.sheets.grids import Grid
from vuonlen.intake.sheets.headings import MONEY, OUR_INDICATORS, Headings, Meaning, sheet_unit
from vuonlen.intake.sheets.plans import EXITS_NEAR, EXITS_POOR, HOUSEHOLDS, MEMBERS, ColumnPlan, SheetPlan, letter_of

_LOOK = 40  # rows in which headings are looked for
_DEEPEST = 4  # rows of one heading
_IDS = frozenset({"household_id", v.HOUSEHOLD_ORDINAL, v.ORDINAL})
_JUDGED_BY = frozenset(
    {"income", "consumption", "income_score", "deprivation_score", "recorded_status", v.IS_POOR, v.IS_NEAR}
)
_ONLY_MEMBERS = frozenset({"has_insurance", "in_school", "malnourished"})
_MEMBERS_ONLY_DOUBT = {"has_insurance": "I04", "in_school": "I06", "malnourished": "I03"}


@dataclass(frozen=True, slots=True)
class _Found:
    """Headings at `first`, `depth` rows of them; parts and meanings by column."""

    first: int
    depth: int
    parts: list[list[str]]
    meanings: list[Meaning | None]
    title: str
    items: int  # columns that are items of a scorecard

    @property
    def score(self) -> int:
        known = {one.column for one in self.meanings if one and one.column}
        return len(known) + sum(1 for one in self.meanings if one and one.doubt) + self.items

    @property
    def names(self) -> set[str]:
        return {one.column for one in self.meanings if one and one.column}


class Layout:
    """Finds the headings of sheets with one vocabulary and one mapping file."""

    def __init__(
        self, headings: Headings, mapping: HeadingMapping | None, is_item: Callable[[str], bool] = lambda heading: False
    ) -> None:
        self._headings = headings
        self._mapping = mapping or HeadingMapping()
        self._mapped = {fold(heading): column for heading, column in self._mapping.columns.items()}
        self._used: set[str] = set()
        self._is_item = is_item
        for column in self._mapping.columns.values():
            if column != CARRY and not headings.known(column):
                raise Refused(Problem("F-MAPPING", values={"detail": f"không có cột “{column}”"}))

    def plan(self, grid: Grid) -> SheetPlan | None:
        """How `grid` would be read; None when it holds no list. Raises Refused for headings that cannot be used."""
        top = list(islice(grid.rows(), self._mapping.heading_row + _DEEPEST if self._mapping.heading_row else _LOOK))
        found = self._find(top, grid)
        if found is None:
            return None
        role, member_rows = _role(found, grid)
        if role is None:
            return None
        columns = self._columns(found, grid, role, member_rows)
        below = found.first + found.depth
        while below < len(top) and is_numbering(top[below]):
            below += 1
        return SheetPlan(grid, role, found.first, below, columns, found.title, member_rows)

    def check_mapping_used(self) -> None:
        """Raises Refused for headings of the mapping file that no sheet has."""
        unused = [heading for heading in self._mapping.columns if fold(heading) not in self._used]
        if unused:
            raise Refused(*(Problem("F-MAPPING-HEADING", values={"heading": one}) for one in unused))

    def _find(self, top: Sequence[Sequence[Raw]], grid: Grid) -> _Found | None:
        filled = _fill_merged(top, grid)
        starts = [self._mapping.heading_row - 1] if self._mapping.heading_row else range(len(top))
        best: _Found | None = None
        for first in starts:
            if first >= len(top) or sum(1 for cell in top[first] if cell not in ("", None)) < 2:
                continue
            for depth in range(1, min(_DEEPEST, len(top) - first) + 1):
                found = self._read(filled, first, depth)
                if best is None or found.score > best.score:
                    best = found
        enough = best is not None and best.score >= 2 and bool(best.names & (_IDS | {"head", v.FULL_NAME, v.NAME}))
        return best if enough else None

    def _read(self, filled: Sequence[Sequence[str]], first: int, depth: int) -> _Found:
        rows = filled[first : first + depth]
        width = max(map(len, rows))
        parts = []
        for index in range(width):
            column = [row[index] for row in rows if index < len(row) and row[index]]
            parts.append([part for n, part in enumerate(column) if n == 0 or part != column[n - 1]])
        title = "\n".join(" ".join(cell for cell in row if cell) for row in filled[:first])
        meanings = [self._meaning(one) for one in parts]
        items = sum(1 for one in parts if one and self._is_item(" – ".join(one)))
        return _Found(first, depth, parts, meanings, title, items)

    def _meaning(self, parts: list[str]) -> Meaning | None:
        if not parts:
            return None
        for text in (" ".join(parts), parts[-1]):
            if column := self._mapped.get(fold(text)):
                self._used.add(fold(text))
                return None if column == CARRY else Meaning(self._headings.column(column))
        return self._headings.meaning(parts)

    def _columns(self, found: _Found, grid: Grid, role: str, member_rows: bool) -> tuple[ColumnPlan, ...]:
        unit = sheet_unit(found.title)
        plans: list[ColumnPlan] = []
        problems: list[Problem] = []
        for index, (parts, meaning) in enumerate(zip(found.parts, found.meanings, strict=False)):
            heading = " ".join(" – ".join(parts).split())
            if not heading:
                continue
            column, doubt = _for_role(meaning, role, member_rows, found.names, heading)
            if doubt:
                problems.append(Problem(doubt[0], grid.name, f"{letter_of(index)}{found.first + 1}", values=doubt[1]))
                continue
            factor = (meaning.factor or unit) if meaning and column in MONEY else None
            plans.append(ColumnPlan(index, heading, column, factor, bool(meaning and meaning.by_name)))
        problems += _twice(plans, grid, found.first)
        if problems:
            raise Refused(*problems)
        return _name_carried(plans)


def _for_role(
    meaning: Meaning | None, role: str, member_rows: bool, names: set[str], heading: str
) -> tuple[str, tuple[str, dict[str, object]] | None]:
    """The column that a meaning is in a sheet of this role ("" to carry it along), or the doubt about it."""
    if meaning is None:
        return "", None
    if meaning.doubt:
        return "", (meaning.doubt[0], dict(meaning.doubt[1]))
    column = meaning.column
    persons = member_rows or role == MEMBERS
    if column == v.FULL_NAME:
        column = v.NAME if persons else "head"
        return ("" if column in names else column), None
    if column in _ONLY_MEMBERS and not persons:
        code = _MEMBERS_ONLY_DOUBT[column]
        meanings = f"{code} (x = thiếu hụt) / x = {heading.lower()}"
        return "", ("F-HEADING-AMBIGUOUS", {"heading": heading, "meanings": meanings})
    if column == v.ORDINAL and names & {"household_id", v.HOUSEHOLD_ORDINAL}:
        return "", None
    if column == v.HOUSEHOLD_ORDINAL and "household_id" in names:
        return "", None
    if role == MEMBERS and column not in MEMBER_COLUMNS and column not in _PERSON:
        return "", None
    return column, None


_PERSON = frozenset(
    {v.HOUSEHOLD_ORDINAL, v.ORDINAL, v.NAME, v.RELATION, v.SEX, v.BIRTH, v.BIRTH_MALE, v.BIRTH_FEMALE, "head"}
)


def _twice(plans: Sequence[ColumnPlan], grid: Grid, row: int) -> list[Problem]:
    problems = []
    for column in {one.column for one in plans if one.column}:
        same = [one for one in plans if one.column == column]
        if len(same) > 1:
            values = {
                "columns": ", ".join(one.letter for one in same),
                "heading": " / ".join(one.heading for one in same),
            }
            problems.append(Problem("F-HEADING-TWICE", grid.name, f"{same[1].letter}{row + 1}", values=values))
    return sorted(problems, key=lambda problem: problem.cell)


def _name_carried(plans: Sequence[ColumnPlan]) -> tuple[ColumnPlan, ...]:
    """Columns that nobody knows keep their heading under `x_`, numbered where a heading repeats."""
    used: dict[str, int] = {}
    named = []
    for one in plans:
        if one.column:
            named.append(one)
            continue
        name = EXTRA_PREFIX + one.heading
        used[name] = used.get(name, 0) + 1
        named.append(replace(one, column=name if used[name] == 1 else f"{name} ({used[name]})"))
    return tuple(named)


def _role(found: _Found, grid: Grid) -> tuple[str | None, bool]:
    """What the sheet holds, and whether member rows follow their household."""
    names = found.names
    title = fold(f"{found.title} {grid.name}")
    judged = bool(names & _JUDGED_BY) or any(one in OUR_INDICATORS for one in names) or found.items > 0
    member_rows = v.RELATION in names and (v.NAME in names or v.FULL_NAME in names)
    if not names & _IDS:
        return (HOUSEHOLDS, member_rows) if judged else (None, False)
    if re.search(r"\b(?:ho|danh sach) thoat can ngheo\b", title):
        return EXITS_NEAR, member_rows
    if re.search(r"\b(?:ho|danh sach) thoat ngheo\b", title):
        return EXITS_POOR, member_rows
    about_persons = member_rows or v.NAME in names or names >= {v.FULL_NAME, v.BIRTH}
    if about_persons and not judged:
        return MEMBERS, False
    return (HOUSEHOLDS, member_rows) if judged or names - _IDS else (None, False)


def _fill_merged(top: Sequence[Sequence[Raw]], grid: Grid) -> list[list[str]]:
    """Text of the first rows; a cell merged to the right stands over each column that it covers.

    Where a format does not tell what is merged (CSV, ODS), a blank over a filled cell takes the heading to its left.
    """
    texts = [[plain_text(cell) or "" for cell in row] for row in top]
    if grid.merged is None:
        return _fill_blanks(texts)
    for one in grid.merged:
        if one.top < len(texts) and one.left < len(texts[one.top]):
            for index in range(one.left + 1, min(one.right + 1, len(texts[one.top]))):
                texts[one.top][index] = texts[one.top][one.left]
    return texts


def _fill_blanks(texts: list[list[str]]) -> list[list[str]]:
    filled = [list(row) for row in texts]
    for n in range(len(texts) - 1):
        left = ""
        for index, own in enumerate(texts[n]):
            left = own or left
            under = texts[n + 1][index] if index < len(texts[n + 1]) else ""
            if not own and under and left:
                filled[n][index] = left
            elif not own:
                left = ""
    return filled


def is_numbering(row: Sequence[Raw]) -> bool:
    """The row "A B 1 2 3" that printed forms have under their headings, formulas such as 5=3+4 included.

    Bare numbers count only from five columns on: "1, 2, 3" may be a household.
    """
    raw = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]
    raw = [cell.strip() for cell in raw if cell not in ("", "None")]
    cells = [cell.strip("()[]") for cell in raw]
    if not all(re.fullmatch(r"[A-ZĐa-zđ]|\d{1,3}(?:\s*=.*)?", cell) for cell in cells):
        return False
    numbers = [int(re.match(r"\d+", cell)[0]) for cell in cells if cell[0].isdigit()]  # type: ignore[index]
    marked = len(numbers) < len(cells) or raw != cells
    if len(cells) < (3 if marked else 5):
        return False
    return len(numbers) < 2 or numbers == list(range(numbers[0], numbers[0] + len(numbers)))
