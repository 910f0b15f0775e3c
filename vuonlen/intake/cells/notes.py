"""What a parser says about one cell: the value, and notes that are listed with the cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

#: What a cell of a workbook or of a CSV can hold. Blank is "" or None.
Raw = str | float | int | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Note:
    """One remark. `R-…` refuses the row, `W-…` warns, `X-…` is a repair with `before` and `after`."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with remarks. A clean value is never wrapped, so that a column of clean values costs nothing."""

    value: object
    notes: tuple[Note, ...]


def refuse(code: str, **values: object) -> Noted:
    return Noted(None, (Note(code, values),))


def warn(value: object, code: str, **values: object) -> Noted:
    return Noted(value, (Note(code, values),))


def repaired(value: object, code: str, before: str, after: str) -> Noted:
    return Noted(value, (Note(code, {}, before, after),))


def with_notes(value: object, notes: tuple[Note, ...]) -> object:
    """`value` alone when there is nothing to say. `value` may itself carry notes."""
    if isinstance(value, Noted):
        return Noted(value.value, (*notes, *value.notes)) if notes else value
    return Noted(value, notes) if notes else value


def shown(raw: Raw) -> str:
    """The cell as the officer sees it: no trailing .0, day first."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e21:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.strftime("%d/%m/%Y") if raw.time() == time.min else raw.strftime("%d/%m/%Y %H:%M")
    if isinstance(raw, date):
        return raw.strftime("%d/%m/%Y")
    return "" if raw is None else str(raw)
