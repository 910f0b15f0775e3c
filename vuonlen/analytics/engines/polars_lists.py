"""A household list as Polars reads it: canonical columns and types, faults counted before judging, its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX, HOUSEHOLD_COLUMNS, NUMBER, TEXT, WHOLE, YES_NO
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.domain.problems import Problem, Refused

Row = dict[str, Any]
_AT = "__household"
_MOST_BYTES = 20_000  # of one text; the longest that a register keeps has a few hundred
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


class ListRows:
    """Rows as dicts. columns, member_columns: what the file has; a column that it lacks is in no row."""

    def __init__(self, households: Path, members: Path | None, indicators: Iterable[str]) -> None:
        """Raises Refused when a column cannot be what it should be."""
        wanted = set(indicators)
        frame = canonical(households, wanted)
        names = [one for one in frame.collect_schema().names() if _known(one, wanted)]
        self._homes = frame.select(names).collect()
        _check_texts(self._homes)
        self.columns = frozenset(self._homes.columns)
        self._members = None if members is None else self._sorted(pl.read_parquet(members))
        self.member_columns = frozenset(() if self._members is None else self._members.columns)
        self._starts = self._offsets()

    def __len__(self) -> int:
        return self._homes.height

    def chunks(self, size: int) -> Iterator[list[tuple[Row, list[Row]]]]:
        """Households with their members, `size` at a time, so that no list of all objects is held."""
        for start in range(0, len(self), size):
            homes = self._homes.slice(start, size).to_dicts()
            if self._members is None:
                yield [(one, []) for one in homes]
                continue
            bounds = self._starts[start : start + len(homes) + 1]
            persons = self._members.slice(bounds[0], bounds[-1] - bounds[0]).to_dicts()
            yield [
                (one, persons[begin - bounds[0] : end - bounds[0]])
                for one, (begin, end) in zip(homes, pairwise(bounds), strict=True)
            ]

    def _sorted(self, members: pl.DataFrame) -> pl.DataFrame:
        order = self._homes.select(pl.col("household_id"), pl.int_range(pl.len()).alias(_AT))
        return members.join(order, on="household_id", how="inner").sort(_AT, maintain_order=True)

    def _offsets(self) -> list[int]:
        """Where the members of each household begin, and where the last ones end."""
        if self._members is None:
            return []
        counts = self._members.group_by(_AT).len()
        all_homes = pl.DataFrame({_AT: range(len(self))}, schema={_AT: pl.Int64})
        filled = all_homes.join(counts.with_columns(pl.col(_AT).cast(pl.Int64)), on=_AT, how="left").sort(_AT)
        return [0, *filled["len"].fill_null(0).cum_sum().to_list()]


def _known(column: str, indicators: set[str]) -> bool:
    return column in HOUSEHOLD_COLUMNS or column in indicators or column.startswith((GROUP_PREFIX, CAUSE_PREFIX))


def _check_texts(frame: pl.DataFrame) -> None:
    """A Parquet list may repeat one enormous text for every row at no cost: as rows of objects it would fill memory."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    longest = frame.select(pl.col(name).str.len_bytes().max() for name in texts).row(0, named=True) if texts else {}
    faults = [
        Problem("P-VALUE", cell=name, values={"column": name, "rows": frame.height})
        for name, length in longest.items()
        if (length or 0) > _MOST_BYTES
    ]
    if faults:
        raise Refused(*faults)


def judged_classes(judged: Path) -> dict[str, str]:
    """household_id -> class, of a list that `polars_review.judge_list` wrote."""
    frame = pl.read_parquet(judged, columns=["household_id", "status"])
    return dict(zip(frame["household_id"].to_list(), frame["status"].to_list(), strict=True))
