"""The two tables of a list that was read, household by household with its members, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from vuonlen.analytics.engines.polars_lists import canonical
from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX, HOUSEHOLD_COLUMNS
from vuonlen.domain.problems import Problem, Refused

Row = dict[str, Any]
_AT = "__household"
_MOST_BYTES = 20_000  # of one text; the longest that a register keeps has a few hundred


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
