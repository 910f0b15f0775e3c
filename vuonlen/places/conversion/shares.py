"""What the note of a row says of how much went where, and what the rows of one unit say together."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from vuonlen.domain.names import fold
from vuonlen.places.models import Share


class Said(Enum):
    """What one note tells on its own."""

    ALL = auto()
    ALL_LAND = auto()  # of the people it says nothing
    PEOPLE = auto()  # all the people and a part of the land
    PART = auto()
    PART_LAND = auto()  # of the people it says nothing


_WHOLE = ("nhap toan bo", "giu nguien", "doi ten", "doi loai hinh", "sap xep toan bo")  # folded: y as i
_PART = "mot phan"
_REST = "phan con lai"
_PEOPLE = "toan bo dan so"
_LAND = "dien tich"


def said(note: str) -> Said | None:
    """None for a note that is not understood."""
    text = fold(note)
    if _PART in text or text.startswith(_REST):
        if _PEOPLE in text:
            return Said.PEOPLE
        return Said.PART_LAND if _LAND in text else Said.PART
    if text.startswith(_WHOLE):
        return Said.ALL_LAND if text.endswith(_LAND) else Said.ALL
    return None


def settled(told: Sequence[Said]) -> list[Share] | None:
    """The shares of all rows of one unit, each in the light of the others; None when they contradict each other.

    Only where one row takes all the people does a part of the land mean land without people.
    """
    if len(told) == 1:
        alone = {Said.PEOPLE: Share.PEOPLE, Said.PART: Share.PART, Said.PART_LAND: Share.PART}
        return [alone.get(told[0], Share.ALL)]
    if Said.ALL in told or told.count(Said.PEOPLE) > 1:
        return None
    if Said.PEOPLE in told:
        return [Share.PEOPLE if one == Said.PEOPLE else Share.LAND for one in told]
    return [Share.PART for _ in told]
