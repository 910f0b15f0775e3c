"""Walking an index in order, a page at a time: several stretches one after the other, forward and back.

What a page costs does not grow with the table. Each stretch (a place of the user's scope, a province in which a name
stands) is one walk from the key of the page on. Filters that few rows pass are tried on a window of rows at a time,
and only on so many windows: then the page is short and its `next` goes on from where it stopped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from vuonlen.foundation.keyset import beyond, read, reverse, until, write

WINDOWS = (100, 2_000, 8_000, 8_000)  # rows to try filters on, before a page is given as it is
SMALLEST = 50


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in one range of the first column of the order: `low` and on, before `high`; or equal to `low`."""

    low: str
    high: str = ""  # empty: exactly `low`
    where: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Walk:
    """rows: unfiltered, with nothing but the index to read. filters: what only some of them pass.

    order: up all the way, a number last. kept: all there is, in order, where it is so little that it was read at once.
    """

    rows: QuerySet[Any]
    order: tuple[str, ...]
    stretches: Sequence[Stretch]
    filters: Q = field(default_factory=Q)
    size: int = 25
    kept: Sequence[Any] | None = None
    windows: tuple[int, ...] = ()  # other than WINDOWS, where trying a row is dearer


@dataclass(frozen=True, slots=True)
class Found:
    """A page. cut: rows are missing because the walk stopped to rest; `next` (or `previous`) goes on."""

    rows: list[Any]
    next: str = ""
    previous: str = ""
    cut: bool = False


def walk(told: Walk, *, after: str = "", before: str = "") -> Found:
    """Raises keyset.BadToken for a place in another list."""
    key = read(after or before, told.order)
    backward = bool(before) and not after
    if told.kept is not None:
        return _of_kept(told, told.kept, key, backward)
    order = reverse(told.order) if backward else told.order
    rows: list[Any] = []
    left = list(told.windows or WINDOWS)
    stopped: Any = None
    for stretch, rest, begun in _ahead(told, order, key):
        found, stopped = _within(told, stretch, rest, begun, left, told.size + 1 - len(rows))
        rows += found
        if len(rows) > told.size or stopped is not None:
            break
    more, rows = len(rows) > told.size, rows[: told.size]
    resume = "" if more or stopped is None else write(told.order, stopped)
    if not backward:
        end = write(told.order, rows[-1]) if more else resume
        back = "" if key is None else write(told.order, rows[0] if rows else _just_after(told.order, key))
        return Found(rows, end, back, bool(resume))
    if not rows and not resume:
        return walk(told)  # what stood before is gone by now
    rows.reverse()
    start = write(told.order, rows[0]) if more else resume
    # Rows may have come in since: whoever went back can always go forward again.
    return Found(rows, write(told.order, rows[-1]) if rows else resume, start, bool(resume))


def _of_kept(told: Walk, kept: Sequence[Any], key: Sequence[Any] | None, backward: bool) -> Found:
    """The same without the database. Texts of Python sort as those of the index do: by code point, so by bytes."""
    values = [tuple(getattr(one, name) for name in told.order) for one in kept]
    start = 0 if key is None else bisect_left(values, tuple(key)) if backward else bisect_right(values, tuple(key))
    end = start if backward and start else start + told.size
    start = max(0, end - told.size) if backward else start
    rows = list(kept[start:end])
    more = write(told.order, rows[-1]) if rows and end < len(kept) else ""
    if not start or key is None:
        return Found(rows, more)
    return Found(rows, more, write(told.order, rows[0] if rows else _just_after(told.order, key)))


def _just_after(order: Sequence[str], key: Sequence[Any]) -> dict[str, Any]:
    """So that the way back begins with the row of `key` itself: the walk may have rested at a row of the list."""
    return dict(zip(order, [*key[:-1], key[-1] + 1], strict=True))


def _ahead(
    told: Walk, order: tuple[str, ...], key: Sequence[Any] | None
) -> Iterator[tuple[Stretch, tuple[str, ...], Sequence[Any] | None]]:
    """Stretches from the key on, with the order within each and the key where it lies in it."""
    down = order[0].startswith("-")
    at = key[0] if key is not None else None
    for one in sorted(told.stretches, key=lambda one: one.low, reverse=down):
        fixed = not one.high
        inside = at is not None and (at == one.low if fixed else one.low <= at < one.high)
        if at is not None and not inside and (one.low > at if down else one.low < at):
            continue
        begun = None if not inside or key is None else key[1:] if fixed else key
        yield one, order[1:] if fixed else order, begun


def _within(
    told: Walk, stretch: Stretch, order: tuple[str, ...], begun: Sequence[Any] | None, left: list[int], size: int
) -> tuple[list[Any], Any]:
    """Up to `size` rows of one stretch, and the row at which the walk stopped for want of windows."""
    first = told.order[0]
    span = (
        Q(**{first: stretch.low})
        if not stretch.high
        else Q(**{f"{first}__gte": stretch.low, f"{first}__lt": stretch.high})
    )
    base = told.rows.filter(span, stretch.where).order_by(*order)
    names = [one.lstrip("-") for one in order]
    if not told.filters:
        return list(_from(base, order, begun)[:size]), None
    rows: list[Any] = []
    while left:
        window = left.pop(0)
        edge = _from(base, order, begun).values(*told_fields(told))[window : window + 1]
        last: Mapping[str, Any] | None = next(iter(edge), None)
        part = _from(base, order, begun)
        if last is not None:
            part = part.filter(until(order, [last[name] for name in names]))
        rows += list(part.filter(told.filters)[: size - len(rows)])
        if last is None or len(rows) >= size:
            if last is None:  # not used up; halved, so that many short stretches do not add up to a long one
                left.insert(0, max(window // 2, min(window, SMALLEST)))
            return rows, None
        begun = [last[name] for name in names]
        stopped = last
    return rows, stopped


def told_fields(told: Walk) -> list[str]:
    return [one.lstrip("-") for one in told.order]


def _from(rows: QuerySet[Any], order: tuple[str, ...], begun: Sequence[Any] | None) -> QuerySet[Any]:
    return rows if begun is None else rows.filter(beyond(order, begun))
