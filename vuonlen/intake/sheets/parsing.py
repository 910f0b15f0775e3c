"""The columns of a sheet, parsed chunk by chunk with one memory per column: equal cells are read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX, HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, NUMBER, WHOLE, YES_NO
from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake import vocabulary as v
from vuonlen.intake.cells import codes, texts
from vuonlen.intake.cells.dates import birth_cell
from vuonlen.intake.cells.identity import id_cell
from vuonlen.intake.cells.marks import mark_cell
from vuonlen.intake.cells.notes import Note, Noted, Raw
from vuonlen.intake.cells.numbers import Measure, number_cell
from vuonlen.intake.cells.texts import fold
from vuonlen.intake.limits import Limits
from vuonlen.intake.sheets.batches import Batch, Log
from vuonlen.intake.sheets.furniture import RowFilter
from vuonlen.intake.sheets.plans import ColumnPlan, SheetPlan

CHUNK = 8192
_MOST_REMEMBERED = 20_000
Parse = Callable[[Raw], object]
Progress = Callable[[int], None]

_PARSERS: dict[str, Parse] = {
    "household_id": texts.code_cell,
    v.ORDINAL: texts.code_cell,
    v.HOUSEHOLD_ORDINAL: texts.code_cell,
    "place_code": codes.place_code_cell,
    "area_type": codes.area_cell,
    "ethnicity": codes.ethnicity_cell,
    "previous_status": codes.status_cell,
    "recorded_status": codes.status_cell,
    "id_number": id_cell,
    v.SEX: codes.sex_cell,
    v.GROUPS: lambda raw: codes.list_cell(raw, codes.group_names(), "R-GROUP"),
    v.CAUSES: lambda raw: codes.list_cell(raw, codes.cause_names(), "R-CAUSE"),
}
_TEXTS = frozenset({"place_name", "village", "head", v.NAME, v.RELATION})
_BIRTHS = frozenset({v.BIRTH, v.BIRTH_MALE, v.BIRTH_FEMALE})
_MARKS = frozenset({v.IS_POOR, v.IS_NEAR})
#: Not law: bounds beyond which a figure must be a slip. Under `plain_low` đồng a month the unit must be wrong.
_MEASURES = {
    "income": Measure(high=1e9, plain_low=10_000),
    "consumption": Measure(high=1e9, plain_low=10_000),
    "income_score": Measure(high=1000),
    "deprivation_score": Measure(high=1000),
    "weight": Measure(high=1e9, rounded=False),
    "members": Measure(high=200, whole=True),
}
_COUNT = Measure(high=100, whole=True)


class _Memory(dict[Any, Any]):
    """Cell -> parsed value; parses what it has not seen."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, raw: Raw) -> object:
        value = self[raw] = self.parse(raw)
        return value


class _Column:
    """Parser of one column. Text columns learn from their first rows whether they hold legacy text."""

    def __init__(self, plan: ColumnPlan, today: date) -> None:
        self.plan = plan
        self.is_text = plan.column in _TEXTS or plan.column.startswith("x_")
        self._legacy = self._unicode = False
        self._memory = _Memory(texts.text_cell if self.is_text else _parser(plan, today))

    def parse(self, cells: Sequence[Raw]) -> tuple[list[Any], bool]:
        """Values, and whether any of them carries notes."""
        kinds = set(map(type, cells))
        if bool in kinds:  # True == 1 == 1.0 would share one place in the memory
            cells = [("TRUE" if cell else "FALSE") if isinstance(cell, bool) else cell for cell in cells]
        if self.is_text and str in kinds:
            self._learn(set(cells))
        if len(self._memory) > _MOST_REMEMBERED:
            self._memory.clear()
        memory = self._memory
        values = [memory[cell] for cell in cells]
        return values, Noted in set(map(type, values))

    def _learn(self, cells: set[Raw]) -> None:
        marked = [cell for cell in cells if isinstance(cell, str) and not cell.isascii()]
        legacy = self._legacy or any(map(texts.is_legacy, marked))
        unicode = self._unicode or any(map(texts.is_unicode, marked))
        if (legacy, unicode) != (self._legacy, self._unicode):
            self._legacy, self._unicode = legacy, unicode
            self._memory.clear()
            self._memory.parse = partial(texts.text_cell, legacy_near=legacy, unicode_near=unicode)


def _parser(plan: ColumnPlan, today: date) -> Parse:
    name = plan.column
    if name in _PARSERS:
        return _PARSERS[name]
    if name in _BIRTHS:
        return partial(birth_cell, today=today)
    kind = HOUSEHOLD_COLUMNS.get(name) or MEMBER_COLUMNS.get(name)
    if kind in (WHOLE, NUMBER):
        bounds = _MEASURES.get(name, _COUNT)
        return partial(number_cell, kind=replace(bounds, unit=plan.factor or 1.0))
    if kind == YES_NO or name in _MARKS or name.startswith((GROUP_PREFIX, CAUSE_PREFIX)) or kind is None:
        return mark_cell
    return texts.text_cell


def parse_sheet(
    plan: SheetPlan, log: Log, limits: Limits, today: date, errors: dict[tuple[int, int], str], progress: Progress
) -> Iterator[Batch]:
    """The rows of data of a sheet, a batch at a time. errors: (row, column) -> the error that Excel shows there.

    Raises Refused when there are more rows than allowed or a second table.
    """
    kept = RowFilter(plan, log)
    columns = [_Column(one, today) for one in plan.columns]
    rows: list[Sequence[Raw]] = []
    numbers: list[int] = []
    seen = 0
    for number, row in enumerate(plan.grid.rows()):
        if number < plan.below:
            continue
        full = row if len(row) >= kept.width else [*row, *[""] * (kept.width - len(row))]
        if kept.keep(full, number):
            rows.append(full)
            numbers.append(number)
            seen += 1
            if len(rows) == CHUNK:
                _check_rows(seen, plan, limits)
                yield _batch(plan, log, columns, rows, numbers, errors)
                rows, numbers = [], []
                progress(number)
    _check_rows(seen, plan, limits)
    if rows:
        yield _batch(plan, log, columns, rows, numbers, errors)


def _check_rows(seen: int, plan: SheetPlan, limits: Limits) -> None:
    if seen > limits.max_rows:
        values = {"tab": plan.grid.name or "CSV", "rows": plan.grid.height, "most": limits.max_rows}
        raise Refused(Problem("F-ROWS", plan.grid.name, values=values))


def _batch(
    plan: SheetPlan,
    log: Log,
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Raw]],
    numbers: list[int],
    errors: dict[tuple[int, int], str],
) -> Batch:
    across = list(zip(*rows, strict=False))
    batch = Batch(plan, log, numbers, {})
    noted: list[str] = []
    for column in columns:
        name = column.plan.column
        values, any_noted = column.parse(across[column.plan.index])
        batch.cols[name] = values
        if any_noted:
            noted.append(name)
    ids = [one.value if isinstance(one, Noted) else one for one in batch.get("household_id")]
    for name in noted:
        _take_notes(batch, name, ids)
    if errors:
        _take_errors(batch, errors)
    ordinals = [one.index for one in plan.columns if v.vocabulary().get(fold(one.heading)) == v.ORDINAL]
    if ordinals and "household_id" in plan.names:
        at = ordinals[0]
        batch.hashes = [hash((*row[:at], *row[at + 1 :])) for row in rows]
    else:
        batch.hashes = [hash(tuple(row)) for row in rows]
    return batch


def _take_notes(batch: Batch, name: str, ids: Sequence[Any]) -> None:
    values = batch.cols[name]
    for i, value in enumerate(values):
        if isinstance(value, Noted):
            values[i] = value.value
            batch.note(i, name, value.notes, ids[i] or "")


def _take_errors(batch: Batch, errors: dict[tuple[int, int], str]) -> None:
    """Cells in which Excel shows an error came as blanks: a known column refuses the row, another keeps the text."""
    at = {number: i for i, number in enumerate(batch.rows)}
    by_index = {one.index: one.column for one in batch.plan.columns}
    for (row, index), text in errors.items():
        if row in at and index in by_index:
            name = by_index[index]
            if name.startswith("x_"):
                batch.cols[name][at[row]] = text
            else:
                batch.note(at[row], name, [Note("R-ERROR", {"text": text})])
