"""Counts of a list of any size in one streaming pass, without keeping the judged rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.analytics.engines.polars_lists import canonical
from vuonlen.analytics.engines.polars_review import indicator_columns
from vuonlen.analytics.measures import STATUS
from vuonlen.rulebook.model import Sheet


def count_by(households: Path, sheet: Sheet, by: Sequence[str]) -> pl.DataFrame:
    """Households (`n`) and deprived households per indicator, by the columns `by` and the class.

    households: a Parquet list (docs/household-file.md). One row per combination that occurs.
    """
    judged = judge_frame(canonical(households, indicator_columns(sheet)), sheet)
    deprived = (pl.col(one.code).sum() for one in sheet.indicators)
    return judged.group_by(*by, STATUS).agg(pl.len().alias("n"), *deprived).collect(engine="streaming")
