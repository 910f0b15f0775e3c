"""What a published count is: equalities on columns of the judged list, summed by place.

A measure is plain data, so the reference engine counts it with a loop, the batch engines with
one group-by, and the workbook prints it as COUNTIFS and SUMIFS over the rows it counted.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Columns that judging and the comparison with the review before add to a household's row.
STATUS = "status"  # domain.poverty.Status; blank: not in this list any more
PREVIOUS = "previous"  # status at the review before; blank: was not in that list
MOVE_POOR = "move_poor"  # path through the poor stock, analytics.movement.Move
MOVE_NEAR = "move_near"  # path through the near-poor stock
PREVIOUS_MEMBERS = "previous_members"  # persons
PERSONS_MORE = "persons_more"  # persons joined a household that stayed in the list
PERSONS_LESS = "persons_less"  # persons that left a household that stayed in the list
AVERAGE_FARM = "average_farm"  # farm household of average living standard (NLN MSTB)
MINORITY = "minority"  # ethnic minority household
NO_GROUP = "group_none"  # in none of DTTS, KCKNLD, NCC


@dataclass(frozen=True, slots=True)
class Term:
    """Households for which every column equals its value; counted, or `total` summed over them.

    where: (column, value) pairs, value a text or a bool. total: a column of whole numbers
    (persons, children), or None to count households.
    """

    where: tuple[tuple[str, str | bool], ...]
    total: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        named = tuple(column for column, _ in self.where)
        return (*named, self.total) if self.total else named


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum of terms. `needs`: columns that must hold at least one answer, else the figure is unknown."""

    id: str
    terms: tuple[Term, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of one place. `value` None: unknown (never zero). `blanks`: rows with a blank in what it sums."""

    value: int | None
    blanks: int = 0
