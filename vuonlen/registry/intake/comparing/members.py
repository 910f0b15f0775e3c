"""The members of one household: who stays, who came, who left, and what the list says of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from vuonlen.accounts.protected import mask
from vuonlen.domain.names import fold
from vuonlen.registry.intake.comparing.pens import Pen
from vuonlen.registry.intake.comparing.persons import assigned
from vuonlen.registry.intake.comparing.scene import Home, Scene
from vuonlen.registry.intake.comparing.timelines import holding, lay
from vuonlen.registry.intake.listed import Listed, ListedPerson
from vuonlen.registry.models import Household, Membership, Person, PersonState

_ASKED = ("insured", "in_school", "malnourished")


def come(one: ListedPerson, home: Home, scene: Scene, on: date, before: date | None, pen: Pen) -> None:
    """Somebody who was not in the household: over from another one, or new to the register."""
    if not _moves_in(one, home, scene, on, before, pen):
        pen.tell(one.name, "joined", "", one.relation)
        _join(one, home.household, on, before, pen)


def _join(one: ListedPerson, home: Household, on: date, until: date | None, pen: Pen) -> None:
    """A person whom the register does not have."""
    person = Person(
        name=one.name,
        name_folded=fold(one.name),
        birth_year=one.birth_year,
        birth_date=one.birth_date,
        sex=one.sex,
        ethnicity=one.ethnicity,
        id_number=one.id_number,
        id_hash=one.id_hash,
    )
    pen.add(person, home)
    pen.add(_membership(one, person, home, on, until), home)
    answers = _answers(one)
    if any(value is not None for value in answers.values()):
        pen.add(PersonState(person=person, valid_from=on, valid_to=until, **answers), home)


def compare(listed: Listed, home: Home, scene: Scene, on: date, before: date | None, pen: Pen) -> None:
    """before: the next review that the register has already; set for an older list, which only fills gaps."""
    own = home.household
    there = _there(home, on, before)
    found = assigned(listed.persons, there)
    for at, one in enumerate(listed.persons):
        row = found.get(at)
        if row is not None:
            _person(one, row.person, own, pen, only_blanks=before is not None)
            _belongs(one, row, home, on, before, pen)
            _state(one, row.person, own, scene, on, before, pen)
        else:
            come(one, home, scene, on, before, pen)
    if listed.named and before is None:
        stayed = {row.pk for row in found.values()}
        for row in there:
            if row.pk not in stayed and row.holds(on):
                _leaves(row, on, pen)
    elif not listed.named:
        _other_heads(there, found, on, pen)


def _there(home: Home, on: date, before: date | None) -> list[Membership]:
    """Members on the day; for an older list also those who are known from later on."""
    rows = [one for one in home.memberships if one.holds(on)]
    if not rows:  # a household that was closed and is in the list again: those who were its members at the end
        ends = [one.valid_to for one in home.memberships if one.valid_to is not None and one.valid_to <= on]
        rows = [one for one in home.memberships if ends and one.valid_to == max(ends)]
    if before is not None or not rows:
        have = {one.person_id for one in rows}
        for one in home.memberships:
            if one.valid_from > on and one.person_id not in have:
                have.add(one.person_id)
                rows.append(one)
    return rows


def _membership(one: ListedPerson, person: Person, home: Household, on: date, until: date | None) -> Membership:
    return Membership(
        household=home, person=person, relation=one.relation, is_head=one.head, valid_from=on, valid_to=until
    )


def _answers(one: ListedPerson) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _ASKED}


def _person(one: ListedPerson, person: Person, home: Household, pen: Pen, *, only_blanks: bool) -> None:
    """What belongs to the person for life. A blank of the list changes nothing."""
    changed: dict[str, Any] = {}
    for name in ("name", "sex", "ethnicity"):
        given, known = getattr(one, name), getattr(person, name)
        if given and given != known and not (only_blanks and known):
            changed[name] = given
            pen.tell(person.name, name, known, given)
    if one.id_hash and one.id_hash != person.id_hash and not (only_blanks and person.id_hash):
        changed |= {"id_number": one.id_number, "id_hash": one.id_hash}
        pen.tell(person.name, "id_number", mask(person.id_number), mask(one.id_number))
    if _birth_differs(one, person) and not (only_blanks and person.birth_year):
        changed |= {"birth_year": one.birth_year, "birth_date": one.birth_date}
        pen.tell(person.name, "birth", person.birth_date or person.birth_year, one.birth_date or one.birth_year)
    if changed:
        if "name" in changed:
            changed["name_folded"] = fold(one.name)
        pen.set(person, home, **changed)


def _birth_differs(one: ListedPerson, person: Person) -> bool:
    if one.birth_year is None:
        return False
    if one.birth_date is None:
        return one.birth_year != person.birth_year
    return one.birth_date != person.birth_date


def _belongs(one: ListedPerson, row: Membership, home: Home, on: date, before: date | None, pen: Pen) -> None:
    own, person = home.household, row.person
    relation = one.relation or row.relation
    rows = [other for other in home.memberships if other.person_id == row.person_id]

    def same(other: Membership) -> bool:
        return other.relation == relation and other.is_head == one.head

    def fresh(until: date | None) -> Membership:
        return Membership(
            household=own, person=person, relation=relation, is_head=one.head, valid_from=on, valid_to=until
        )

    now = holding(rows, on)
    if now is not None and not same(now):
        name, was, is_now = ("head", now.is_head, one.head) if now.is_head != one.head else (
            "relation", now.relation, relation,
        )  # fmt: skip
        pen.tell(person.name, name, was, is_now)
    elif now is None:
        pen.tell(person.name, "member_since", row.valid_from, on)
    lay(rows, on, own, pen, same=same, fresh=fresh, until=before)


def _state(
    one: ListedPerson, person: Person, home: Household, scene: Scene, on: date, before: date | None, pen: Pen
) -> None:
    given = {name: value for name, value in _answers(one).items() if value is not None}
    if not given:
        return
    rows = scene.states.get(person.pk, [])
    now = holding(rows, on)
    for name, value in given.items():
        known = getattr(now, name) if now else None
        if known != value:
            pen.tell(person.name, name, known, value)
    kept = {} if now is None else {name: getattr(now, name) for name in (*_ASKED, "work", "disability")}

    def same(other: PersonState) -> bool:
        return all(getattr(other, name) == value for name, value in given.items())

    def fresh(until: date | None) -> PersonState:
        return PersonState(person=person, valid_from=on, valid_to=until, **{**kept, **given})

    lay(rows, on, home, pen, same=same, fresh=fresh, until=before)


def _leaves(row: Membership, on: date, pen: Pen) -> None:
    """Not among the members any more. They may come over to another household of the list, before or after this."""
    pen.tell(row.person.name, "left", row.relation, "")
    _end(row, on, pen)


def _end(row: Membership, on: date, pen: Pen) -> None:
    """One who joined that very day was entered by mistake."""
    if row.valid_from < on:
        pen.set(row, row.household, valid_to=on)
        return
    pen.remove(row, row.household)


def _moves_in(one: ListedPerson, home: Home, scene: Scene, on: date, before: date | None, pen: Pen) -> bool:
    """A person of the area who lives in another household until now, or did, comes over with their ID number.

    Where the list has that other household too, either row may be written first: one ends there, one begins here.
    """
    person = None if one.id_shared or before is not None else scene.strangers.get(one.id_hash)
    if person is None or person.died_on is not None:
        return False
    stays = scene.stays.get(person.pk, [])
    if any(stay.valid_from > on for stay in stays):
        return False  # the register knows later moves of this person: an older list does not undo them
    now = holding(stays, on)
    if now is not None and now.household_id == home.household.pk:
        return False
    if now is not None:
        pen.tell(one.name, "moved_in", str(now.household.code), one.relation)
        _end(now, on, pen)
    else:
        pen.tell(one.name, "joined", "", one.relation)
    _person(one, person, home.household, pen, only_blanks=False)
    pen.add(_membership(one, person, home.household, on, None), home.household)
    _state(one, person, home.household, scene, on, None, pen)
    return True


def _other_heads(there: list[Membership], found: dict[int, Membership], on: date, pen: Pen) -> None:
    """A list that names only the head: whoever was head before goes on as a member whose relation is not known."""
    named = {row.pk for row in found.values()}
    for row in there:
        if row.is_head and row.pk not in named:
            pen.tell(row.person.name, "head", True, False)
            own = row.household
            onward = Membership(household=own, person=row.person, valid_from=on, valid_to=row.valid_to)
            _end(row, on, pen)
            pen.add(onward, own)
