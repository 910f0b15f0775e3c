"""A value that holds from a day on, put among the periods that are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from vuonlen.foundation.periods import Period
from vuonlen.registry.intake.comparing.pens import Pen
from vuonlen.registry.models import Household

Row = TypeVar("Row", bound=Period)


def holding(rows: Sequence[Row], on: date) -> Row | None:
    return next((one for one in rows if one.holds(on)), None)


def lay(
    rows: Sequence[Row],
    on: date,
    home: Household,
    pen: Pen,
    *,
    same: Callable[[Row], bool],
    fresh: Callable[[date | None], Row],
    until: date | None = None,
) -> None:
    """The value of `fresh` holds from `on`, until the next period of the timeline or `until`.

    The period that held ends on that day; one that began that very day is replaced; after `until` it goes on. A later
    period with the same value begins earlier instead of standing beside its twin.
    """
    now = holding(rows, on)
    if now is not None:
        if same(now):
            return
        end = now.valid_to
        if now.valid_from == on:
            pen.remove(now, home)
        else:
            pen.set(now, home, valid_to=on)
        if until is not None and (end is None or until < end):
            pen.add(_again(now, until, end), home)
            end = until
        pen.add(fresh(end), home)
        return
    later = min((one for one in rows if one.valid_from > on), key=lambda one: one.valid_from, default=None)
    if later is not None and same(later) and (until is None or later.valid_from <= until):
        pen.set(later, home, valid_from=on)
        return
    ends = [one for one in (later.valid_from if later else None, until) if one is not None]
    pen.add(fresh(min(ends) if ends else None), home)


def _again(row: Row, since: date, until: date | None) -> Row:
    """The same value for another time."""
    columns = [one.attname for one in row._meta.concrete_fields if not one.primary_key]
    copy = type(row)(**{name: getattr(row, name) for name in columns})
    copy.valid_from, copy.valid_to = since, until
    return copy
