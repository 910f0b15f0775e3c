"""Reads of the register: one household within a scope, and the household as it was on any day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.poverty import AreaType
from vuonlen.foundation.periods import at
from vuonlen.places.models import Place
from vuonlen.places.queries import area_type, stands_in
from vuonlen.registry.models import (
    Act,
    Assessment,
    Change,
    Household,
    Membership,
    Person,
    PersonState,
    Residence,
    StatusPeriod,
)


def households(user: User, right: Right = Right.READ_HOUSEHOLDS) -> QuerySet[Household]:
    """Every household within the scope of `user`; none without a role."""
    return rights.scope(user, right).of(Household.objects.all())


def find(user: User, public_id: str, right: Right = Right.READ_HOUSEHOLDS) -> Household:
    """One household by the id of its address. Raises Http404, alike for what does not exist and what is not theirs."""
    rows = households(user, right).select_related("commune__parent", "village__parent", "registered_in")
    home = rows.filter(public_id=public_id).first()
    if home is None:
        raise Http404
    return home


def find_act(home: Household, public_id: str) -> Act:
    """An act in the history of `home`. Raises Http404."""
    act = acts_of(home).filter(public_id=public_id).first()
    if act is None:
        raise Http404
    return act


def acts_of(home: Household) -> QuerySet[Act]:
    """Acts on `home`, and acts on others that wrote rows of it (a merger)."""
    # HAZARD: said with OR over the two tables, either database would read every act there is.
    written = Change.objects.filter(household=home).values("act_id")
    return Act.objects.filter(pk__in=Act.objects.filter(household=home).values("pk").union(written))


@dataclass(frozen=True, slots=True)
class MemberAt:
    """A member on a day. age: full years where the day of birth is known, else the difference of the years."""

    person: Person
    membership: Membership
    state: PersonState | None
    age: int | None
    age_exact: bool

    @property
    def is_head(self) -> bool:
        return self.membership.is_head


@dataclass(frozen=True, slots=True)
class HouseholdAt:
    """What was true of a household on a day. Whatever is not known is None."""

    household: Household
    day: date
    place: Place | None  # as it is called on that day
    residence: Residence | None
    places: tuple[Place, ...]  # candidates, where a split has not been assigned
    area_type: AreaType | None
    members: tuple[MemberAt, ...]
    status: StatusPeriod | None
    assessment: Assessment | None

    @property
    def head(self) -> MemberAt | None:
        return next((one for one in self.members if one.is_head), None)

    @property
    def closed(self) -> bool:
        return self.household.closed_on is not None and self.household.closed_on <= self.day

    @property
    def known(self) -> bool:
        """Whether the register says anything about that day."""
        return bool(self.residence or self.members or self.status)


def household_as_of(home: Household, day: date) -> HouseholdAt:
    """The household on a day, in a number of queries that does not grow with its size."""
    stay = Residence.objects.filter(at(day), household=home).select_related("place__parent").first()
    then = stands_in(stay.place, day) if stay else None
    place = then.place if then else None
    status = StatusPeriod.objects.filter(at(day), household=home).select_related("decision").first()
    reviews = Assessment.objects.filter(household=home, reference_date__lte=day).select_related("decision")
    return HouseholdAt(
        household=home,
        day=day,
        place=place,
        residence=stay,
        places=then.places if then else (),
        area_type=area_type(place) if place else None,
        members=members_at(home, day),
        status=status,
        assessment=reviews.order_by("-reference_date", "-id").first(),
    )


def members_at(home: Household, day: date) -> tuple[MemberAt, ...]:
    """Members on a day, the head first, then by age."""
    rows = Membership.objects.filter(at(day), household=home).select_related("person")
    found = sorted(rows, key=lambda one: (not one.is_head, one.person.birth_year or 9999, one.pk))
    states = states_at((one.person_id for one in found), day)
    return tuple(_member(one, states.get(one.person_id), day) for one in found)


def states_at(persons: Iterable[int], day: date) -> dict[int, PersonState]:
    return {one.person_id: one for one in PersonState.objects.filter(at(day), person_id__in=list(persons))}


def _member(membership: Membership, state: PersonState | None, day: date) -> MemberAt:
    person = membership.person
    years = age(person.birth_date, person.birth_year, day)
    return MemberAt(person, membership, state, years, person.birth_date is not None)


def age(born: date | None, year: int | None, day: date) -> int | None:
    """Age on a day; from the year alone, the age reached in that year."""
    if born is not None:
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return day.year - year if year is not None else None


def open_members(home: Household) -> list[Membership]:
    """Memberships without an end, the head first."""
    rows = Membership.objects.filter(household=home, valid_to__isnull=True).select_related("person")
    return sorted(rows, key=lambda one: (not one.is_head, one.pk))
