"""What an official table is: its printed head, and for each column a count, a signed sum or a rate.

The same definitions are evaluated by `table_values`, checked by `table_checks` and printed as
formulas by the workbook, so a figure cannot mean one thing on screen and another on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vuonlen.analytics.measures import Measure, Term
from vuonlen.domain.poverty import Confidence
from vuonlen.rulebook.model import Text

HOUSEHOLDS, PERSONS = "households", "persons"


@dataclass(frozen=True, slots=True)
class Counted:
    """A column that is counted. `measures`: one per row kind of the table."""

    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Summed:
    """A column that is other columns of the same row added and subtracted.

    equals: measures, one per row kind, that the sum must equal; printed where a summand is unknown.
    """

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    equals: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """A column that is `part` / `whole` * 100, from counts. `part`: a column, or a measure of its own."""

    part: str | Measure
    whole: str


@dataclass(frozen=True, slots=True)
class ColumnDef:
    """One printed column. `number`: "3", "1.2.1". `printed`: what stands in the row of numbers ("4=3/1*100")."""

    number: str
    printed: str
    heading: tuple[Text, ...]
    source: Counted | Summed | Rate


@dataclass(frozen=True, slots=True)
class TableDef:
    """One form. `split`: the row kinds of each place. `beside`: counted for the notes, not printed in a column."""

    id: str
    title: Text
    title_preliminary: Text
    split: tuple[str, ...]
    columns: tuple[ColumnDef, ...]
    notes: tuple[Text, ...]
    confidence: Confidence
    beside: tuple[Measure, ...] = ()

    def column(self, number: str) -> ColumnDef:
        """Raises KeyError for a number the form does not have."""
        for one in self.columns:
            if one.number == number:
                return one
        raise KeyError(number)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure the table needs, each once."""
        found = [*self.beside]
        for column in self.columns:
            if isinstance(column.source, Counted):
                found += column.source.measures
            elif isinstance(column.source, Summed):
                found += column.source.equals
            elif isinstance(column.source.part, Measure):
                found.append(column.source.part)
        return tuple({one.id: one for one in found}.values())


def measure(*terms: Term, unknown_if_blank: Iterable[str] = ()) -> Measure:
    """A measure named after what it counts: `n(status=poor,I01=yes)`, `members(status=poor)`.

    unknown_if_blank: columns in which a blank means unknown. A blank in any other column (`status`, `previous`,
    `move_poor`, `move_near`) is an answer: not in that list. A column that is summed is always of the first kind.
    """
    needs = dict.fromkeys([*unknown_if_blank, *(one.total for one in terms if one.total)])
    return Measure("+".join(_name(one) for one in terms), terms, tuple(needs))


def _name(term: Term) -> str:
    conditions = ",".join(f"{column}={_word(value)}" for column, value in term.where)
    return f"{term.total or 'n'}({conditions})"


def _word(value: str | bool) -> str:
    return value if isinstance(value, str) else ("yes" if value else "no")
