"""Movement between two reviews in plain Python: the reference for `polars_movement`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vuonlen.analytics.engines.reference import household_of
from vuonlen.analytics.movement import cause, move
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.judge import judge
from vuonlen.rulebook.model import Sheet

Row = Mapping[str, Any]
STOCKS = ((Status.POOR, "move_poor"), (Status.NEAR_POOR, "move_near"))


def movement_rows(
    judged: Sequence[Row],
    before: Sequence[Row],
    *,
    sheet: Sheet,
    old_sheet: Sheet,
    previous_lists_everyone: bool,
    history: Iterable[Sequence[Row]] = (),
) -> list[dict[str, Any]]:
    """One row per household of either list, with the columns that `polars_movement` adds."""
    pairs = _pairs(judged, before)
    earlier = {row["household_id"]: row for row in before}
    past = [row for review in history for row in review]
    rows = []
    for row in judged:
        old = earlier.get(pairs.get(row["household_id"], ""))
        rows.append(_path(row, old, past, previous_lists_everyone, sheet, old_sheet))
    taken = set(pairs.values())
    gone = [row for row in before if row["household_id"] not in taken]
    rows.extend(_path(None, old, past, previous_lists_everyone, sheet, old_sheet) for old in gone)
    return rows


def _pairs(judged: Sequence[Row], before: Sequence[Row]) -> dict[str, str]:
    theirs = {row["household_id"] for row in before}
    pairs = {row["household_id"]: row["household_id"] for row in judged if row["household_id"] in theirs}
    left = [row for row in judged if row["household_id"] not in pairs]
    right = [row for row in before if row["household_id"] not in pairs]
    numbers = {row["id_number"]: row["household_id"] for row in right if _alone(row, right)}
    for row in left:
        if _alone(row, left) and row["id_number"] in numbers:
            pairs[row["household_id"]] = numbers[row["id_number"]]
    return pairs


def _alone(row: Row, rows: Sequence[Row]) -> bool:
    number = row.get("id_number")
    return number is not None and Counter(one.get("id_number") for one in rows)[number] == 1


def _path(
    row: Row | None,
    old: Row | None,
    past: Sequence[Row],
    previous_lists_everyone: bool,
    sheet: Sheet,
    old_sheet: Sheet,
) -> dict[str, Any]:
    now = Status(row["status"]) if row else None
    previous = Status(old["status"]) if old else None
    found: dict[str, Any] = {
        "household_id": (row or old or {})["household_id"],
        "status": now and now.value,
        "previous": previous and previous.value,
    }
    names = {one["household_id"] for one in (row, old) if one}
    number = row.get("id_number") if row else None
    for stock, column in STOCKS:
        was_before = any(
            one["status"] == stock
            and (one["household_id"] in names or (number is not None and one.get("id_number") == number))
            for one in past
        )
        path = move(stock, previous, now, was_before=was_before, previous_lists_everyone=previous_lists_everyone)
        found[column] = path and path.value
    found["persons_more"], found["persons_less"] = _persons(row, old)
    found["change_cause"] = _cause(row, old, sheet, old_sheet)
    return found


def _persons(row: Row | None, old: Row | None) -> tuple[int | None, int | None]:
    if row is None or old is None or row["status"] == Status.UNDETERMINED:
        return 0, 0
    if row.get("members") is None or old.get("members") is None:
        return None, None
    change = row["members"] - old["members"]
    return max(change, 0), max(-change, 0)


def _cause(row: Row | None, old: Row | None, sheet: Sheet, old_sheet: Sheet) -> str | None:
    if row is None or old is None:
        return None
    area = old.get("area_type") or row.get("area_type")
    there = {**row, "area_type": AreaType(area).value if area else None}

    def again(answers: Row, under: Sheet) -> Status:
        return judge(household_of(answers, under), under).status

    found = cause(
        Status(old["status"]),
        Status(row["status"]),
        under_old_area=again(there, sheet),
        under_old_standard=again(row, old_sheet),
        under_both=again(there, old_sheet),
    )
    return found.value if found else None
