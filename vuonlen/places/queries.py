"""Reads of places: the tree of a date, what a place came from and became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from vuonlen.domain.names import fold
from vuonlen.domain.poverty import AreaType
from vuonlen.foundation.paths import ancestors, under
from vuonlen.foundation.periods import at
from vuonlen.places.kinds import spellings
from vuonlen.places.models import Level, Place, Share, Succession

# ---- the tree of a date -------------------------------------------------------------------------------------------


def tree(on: date) -> QuerySet[Place]:
    """Every place of a date, each before what lies under it, in order of code."""
    return Place.objects.filter(at(on)).order_by("path")


def roots(on: date) -> QuerySet[Place]:
    """Provinces of a date."""
    return tree(on).filter(parent__isnull=True)


def children(place: Place, on: date | None = None) -> QuerySet[Place]:
    """What lies directly under `place`; on: only what held on that day."""
    rows = Place.objects.filter(parent=place).order_by("path")
    return rows if on is None else rows.filter(at(on))


def parents(place: Place) -> list[Place]:
    """Units above `place`, the province first."""
    return list(Place.objects.filter(path__in=list(ancestors(place.path))).order_by("path"))


def find(code: str, on: date, level: Level = Level.COMMUNE) -> Place | None:
    """The one unit that had `code` on a day."""
    return Place.objects.filter(at(on), level=level, code=code.strip()).first()


def find_by_name(text: str, on: date, within: Place | None = None, level: Level | None = None) -> list[Place]:
    """Every unit of a day that `text` may name, with its kind or without; more than one when it is ambiguous."""
    names = spellings(text)
    if not names:
        return []
    rows = tree(on).filter(name_folded__in=names)
    if level is not None:
        rows = rows.filter(level=level)
    if within is not None:
        rows = rows.filter(under(within.path)).exclude(pk=within.pk)
    return list(rows.select_related("parent__parent"))


def search(text: str, on: date, within: Place | None = None) -> QuerySet[Place]:
    """Units of a day whose name holds `text`, tones left out, or whose code is `text`."""
    rows = tree(on)
    if within is not None:
        rows = rows.filter(under(within.path))
    folded = fold(text)
    if not folded:
        return rows.none()
    return rows.filter(Q(name_folded__contains=folded) | Q(code=text.strip()))


def area_type(place: Place) -> AreaType | None:
    """Rural or urban, of the place or of its commune. None: nobody has said (đặc khu), or above communes."""
    if place.area_type:
        return AreaType(place.area_type)
    if place.level == Level.VILLAGE and place.parent is not None and place.parent.area_type:
        return AreaType(place.parent.area_type)
    return None


# HAZARD: successions are put in order here, not by the database: before it has counted its rows, PostgreSQL walks all
# places in order of their path to find the two that are asked for.

# ---- through time -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Became:
    """What a place is on a day. whole: all of it is the one place; else these are candidates, or it is not known."""

    places: tuple[Place, ...]
    whole: bool

    @property
    def place(self) -> Place | None:
        """The one place that all of it became, if that is known."""
        return self.places[0] if self.whole and self.places else None


def became(place: Place, on: date) -> Became:
    """What `place` is on a day, along its successions. Nothing where it had not begun, or where the trail ends."""
    return became_many([place], on)[place.pk]


def became_many(places: Iterable[Place], on: date) -> dict[int, Became]:
    """`became` of many places by their pk, in as many queries as there are changes to follow."""
    start = {one.pk: one for one in places}
    followed = _successions(start.values(), on)
    known: dict[int, Became] = {}
    for pk, one in start.items():
        reached = dict(_end_of(one, followed, on, whole=True))
        found = sorted(reached, key=lambda place: place.path)
        known[pk] = Became(tuple(found), whole=len(found) == 1 and reached[found[0]])
    return known


def stands_in(place: Place, on: date) -> Became:
    """`became`; a village that nobody has carried over yet lies somewhere in what its commune became."""
    found = became(place, on)
    if found.places or place.level != Level.VILLAGE or place.parent is None or on < place.valid_from:
        return found
    return became(place.parent, on)


def _successions(places: Iterable[Place], on: date) -> dict[int, list[Succession]]:
    """Successions of `places` until a day, and those of their successors, by predecessor."""
    found: dict[int, list[Succession]] = defaultdict(list)
    asked: set[int] = set()
    new = {one.pk for one in places if not one.holds(on)}
    while new:
        asked |= new
        rows = Succession.objects.filter(predecessor_id__in=new, on__lte=on).exclude(share=Share.LAND)
        for row in rows.select_related("successor"):
            found[row.predecessor_id].append(row)
        new = {row.successor_id for pk in new for row in found[pk] if not row.successor.holds(on)} - asked
    return found


def _end_of(
    place: Place, followed: dict[int, list[Succession]], on: date, *, whole: bool
) -> Sequence[tuple[Place, bool]]:
    if place.holds(on):
        return [(place, whole)]
    rows = followed.get(place.pk, [])
    certain = [row for row in rows if row.whole]
    if len(certain) == 1:
        return _end_of(certain[0].successor, followed, on, whole=whole)
    return [end for row in rows for end in _end_of(row.successor, followed, on, whole=False)]


def came_from(place: Place) -> list[Succession]:
    """What `place` came from, directly."""
    return sorted(place.origins.select_related("predecessor__parent"), key=lambda one: one.predecessor.path)


def went_to(place: Place) -> list[Succession]:
    """What `place` went on as, directly."""
    return sorted(place.successions.select_related("successor__parent"), key=lambda one: one.successor.path)


def unassigned() -> QuerySet[Place]:
    """Units that were split and of which no rule says which part went where: a person must assign it.

    Communes, and villages of such communes that nobody has assigned.
    """
    onward = Succession.objects.filter(predecessor=OuterRef("pk"))
    split = Place.objects.filter(Exists(onward), ~Exists(onward.filter(whole=True)))
    villages = Q(level=Level.VILLAGE, parent__in=split) & ~Q(Exists(onward)) & Q(valid_to__isnull=False)
    return Place.objects.filter(Q(pk__in=split.values("pk")) | villages).order_by("path")


def reach(places: Iterable[Place]) -> set[str]:
    """Paths of `places` and of all units from which they came, wholly or in part; land without people is nothing."""
    known = {one.pk: one.path for one in places}
    new = set(known)
    while new:
        rows = Succession.objects.filter(successor_id__in=new).exclude(share=Share.LAND)
        found = {pk: path for pk, path in rows.values_list("predecessor_id", "predecessor__path") if pk not in known}
        known |= found
        new = set(found)
    return set(known.values())
