"""One review of a list on Polars: judged to a file, then read back for counts, tables and exports.

The judged list goes through a Parquet file so that a list of any size passes in streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from vuonlen.analytics.engines.polars_figures import figures
from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.analytics.engines.polars_lists import canonical
from vuonlen.analytics.engines.polars_movement import MATCHED_BY, Before, own_previous, with_movement
from vuonlen.analytics.engines.polars_trace import TRACE, with_trace
from vuonlen.analytics.measures import (
    AVERAGE_FARM,
    MINORITY,
    MOVE_NEAR,
    MOVE_POOR,
    NO_GROUP,
    PREVIOUS,
    STATUS,
    Figure,
    Measure,
)
from vuonlen.domain.poverty import Status
from vuonlen.rulebook.model import Sheet

PLACE_KEY = "place_key"
#: Key and name of a place that the list does not give.
NO_PLACE = "(chưa ghi)"
_GROUPS = ("group_DTTS", "group_KCKNLD", "group_NCC")
#: Columns whose values are our own words and are printed in Vietnamese.
CODED = (
    "status",
    "previous",
    "previous_status",
    "recorded_status",
    "area_type",
    "move_poor",
    "move_near",
    "change_cause",
)
_CHANGED = (Status.POOR.value, Status.NEAR_POOR.value)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged list on disk. `path`: Parquet, one row per household, gone households included (status null)."""

    path: Path
    sheet: Sheet
    level: str  # "village" or "commune": what `place_key` is
    has_previous: bool

    def scan(self) -> pl.LazyFrame:
        return pl.scan_parquet(self.path)

    @property
    def columns(self) -> list[str]:
        return self.scan().collect_schema().names()


def indicator_columns(sheet: Sheet) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in sheet.indicators for name in (one.code, *one.answered_by)))


def judge_list(
    households: Path, out: Path, sheet: Sheet, *, minority: Sequence[str], level: str | None = None
) -> Judged:
    """Judge the list at `households` into `out`. level None: villages where there is one commune, else communes."""
    frame = canonical(households, indicator_columns(sheet))
    if level is None:
        level = "village" if _one_commune(frame) and "village" in frame.collect_schema() else "commune"
    judged = with_trace(judge_frame(frame, sheet), sheet)
    columns = judged.collect_schema().names()
    judged = judged.with_columns(*_derived(columns, minority), _place_key(columns, level))
    judged.sink_parquet(out, compression="zstd", compression_level=1)
    return Judged(out, sheet, level, has_previous=False)


def _one_commune(frame: pl.LazyFrame) -> bool:
    names = frame.collect_schema().names()
    key = next((name for name in ("place_code", "place_name") if name in names), None)
    if key is None:
        return False
    return int(frame.select(pl.col(key).n_unique()).collect(engine="streaming").item()) == 1


def _place_key(columns: Sequence[str], level: str) -> pl.Expr:
    parts = [pl.col(name) for name in ("place_code", "place_name") if name in columns]
    place = pl.coalesce(*parts, pl.lit(NO_PLACE)) if parts else pl.lit(NO_PLACE)
    if level == "village" and "village" in columns:
        place = pl.concat_str(place, pl.lit(" / "), pl.col("village").fill_null(NO_PLACE))
    return place.alias(PLACE_KEY)


def _derived(columns: Sequence[str], minority: Sequence[str]) -> Iterator[pl.Expr]:
    """Columns that the tables count and the file need not have."""
    belongs = pl.col("ethnicity").is_in(list(minority)) if "ethnicity" in columns else pl.lit(None, dtype=pl.Boolean)
    yield belongs.alias(MINORITY)
    groups = {name: pl.col(name) for name in _GROUPS if name in columns}
    if "group_DTTS" not in groups and "ethnicity" in columns:
        yield belongs.alias("group_DTTS")
        groups["group_DTTS"] = belongs
    none = ~pl.any_horizontal(*groups.values()) if len(groups) == len(_GROUPS) else pl.lit(None, dtype=pl.Boolean)
    yield none.alias(NO_GROUP)
    yield _average_farm(columns).alias(AVERAGE_FARM)


def _average_farm(columns: Sequence[str]) -> pl.Expr:
    """Farm household of average living standard: by its income, else as the commune recognised it (NSTB)."""
    recognised = pl.col("group_NSTB") if "group_NSTB" in columns else pl.lit(None, dtype=pl.Boolean)
    farm = pl.col("farm") if "farm" in columns else recognised
    average = pl.coalesce(pl.col("average_living"), recognised)
    return pl.when(pl.col(STATUS) == Status.NOT_POOR.value).then(farm & average).otherwise(farm & pl.lit(value=False))


def compare(
    judged: Judged,
    out: Path,
    *,
    before: Judged | None,
    lists_everyone: bool,
    history: Sequence[Judged] = (),
    confirmed: Sequence[tuple[str, str]] = (),
) -> Judged:
    """`judged` with the movement since the review before, written to `out`.

    before None: the list's own column of previous classes is used, without the households that are gone.
    """
    if before is None:
        own_previous(judged.scan()).sink_parquet(out, compression="zstd", compression_level=1)
        return Judged(out, judged.sheet, judged.level, has_previous=True)
    pairs = pl.DataFrame(list(confirmed), schema=["household_id", "previous_id"], orient="row") if confirmed else None
    earlier = Before(_recorded(before.scan()).collect(), lists_everyone, before.sheet)
    past = [_recorded(one.scan()).collect() for one in history]
    moved = with_movement(judged.scan().collect(), earlier, judged.sheet, past, pairs)
    keys = _place_key(moved.columns, judged.level)
    moved.with_columns(pl.coalesce(PLACE_KEY, keys)).write_parquet(out, compression="zstd", compression_level=1)
    return Judged(out, judged.sheet, judged.level, has_previous=True)


def _recorded(frame: pl.LazyFrame) -> pl.LazyFrame:
    """A decision that was taken outranks what we would judge today, where the old list holds one."""
    if "recorded_status" not in frame.collect_schema():
        return frame
    return frame.with_columns(pl.coalesce("recorded_status", STATUS).alias(STATUS))


def counts(judged: Judged) -> dict[str, Any]:
    """households, persons, counts and persons by status, flags; households of the list only, not the gone ones."""
    here = judged.scan().filter(pl.col(STATUS).is_not_null())
    members = pl.col("members") if "members" in judged.columns else pl.lit(None, dtype=pl.Int64)
    by = here.group_by(STATUS).agg(pl.len().alias("n"), members.sum().alias("p"), members.null_count().alias("blank"))
    rows = {row["status"]: row for row in by.collect(engine="streaming").to_dicts()}
    flags = here.select(
        *(pl.col(name).fill_null(value=False).sum() for name in ("disagree", "contradiction", "unconfirmed")),
        _differs(judged.columns).sum().alias("recorded_differs"),
    ).collect(engine="streaming")
    persons_known = "members" in judged.columns
    return {
        "households": sum(row["n"] for row in rows.values()),
        "persons": sum(row["p"] for row in rows.values()) if persons_known else None,
        "members_unknown": sum(row["blank"] for row in rows.values()),
        "counts": {status.value: rows.get(status.value, {}).get("n", 0) for status in Status},
        "persons_by_status": {
            status.value: rows.get(status.value, {}).get("p", 0) if persons_known else None for status in Status
        },
        **flags.row(0, named=True),
    }


def _differs(columns: Sequence[str]) -> pl.Expr:
    """Households whose class in the officer's list is not the class that their answers give."""
    if "recorded_status" not in columns:
        return pl.lit(value=False)
    return (pl.col("recorded_status") != pl.col(STATUS)).fill_null(value=False)


def weighted_counts(judged: Judged) -> dict[str, float] | None:
    """Sum of survey weights by status; None where the list has no weights."""
    if "weight" not in judged.columns:
        return None
    here = judged.scan().filter(pl.col(STATUS).is_not_null())
    found = here.group_by(STATUS).agg(pl.col("weight").sum()).collect(engine="streaming")
    sums = {row["status"]: row["weight"] for row in found.to_dicts()}
    return {status.value: sums.get(status.value, 0.0) for status in Status}


def tally(judged: Judged, *columns: str, where: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """Households by the values of `columns`: rows with those columns, `n` households and `persons`."""
    frame = judged.scan()
    for name, value in (where or {}).items():
        frame = frame.filter(pl.col(name) == value)
    persons = pl.col("members").sum() if "members" in judged.columns else pl.lit(None, dtype=pl.Int64)
    found = frame.group_by(*columns).agg(pl.len().alias("n"), persons.alias("persons")).sort(*columns, nulls_last=True)
    return found.collect(engine="streaming").to_dicts()


def places(judged: Judged) -> list[tuple[str, str]]:
    """(place_key, name to print) of every place, in order of code."""
    columns = judged.columns
    name = pl.col("place_name") if "place_name" in columns else pl.col(PLACE_KEY)
    if judged.level == "village":
        name = pl.col("village").fill_null(NO_PLACE)
    found = judged.scan().group_by(PLACE_KEY).agg(name.drop_nulls().first().alias("name")).collect(engine="streaming")
    rows = [(row[PLACE_KEY], row["name"] or row[PLACE_KEY]) for row in found.to_dicts()]
    return sorted(rows, key=lambda row: _natural(row[0]))


def answered_everywhere(judged: Judged, column: str) -> bool:
    """Whether the list has the column and no household leaves it blank."""
    if column not in judged.columns:
        return False
    return int(judged.scan().select(pl.col(column).null_count()).collect(engine="streaming").item()) == 0


def only_place(judged: Judged) -> str | None:
    """Name of the one commune of the list; None where there are several, or none is named."""
    if "place_name" not in judged.columns:
        return None
    names = judged.scan().select(pl.col("place_name").drop_nulls().unique()).collect(engine="streaming").to_series()
    return str(names[0]) if len(names) == 1 else None


def _natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """ "Tổ 2" before "Tổ 10"."""
    digits: list[tuple[int, int, str]] = []
    word = ""
    for one in [*key, ""]:
        if word and (not one or one.isdigit() != word[-1].isdigit()):
            digits.append((0, int(word), "") if word.isdigit() else (1, 0, word))
            word = ""
        word += one
    return tuple(digits)


def _listed(judged: Judged) -> pl.LazyFrame:
    """Rows that the tables count one by one: poor or near-poor now or before, undetermined, average farm."""
    keep = pl.col(STATUS).is_in([*_CHANGED, Status.UNDETERMINED.value]) | pl.col(AVERAGE_FARM)
    if PREVIOUS in judged.columns:
        keep = keep | pl.col(PREVIOUS).is_in(list(_CHANGED))
    return judged.scan().filter(keep.fill_null(value=False))


def listed_count(judged: Judged) -> int:
    return int(_listed(judged).select(pl.len()).collect(engine="streaming").item())


def listed_rows(judged: Judged, columns: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of `_listed` with `columns` (those that exist), sorted by place as `places` is."""
    there = judged.columns
    order = {key: number for number, (key, _name) in enumerate(places(judged))}
    wanted = [name for name in dict.fromkeys(columns) if name in there]
    ranked = _listed(judged).with_columns(pl.col(PLACE_KEY).replace_strict(order, return_dtype=pl.Int64).alias("rank"))
    found = ranked.sort("rank", maintain_order=True).select(wanted).collect()
    yield from found.iter_rows(named=True)


def table_figures(judged: Judged, measures: Sequence[Measure]) -> dict[str, dict[str, Figure]]:
    """Figures of the official tables by place key."""
    return figures(judged.scan(), measures, PLACE_KEY)


def ethnicities(judged: Judged) -> list[str]:
    """Codes of the ethnic groups among poor and near-poor households, the most frequent first."""
    if "ethnicity" not in judged.columns:
        return []
    poor = judged.scan().filter(pl.col(STATUS).is_in(list(_CHANGED)) & pl.col("ethnicity").is_not_null())
    found = poor.group_by("ethnicity").len().sort(["len", "ethnicity"], descending=[True, False]).collect()
    return list(found["ethnicity"])


def side_by_side(first: Judged, second: Judged) -> Iterator[dict[str, Any]]:
    """Every household under two standards: household_id, place_key, place_name, members, status_a, status_b, reason.

    reason: the two traces, only where the class differs.
    """
    mine, theirs = first.scan(), second.scan().select("household_id", status_b=STATUS, trace_b=TRACE)
    there = first.columns
    place = pl.col("place_name") if "place_name" in there else pl.col(PLACE_KEY)
    members = pl.col("members") if "members" in there else pl.lit(None, dtype=pl.Int64)
    both = mine.filter(pl.col(STATUS).is_not_null()).join(theirs, on="household_id", how="inner")
    differs = pl.col(STATUS) != pl.col("status_b")
    reason = pl.when(differs).then(pl.concat_str(pl.col(TRACE), pl.lit(" → "), pl.col("trace_b")))
    found = both.select(
        "household_id", PLACE_KEY, place.alias("place_name"), members.alias("members"),
        pl.col(STATUS).alias("status_a"), "status_b", reason.alias("reason"),
    )  # fmt: skip
    for piece in found.collect(engine="streaming").iter_slices(20_000):
        yield from piece.iter_rows(named=True)


def _changed(judged: Judged) -> pl.LazyFrame:
    moved = pl.col(MOVE_POOR).is_not_null() | pl.col(MOVE_NEAR).is_not_null()
    return judged.scan().filter(moved & pl.col(STATUS).ne_missing(pl.col(PREVIOUS)))


def changed_count(judged: Judged) -> int:
    """Households that came into or left poor or near-poor since the review before."""
    return int(_changed(judged).select(pl.len()).collect(engine="streaming").item())


def rows(
    judged: Judged, columns: Sequence[str], names: Mapping[str, str], *, changed: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Rows with `columns`, in the list's order, coded words printed by `names`.

    changed: instead of the list, the households whose class changed or that came or left poor or near-poor.
    """
    frame = _changed(judged) if changed else judged.scan().filter(pl.col(STATUS).is_not_null())
    coded = [pl.col(name).replace(dict(names)) for name in columns if name in CODED]
    frame = frame.select(columns).with_columns(*coded)
    for piece in frame.collect(engine="streaming").iter_slices(20_000):
        yield from piece.rows()


def find_rows(households: Path, sheet: Sheet, household_id: str) -> list[dict[str, Any]]:
    """The canonical rows of one household id (none, one, or several where the list repeats it)."""
    frame = canonical(households, indicator_columns(sheet)).filter(pl.col("household_id") == household_id)
    return frame.collect(engine="streaming").to_dicts()


def household_ids(households: Path) -> list[str]:
    """Every household id of the list, in its order."""
    found = pl.scan_parquet(households).select(pl.col("household_id").cast(pl.String)).collect(engine="streaming")
    return [name for name in found.to_series() if name is not None]


def unmatched(judged: Judged) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of today and of the review before that found no partner: arrivals and gone."""
    columns = judged.columns
    wanted = [
        n
        for n in (
            "household_id",
            "head",
            "place_code",
            "place_name",
            "village",
            "members",
            "ethnicity",
            "previous_members",
        )
        if n in columns
    ]
    frame = judged.scan()
    arrived = frame.filter(pl.col(STATUS).is_not_null() & pl.col(MATCHED_BY).is_null()).select(wanted).collect()
    gone = frame.filter(pl.col(STATUS).is_null()).select(wanted).collect()
    return arrived.to_dicts(), gone.to_dicts()


def export_parquet(judged: Judged, out: Path, private: Sequence[str]) -> None:
    """`judged.parquet` for other programs: every column but the `private` ones, with `standard`."""
    there = judged.columns
    first = [name for name in ("household_id", "place_code", STATUS) if name in there]
    rest = [name for name in there if name not in {*first, *private, TRACE} and not name.startswith("borrowed_")]
    columns = [*(pl.col(one) for one in first), pl.lit(judged.sheet.id).alias("standard"), pl.col(TRACE)]
    frame = judged.scan().filter(pl.col(STATUS).is_not_null())
    frame.select(*columns, *rest).sink_parquet(out, compression="zstd", compression_level=3)
