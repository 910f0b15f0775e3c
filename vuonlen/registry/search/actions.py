"""Looking one household up by an ID number, for those who see no list. Each time is counted and journaled."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

import vuonlen.domain.problems.search  # noqa: F401  (fills the catalogue)
from vuonlen.accounts import scope as rights
from vuonlen.accounts.actions import chain_of
from vuonlen.accounts.models import Reveal, User
from vuonlen.accounts.protected import Purpose, left_today
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import Act, record
from vuonlen.registry.models import Household, Membership, StatusPeriod
from vuonlen.registry.search.numbers import hash_of, number_in

NOTE = 10  # least length of an explanation


@dataclass(frozen=True, slots=True)
class Answer:
    """What a bank may know: that the person belongs to this household, and its class with the decision."""

    household: Household
    person: str
    status: StatusPeriod | None


def look_up(*, by: User, number: str, purpose: str, note: str = "") -> Answer | None:
    """The household, in the area of `by`, of the person with this number; None where there is none.

    Raises PermissionDenied without the right, Refused for what is no number, without a purpose, or at the ceiling.
    Not inside a transaction of the caller: the journal must keep a refusal too.
    """
    scope = rights.scope(by, Right.LOOK_UP_HOUSEHOLD)
    if not scope:
        raise PermissionDenied
    digits = number_in(number)
    if not digits:
        raise Refused(Problem("Q-NUMBER", cell="number", values={"shown": f"{len(number)} ký tự"}))
    why = purpose_in_words(purpose, note)
    member = _member(scope, digits)
    with transaction.atomic(durable=True):
        User.objects.select_for_update().get(pk=by.pk)  # two at once are counted one after the other
        allowed = left_today(by) > 0
        _note(by, member, why, allowed)
    if not allowed:
        raise Refused(Problem("Q-CEILING", values={"most": settings.REVEALS_A_DAY}))
    if member is None:
        return None
    today = StatusPeriod.objects.filter(household=member.household, valid_to__isnull=True).select_related("decision")
    return Answer(member.household, member.person.name, today.first())


def purpose_in_words(purpose: str, note: str) -> str:
    """Raises Refused where it is none."""
    note = " ".join(note.split())
    if purpose not in Purpose.values or (purpose == Purpose.OTHER and len(note) < NOTE):
        raise Refused(Problem("Q-PURPOSE", cell="purpose", values={"least": NOTE}))
    label = str(Purpose(purpose).label)
    return (f"{label}: {note}" if note else label)[:300]


def _member(scope: rights.Scope, digits: str) -> Membership | None:
    rows = Membership.objects.filter(
        person__id_hash=hash_of(digits), valid_to__isnull=True, household__closed_on__isnull=True
    )
    found = scope.of(rows, "household__area_path").select_related("person", "household__commune", "household__village")
    return found.order_by("id").first()


def _note(by: User, member: Membership | None, why: str, allowed: bool) -> None:
    home = member.household if member is not None and allowed else None
    mine = next(one.place for one in rights.held(by) if Right.LOOK_UP_HOUSEHOLD in one.rights)
    about = ("household", home.public_id) if home else ("nobody", "")
    if allowed:
        Reveal.objects.create(
            user=by, at=timezone.now(), field="look_up", object_type=about[0], object_id=about[1], purpose=why
        )
    act = "search.look_up" if allowed else "search.look_up_refused"
    chain = home.commune.key if home else chain_of(mine)
    who = rights.actor(by, home.area_path if home else mine.path, Right.LOOK_UP_HOUSEHOLD)
    record(chain, who, Act(act, about[0], about[1], fields=["id_number"], reason=why))
