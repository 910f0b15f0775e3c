"""How one household moved between two reviews, and why its class changed.

The official identity (forms R02 and R03, Circular 07/2021/TT-BLĐTBXH Annex VII), for households and persons:
start - to the other class - above the line - other decrease
      + from the other class + relapsed + newly arising + other increase = end.
"""

from __future__ import annotations

from enum import StrEnum

from vuonlen.domain.poverty import Status


class Move(StrEnum):
    """Path of a household through one stock (poor, or near-poor)."""

    STAYED = "stayed"
    TO_OTHER = "to_other"  # poor -> near-poor, or near-poor -> poor
    ABOVE = "above"  # above the near-poor line: not poor
    OTHER_LESS = "other_less"  # moved away, died, merged; or cannot be judged this time
    FROM_OTHER = "from_other"
    RELAPSED = "relapsed"  # once in this class, had left it, is in it again (tái nghèo)
    NEW = "new"  # newly arising (phát sinh mới)
    OTHER_MORE = "other_more"  # moved here, split; or could not be judged last time


class Cause(StrEnum):
    """What made the class change, found by judging today's answers under yesterday's terms."""

    REAL = "real"
    PLACE = "place"  # only the area type changed
    STANDARD = "standard"  # only the standard changed
    PLACE_AND_STANDARD = "place_and_standard"


_OTHER = {Status.POOR: Status.NEAR_POOR, Status.NEAR_POOR: Status.POOR}


def move(
    stock: Status,
    previous: Status | None,
    now: Status | None,
    *,
    was_before: bool,
    previous_lists_everyone: bool,
) -> Move | None:
    """Path of one household through `stock`; None when it never touched it.

    previous, now: None when the household is not in that list. was_before: an earlier list than the
    previous one had it in `stock`. previous_lists_everyone: the previous list held every household
    of the place, so a household absent from it has arrived; otherwise it was simply not reviewed.
    """
    other = _OTHER[stock]
    if previous == stock:
        if now == stock:
            return Move.STAYED
        if now == other:
            return Move.TO_OTHER
        return Move.ABOVE if now == Status.NOT_POOR else Move.OTHER_LESS
    if now != stock:
        return None
    if previous == other:
        return Move.FROM_OTHER
    if previous == Status.UNDETERMINED:
        return Move.OTHER_MORE
    if previous is None and previous_lists_everyone:
        return Move.OTHER_MORE
    return Move.RELAPSED if was_before else Move.NEW


def cause(
    previous: Status | None,
    now: Status | None,
    *,
    under_old_area: Status | None,
    under_old_standard: Status | None,
    under_both: Status | None,
) -> Cause | None:
    """Why the class changed; None when it did not, or when one side is absent.

    The three `under_*` are today's answers judged with the old area type, the old standard, or both.
    """
    if previous is None or now is None or previous == now:
        return None
    if under_old_area == previous:
        return Cause.PLACE
    if under_old_standard == previous:
        return Cause.STANDARD
    return Cause.PLACE_AND_STANDARD if under_both == previous else Cause.REAL
