"""Which place a list is narrowed to: a few at hand, or step by step through the tree of any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.scope import scope
from vuonlen.domain.names import fold
from vuonlen.foundation.paths import ancestors
from vuonlen.foundation.periods import at
from vuonlen.places.models import Place
from vuonlen.places.queries import children, parents
from vuonlen.registry.search.areas import fewest
from vuonlen.registry.search.filters import PUBLIC_ID
from vuonlen.registry.search.queries import find_place

MOST = 200


@dataclass(frozen=True, slots=True)
class Picked:
    """Where one stands in the tree, and what can be chosen there. trail: from the top of the area."""

    day: date
    place: Place | None
    trail: list[Place]
    places: list[Place]
    words: str
    more: bool


def choices(user: User, chosen: str) -> list[Place]:
    """Places for a short list: the chosen one, those above it in the area, and those under it; or under the top."""
    today = timezone.localdate()
    place = find_place(user, chosen) if PUBLIC_ID.fullmatch(chosen) else None
    if place is not None:
        above = [*ancestors(place.path), place.path]
        there = [one for one in Place.objects.filter(path__in=above).order_by("path") if _in(user, one)]
        return [*there, *children(place, place.valid_from if place.valid_to else today)[:MOST]]
    tops = _tops(user, today)
    return tops if len(tops) != 1 else [*tops, *children(tops[0], today)[:MOST]]


def pick(user: User, *, within: str = "", words: str = "", day: str = "") -> Picked:
    """Raises Http404 for a place that is not in the area of `user`."""
    on = _day(day)
    place = find_place(user, within) if PUBLIC_ID.fullmatch(within) else None
    if within and place is None:
        raise Http404
    folded = fold(words)[:100]
    if folded:
        rows = scope(user, Right.READ_HOUSEHOLDS).of(Place.objects.all(), "path")
        named = rows.filter(Q(name_folded__contains=folded)).select_related("parent").order_by("-valid_from", "path")
        found = list(named[: MOST + 1])
    elif place is not None:
        found = list(children(place, place.valid_from if place.valid_to else on)[: MOST + 1])
    else:
        found = _tops(user, on)
    trail = [one for one in parents(place) if _in(user, one)] if place is not None else []
    return Picked(on, place, trail, found[:MOST], words.strip()[:100], len(found) > MOST)


def _tops(user: User, day: date) -> list[Place]:
    """The highest units of the area on a day."""
    paths = fewest(scope(user, Right.READ_HOUSEHOLDS).paths)
    return list(Place.objects.filter(at(day), path__in=paths).order_by("path")[:MOST])


def _in(user: User, place: Place) -> bool:
    return scope(user, Right.READ_HOUSEHOLDS).covers(place.path)


def _day(text: str) -> date:
    try:
        told = datetime.strptime(text, "%d/%m/%Y").date() if "/" in text else date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return told if 1900 < told.year < 2200 else timezone.localdate()
