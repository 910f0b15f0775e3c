"""Measures counted with a loop: slow, obvious, and what every other engine must equal.

A row counts for a term when every `where` pair holds. A blank in a column that the measure `needs` is unknown:
the row is then left out and told in `blanks`, unless another condition already rules it out. A blank in any
other column is an answer (the household is not in that list), so the condition does not hold.

A figure is unknown (None) when a needed column is absent or wholly blank among the rows that it concerns:
for a column of `where`, the rows on which the conditions outside `needs` hold; for `total`, the rows on which
every condition holds. A place without such rows has a known figure: 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vuonlen.analytics.measures import Figure, Measure, Term

Row = Mapping[str, Any]


@dataclass(slots=True)
class _Tally:
    value: int = 0
    blanks: int = 0
    concerned: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    answered: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def figure(self) -> Figure:
        unknown = any(rows and not self.answered[column] for column, rows in self.concerned.items())
        return Figure(None if unknown else self.value, self.blanks)


def figures(rows: Iterable[Row], measures: Sequence[Measure], key: str) -> dict[str, dict[str, Figure]]:
    """Figures by the value of `key`: place -> measure id -> figure. Only places that have a row appear."""
    tallies: dict[str, dict[str, _Tally]] = {}
    for row in rows:
        place = tallies.setdefault(row[key], {one.id: _Tally() for one in measures})
        for one in measures:
            tally = place[one.id]
            open_terms = [term for term in one.terms if _add(tally, row, term, one.needs)]
            tally.blanks += bool(open_terms)
    return {place: {name: tally.figure() for name, tally in found.items()} for place, found in tallies.items()}


def _add(tally: _Tally, row: Row, term: Term, needs: Sequence[str]) -> bool:
    """Add one row for one term; True when a blank leaves it open whether or how much to add."""
    if not all(row.get(column) == value for column, value in term.where if column not in needs):
        return False
    asked = [(column, value) for column, value in term.where if column in needs]
    for column, _ in asked:
        _answer(tally, row, column)
    if any(row.get(column) is not None and row[column] != value for column, value in asked):
        return False
    if any(row.get(column) is None for column, _ in asked):
        return True
    if term.total is None:
        tally.value += 1
        return False
    _answer(tally, row, term.total)
    if row.get(term.total) is None:
        return True
    tally.value += row[term.total]
    return False


def _answer(tally: _Tally, row: Row, column: str) -> None:
    tally.concerned[column] += 1
    tally.answered[column] += row.get(column) is not None
