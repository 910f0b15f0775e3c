"""What the register holds of some households, read together, as the objects that will be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vuonlen.registry.models import (
    Assessment,
    Household,
    Membership,
    Person,
    PersonState,
    Residence,
    StatusPeriod,
)


@dataclass(slots=True)
class Home:
    """One household with all its rows. states: by key of the person."""

    household: Household
    memberships: list[Membership] = field(default_factory=list)
    states: dict[int, list[PersonState]] = field(default_factory=dict)
    residences: list[Residence] = field(default_factory=list)
    statuses: list[StatusPeriod] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """Households of one part of a list. strangers: hash of an ID number -> a person who is elsewhere now."""

    homes: dict[int, Home]
    strangers: dict[str, Person] = field(default_factory=dict)
    stays: dict[int, list[Membership]] = field(default_factory=dict)  # by person


def load(households: Iterable[int], strangers: Sequence[int] = ()) -> Scene:
    """Households by key, and persons who may move into them. As many queries however many they are.

    A row stands in the result once, and a person is one object wherever it appears: what is set in one place holds.
    """
    stays = Membership.objects.filter(person_id__in=strangers).values_list("household_id", flat=True)
    wanted = sorted({*households, *(stays if strangers else ())})
    homes = {pk: Home(one) for pk, one in Household.objects.in_bulk(wanted).items()}
    people = _members(homes)
    _states(homes)
    _periods(homes)
    scene = Scene(homes)
    for one in homes.values():
        for row in one.memberships:
            scene.stays.setdefault(row.person_id, []).append(row)
    scene.strangers = {people[pk].id_hash: people[pk] for pk in strangers if pk in people}
    return scene


def _members(homes: dict[int, Home]) -> dict[int, Person]:
    people: dict[int, Person] = {}
    rows = Membership.objects.filter(household_id__in=homes).select_related("person").order_by("valid_from", "pk")
    for row in rows:
        row.household = homes[row.household_id].household
        row.person = people.setdefault(row.person_id, row.person)
        homes[row.household_id].memberships.append(row)
    return people


def _states(homes: dict[int, Home]) -> None:
    whose: dict[int, list[Home]] = defaultdict(list)
    for one in homes.values():
        for person in {row.person_id for row in one.memberships}:
            one.states[person] = []
            whose[person].append(one)
    members = Membership.objects.filter(household_id__in=homes).values("person_id")
    for state in PersonState.objects.filter(person_id__in=members).order_by("valid_from", "pk"):
        for one in whose[state.person_id]:
            one.states[state.person_id].append(state)


def _periods(homes: dict[int, Home]) -> None:
    for stay in Residence.objects.filter(household_id__in=homes).select_related("place").order_by("valid_from"):
        homes[stay.household_id].residences.append(stay)
    for status in StatusPeriod.objects.filter(household_id__in=homes).select_related("decision").order_by("valid_from"):
        homes[status.household_id].statuses.append(status)
    for found in Assessment.objects.filter(household_id__in=homes).order_by("reference_date", "pk"):
        homes[found.household_id].assessments.append(found)
