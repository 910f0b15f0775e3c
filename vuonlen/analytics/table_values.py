"""The printed values of a table from counted figures: sums and rates from counts, unknown kept unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from vuonlen.analytics.measures import Figure, Measure
from vuonlen.analytics.table_model import ColumnDef, Counted, Rate, Summed, TableDef
from vuonlen.domain.figures import rate

Figures = Mapping[str, Figure]
UNKNOWN = Figure(None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed value. None: unknown, printed as an empty cell. blanks: rows whose answer is missing from it.

    direct: a sum that was replaced by its own count because a summand is unknown. A sum or rate of such a
    column has the most blanks of what it is made of.
    """

    value: int | Decimal | None
    blanks: int = 0
    direct: bool = False


def values(table: TableDef, kind: int, figures: Figures) -> dict[str, Cell]:
    """Column number -> cell, for one place and one row kind (an index into `table.split`).

    A measure that `figures` does not hold is unknown. A rate of a whole that is 0 is unknown.
    """
    found: dict[str, Cell] = {}
    for column in table.columns:
        if isinstance(column.source, Counted):
            figure = figures.get(column.source.measures[kind].id, UNKNOWN)
            found[column.number] = Cell(figure.value, figure.blanks)
    for column in table.columns:
        if isinstance(column.source, Summed):
            found[column.number] = _sum(column.source, kind, found, figures)
    for column in table.columns:
        if isinstance(column.source, Rate):
            found[column.number] = _rate(column.source, found, figures)
    return {column.number: found[column.number] for column in table.columns}


def _sum(source: Summed, kind: int, found: Mapping[str, Cell], figures: Figures) -> Cell:
    added, taken = (_known(found[number].value for number in numbers) for numbers in (source.plus, source.minus))
    if added is not None and taken is not None:
        return Cell(added - taken, max((found[one].blanks for one in (*source.plus, *source.minus)), default=0))
    if not source.equals:
        return Cell(None)
    figure = figures.get(source.equals[kind].id, UNKNOWN)
    return Cell(figure.value, figure.blanks, direct=True)


def _known(numbers: Iterable[int | Decimal | None]) -> int | None:
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += int(number)
    return total


def _rate(source: Rate, found: Mapping[str, Cell], figures: Figures) -> Cell:
    whole = found[source.whole]
    if isinstance(source.part, Measure):
        figure = figures.get(source.part.id, UNKNOWN)
        part = Cell(figure.value, figure.blanks)
    else:
        part = found[source.part]
    return Cell(rate(_known([part.value]), _known([whole.value])), max(part.blanks, whole.blanks))


def total(places: Iterable[Figures], measures: Iterable[Measure]) -> dict[str, Figure]:
    """Figures of all places together: unknown as soon as one place is unknown, for a total must not understate."""
    every = list(places)
    found = {}
    for one in measures:
        parts = [figures.get(one.id, UNKNOWN) for figures in every]
        known = [part.value for part in parts if part.value is not None]
        blanks = sum(part.blanks for part in parts)
        found[one.id] = Figure(sum(known) if len(known) == len(parts) else None, blanks)
    return found


def counted_columns(table: TableDef, kind: int) -> Iterable[tuple[ColumnDef, Measure]]:
    """Columns that stand on a measure of their own, with that measure."""
    for column in table.columns:
        if isinstance(column.source, Counted):
            yield column, column.source.measures[kind]
        elif isinstance(column.source, Rate) and isinstance(column.source.part, Measure):
            yield column, column.source.part
