"""The time line as a picture: one lane for each thing, one bar for each period. The list beside it says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vuonlen.registry.telling.timeline import Bar, Timeline

WIDTH, LANE, LABEL, TOP, BAR = 1000, 34, 190, 26, 24
_LETTER = 8.0  # a little more than a letter is wide
_YEARS = 12  # more marks than this would stand on each other


@dataclass(frozen=True, slots=True)
class Rect:
    """One bar. words: what fits in it; title: all of it."""

    x: float
    y: float
    width: float
    words: str
    title: str
    kind: str
    open: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A year, or the day that is looked at."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    y: float
    words: str
    rects: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    bar: int
    rows: tuple[Row, ...]
    years: tuple[Mark, ...]
    day: Mark | None


def draw(line: Timeline, today: date, day: date) -> Drawing | None:
    """None where there is nothing to draw. day: marked where it lies within the picture."""
    since = line.since
    if since is None:
        return None
    first = date(since.year, 1, 1) if since.month < 11 else since.replace(day=1)
    last = max([today, *(bar.until for lane in line.lanes for bar in lane.bars if bar.until)]) + timedelta(days=30)
    scale = (WIDTH - LABEL) / max(1, (last - first).days)

    def x(at: date) -> float:
        return round(LABEL + (at - first).days * scale, 1)

    def rect(bar: Bar, y: float) -> Rect:
        end = bar.until or last
        width = max(2.0, round(x(end) - x(bar.since), 1))
        until = f"{bar.until:%d/%m/%Y}" if bar.until else "…"
        title = f"{bar.words}: {bar.since:%d/%m/%Y} – {until}" + (f" ({bar.note})" if bar.note else "")
        return Rect(x(bar.since), y, width, fit(bar.words, width - 8), title, bar.kind or "plain", bar.until is None)

    rows = tuple(
        Row(
            TOP + number * LANE, fit(lane.label, LABEL - 12), tuple(rect(bar, TOP + number * LANE) for bar in lane.bars)
        )
        for number, lane in enumerate(line.lanes)
    )
    step = max(1, -(-(last.year - first.year + 1) // _YEARS))
    begins = [date(year, 1, 1) for year in range(first.year, last.year + 1, step)]
    years = tuple(Mark(x(one), str(one.year)) for one in begins if one >= first)
    mark = Mark(x(day), f"{day:%d/%m/%Y}") if first <= day <= last else None
    return Drawing(WIDTH, TOP + len(rows) * LANE + 4, BAR, rows, years, mark)


def fit(words: str, width: float) -> str:
    """As much of `words` as has room, with an ellipsis; nothing where a letter or two would say nothing."""
    most = int(width / _LETTER)
    if len(words) <= most:
        return words
    return f"{words[: most - 1].rstrip()}…" if most >= 5 else ""
