"""Villages: add one, end one, carry them into the unit that their commune became, assign those of a split commune."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q

import vuonlen.domain.problems.places  # noqa: F401  (fills the catalogue)
from vuonlen.domain.names import fold
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import Act, Actor, record
from vuonlen.places.kinds import clean
from vuonlen.places.models import Kind, Level, Place, Share, Succession
from vuonlen.places.planting import Span, Unit, next_path, row

VILLAGE_KINDS = (Kind.VILLAGE, Kind.RESIDENTIAL_GROUP)
LONGEST_NAME = 120
_NUMBER = re.compile(r"-(\d+)$")


def add_village(
    *, commune: Place, name: str, kind: Kind | str, by: Actor, valid_from: date | None = None,
    valid_to: date | None = None, source: str = "", since_known: bool = True,
) -> Place:  # fmt: skip
    """A village of `commune`. Without days: as long as the commune. Raises Refused."""
    if kind not in VILLAGE_KINDS:
        raise Refused(Problem("PL-VILLAGE-KIND", cell="kind", values={"kind": kind}))
    span = Span(
        since=valid_from or commune.valid_from,
        until=valid_to or commune.valid_to,
        source=source,
        known=since_known and (valid_from is not None or commune.since_known),
    )
    with transaction.atomic():
        village = _village(_locked(commune), name, Kind(kind), span)
        record(commune.key, by, _act("add_village", village, after=_told(village), reason=source))
    return village


def end_place(*, place: Place, on: date, by: Actor, reason: str, into: Place | None = None) -> Place:
    """`place` no longer holds from `on`. into: the unit that all of it goes on as. Raises Refused."""
    _needs(reason)
    with transaction.atomic():
        place = _locked(place)
        if place.valid_to is not None and place.valid_to <= on:
            raise Refused(Problem("PL-ENDED", cell="on", values={"name": place.name, "on": _day(place.valid_to)}))
        if on <= place.valid_from:
            raise _outside(place, place.valid_from, on)
        left = Place.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), parent=place)
        if count := left.count():
            examples = ", ".join(left.values_list("name", flat=True)[:3])
            told = {"name": place.name, "count": count, "examples": examples}
            raise Refused(Problem("PL-HAS-CHILDREN", cell="on", values=told))
        before = _told(place)
        place.valid_to = on
        place.save(update_fields=["valid_to"])
        if into is not None:
            _succeed(place, into, on, reason)
        record(_chain(place), by, _act("end_place", place, before, _told(place), fields=("valid_to",), reason=reason))
    return place


def carry_villages(
    *, old: Place, new: Place, by: Actor, reason: str, names: Mapping[str, str] | None = None
) -> list[Place]:
    """The villages of `old` go on under `new`, which all of `old` became. names: new names by old code.

    Villages that already went on are passed over. Raises Refused: the split, or every name that is taken.
    """
    _needs(reason)
    with transaction.atomic():
        succession = Succession.objects.filter(predecessor=old, successor=new, whole=True).first()
        if succession is None:
            raise Refused(Problem("PL-NO-SUCCESSION", values={"old": old.name, "new": new.name}))
        new = _locked(new)
        wanted = [(one, (names or {}).get(one.code, one.name)) for one in _waiting(old, succession.on)]
        taken = clashes(new, wanted, succession.on)
        if taken:
            raise Refused(*taken)
        carried = [_carried(village, new, called, succession.on, reason) for village, called in wanted]
        for village, (before, _) in zip(carried, wanted, strict=True):
            told = _told(village) | {"from": before.key}
            record(new.key, by, _act("carry_village", village, after=told, reason=reason))
    return carried


def clashes(commune: Place, wanted: Iterable[tuple[Place, str]], on: date) -> list[Problem]:
    """Names that cannot be used in `commune` from a day, because it has them or because two want the same."""
    until = commune.valid_to or date.max
    there = {one.name_folded: one for one in _overlapping(commune, on, until)}
    found = []
    for village, name in wanted:
        folded = fold(name)
        other = there.get(folded)
        if other is not None:
            told = {"commune": commune.name, "name": name, "code": other.code}
            found.append(Problem("PL-VILLAGE-TWICE", cell=village.code, values=told))
        there.setdefault(folded, village)
    return found


def assign_village(*, village: Place, successor: Place, by: Actor, reason: str, name: str = "") -> Place:
    """A village of a commune that was split goes on under one of the successors, wholly. Raises Refused."""
    _needs(reason)
    with transaction.atomic():
        village = _locked(village)
        commune = village.parent
        if village.level != Level.VILLAGE or commune is None:
            raise Refused(Problem("PL-VILLAGE-PARENT", cell="village", values={"name": village.name}))
        _not_assigned_yet(village)
        candidates = {
            one.successor_id: one for one in commune.successions.exclude(share=Share.LAND).select_related("successor")
        }
        chosen = candidates.get(successor.pk)
        if chosen is None:
            told = ", ".join(one.successor.name for one in candidates.values()) or "–"
            values = {"successor": successor.name, "old": commune.name, "candidates": told}
            raise Refused(Problem("PL-NOT-CANDIDATE", cell="successor", values=values))
        after = _carried(village, _locked(successor), name or village.name, chosen.on, reason)
        told_after = {"successor": successor.key, "village": after.key}
        record(commune.key, by, _act("assign_village", village, after=told_after, reason=reason))
    return after


def withdraw_assignment(*, village: Place, by: Actor, reason: str) -> None:
    """Undo `assign_village` or `carry_villages` for one village, while nothing stands in its successor."""
    _needs(reason)
    with transaction.atomic():
        village = _locked(village)
        link = village.successions.select_related("successor").first()
        if link is None or village.level != Level.VILLAGE:
            raise Refused(Problem("PL-NOT-ASSIGNED", cell="village", values={"village": village.name}))
        after = link.successor
        before = {"village": after.key}
        link.delete()
        try:
            if not after.origins.exists():  # two villages may have gone on as one
                after.delete()
        except ProtectedError as why:
            raise Refused(Problem("PL-IN-USE", cell="village", values={"name": after.name})) from why
        record(_chain(village), by, _act("withdraw_assignment", village, before=before, reason=reason))


# ---- parts --------------------------------------------------------------------------------------------------------


def _village(commune: Place, name: str, kind: Kind, span: Span) -> Place:
    """A saved village under a commune that is locked."""
    name = clean(name)
    if commune.level != Level.COMMUNE:
        raise Refused(Problem("PL-VILLAGE-PARENT", cell="commune", values={"name": commune.name}))
    if not fold(name) or len(name) > LONGEST_NAME:
        raise Refused(Problem("PL-VILLAGE-NAME", cell="name", values={"most": LONGEST_NAME}))
    until = span.until or date.max
    if not commune.valid_from <= span.since < until <= (commune.valid_to or date.max):
        raise _outside(commune, span.since, span.until)
    for other in _overlapping(commune, span.since, until):
        if other.name_folded == fold(name):
            told = {"commune": commune.name, "name": other.name, "code": other.code}
            raise Refused(Problem("PL-VILLAGE-TWICE", cell="name", values=told))
    unit = Unit(_next_code(commune), name)
    village = row(unit, Level.VILLAGE, kind, commune, next_path(commune), span)
    village.save()
    return village


def _next_code(commune: Place) -> str:
    """The next number is never one that the code of the commune was used with, in whatever period."""
    codes = Place.objects.filter(level=Level.VILLAGE, parent__code=commune.code).values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := _NUMBER.search(code))]
    return f"{commune.code}-{max(numbers, default=0) + 1:02}"


def _carried(village: Place, commune: Place, name: str, on: date, reason: str) -> Place:
    span = Span(max(on, commune.valid_from), commune.valid_to, source=reason[:200])
    after = _village(commune, name, Kind(village.kind), span)
    if village.latitude is not None:
        after.latitude, after.longitude = village.latitude, village.longitude
        after.save(update_fields=["latitude", "longitude"])
    _succeed(village, after, on, reason)
    return after


def _succeed(before: Place, after: Place, on: date, reason: str) -> None:
    Succession.objects.create(
        predecessor=before, successor=after, whole=True, share=Share.ALL, on=on, source=reason[:200]
    )


def _waiting(commune: Place, on: date) -> list[Place]:
    """Villages that stood until `on` and have not gone on."""
    rows = Place.objects.filter(parent=commune, level=Level.VILLAGE, valid_to=on, successions__isnull=True)
    return list(rows.order_by("path"))


def _overlapping(commune: Place, since: date, until: date) -> list[Place]:
    rows = Place.objects.filter(parent=commune, valid_from__lt=until)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since)))


def _not_assigned_yet(village: Place) -> None:
    link = village.successions.select_related("successor__parent").first()
    if link is not None:
        into = ", ".join(one.name for one in (link.successor, link.successor.parent) if one)
        raise Refused(Problem("PL-ASSIGNED", cell="village", values={"village": village.name, "into": into}))


def _locked(place: Place) -> Place:
    """The row of `place` as it is now; whoever else changes it or adds under it waits."""
    return Place.objects.select_for_update(of=("self",)).select_related("parent").get(pk=place.pk)


def _needs(reason: str) -> None:
    if not reason.strip():
        raise Refused(Problem("PL-REASON", cell="reason"))


def _outside(place: Place, since: date, until: date | None) -> Refused:
    told = {
        "name": place.name,
        "since": _day(since),
        "until": _day(until),
        "first": _day(place.valid_from),
        "last": _day(place.valid_to),
    }
    return Refused(Problem("PL-PERIOD", cell="valid_from", values=told))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "…"


def _chain(place: Place) -> str:
    """The chain of its commune; of a unit above communes, its own."""
    return place.parent.key if place.level == Level.VILLAGE and place.parent else place.key


def _told(place: Place) -> dict[str, Any]:
    return {"key": place.key, "name": place.name, "kind": str(place.kind), "valid_to": place.valid_to}


def _act(
    act: str, place: Place, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
    fields: tuple[str, ...] = (), reason: str = "",
) -> Act:  # fmt: skip
    return Act(f"places.{act}", "place", place.public_id, before, after, fields, reason.strip())
