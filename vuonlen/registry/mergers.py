"""Households follow their commune: when units merge, everyone lives in the successor from that day.

Where a commune was merged whole, the law itself moves the household and one person can carry it out. Where it was
split, no code tells where a household went: those wait until a person assigns them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.places.models import Level, Place, Succession
from vuonlen.registry.current import refresh
from vuonlen.registry.models import Act, Household, Residence
from vuonlen.registry.writing import Book

_PART = 1000  # households of one transaction; each part is whole, and a run that was cut off goes on where it stopped


def waiting(user: User | AnonymousUser) -> QuerySet[Household]:
    """Households in scope that still stand in a unit that has ended, and that nobody has closed."""
    homes = Household.objects.filter(closed_on__isnull=True, commune__valid_to__isnull=False)
    return rights.scope(user, Right.MANAGE_PLACES).of(homes).select_related("commune", "village")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A unit that has ended while households still stand in it. whole: all of them go on in one unit."""

    unit: Place
    heirs: tuple[Place, ...]
    whole: bool


def unfinished(user: User | AnonymousUser) -> list[Unfinished]:
    """Units in scope whose households have not all been carried over, by code."""
    standing = Place.objects.filter(pk__in=waiting(user).values("commune")).order_by("code", "valid_from")
    units = list(standing.select_related("parent"))
    links: dict[int, list[Succession]] = {one.pk: [] for one in units}
    for link in Succession.objects.filter(predecessor__in=units).select_related("successor").order_by("id"):
        links[link.predecessor_id].append(link)
    return [
        Unfinished(one, tuple(link.successor for link in links[one.pk]), any(link.whole for link in links[one.pk]))
        for one in units
    ]


def carry(*, commune: Place, by: User, on_progress: Callable[[int, int], None] | None = None, reason: str = "") -> int:
    """Move the households of a unit that was merged whole into its successor. Returns how many were moved.

    Households of villages with a successor of their own go there; the others to the commune. Those of a commune
    that was split move only where their village was assigned. Can be repeated; what was carried is not moved twice.
    Raises PermissionDenied.
    """
    if not rights.may(by, Right.MANAGE_PLACES, commune.path):
        raise PermissionDenied
    targets = _targets(commune)
    if not targets:
        return 0
    homes = Household.objects.filter(commune=commune, closed_on__isnull=True).order_by("id")
    homes = homes.filter(village_id__in=targets) if None not in targets else homes
    total, done, last = homes.count(), 0, 0
    while part := list(homes.filter(id__gt=last)[:_PART]):
        _carry(part, targets, by, reason)
        done, last = done + len(part), part[-1].pk
        if on_progress is not None:
            on_progress(done, total)
    return done


def assign(*, households: Sequence[Household], place: Place, by: User, reason: str) -> list[Act]:
    """Say where households of a split unit went. place: a commune or village that goes on from theirs.

    Raises PermissionDenied out of scope, ValueError where `place` does not come from the unit of a household.
    """
    commune = place if place.level == Level.COMMUNE else place.parent
    if commune is None or not rights.may(by, Right.MANAGE_PLACES, commune.path):
        raise PermissionDenied
    links = {
        one.predecessor_id: one
        for one in Succession.objects.filter(
            successor=commune, predecessor__in={home.commune_id for home in households}
        )
    }
    strangers = [one for one in households if one.commune_id not in links]
    if strangers:
        raise ValueError(", ".join(str(one) for one in strangers))
    with transaction.atomic():
        book = Book(by=by)
        stays = _stays(households)
        for home in households:
            _move(book, home, stays[home.pk], place, links[home.commune_id].on, reason)
        book.write()
        refresh(households)
    return book.acts


def _targets(commune: Place) -> dict[int | None, tuple[Place, date]]:
    """Old village -> where its households go and from when. Under None: where all the others of the commune go."""
    found: dict[int | None, tuple[Place, date]] = {}
    villages = Succession.objects.filter(predecessor__parent=commune, predecessor__level=Level.VILLAGE, whole=True)
    for one in villages.select_related("successor"):
        found[one.predecessor_id] = (one.successor, one.on)
    whole = Succession.objects.filter(predecessor=commune, whole=True).select_related("successor").first()
    if whole is not None:
        found[None] = (whole.successor, whole.on)
    return found


def _carry(part: list[Household], targets: dict[int | None, tuple[Place, date]], by: User, reason: str) -> None:
    with transaction.atomic():
        book = Book(by=by)
        stays = _stays(part)
        for home in part:
            place, on = targets[home.village_id] if home.village_id in targets else targets[None]
            _move(book, home, stays[home.pk], place, on, reason)
        book.write()
        refresh(part)


def _stays(households: Iterable[Household]) -> dict[int, list[Residence]]:
    found: dict[int, list[Residence]] = {home.pk: [] for home in households}
    for one in Residence.objects.filter(household_id__in=found).order_by("household_id", "valid_from"):
        found[one.household_id].append(one)
    return found


def _move(book: Book, home: Household, stays: list[Residence], place: Place, on: date, reason: str) -> None:
    """End the residence that holds on the day and begin one in `place`; later ones are left as they are."""
    act = book.act("carry", home, reason=reason, effective_on=on)
    until: date | None = None
    for one in stays:
        if one.holds(on):
            if one.valid_from == on:
                book.remove(act, one)
                until = one.valid_to
            else:
                until = one.valid_to
                book.set(act, one, valid_to=on)
        elif one.valid_from > on:
            until = one.valid_from if until is None else min(until, one.valid_from)
    book.add(act, Residence(household=home, place=place, area_path=place.path, valid_from=on, valid_to=until))
