"""A household list as Polars reads it: canonical columns and types, faults counted before anything is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX, HOUSEHOLD_COLUMNS, NUMBER, TEXT, WHOLE, YES_NO
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.domain.problems import Problem, Refused

_TYPES = {TEXT: pl.String, WHOLE: pl.Int64, NUMBER: pl.Float64, YES_NO: pl.Boolean}


def canonical(path: Path, indicators: Iterable[str]) -> pl.LazyFrame:
    """The list at `path` (Parquet), lazily, with the types of `domain.columns`.

    indicators: codes whose columns hold yes/no answers. Incomes and scores are kept to two decimals
    (docs/decisions/0005), survey weights as they are. Raises Refused when a column cannot be what it should be.
    """
    frame = pl.scan_parquet(path)
    schema = frame.collect_schema()
    codes = set(indicators)
    faults = [*_absent(schema), *_wrong_types(schema, codes)]
    if faults:
        raise Refused(*faults)
    return frame.with_columns(*_casts(schema, codes))


def _kind(name: str, codes: set[str]) -> str | None:
    if name in codes or name.startswith((GROUP_PREFIX, CAUSE_PREFIX)):
        return YES_NO
    return HOUSEHOLD_COLUMNS.get(name)


def _absent(schema: pl.Schema) -> Iterable[Problem]:
    if "household_id" not in schema:
        yield Problem("P-NO-ID", values={"columns": ", ".join(schema.names()[:12])})


def _wrong_types(schema: pl.Schema, codes: set[str]) -> Iterable[Problem]:
    for name, dtype in schema.items():
        kind = _kind(name, codes)
        fits = {
            TEXT: dtype == pl.String or dtype.is_integer() or dtype == pl.Categorical,
            WHOLE: dtype.is_integer() or dtype.is_float(),
            NUMBER: dtype.is_numeric(),
            YES_NO: dtype == pl.Boolean or dtype.is_integer(),
            None: True,
        }[kind]
        if not fits and dtype != pl.Null:
            yield Problem("P-TYPE", cell=name, values={"column": name, "found": str(dtype), "wanted": kind})


def _casts(schema: pl.Schema, codes: set[str]) -> Iterable[pl.Expr]:
    for name in schema:
        kind = _kind(name, codes)
        if kind is None:
            continue
        column = pl.col(name).cast(_TYPES[kind])
        yield column.round(2) if kind == NUMBER and name != "weight" else column


def check_parquet(path: Path, indicators: Iterable[str]) -> tuple[Problem, ...]:
    """Faults in the values of a Parquet list, each with how many rows have it; empty when there are none.

    A list that nobody parsed cell by cell is refused whole when a value means nothing.
    """
    codes = set(indicators)
    frame = pl.scan_parquet(path)
    schema = frame.collect_schema()
    checks = _value_checks(schema, codes)
    ids = pl.col("household_id")
    counts = frame.select(
        *(condition.sum().alias(str(n)) for n, (_, condition) in enumerate(checks)),
        ids.is_null().sum().alias("blank_ids"),
        (ids.count() - ids.hash().n_unique() + (ids.null_count() > 0).cast(pl.Int64)).alias("repeated_ids"),
    ).collect(engine="streaming")
    row = counts.row(0, named=True)
    faults = [
        Problem("P-VALUE", cell=name, values={"column": name, "rows": row[str(n)]})
        for n, (name, _) in enumerate(checks)
        if row[str(n)]
    ]
    faults += [
        Problem(code, cell="household_id", values={"rows": row[name]})
        for name, code in (("blank_ids", "P-BLANK-ID"), ("repeated_ids", "P-SAME-ID"))
        if row[name] > 0
    ]
    return tuple(faults)


def _value_checks(schema: pl.Schema, codes: set[str]) -> Sequence[tuple[str, pl.Expr]]:
    words = {
        "area_type": [one.value for one in AreaType],
        "previous_status": [one.value for one in Status],
        "recorded_status": [one.value for one in Status],
    }
    checks: list[tuple[str, pl.Expr]] = []
    for name, dtype in schema.items():
        kind = _kind(name, codes)
        if name in words:
            checks.append((name, ~pl.col(name).is_in(words[name])))
        elif kind in (WHOLE, NUMBER):
            bad = pl.col(name) < 0
            if dtype.is_float():
                bad = bad | ~pl.col(name).is_finite()
            checks.append((name, bad))
        elif kind == YES_NO and dtype.is_integer():
            checks.append((name, ~pl.col(name).is_in([0, 1])))
    return checks
