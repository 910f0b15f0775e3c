"""Verbs of members: add, take over, correct, leave."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.registry.models import Act, Household, Membership, Person, PersonState
from vuonlen.registry.verbs.desk import Desk, changing, check_day, refuse, stop
from vuonlen.registry.verbs.facts import PersonFacts, alike, clean, problems_of
from vuonlen.registry.verbs.heads import succeed
from vuonlen.registry.verbs.households import HEAD, check_free
from vuonlen.registry.verbs.texts import line, shown

WORK = ("", "employed", "not_employed", "in_school")
STATE = ("work", "in_school", "insured", "malnourished", "disability")


def add_member(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    facts: PersonFacts,
    relation: str = "",
    confirmed: bool = False,
) -> Act:
    """A person who was not in the register joins: born, married in, come from elsewhere."""
    with changing("add_member", household, by=by, reason=reason, effective_on=effective_on, revision=revision) as desk:
        told = clean(facts)
        _not_before(desk)
        members = desk.members()
        stop([*problems_of(told, on=effective_on, by=by), *alike(told, members)], confirmed)
        person = Person(**told.row())
        desk.add(person)
        _join(desk, person, relation, first=not members)
    return desk.act


def take_member(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    person: Person,
    relation: str = "",
) -> Act:
    """A person of the register joins: from another household of the same officer, or one who had left."""
    with changing("take_member", household, by=by, reason=reason, effective_on=effective_on, revision=revision) as desk:
        one = Person.objects.select_for_update().get(pk=person.pk)
        if one.died_on is not None:
            refuse("G-DEAD", "person", name=one.name, day=shown(one.died_on))
        _not_before(desk)
        rows = Membership.objects.filter(person=one).select_related("household").order_by("-valid_from")
        last = rows.first()
        if last is None or not rights.may(by, Right.EDIT_HOUSEHOLDS, last.household.area_path):
            raise PermissionDenied
        if last.valid_to is None:
            _take_out(desk, last)
        else:
            check_free(one, effective_on, "effective_on")
        _join(desk, one, relation, first=not desk.members())
    return desk.act


def _take_out(desk: Desk, last: Membership) -> None:
    if last.household_id == desk.home.pk:
        refuse("G-MEMBER-ALREADY", "person", name=last.person.name)
    if last.is_head:
        refuse("G-MEMBER-ELSEWHERE", "person", name=last.person.name)
    other = last.household
    desk.end(last, last.person.name, other)


def _join(desk: Desk, person: Person, relation: str, *, first: bool) -> None:
    """first: the household has nobody (an import gave none): whoever joins is its head."""
    told = line(relation, "relation", _("quan hệ với chủ hộ"), most=60)
    desk.add(
        Membership(
            household=desk.home, person=person, relation=HEAD if first else told, is_head=first, valid_from=desk.day
        )
    )


def _not_before(desk: Desk) -> None:
    since = desk.since()
    if desk.day < since:
        refuse("G-BEFORE-START", "effective_on", day=shown(desk.day), since=shown(since))


def correct_member(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    person: Person,
    facts: PersonFacts,
    relation: str | None = None,
    confirmed: bool = False,
) -> Act:
    """What was written wrong about a person, mended as if it had always been so. relation: None leaves it."""
    with changing(
        "correct_member", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        row = desk.member(person)
        one = row.person
        told = clean(facts)
        stop(problems_of(told, on=effective_on, by=by, besides=one), confirmed)
        changed = desk.set(one, **told.row())
        if relation is not None and not row.is_head:
            changed |= desk.set(row, relation=line(relation, "relation", _("quan hệ với chủ hộ"), most=60))
        if not changed:
            refuse("G-NOTHING")
    return desk.act


def correct_member_state(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    person: Person,
    work: str = "",
    in_school: bool | None = None,
    insured: bool | None = None,
    malnourished: bool | None = None,
    disability: str = "",
) -> Act:
    """What holds of a member from a day until the next entry. None and blank: not known."""
    with changing(
        "correct_member_state", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        one = desk.member(person).person
        if work not in WORK:
            refuse("G-CHOICE", "work", field=_("việc làm"))
        if one.birth_date is not None and effective_on < one.birth_date:
            refuse("G-BIRTH-FUTURE", "effective_on", day=shown(one.birth_date), on=shown(effective_on))
        values: dict[str, Any] = {
            "work": work,
            "in_school": in_school,
            "insured": insured,
            "malnourished": malnourished,
            "disability": line(disability, "disability", "khuyết tật", most=60),
        }
        if not _state(desk, one, values):
            refuse("G-NOTHING")
    return desk.act


def _state(desk: Desk, person: Person, values: dict[str, Any]) -> bool:
    """From the day until the next row begins."""
    rows = list(PersonState.objects.filter(person=person).order_by("valid_from"))
    now = next((one for one in rows if one.holds(desk.day)), None)
    if now is not None:
        return desk.replace(now, person.name, **values)
    if not any(value not in (None, "") for value in values.values()):
        return False
    later = next((one.valid_from for one in rows if one.valid_from > desk.day), None)
    desk.add(PersonState(person=person, valid_from=desk.day, valid_to=later, **values))
    return True


def member_leaves(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    person: Person,
    new_head: Person | None = None,
) -> Act:
    """A member goes to live elsewhere. A head who leaves names the next one."""
    with changing(
        "member_leaves", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        row = desk.member(person)
        rest = [one for one in desk.members() if one.person_id != person.pk]
        if not rest:
            refuse("G-LAST")
        desk.end(row, row.person.name)
        if row.is_head:
            succeed(desk, rest, new_head)
    return desk.act


def mark_deceased(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    person: Person,
    new_head: Person | None = None,
) -> Act:
    """A member died on the day. A head is followed by the one named; a household of one is closed."""
    with changing(
        "mark_deceased", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        check_day(effective_on)
        row = desk.member(person)
        rest = [one for one in desk.members() if one.person_id != person.pk]
        desk.end(row, row.person.name)
        desk.set(row.person, died_on=effective_on)
        for state in PersonState.objects.filter(person=row.person, valid_to__isnull=True):
            if state.valid_from < effective_on:
                desk.end(state, row.person.name)
        if not rest:
            desk.close("deceased", members=False)
        elif row.is_head:
            succeed(desk, rest, new_head)
    return desk.act
