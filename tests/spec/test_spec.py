"""Each row of docs/how-a-household-is-judged.md, on every engine."""

from __future__ import annotations

import polars as pl
import pytest

from tests.spec.tables import Case, cases
from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.analytics.engines.reference import judge_rows
from vuonlen.domain.columns import HOUSEHOLD_COLUMNS, NUMBER

CASES = tuple(cases())


def _frame(case: Case) -> pl.LazyFrame:
    types = {
        name: pl.Float64
        if HOUSEHOLD_COLUMNS.get(name) == NUMBER
        else pl.String
        if name in HOUSEHOLD_COLUMNS
        else pl.Boolean
        for name in case.row
    }
    return pl.LazyFrame([case.row], schema=types)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reference_engine(case: Case) -> None:
    (found,) = judge_rows([case.row], case.sheet)
    assert {name: found[name] for name in case.expected} == case.expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_batch_engine(case: Case) -> None:
    found = judge_frame(_frame(case), case.sheet).collect().row(0, named=True)
    assert {name: found[name] for name in case.expected} == case.expected


def test_the_chapter_covers_every_kind_of_method() -> None:
    kinds = {method.kind for case in CASES for method in case.sheet.methods}
    assert kinds == {"two_scores", "income_and_deprivations", "weighted_share", "single_line"}
