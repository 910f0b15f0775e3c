"""Judge a whole list on Polars: lazy, streaming, the compiled sheet and nothing else."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from vuonlen.rulebook.compile import compile_sheet
from vuonlen.rulebook.model import Sheet


def judge_frame(frame: pl.LazyFrame, sheet: Sheet) -> pl.LazyFrame:
    """`frame` (canonical columns, one row per household) with its verdict, row for row, not collected."""
    compiled = compile_sheet(sheet, frame.collect_schema().names())
    judged: pl.LazyFrame = compiled.judge(nw.from_native(frame)).to_native()
    return judged
