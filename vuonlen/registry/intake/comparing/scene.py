"""What the register holds of some households, read together, as the objects that will be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

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
    """One household with all its rows."""

    household: Household
    memberships: list[Membership] = field(default_factory=list)
    residences: list[Residence] = field(default_factory=list)
    statuses: list[StatusPeriod] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """Households of one part of a list. strangers: hash of an ID number -> a person who is not where the list says.

    stays, states: of each person, by key. They follow what is written, so that a later row of the part sees it.
    """

    homes: dict[int, Home]
    strangers: dict[str, Person] = field(default_factory=dict)
    stays: dict[int, list[Membership]] = field(default_factory=dict)
    states: dict[int, list[PersonState]] = field(default_factory=dict)

    def joined(self, row: Membership) -> None:
        """A membership that was just added. Of a new person nobody will ask again."""
        if row.person.pk is not None:
            self.stays.setdefault(row.person.pk, []).append(row)
        if row.household.pk in self.homes:
            self.homes[row.household.pk].memberships.append(row)

    def dropped(self, row: Membership) -> None:
        """A membership that was just taken out."""
        home = self.homes.get(row.household_id)
        for rows in (self.stays.get(row.person_id, []), home.memberships if home else []):
            rows[:] = [one for one in rows if one is not row]


def load(households: Iterable[int], strangers: Sequence[int] = ()) -> Scene:
    """Households by key, and persons who may move into them: of two with one number the later in `strangers` counts.

    As many queries however many they are. A row stands in the result once, and a person is one object wherever it
    appears: what is set in one place holds.
    """
    theirs = Membership.objects.filter(person_id__in=strangers).values_list("household_id", flat=True)
    wanted = sorted({*households, *(theirs if strangers else ())})
    homes = {pk: Home(one) for pk, one in Household.objects.in_bulk(wanted).items()}
    people = _members(homes)
    homeless = [pk for pk in strangers if pk not in people]
    people |= Person.objects.in_bulk(homeless) if homeless else {}
    _periods(homes)
    scene = Scene(homes, states=_states(homes, homeless))
    for one in homes.values():
        for row in one.memberships:
            scene.stays.setdefault(row.person_id, []).append(row)
    for stays in scene.stays.values():
        stays.sort(key=lambda row: (row.valid_from, row.pk))
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


def _states(homes: dict[int, Home], homeless: Sequence[int]) -> dict[int, list[PersonState]]:
    members = Membership.objects.filter(household_id__in=homes).values("person_id")
    chosen = Q(person_id__in=members) | Q(person_id__in=homeless) if homeless else Q(person_id__in=members)
    found: dict[int, list[PersonState]] = defaultdict(list)
    for state in PersonState.objects.filter(chosen).order_by("valid_from", "pk"):
        found[state.person_id].append(state)
    return found


def _periods(homes: dict[int, Home]) -> None:
    for stay in Residence.objects.filter(household_id__in=homes).select_related("place").order_by("valid_from"):
        homes[stay.household_id].residences.append(stay)
    for status in StatusPeriod.objects.filter(household_id__in=homes).select_related("decision").order_by("valid_from"):
        homes[status.household_id].statuses.append(status)
    for found in Assessment.objects.filter(household_id__in=homes).order_by("reference_date", "pk"):
        homes[found.household_id].assessments.append(found)
