"""Who in the list is who in the register. Persons are counted, not looked up: equal twins stay two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from rapidfuzz import fuzz

from vuonlen.analytics.matching import LIKELY
from vuonlen.domain.names import fold
from vuonlen.registry.intake.listed import ListedPerson
from vuonlen.registry.models import Membership

Pair = tuple[ListedPerson, Membership]


def assigned(listed: Sequence[ListedPerson], members: Sequence[Membership]) -> dict[int, Membership]:
    """Position in `listed` -> member. Each member is given once: by ID number, by all that is known, by likeness.

    Members with equal values are given in their order, so that the first twin of the list stays the first one.
    """
    left = dict(enumerate(listed))
    free = list(members)
    found: dict[int, Membership] = {}
    for mine, theirs in (
        (lambda one: one.id_hash, lambda row: row.person.id_hash),
        (_full, lambda row: _full_of(row)),
        (_short, lambda row: _short_of(row)),
    ):
        _equal(left, free, found, mine, theirs)
    _alike(left, free, found)
    return found


def _equal(
    left: dict[int, ListedPerson],
    free: list[Membership],
    found: dict[int, Membership],
    mine: Callable[[ListedPerson], Hashable],
    theirs: Callable[[Membership], Hashable],
) -> None:
    waiting: dict[Hashable, list[Membership]] = defaultdict(list)
    for row in free:
        key = theirs(row)
        if key:
            waiting[key].append(row)
    for at, one in list(left.items()):
        queue = waiting.get(mine(one))
        if queue:
            row = queue.pop(0)
            found[at] = row
            del left[at]
            free.remove(row)


def _full(one: ListedPerson) -> Hashable:
    return (fold(one.name), one.birth_year, one.birth_date, one.sex)


def _full_of(row: Membership) -> Hashable:
    person = row.person
    return (person.name_folded, person.birth_year, person.birth_date, person.sex)


def _short(one: ListedPerson) -> Hashable:
    return (fold(one.name), one.birth_year) if one.birth_year else None


def _short_of(row: Membership) -> Hashable:
    return (row.person.name_folded, row.person.birth_year) if row.person.birth_year else None


def _alike(left: dict[int, ListedPerson], free: list[Membership], found: dict[int, Membership]) -> None:
    """What remains: nearly the same name with the same year, or the same name with a year that is close or unknown."""
    pairs = []
    for at, one in left.items():
        for row in free:
            likeness = _likeness(one, row)
            if likeness:
                pairs.append((-likeness, at, row.pk, row))
    for _, at, _, row in sorted(pairs, key=lambda pair: pair[:3]):
        if at in left and row in free:
            found[at] = row
            del left[at]
            free.remove(row)


def _likeness(one: ListedPerson, row: Membership) -> float:
    """0: not the same person; otherwise more is better."""
    person = row.person
    if one.sex and person.sex and one.sex != person.sex:
        return 0.0
    name = fuzz.ratio(fold(one.name), person.name_folded)
    if name < LIKELY:
        return 0.0
    if one.birth_year is None or person.birth_year is None:
        return name if name == 100 else 0.0
    apart = abs(one.birth_year - person.birth_year)
    if apart == 0:
        return name
    return name - apart if apart <= 1 and name == 100 else 0.0
