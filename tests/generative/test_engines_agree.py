"""The batch engine and the reference engine give the same verdict for any household and any sheet."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.strategies import CODES, OTHER, households, sheets
from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.analytics.engines.polars_trace import with_trace
from vuonlen.analytics.engines.reference import household_of, judge_rows
from vuonlen.domain.household import Household
from vuonlen.rulebook.judge import judge
from vuonlen.rulebook.model import Sheet
from vuonlen.rulebook.trace import short

SCHEMA = {
    "household_id": pl.String,
    "area_type": pl.String,
    "members": pl.Int64,
    "income": pl.Float64,
    "consumption": pl.Float64,
    "income_score": pl.Float64,
    "deprivation_score": pl.Float64,
    **dict.fromkeys((*CODES, *OTHER), pl.Boolean),
}
COMPARED = ("status", "decided_by", "disagree", "contradiction", "average_living", "unconfirmed", "missing", *CODES)


def row_of(household: Household) -> dict[str, Any]:
    return {
        name: household.deprivations.get(name) if name in (*CODES, *OTHER) else getattr(household, name)
        for name in SCHEMA
    }


@settings(max_examples=300, deadline=None)
@given(st.lists(households(), min_size=1, max_size=12), sheets(), st.sets(st.sampled_from(sorted(SCHEMA)), max_size=5))
def test_polars_agrees_with_reference(drawn: list[Household], sheet: Sheet, absent: set[str]) -> None:
    absent = absent - {"household_id"}
    rows = [{k: v for k, v in row_of(one).items() if k not in absent} for one in drawn]
    frame = pl.LazyFrame(rows, schema={k: v for k, v in SCHEMA.items() if k not in absent})
    found = with_trace(judge_frame(frame, sheet), sheet).collect().to_dicts()
    expected = list(judge_rows(rows, sheet))
    compared = (*COMPARED, *(f"status_{method.id}" for method in sheet.methods))
    assert [{k: row[k] for k in compared} for row in found] == [{k: row[k] for k in compared} for row in expected]
    assert [row["trace"] for row in found] == [short(judge(household_of(row, sheet), sheet)) for row in rows]
