"""Verbs by which households become two, or one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.places.models import Place
from vuonlen.registry.models import Act, Household, Membership, Person, Residence
from vuonlen.registry.queries import open_members
from vuonlen.registry.verbs.desk import Conflict, Desk, changing, check_place, move_in, new_household, refuse
from vuonlen.registry.verbs.heads import succeed
from vuonlen.registry.verbs.households import HEAD
from vuonlen.registry.verbs.texts import line, shown


def split_household(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    members: Sequence[Person],
    head: Person,
    code: str,
    place: Place | None = None,
    address: str = "",
    new_head: Person | None = None,
) -> Act:
    """Some members form a household of their own from a day, not classified until it is reviewed.

    head: of the new household. new_head: of the old one, where its head goes too. place: without it, the same.
    """
    with changing(
        "split_household", household, by=by, reason=reason, effective_on=effective_on, revision=revision
    ) as desk:
        going, rest = _parted(desk, {one.pk for one in members})
        if head.pk not in {one.person_id for one in going}:
            refuse("G-HEAD-WRONG", "head")
        there = place or _stay(desk.home).place
        check_place(there, effective_on)
        if not rights.may(by, Right.EDIT_HOUSEHOLDS, there.path):
            raise PermissionDenied
        home = new_household(there, code, address)
        move_in(desk, home, there)
        _go_over(desk, going, home, head)
        if any(row.is_head for row in going):
            succeed(desk, rest, new_head)
    return desk.act


def _parted(desk: Desk, chosen: set[int]) -> tuple[list[Membership], list[Membership]]:
    rows = desk.members()
    going = [one for one in rows if one.person_id in chosen]
    rest = [one for one in rows if one.person_id not in chosen]
    if not going or chosen - {one.person_id for one in going}:
        refuse("G-SPLIT-NONE", "members")
    if not rest:
        refuse("G-SPLIT-ALL", "members")
    return going, rest


def _stay(home: Household) -> Residence:
    return Residence.objects.select_related("place__parent").get(household=home, valid_to__isnull=True)


def _go_over(desk: Desk, going: list[Membership], home: Household, head: Person) -> None:
    """Those who go end here, all of them first: the database allows nobody two households, not even in between."""
    for row in going:
        desk.end(row, row.person.name)
    for row in going:
        first = row.person_id == head.pk
        relation = HEAD if first else ""  # what the others are to the new head, nobody has said
        member = Membership(household=home, person=row.person, relation=relation, is_head=first, valid_from=desk.day)
        desk.add(member, home)


def merge_households(
    *,
    household: Household,
    into: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    revision_into: int,
    relations: Mapping[int, str] | None = None,
) -> Act:
    """`household` ends and its members join `into`, whose head and class stay.

    relations: person -> relation to that head, where known. Carried out by whoever approves, never alone.
    """
    with changing(
        "merge_households", household, by=by, reason=reason, effective_on=effective_on, revision=revision,
        right=Right.APPROVE_REGISTER,
    ) as desk:  # fmt: skip
        target = _target(desk, into, revision_into)
        since = Residence.objects.filter(household=target).order_by("valid_from").values_list("valid_from", flat=True)
        if effective_on < since[0]:
            refuse("G-BEFORE-START", "effective_on", day=shown(effective_on), since=shown(since[0]))
        rows = open_members(desk.home)
        desk.close("merged")
        named = relations or {}
        for row in rows:
            told = line(named.get(row.person_id, ""), "relation", _("quan hệ với chủ hộ"), most=60)
            desk.add(Membership(household=target, person=row.person, relation=told, valid_from=effective_on), target)
    return desk.act


def _target(desk: Desk, into: Household, revision: int) -> Household:
    if into.pk == desk.home.pk:
        refuse("G-MERGE-SAME", "into")
    target = Household.objects.select_for_update().get(pk=into.pk)
    if not rights.may(desk.by, Right.APPROVE_REGISTER, target.area_path):
        raise PermissionDenied
    if target.revision != revision:
        raise Conflict(target)
    if target.closed_on is not None:
        refuse("G-CLOSED", "into", day=shown(target.closed_on))
    return target
