"""What each review found, as tables of indicator by year: one table for each standard, for their indicators differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vuonlen.domain.problems import Refused
from vuonlen.registry.models import Assessment, Household, StatusPeriod
from vuonlen.registry.telling import words
from vuonlen.rulebook.load import find

DEPRIVED, NOT, UNKNOWN = "deprived", "not", "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: its answers in order of the reviews."""

    code: str
    name: str
    dimension: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Reviews under one standard. rows is empty where the program does not have the standard.

    classes: what held on the day of each review; blank where nothing did.
    """

    standard: str
    title: str
    reviews: tuple[Assessment, ...]
    classes: tuple[str, ...]
    rows: tuple[Row, ...]


def indicators(home: Household, periods: Sequence[StatusPeriod]) -> list[Table]:
    """The newest standard first; reviews from left to right in time."""
    found: dict[str, list[Assessment]] = {}
    rows = Assessment.objects.filter(household=home).select_related("decision").order_by("reference_date", "id")
    for one in rows:
        found.setdefault(one.standard, []).append(one)
    tables = [_table(standard, reviews, periods) for standard, reviews in found.items()]
    return sorted(tables, key=lambda one: one.reviews[-1].reference_date, reverse=True)


def _table(standard: str, reviews: list[Assessment], periods: Sequence[StatusPeriod]) -> Table:
    classes = tuple(_class_on(one.reference_date, periods) for one in reviews)
    try:
        sheet = find(standard)
    except Refused:
        return Table(standard, standard, tuple(reviews), classes, ())
    said = [(set(one.deprived.split()), set(one.not_deprived.split())) for one in reviews]
    lang = words.lang()
    rows = tuple(
        Row(one.code, one.name.in_(lang), one.dimension.in_(lang), tuple(_answer(one.code, *pair) for pair in said))
        for one in sheet.indicators
    )
    return Table(standard, sheet.title.in_(lang), tuple(reviews), classes, rows)


def _class_on(day: date, periods: Sequence[StatusPeriod]) -> str:
    return next((one.status for one in periods if one.holds(day)), "")


def _answer(code: str, deprived: set[str], not_deprived: set[str]) -> str:
    return DEPRIVED if code in deprived else NOT if code in not_deprived else UNKNOWN
