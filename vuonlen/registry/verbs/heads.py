"""Who is the head: named from a day on, the one before becoming a member whose relation is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from vuonlen.accounts.models import User
from vuonlen.registry.models import Act, Household, Membership, Person
from vuonlen.registry.verbs.desk import Desk, changing, refuse
from vuonlen.registry.verbs.households import HEAD
from vuonlen.registry.verbs.texts import line


def change_head(
    *,
    household: Household,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    person: Person,
    old_relation: str = "",
) -> Act:
    """Another member is the head from a day on. old_relation: what the old head is to the new one, if known."""
    with changing("change_head", household, by=by, reason=reason, effective_on=effective_on, revision=revision) as desk:
        row = desk.member(person)
        if row.is_head:
            refuse("G-HEAD-SAME", "person", name=row.person.name)
        relation = line(old_relation, "old_relation", _("quan hệ với chủ hộ"), most=60)
        for old in desk.members():  # first: the database allows no two heads, not even between two statements
            if old.is_head:
                desk.replace(old, old.person.name, is_head=False, relation=relation)
        desk.replace(row, row.person.name, is_head=True, relation=HEAD)
    return desk.act


def succeed(desk: Desk, rest: Sequence[Membership], new_head: Person | None) -> None:
    """One of those who remain is the head from the day on. Raises Refused."""
    if new_head is None:
        refuse("G-HEAD-NEEDED", "new_head")
    row = next((one for one in rest if one.person_id == new_head.pk), None)
    if row is None:
        refuse("G-HEAD-WRONG", "new_head")
    if row.valid_from > desk.day:
        refuse("G-HEAD-WRONG", "new_head")
    desk.replace(row, row.person.name, is_head=True, relation=HEAD)
