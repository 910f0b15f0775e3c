"""The reference engine: plain Python, one household at a time. Slow, obvious, and always right.

Rows are dicts with the columns of `domain.columns`; results have the columns that
`rulebook.compile` and the batch engines add, so that rows can be compared one to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vuonlen.domain.household import Household
from vuonlen.domain.poverty import AreaType
from vuonlen.rulebook.judge import answers, judge
from vuonlen.rulebook.model import Sheet

Row = Mapping[str, Any]


def household_of(row: Row, sheet: Sheet) -> Household:
    """The household that a row of a list describes; absent columns are blanks."""
    asked = {name for one in sheet.indicators for name in one.answered_by}
    area = row.get("area_type")
    return Household(
        household_id=str(row["household_id"]),
        place_code=row.get("place_code"),
        area_type=AreaType(area) if area in set(AreaType) else None,
        members=row.get("members"),
        income=row.get("income"),
        consumption=row.get("consumption"),
        income_score=row.get("income_score"),
        deprivation_score=row.get("deprivation_score"),
        deprivations={name: row.get(name) for name in asked},
    )


def judge_rows(rows: Iterable[Row], sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Each row with its verdict, in order."""
    for row in rows:
        household = household_of(row, sheet)
        verdict = judge(household, sheet)
        yield {
            **row,
            **answers(household, sheet),
            **{f"status_{one.method.id}": one.status.value for one in verdict.by_method},
            "status": verdict.status.value,
            "decided_by": verdict.decided_by.method.id if verdict.decided_by else None,
            "disagree": verdict.disagree,
            "contradiction": verdict.contradiction,
            "average_living": verdict.average_living,
            "unconfirmed": bool(verdict.unconfirmed),
            "missing": ",".join(verdict.missing) or None,
        }
