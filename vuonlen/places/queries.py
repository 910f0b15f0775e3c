"""Reads of places: the tree of a date, what a place came from and became."""

from __future__ import annotations

from collections.abc import Iterable

from vuonlen.places.models import Place, Succession


def reach(places: Iterable[Place]) -> set[str]:
    """Paths of `places` and of all units from which they came, wholly or in part."""
    known = {one.pk: one.path for one in places}
    new = set(known)
    while new:
        rows = Succession.objects.filter(successor_id__in=new).values_list("predecessor_id", "predecessor__path")
        found = {pk: path for pk, path in rows if pk not in known}
        known |= found
        new = set(found)
    return set(known.values())
