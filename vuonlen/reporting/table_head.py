"""The printed head of a table: heading paths as merged cells, and the row of column numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vuonlen.analytics.table_forms import frame_words
from vuonlen.analytics.table_model import TableDef
from vuonlen.i18n import language

#: Width of a page in characters, A4 landscape at 11 points; more is scaled down by the printer set-up.
_PAGE = 132
_LINE = 15.0  # points per line of text


@dataclass(frozen=True, slots=True)
class Span:
    """One heading and the cells it covers, 0-based from the first row and column of the head, ends included."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Head:
    """spans: the headings; numbers: the row under them; fixed: columns before the counted ones (2 or 3)."""

    spans: tuple[Span, ...]
    numbers: tuple[str, ...]
    depth: int
    fixed: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]


def head(table: TableDef) -> Head:
    """The head of a table in the language of the interface."""
    words = {key: text.in_(language()) for key, text in frame_words().items()}
    labels = [words["ordinal"], words["place"], *([words["split"]] if len(table.split) > 1 else [])]
    paths = [tuple(text.in_(language()) for text in column.heading) for column in table.columns]
    depth, fixed = max(map(len, paths)), len(labels)
    spans = [Span(text, 0, place, depth - 1, place) for place, text in enumerate(labels)]
    spans += _spans(paths, 0, depth, fixed)
    numbers = (*"ABC"[:fixed], *(column.printed for column in table.columns))
    widths = _widths(len(paths), fixed)
    return Head(tuple(spans), numbers, depth, fixed, widths, _heights(spans, widths, depth))


def _spans(paths: Sequence[Sequence[str]], level: int, depth: int, left: int) -> Iterator[Span]:
    """Headings of one level: neighbours under the same heading share it, the last of a path reaches the bottom."""
    start = 0
    while start < len(paths):
        path, end = paths[start], start + 1
        if len(path) == level + 1:
            yield Span(path[level], level, left + start, depth - 1, left + start)
        else:
            while end < len(paths) and len(paths[end]) > level + 1 and paths[end][level] == path[level]:
                end += 1
            yield Span(path[level], level, left + start, level, left + end - 1)
            yield from _spans(paths[start:end], level + 1, depth, left + start)
        start = end


def _widths(counted: int, fixed: int) -> tuple[float, ...]:
    first = (5.0, 24.0, 11.0)[:fixed]
    each = min(14.0, max(8.5, (_PAGE - sum(first)) / counted))
    return (*first, *[each] * counted)


def _heights(spans: Sequence[Span], widths: Sequence[float], depth: int) -> tuple[float, ...]:
    """Points per row, so that every wrapped heading fits the rows it covers."""
    heights = [_LINE + 3] * depth
    for span in sorted(spans, key=lambda one: one.bottom - one.top):
        width = sum(widths[span.left : span.right + 1])
        lacking = lines(span.text, width) * _LINE + 3 - sum(heights[span.top : span.bottom + 1])
        if lacking > 0:
            heights[span.bottom] += lacking
    return tuple(heights)


def lines(text: str, width: float) -> int:
    """Lines of `text` when words wrap at `width` characters; bold capitals and digits are wider than most."""
    room = max(width * 0.92, 1)
    count, filled = 1, 0.0
    for word in text.split():
        if filled and filled + 1 + len(word) > room:
            count, filled = count + 1, 0.0
        filled += len(word) + (1 if filled else 0)
        if filled > room:
            count += math.ceil(filled / room) - 1
            filled %= room
    return count
