"""Two reviews of the same place on Polars: who matches whom, and how each household moved.

Every rule here is `analytics.movement` written as expressions; tests compare the two row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.analytics.measures import (
    MOVE_NEAR,
    MOVE_POOR,
    PERSONS_LESS,
    PERSONS_MORE,
    PREVIOUS,
    PREVIOUS_MEMBERS,
    STATUS,
)
from vuonlen.analytics.movement import Cause, Move
from vuonlen.domain.poverty import Status
from vuonlen.rulebook.model import Sheet

CAUSE = "change_cause"
PREVIOUS_ID = "previous_id"
MATCHED_BY = "matched_by"  # "id", "id_number", "confirmed"; blank: not matched
PREVIOUS_AREA = "previous_area_type"
_STATUS_VALUES = (Status.POOR.value, Status.NEAR_POOR.value)


@dataclass(frozen=True, slots=True)
class Before:
    """The review before, judged: one row per household.

    lists_everyone: the list held every household of the place, not only those reviewed.
    sheet: the standard it was judged by; None when the class was given instead of judged.
    """

    households: pl.DataFrame
    lists_everyone: bool
    sheet: Sheet | None


def with_movement(
    judged: pl.DataFrame,
    before: Before,
    sheet: Sheet,
    history: Sequence[pl.DataFrame] = (),
    confirmed: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """`judged` plus the households that are gone (status null), each with its path.

    judged: one row per household with `status`. history: earlier judged lists, any order.
    confirmed: pairs `household_id`, `previous_id` that a person confirmed.
    """
    pairs = match(judged, before.households, confirmed)
    joined = _joined(judged, before.households, pairs)
    joined = _with_past(joined, history)
    moves = (
        _move(Status.POOR, "was_poor", before.lists_everyone).alias(MOVE_POOR),
        _move(Status.NEAR_POOR, "was_near", before.lists_everyone).alias(MOVE_NEAR),
    )
    joined = joined.with_columns(*moves, *_persons())
    return _with_cause(joined, sheet, before.sheet)


def match(now: pl.DataFrame, before: pl.DataFrame, confirmed: pl.DataFrame | None = None) -> pl.DataFrame:
    """Pairs `household_id`, `previous_id`, `matched_by`: by id, then by an ID number that is unique on both sides."""
    mine = now.select("household_id", _text_or_blank(now, "id_number"))
    theirs = before.select(pl.col("household_id").alias(PREVIOUS_ID), _text_or_blank(before, "id_number"))
    by_id = mine.join(theirs, left_on="household_id", right_on=PREVIOUS_ID, how="semi").select(
        "household_id", pl.col("household_id").alias(PREVIOUS_ID), pl.lit("id").alias(MATCHED_BY)
    )
    found = [by_id]
    if confirmed is not None:
        found.append(
            _unmatched_pairs(confirmed, mine, theirs, by_id).with_columns(pl.lit("confirmed").alias(MATCHED_BY))
        )
    done = pl.concat(found)
    left = _once(mine.join(done, on="household_id", how="anti"), "id_number")
    right = _once(theirs.join(done, on=PREVIOUS_ID, how="anti"), "id_number")
    by_number = left.join(right, on="id_number").select(
        "household_id", PREVIOUS_ID, pl.lit("id_number").alias(MATCHED_BY)
    )
    return pl.concat([done, by_number])


def _text_or_blank(frame: pl.DataFrame, column: str) -> pl.Expr:
    return pl.col(column) if column in frame.columns else pl.lit(None, dtype=pl.String).alias(column)


def _once(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    return frame.filter(pl.col(column).is_not_null() & (pl.len().over(column) == 1))


def _unmatched_pairs(
    confirmed: pl.DataFrame, mine: pl.DataFrame, theirs: pl.DataFrame, by_id: pl.DataFrame
) -> pl.DataFrame:
    pairs = confirmed.select("household_id", PREVIOUS_ID).unique()
    pairs = pairs.join(mine, on="household_id", how="semi").join(theirs, on=PREVIOUS_ID, how="semi")
    pairs = pairs.join(by_id, on="household_id", how="anti").join(by_id, on=PREVIOUS_ID, how="anti")
    return pairs.unique("household_id", keep="first", maintain_order=True).unique(
        PREVIOUS_ID, keep="first", maintain_order=True
    )


def _joined(judged: pl.DataFrame, before: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    earlier = before.select(
        pl.col("household_id").alias(PREVIOUS_ID),
        pl.col(STATUS).alias(PREVIOUS),
        *(
            (pl.col(old) if old in before.columns else pl.lit(None, dtype=dtype)).alias(new)
            for old, new, dtype in (
                ("members", PREVIOUS_MEMBERS, pl.Int64),
                ("area_type", PREVIOUS_AREA, pl.String),
                ("place_code", "previous_place_code", pl.String),
            )
        ),
    )
    drop = [name for name in (PREVIOUS,) if name in judged.columns]
    stayed = judged.drop(drop).join(pairs, on="household_id", how="left").join(earlier, on=PREVIOUS_ID, how="left")
    gone = before.join(pairs.select(pl.col(PREVIOUS_ID)), left_on="household_id", right_on=PREVIOUS_ID, how="anti")
    keep = [
        name
        for name in ("household_id", "place_code", "place_name", "village", "head", "area_type")
        if name in before.columns
    ]
    gone = gone.select(*(pl.col(name) for name in keep)).with_columns(pl.col("household_id").alias(PREVIOUS_ID))
    gone = gone.join(earlier, on=PREVIOUS_ID, how="left")
    return pl.concat([stayed, gone], how="diagonal_relaxed")


def _with_past(joined: pl.DataFrame, history: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """`was_poor`, `was_near`: an earlier list than the previous one had the household in that class."""
    for name, status in (("was_poor", Status.POOR), ("was_near", Status.NEAR_POOR)):
        ids: set[str] = set()
        numbers: set[str] = set()
        for one in history:
            there = one.filter(pl.col(STATUS) == status.value)
            ids.update(there["household_id"])
            if "id_number" in there.columns:
                numbers.update(there["id_number"].drop_nulls())
        known = pl.col("household_id").is_in(sorted(ids)) | pl.col(PREVIOUS_ID).is_in(sorted(ids)).fill_null(
            value=False
        )
        if "id_number" in joined.columns:
            known = known | pl.col("id_number").is_in(sorted(numbers)).fill_null(value=False)
        joined = joined.with_columns(known.alias(name))
    return joined


def _move(stock: Status, was_before: str, everyone: bool) -> pl.Expr:
    """`analytics.movement.move` as an expression."""
    other = next(one for one in _STATUS_VALUES if one != stock.value)
    now, before = pl.col(STATUS), pl.col(PREVIOUS)
    left = (
        pl.when(now == stock.value)
        .then(pl.lit(Move.STAYED.value))
        .when(now == other)
        .then(pl.lit(Move.TO_OTHER.value))
        .when(now == Status.NOT_POOR.value)
        .then(pl.lit(Move.ABOVE.value))
        .otherwise(pl.lit(Move.OTHER_LESS.value))
    )
    arrived = before.is_null() if everyone else pl.lit(value=False)
    entered = (
        pl.when(before == other)
        .then(pl.lit(Move.FROM_OTHER.value))
        .when((before == Status.UNDETERMINED.value) | arrived)
        .then(pl.lit(Move.OTHER_MORE.value))
        .when(pl.col(was_before))
        .then(pl.lit(Move.RELAPSED.value))
        .otherwise(pl.lit(Move.NEW.value))
    )
    return pl.when(before == stock.value).then(left).when(now == stock.value).then(entered)


def _persons() -> tuple[pl.Expr, pl.Expr]:
    """Change of size of a household that both lists have and can judge (docs/decisions/0006)."""
    here = pl.col(STATUS).is_in([one.value for one in Status if one != Status.UNDETERMINED])
    both = here & pl.col(PREVIOUS).is_not_null()
    change = pl.when(both).then(pl.col("members") - pl.col(PREVIOUS_MEMBERS)).otherwise(0)
    return change.clip(lower_bound=0).alias(PERSONS_MORE), (-change).clip(lower_bound=0).alias(PERSONS_LESS)


def _with_cause(joined: pl.DataFrame, sheet: Sheet, old_sheet: Sheet | None) -> pl.DataFrame:
    """`analytics.movement.cause`: the changed households are judged again under yesterday's terms."""
    changed = joined.filter(pl.col(STATUS).is_not_null() & (pl.col(STATUS) != pl.col(PREVIOUS)))
    old = old_sheet or sheet
    under = {
        "under_old_area": _again(changed, sheet, old_area=True),
        "under_old_standard": _again(changed, old, old_area=False),
        "under_both": _again(changed, old, old_area=True),
    }
    changed = changed.select("household_id", PREVIOUS).with_columns(**under)
    was = pl.col(PREVIOUS)
    cause = (
        pl.when(pl.col("under_old_area") == was)
        .then(pl.lit(Cause.PLACE.value))
        .when(pl.col("under_old_standard") == was)
        .then(pl.lit(Cause.STANDARD.value))
        .when(pl.col("under_both") == was)
        .then(pl.lit(Cause.PLACE_AND_STANDARD.value))
        .otherwise(pl.lit(Cause.REAL.value))
    )
    return joined.join(changed.select("household_id", cause.alias(CAUSE)), on="household_id", how="left")


def _again(changed: pl.DataFrame, sheet: Sheet, *, old_area: bool) -> pl.Series:
    answers = {name for one in sheet.indicators for name in one.answered_by}
    inputs = {"area_type", "income", "consumption", "income_score", "deprivation_score", *answers}
    frame = changed.select("household_id", *(name for name in changed.columns if name in inputs), PREVIOUS_AREA)
    if old_area:
        # An unknown old area tells nothing: keep today's.
        today = pl.col("area_type") if "area_type" in frame.columns else pl.lit(None, dtype=pl.String)
        frame = frame.with_columns(pl.coalesce(PREVIOUS_AREA, today).alias("area_type"))
    return judge_frame(frame.lazy(), sheet).select(STATUS).collect().to_series()


def own_previous(judged: pl.LazyFrame) -> pl.LazyFrame:
    """Movement by the list's own column of previous classes; who left the list cannot be known from it."""
    columns = judged.collect_schema().names()
    members = pl.col("members") if "members" in columns else pl.lit(None, dtype=pl.Int64)
    past = (pl.lit(value=False).alias("was_poor"), pl.lit(value=False).alias("was_near"))
    named = judged.with_columns(pl.col("previous_status").alias(PREVIOUS), members.alias(PREVIOUS_MEMBERS), *past)
    return named.with_columns(
        _move(Status.POOR, "was_poor", everyone=False).alias(MOVE_POOR),
        _move(Status.NEAR_POOR, "was_near", everyone=False).alias(MOVE_NEAR),
        pl.lit(0, dtype=pl.Int64).alias(PERSONS_MORE),
        pl.lit(0, dtype=pl.Int64).alias(PERSONS_LESS),
    )
