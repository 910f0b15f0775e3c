"""Reads for the pages of places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.places.models import Level, Place, Share, Succession
from vuonlen.places.queries import area_type, came_from, went_to

MOST_POINTS = 150_000  # of one map: further outlines are shown as points
_DEEPEST = 5  # changes in a row that the page follows


@dataclass(frozen=True, slots=True)
class Branch:
    """One place that another came from or became. moved: its area type is another."""

    place: Place
    share: str
    whole: bool
    moved: bool
    then: list[Branch] = field(default_factory=list)


def origins(place: Place, deep: int = _DEEPEST) -> list[Branch]:
    """What `place` came from, and what that came from."""
    return [
        _branch(one, one.predecessor, place, origins(one.predecessor, deep - 1) if deep else [])
        for one in came_from(place)
    ]


def outcomes(place: Place, deep: int = _DEEPEST) -> list[Branch]:
    """What `place` became, and what that became."""
    return [
        _branch(one, one.successor, place, outcomes(one.successor, deep - 1) if deep else []) for one in went_to(place)
    ]


def _branch(link: Succession, other: Place, place: Place, then: list[Branch]) -> Branch:
    types = {area_type(other), area_type(place)}
    moved = len(types) == 2 and None not in types
    return Branch(other, link.get_share_display() if link.share else "", link.whole, moved, then)


def manages(user: User, place: Place) -> bool:
    return scope(user, Right.MANAGE_PLACES).covers(place.path)


def ended_communes(user: User) -> QuerySet[Any]:
    """Communes of the area of `user` that were split, or whose villages have not all gone on.

    waiting: villages that nobody has assigned. split: not all of it became one unit.
    """
    onward = Succession.objects.filter(predecessor=OuterRef("pk"))
    unsettled = Q(children__level=Level.VILLAGE, children__valid_to__isnull=False, children__successions__isnull=True)
    rows = Place.objects.filter(Exists(onward), level=Level.COMMUNE, valid_to__isnull=False)
    rows = scope(user, Right.MANAGE_PLACES).of(rows, "path").select_related("parent__parent")
    return (
        rows.alias(settled=Exists(onward.filter(whole=True)))
        .annotate(
            waiting=Count("children", filter=unsettled, distinct=True),
            split=~Exists(onward.filter(whole=True)),
        )
        .filter(Q(waiting__gt=0) | Q(settled=False))
    )


def villages(commune: Place) -> list[Place]:
    """Villages of an ended commune in order; `onward` of each: where it went, if it was assigned."""
    rows = list(Place.objects.filter(parent=commune, level=Level.VILLAGE).order_by("path"))
    links = Succession.objects.filter(predecessor__in=rows).select_related("successor__parent")
    onward = {one.predecessor_id: one for one in links}
    for one in rows:
        one.onward = onward.get(one.pk)  # type: ignore[attr-defined]
    return rows


def candidates(commune: Place) -> list[Place]:
    """Units that a village of `commune` may have gone to."""
    return [one.successor for one in went_to(commune) if one.share != Share.LAND]


def features(place: Place, children: Iterable[Place]) -> dict[str, Any]:
    """GeoJSON of a place and what lies under it: outlines where they are known, else points."""
    shown = [(place, True), *((one, False) for one in children)]
    found, points = [], 0
    for one, own in shown:
        boundary = getattr(one, "boundary", None)
        geometry = None
        if boundary is not None and points < MOST_POINTS:
            geometry = boundary.drawn or boundary.geometry
            points += str(geometry["coordinates"]).count("[")
        elif one.latitude is not None and (not own or len(shown) == 1):
            geometry = {"type": "Point", "coordinates": [one.longitude, one.latitude]}
        if geometry is not None:
            told = {"name": one.name, "code": one.code, "own": own, "id": one.public_id}
            found.append({"type": "Feature", "geometry": geometry, "properties": told})
    return {"type": "FeatureCollection", "features": found}
