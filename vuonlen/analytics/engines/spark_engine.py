"""The compiled sheet on Spark, for data that no single machine holds. Needs the extra `[spark]` and Java 17."""

from __future__ import annotations

import narwhals as nw
from pyspark.sql import DataFrame

from vuonlen.rulebook.compile import compile_sheet
from vuonlen.rulebook.model import Sheet


def judge_frame(frame: DataFrame, sheet: Sheet) -> DataFrame:
    """`frame` (canonical columns, one row per household) with its verdict; lazy, as Spark is."""
    compiled = compile_sheet(sheet, frame.columns)
    judged: DataFrame = compiled.judge(nw.from_native(frame)).to_native()
    return judged
