"""The time line of a household: its class, its place and area, its head, and who belonged to it, as periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vuonlen.foundation.periods import Period
from vuonlen.places.models import Place
from vuonlen.places.queries import area_type, stands_in
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
    """Periods of one thing. person: whose belonging to the household it is."""

    label: str
    bars: tuple[Bar, ...]
    person: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something of one day."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: tuple[Lane, ...]
    events: tuple[Event, ...]  # in order of day

    areas: tuple[Bar, ...]  # rural, urban
    classes: tuple[StatusPeriod, ...]

    @property
    def since(self) -> date | None:
        return min((bar.since for lane in self.lanes for bar in lane.bars), default=None)

    def area_before(self, day: date) -> Bar | None:
        """The area that ended last before what holds on `day`."""
        ended = [one for one in self.areas if one.until is not None and one.until <= day]
        return ended[-1] if ended else None


def timeline(home: Household) -> Timeline:
    """All periods, in four queries, and one more for each unit that ended while the household stood in it."""
    stays = list(Residence.objects.filter(household=home).select_related("place__parent").order_by("valid_from"))
    classes = list(StatusPeriod.objects.filter(household=home).select_related("decision").order_by("valid_from"))
    members = list(Membership.objects.filter(household=home).select_related("person").order_by("valid_from", "pk"))
    reviews = list(Assessment.objects.filter(household=home).order_by("reference_date"))
    places = _places(stays)
    areas = _areas(places)
    lanes = [
        Lane(
            _("Phân loại"), tuple(_bar(one, words.status(one.status), one.status, str(one.decision)) for one in classes)
        ),
        Lane(_("Nơi ở"), tuple(bar for bar, _place in places)),
        Lane(_("Khu vực"), areas),
        Lane(_("Chủ hộ"), tuple(_bar(one, one.person.name) for one in members if one.is_head)),
        *_people(members),
    ]
    lanes = [one for one in lanes if one.bars]
    return Timeline(tuple(lanes), tuple(_events(home, lanes, reviews, members)), areas, tuple(classes))


def _bar(row: Period, told: str, kind: str = "", note: str = "") -> Bar:
    return Bar(row.valid_from, row.valid_to, told, kind, note)


def _places(stays: list[Residence]) -> list[tuple[Bar, Place | None]]:
    """Where it lived. A stay goes on under the name of the unit that its own became, where that is known."""
    found: list[tuple[Bar, Place | None]] = []
    for one in stays:
        place: Place | None = one.place
        since = one.valid_from
        while (
            place is not None and place.valid_to is not None and (one.valid_to is None or place.valid_to < one.valid_to)
        ):
            found.append((Bar(since, place.valid_to, _name(place)), place))
            since = place.valid_to
            place = stands_in(place, since).place
        told = _name(place) if place is not None else _("chưa phân về đơn vị mới")
        found.append((Bar(since, one.valid_to, told), place))
    return found


def _name(place: Place) -> str:
    return f"{place.name}, {place.parent.name}" if place.parent is not None else place.name


def _areas(places: list[tuple[Bar, Place | None]]) -> tuple[Bar, ...]:
    """Rural or urban, as far as it is known; periods that touch and say the same are one."""
    found: list[Bar] = []
    for bar, place in places:
        area = area_type(place) if place is not None else None
        if area is None:
            continue
        told = words.area(area)
        if found and found[-1].words == told and found[-1].until == bar.since:
            found[-1] = Bar(found[-1].since, bar.until, told)
        else:
            found.append(Bar(bar.since, bar.until, told))
    return tuple(found)


def _people(members: list[Membership]) -> list[Lane]:
    """One lane per person; periods that touch are one."""
    found: dict[int, list[Bar]] = {}
    for one in members:
        bars = found.setdefault(one.person_id, [])
        if bars and bars[-1].until == one.valid_from:
            bars[-1] = Bar(bars[-1].since, one.valid_to, one.person.name)
        else:
            bars.append(_bar(one, one.person.name))
    return [Lane(bars[0].words, tuple(bars), person=True) for bars in found.values()]


def _events(home: Household, lanes: list[Lane], reviews: list[Assessment], members: list[Membership]) -> list[Event]:
    found: list[tuple[date, int, str]] = []
    for order, lane in enumerate(lanes):
        for bar in lane.bars:
            if not lane.person:
                told = f"{lane.label}: {bar.words}"
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
