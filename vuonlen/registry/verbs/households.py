"""Verbs of a household as a whole: add, correct, close, reopen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.places.models import Place
from vuonlen.registry.models import Act, Household, Membership, Person, Residence
from vuonlen.registry.verbs.desk import (
    Desk,
    begin,
    changing,
    check_code,
    check_day,
    check_place,
    commune_of,
    finish,
    move_in,
    new_household,
    refuse,
    stop,
    writing,
)
from vuonlen.registry.verbs.facts import PersonFacts, clean, problems_of
from vuonlen.registry.verbs.texts import line, shown, text

HEAD = "Chủ hộ"
#: why an officer may close a household; death, merging and double entry close it through their own verbs
CLOSING = ("moved_away", "dissolved")


def add_household(
    *,
    by: User,
    reason: str,
    effective_on: date,
    code: str,
    place: Place,
    head: PersonFacts,
    address: str = "",
    confirmed: bool = False,
) -> Act:
    """A new household with its head, not classified yet. place: its village, or the commune where that is not known.

    Raises PermissionDenied and Refused.
    """
    if not rights.may(by, Right.EDIT_HOUSEHOLDS, place.path):
        raise PermissionDenied
    with writing(), transaction.atomic():
        why = text(reason, "reason", _("lý do"), most=2000, required="G-REASON")
        check_day(effective_on)
        check_place(place, effective_on)
        facts = clean(head)
        stop(problems_of(facts, on=effective_on, by=by), confirmed)
        home = new_household(place, code, address)
        desk = begin("add_household", home, by=by, reason=why, day=effective_on)
        move_in(desk, home, place)
        person = Person(**facts.row())
        desk.add(person)
        desk.add(Membership(household=home, person=person, relation=HEAD, is_head=True, valid_from=effective_on))
        finish(desk)
    return desk.act


def correct_household(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    code: str,
    address: str,
    place: Place | None = None,
) -> Act:
    """What was written wrong, mended as if it had always been so. place: another village of the same commune."""
    with changing(
        "correct_household", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        home = desk.home
        told = check_code(code, home.registered_in, besides=home)
        changed = desk.set(home, code=told, address=line(address, "address", _("địa chỉ"), most=200))
        if place is not None:
            changed |= _correct_place(desk, place)
        if not changed:
            refuse("G-NOTHING")
    return desk.act


def _correct_place(desk: Desk, place: Place) -> bool:
    stay = Residence.objects.filter(household=desk.home, valid_to__isnull=True).select_related("place__parent").get()
    if stay.place_id == place.pk:
        return False
    if commune_of(place).pk != commune_of(stay.place).pk:
        refuse("G-PLACE-COMMUNE", "place")
    check_place(place, max(stay.valid_from, place.valid_from))
    return desk.set(stay, place=place, area_path=place.path)


def close_household(*, household: Household, by: User, reason: str, effective_on: date, revision: int, why: str) -> Act:
    """The household ends on a day: it left for a place outside the register, or was dissolved."""
    with changing(
        "close_household", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        if why not in CLOSING:
            refuse("G-CHOICE", "why", field=_("vì sao đóng"))
        desk.close(why)
    return desk.act


def strike_household(*, household: Household, by: User, reason: str, effective_on: date, revision: int) -> Act:
    """The household was entered twice: this entry ends. Carried out by whoever approves, never alone."""
    with changing(
        "strike_household", household, by=by, reason=reason, effective_on=effective_on, revision=revision,
        right=Right.APPROVE_REGISTER,
    ) as desk:  # fmt: skip
        desk.close("entered_twice")
    return desk.act


def reopen_household(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    members: Sequence[Person],
    head: Person,
    place: Place | None = None,
) -> Act:
    """The household is there again from a day, with the members named, and not classified until it is reviewed.

    place: where it lives now; without it, where it lived last.
    """
    with changing(
        "reopen_household", household, by=by, reason=reason, effective_on=effective_on, revision=revision, closed=True
    ) as desk:
        home = desk.home
        if home.closed_on is not None and effective_on < home.closed_on:
            refuse("G-BEFORE-START", "effective_on", day=shown(effective_on), since=shown(home.closed_on))
        last = Residence.objects.filter(household=home).select_related("place__parent").order_by("-valid_from").first()
        there = place or (last.place if last else home.commune)
        check_place(there, effective_on)
        if not rights.may(by, Right.EDIT_HOUSEHOLDS, there.path):
            raise PermissionDenied
        desk.set(home, closed_on=None, closed_why="")
        desk.add(Residence(household=home, place=there, area_path=there.path, valid_from=effective_on))
        _come_back(desk, members, head)
    return desk.act


def _come_back(desk: Desk, members: Sequence[Person], head: Person) -> None:
    relations = {
        one.person_id: one.relation for one in Membership.objects.filter(household=desk.home).order_by("valid_from")
    }
    persons = Person.objects.select_for_update().filter(pk__in={one.pk for one in members} & set(relations))
    rows = list(persons.order_by("pk"))
    if head.pk not in {one.pk for one in rows}:
        refuse("G-HEAD-WRONG", "head")
    for one in rows:
        if one.died_on is not None:
            refuse("G-DEAD", "members", name=one.name, day=shown(one.died_on))
        check_free(one, desk.day, "members")
        relation = HEAD if one.pk == head.pk else relations[one.pk]
        if relation == HEAD and one.pk != head.pk:
            relation = ""  # was the head; what they are to the new one, nobody has said
        desk.add(
            Membership(
                household=desk.home, person=one, relation=relation, is_head=one.pk == head.pk, valid_from=desk.day
            )
        )


def check_free(person: Person, day: date, field: str) -> None:
    """Raises Refused where `person` belongs to a household on the day or later."""
    last = Membership.objects.filter(person=person).order_by("-valid_from").first()
    if last is not None and last.valid_to is None:
        refuse("G-MEMBER-NOW", field, name=person.name)
    if last is not None and last.valid_to is not None and last.valid_to > day:
        refuse("G-MEMBER-UNTIL", field, name=person.name, since=shown(last.valid_to))
