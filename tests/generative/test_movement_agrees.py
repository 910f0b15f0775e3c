"""Movement: the batch engine agrees with the reference, and the official identities hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generative.strategies import households, sheets
from tests.generative.test_engines_agree import SCHEMA, row_of
from vuonlen.analytics.engines.polars_judge import judge_frame
from vuonlen.analytics.engines.polars_movement import Before, with_movement
from vuonlen.analytics.engines.reference import judge_rows
from vuonlen.analytics.engines.reference_movement import movement_rows
from vuonlen.domain.poverty import Status
from vuonlen.rulebook.model import Sheet

LIST_SCHEMA = {**SCHEMA, "id_number": pl.String}
COMPARED = (
    "household_id",
    "status",
    "previous",
    "move_poor",
    "move_near",
    "persons_more",
    "persons_less",
    "change_cause",
)


@st.composite
def lists(draw: st.DrawFn, size: int = 8) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from([f"H{n}" for n in range(size)]), unique=True, max_size=size))
    numbers = st.sampled_from([None, "C1", "C2", "C3"])
    return [{**row_of(replace(draw(households()), household_id=name)), "id_number": draw(numbers)} for name in names]


def frame(rows: list[dict[str, Any]], sheet: Sheet) -> pl.DataFrame:
    return judge_frame(pl.LazyFrame(rows, schema=LIST_SCHEMA), sheet).collect()


def compared(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row[name] for name in COMPARED) for row in rows), key=repr)


@settings(max_examples=120, deadline=None)
@given(lists(), lists(), lists(), sheets(), sheets(), st.booleans())
def test_polars_movement_agrees_with_reference(
    now: list[dict[str, Any]],
    before: list[dict[str, Any]],
    earlier: list[dict[str, Any]],
    sheet: Sheet,
    old_sheet: Sheet,
    everyone: bool,
) -> None:
    found = with_movement(
        frame(now, sheet), Before(frame(before, old_sheet), everyone, old_sheet), sheet, [frame(earlier, old_sheet)]
    )
    expected = movement_rows(
        list(judge_rows(now, sheet)),
        list(judge_rows(before, old_sheet)),
        sheet=sheet,
        old_sheet=old_sheet,
        previous_lists_everyone=everyone,
        history=[list(judge_rows(earlier, old_sheet))],
    )
    assert compared(found.to_dicts()) == compared(expected)


@settings(max_examples=120, deadline=None)
@given(lists(), lists(), sheets(), st.booleans())
def test_start_plus_moves_is_end_for_households_and_persons(
    now: list[dict[str, Any]], before: list[dict[str, Any]], sheet: Sheet, everyone: bool
) -> None:
    for row in (*now, *before):
        row["members"] = row["members"] or 1
    judged = list(judge_rows(now, sheet))
    earlier = list(judge_rows(before, sheet))
    paths = movement_rows(judged, earlier, sheet=sheet, old_sheet=sheet, previous_lists_everyone=everyone)
    members = {row["household_id"]: row["members"] for row in judged}
    old_members = {row["household_id"]: row["members"] for row in earlier}
    out, into = ("to_other", "above", "other_less"), ("from_other", "relapsed", "new", "other_more")
    for stock, column in ((Status.POOR, "move_poor"), (Status.NEAR_POOR, "move_near")):
        start = [row for row in earlier if row["status"] == stock]
        end = [row for row in judged if row["status"] == stock]
        left = [path for path in paths if path[column] in out]
        came = [path for path in paths if path[column] in into]
        assert len(start) - len(left) + len(came) == len(end)
        persons = sum(row["members"] for row in start)
        gone = [path for path in left if path[column] == "other_less"]
        persons -= sum(old_members.get(path["household_id"], 0) for path in gone)
        persons -= sum(members[path["household_id"]] for path in left if path[column] != "other_less")
        persons += sum(members[path["household_id"]] for path in came)
        of_stock = [path for path in paths if path["previous"] == stock]
        persons += sum(path["persons_more"] - path["persons_less"] for path in of_stock)
        if all(row["id_number"] is None for row in (*now, *before)):
            assert persons == sum(row["members"] for row in end)
    to_near = {path["household_id"] for path in paths if path["move_poor"] == "to_other"}
    from_poor = {path["household_id"] for path in paths if path["move_near"] == "from_other"}
    assert to_near == from_poor
