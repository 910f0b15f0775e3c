"""The sheet "Hộ": one row per household, place by place, that the formulas of the tables count over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from vuonlen.analytics import measures as m
from vuonlen.analytics.measures import Measure, Term
from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX
from vuonlen.i18n import _
from vuonlen.reporting.data import PLACE_KEY, Place
from vuonlen.reporting.headings import NAMES
from vuonlen.rulebook.lists import ethnic_groups, poverty_causes, target_groups
from vuonlen.rulebook.model import Sheet

HEAD_ROW, FIRST_ROW = 4, 5  # 1-based
#: Columns of every such sheet, before those that are counted.
FIXED = ("household_id", PLACE_KEY)


def heading(column: str, sheet: Sheet) -> str:
    """Printed heading of a column of the rows."""
    named = {
        "household_id": _("Mã hộ"),
        PLACE_KEY: _("Địa bàn"),
        m.STATUS: _("Phân loại kỳ này"),
        m.PREVIOUS: _("Phân loại kỳ trước"),
        m.MOVE_POOR: _("Diễn biến hộ nghèo"),
        m.MOVE_NEAR: _("Diễn biến hộ cận nghèo"),
        "members": _("Nhân khẩu"),
        m.PREVIOUS_MEMBERS: _("Nhân khẩu kỳ trước"),
        m.PERSONS_MORE: _("Khẩu tăng thêm"),
        m.PERSONS_LESS: _("Khẩu giảm bớt"),
        m.AVERAGE_FARM: _("Hộ NLN MSTB"),
        m.MINORITY: _("Dân tộc thiểu số"),
        m.NO_GROUP: _("Không thuộc nhóm nào"),
        "ethnicity": _("Dân tộc"),
        "children": _("Trẻ em dưới 16 tuổi"),
        "children_no_insurance": _("Trẻ em không có BHYT"),
        "children_malnourished": _("Trẻ em suy dinh dưỡng"),
        "children_not_in_school": _("Trẻ em không đi học"),
        **{GROUP_PREFIX + code: name for code, name in target_groups().items()},
        **{CAUSE_PREFIX + code: f"{code} {name}" for code, name in poverty_causes().items()},
        **{one.code: f"{one.code} {one.name.vi}" for one in sheet.indicators},
    }
    return named.get(column, column)


def word(column: str, value: object) -> object:
    """A value as the sheet holds it: our codes in Vietnamese, yes and no as 1 and 0, so that formulas can count."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return ethnic_groups().get(value, value) if column == "ethnicity" else NAMES.get(value, value)
    return value


@dataclass(frozen=True, slots=True)
class Households:
    """The rows by column, sorted by place. `ends`: place key -> index after its last row, in printed order."""

    columns: Mapping[str, list[object]]
    ends: Mapping[str, int]

    @property
    def count(self) -> int:
        return len(self.columns["household_id"])


def gather(rows: Iterable[Mapping[str, Any]], measures: Iterable[Measure], places: Sequence[Place]) -> Households:
    """Rows by column with the columns that the measures read and the list has, place by place.

    Raises ValueError for a row of a place that is not printed: its household would be missing from every table.
    """
    wanted = dict.fromkeys(
        column for one in measures for term in one.terms for column in term.columns if column != PLACE_KEY
    )
    every = iter(rows)
    first = next(every, None)
    there = [column for column in wanted if first is not None and column in first]
    kept: dict[str, list[tuple[object, ...]]] = {place.key: [] for place in places}
    names = {place.key: place.name for place in places}
    for row in chain(() if first is None else (first,), every):
        key = row[PLACE_KEY]
        if key not in kept:
            raise ValueError(f"a row belongs to {key!r}, which is not among the places of the table")
        kept[key].append((row["household_id"], names[key], *[row[column] for column in there]))
    ends, end = {}, 0
    for key, found in kept.items():
        end += len(found)
        ends[key] = end
    turned: Iterable[Sequence[object]] = zip(*chain.from_iterable(kept.values()), strict=True)
    columns = dict(zip((*FIXED, *there), map(list, turned), strict=False)) if end else {name: [] for name in FIXED}
    return Households({name: _worded(name, values) for name, values in columns.items()}, ends)


def _worded(column: str, values: list[object]) -> list[object]:
    if column in FIXED:
        return values
    try:
        words = {value: word(column, value) for value in set(values)}
    except TypeError as error:
        raise ValueError(f"column {column} holds a value that no table can count") from error
    return [words[value] for value in values]


def only(households: Households, measures: Sequence[Measure]) -> Households:
    """What one table needs: its columns, and the rows that its first conditions can meet (its classes)."""
    needed = {column for one in measures for term in one.terms for column in term.columns}
    names = [name for name in households.columns if name in FIXED or name in needed]
    classes: dict[str, set[object]] = {}
    for one in measures:
        for term in one.terms:
            column, value = term.where[0]
            classes.setdefault(column, set()).add(word(column, value))
    kept = bytearray(households.count)
    for column, values in classes.items():
        for place, found in enumerate(households.columns.get(column, ())):
            if found in values:
                kept[place] = 1
    ends: dict[str, int] = {}
    start = total = 0
    for key, end in households.ends.items():
        total += sum(kept[start:end])
        ends[key], start = total, end
    columns = {
        name: [value for value, keep in zip(households.columns[name], kept, strict=True) if keep] for name in names
    }
    return Households(columns, ends)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of the sheet that formulas run over, 1-based, both ends included."""

    first: int
    last: int


class Formulas:
    """Measures as COUNTIFS and SUMIFS over the sheet, by place."""

    def __init__(self, households: Households, sheet_name: str) -> None:
        self._letters = {name: xl_col_to_name(place) for place, name in enumerate(households.columns)}
        self._sheet = "'" + sheet_name.replace("'", "''") + "'"
        starts = [0, *households.ends.values()]
        self._blocks = {
            key: Block(FIRST_ROW + start, FIRST_ROW + end - 1)
            for (key, end), start in zip(households.ends.items(), starts, strict=False)
        }
        self._all = Block(FIRST_ROW, FIRST_ROW + households.count - 1)

    def of(self, one: Measure, place: str | None) -> str | None:
        """The formula without "=", None where the sheet has no column for it. place None: all places."""
        block = self._all if place is None else self._blocks[place]
        if any(column not in self._letters for term in one.terms for column in term.columns):
            return None
        if block.last < block.first:
            return "0"
        return "+".join(self._term(term, block) for term in one.terms)

    def _term(self, term: Term, block: Block) -> str:
        conditions = ",".join(
            f"{self._range(column, block)},{_criterion(column, value)}" for column, value in term.where
        )
        if term.total is None:
            return f"COUNTIFS({conditions})"
        return f"SUMIFS({self._range(term.total, block)},{conditions})"

    def _range(self, column: str, block: Block) -> str:
        letters = self._letters[column]
        return f"{self._sheet}!${letters}${block.first}:${letters}${block.last}"


def _criterion(column: str, value: str | bool) -> str:
    """A text criterion with the marks that spreadsheets read as wildcards made plain."""
    shown = word(column, value)
    if not isinstance(shown, str):
        return str(shown)
    plain = shown.replace("~", "~~").replace("*", "~*").replace("?", "~?").replace('"', '""')
    return f'"{plain}"'


def cells(households: Households) -> Iterator[Sequence[object]]:
    """The rows as the sheet holds them."""
    return iter(zip(*households.columns.values(), strict=True))
