"""Likely matches between two lists, for a person to confirm; nothing here matches by itself.

Households left over on both sides are compared within one place by the folded name of the head.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from vuonlen.domain.names import fold

Row = Mapping[str, Any]
#: Names at or above this likeness (0-100) are offered. A trade-off for the person who reads the list, not a law.
LIKELY = 88.0


@dataclass(frozen=True, slots=True)
class LikelyMatch:
    """A pair to confirm. `likeness`: 0-100 of the heads' names; `why`: what else agrees."""

    household_id: str
    previous_id: str
    head: str
    previous_head: str
    place: str
    likeness: float
    why: tuple[str, ...]


def likely_matches(now: Iterable[Row], before: Iterable[Row]) -> list[LikelyMatch]:
    """Pairs of unmatched rows (household_id, head, place_code or place_name, village, members), best first.

    One previous household is offered to at most one of today's; ties go to the pair with more in common.
    """
    by_place: dict[str, list[Row]] = defaultdict(list)
    for row in before:
        if row.get("head"):
            by_place[_place(row)].append(row)
    found = [pair for row in now if row.get("head") for pair in _candidates(row, by_place.get(_place(row), []))]
    found.sort(key=lambda pair: (-pair.likeness - 3 * len(pair.why), pair.household_id, pair.previous_id))
    taken_now: set[str] = set()
    taken_before: set[str] = set()
    offered = []
    for pair in found:
        if pair.household_id not in taken_now and pair.previous_id not in taken_before:
            taken_now.add(pair.household_id)
            taken_before.add(pair.previous_id)
            offered.append(pair)
    return offered


def _place(row: Row) -> str:
    return str(row.get("place_code") or fold(str(row.get("place_name") or "")))


def _candidates(row: Row, there: list[Row]) -> Iterable[LikelyMatch]:
    names = [fold(str(one["head"])) for one in there]
    close = process.extract(fold(str(row["head"])), names, scorer=fuzz.ratio, score_cutoff=LIKELY, limit=5)
    for _, likeness, place in close:
        old = there[place]
        why = tuple(
            name for name in ("village", "members", "ethnicity") if row.get(name) and row.get(name) == old.get(name)
        )
        yield LikelyMatch(
            household_id=str(row["household_id"]),
            previous_id=str(old["household_id"]),
            head=str(row["head"]),
            previous_head=str(old["head"]),
            place=_place(row),
            likeness=float(likeness),
            why=why,
        )
