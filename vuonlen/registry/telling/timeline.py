"""The time line of a household: where it lived, who its head was, who belonged to it, and its class, as periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vuonlen.foundation.periods import Period
from vuonlen.registry.models import Assessment, Household, Membership, Residence, StatusPeriod
from vuonlen.registry.telling import words


@dataclass(frozen=True, slots=True)
class Bar:
    """One period. until None: it still holds. kind: for its colour, and told in the words as well."""

    since: date
    until: date | None
    words: str
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Periods of one thing."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something of one day."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: tuple[Lane, ...]
    events: tuple[Event, ...]  # in order of day

    @property
    def since(self) -> date | None:
        return min((bar.since for lane in self.lanes for bar in lane.bars), default=None)


def timeline(home: Household) -> Timeline:
    """All periods, in four queries."""
    stays = list(Residence.objects.filter(household=home).select_related("place__parent").order_by("valid_from"))
    classes = list(StatusPeriod.objects.filter(household=home).select_related("decision").order_by("valid_from"))
    members = list(Membership.objects.filter(household=home).select_related("person").order_by("valid_from", "pk"))
    reviews = list(Assessment.objects.filter(household=home).order_by("reference_date"))
    lanes = [
        Lane(
            _("Phân loại"), tuple(_bar(one, words.status(one.status), one.status, str(one.decision)) for one in classes)
        ),
        Lane(_("Nơi ở"), tuple(_bar(one, _place(one)) for one in stays)),
        Lane(_("Chủ hộ"), tuple(_bar(one, one.person.name) for one in members if one.is_head)),
        *_people(members),
    ]
    return Timeline(tuple(one for one in lanes if one.bars), tuple(_events(home, lanes, reviews, members)))


def _bar(row: Period, told: str, kind: str = "", note: str = "") -> Bar:
    return Bar(row.valid_from, row.valid_to, told, kind, note)


def _place(stay: Residence) -> str:
    parent = stay.place.parent
    return f"{stay.place.name}, {parent.name}" if parent is not None else stay.place.name


def _people(members: list[Membership]) -> list[Lane]:
    """One lane per person; periods that touch are one."""
    found: dict[int, list[Bar]] = {}
    for one in members:
        bars = found.setdefault(one.person_id, [])
        if bars and bars[-1].until == one.valid_from:
            bars[-1] = Bar(bars[-1].since, one.valid_to, one.person.name)
        else:
            bars.append(_bar(one, one.person.name))
    return [Lane(bars[0].words, tuple(bars)) for bars in found.values()]


def _events(home: Household, lanes: list[Lane], reviews: list[Assessment], members: list[Membership]) -> list[Event]:
    found: list[tuple[date, int, str]] = []
    for order, lane in enumerate(lanes):
        for bar in lane.bars:
            told = f"{lane.label}: {bar.words}" if lane.label != bar.words else bar.words
            if order <= 2:
                found.append((bar.since, order, f"{told} ({bar.note})" if bar.note else told))
                continue
            found.append((bar.since, order, _("{name} vào hộ").format(name=bar.words)))
            if bar.until is not None:
                found.append((bar.until, order, _("{name} không còn trong hộ").format(name=bar.words)))
    for one in reviews:
        found.append((one.reference_date, 99, _("Rà soát theo chuẩn {standard}").format(standard=one.standard)))
    for person in {one.person_id: one.person for one in members}.values():
        if person.died_on is not None:
            found.append((person.died_on, 98, _("{name} mất").format(name=person.name)))
    if home.closed_on is not None:
        found.append((home.closed_on, 100, _("Đóng hộ: {why}").format(why=words.closed(home.closed_why))))
    return [Event(day, told) for day, _order, told in sorted(found)]
