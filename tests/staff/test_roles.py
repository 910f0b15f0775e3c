"""Roles: one proposes, another approves, nobody for themselves."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from time_machine import travel

from tests.web.cast import MERGED, Cast, appoint
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import may, rights
from vuonlen.approval import actions as approval
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.staff.actions import APPOINT, propose_role, propose_withdrawal

pytestmark = pytest.mark.django_db


def wanted(cast: Cast, **other: Any) -> dict[str, Any]:
    return {
        "by": cast.chair, "user": cast.nobody, "role": Role.COMMUNE_OFFICER, "place": cast.places.bac_kan,
        "valid_from": timezone.localdate(), "document": "QĐ 12/QĐ-UBND", "reason": "thay người nghỉ hưu",
    } | other  # fmt: skip


def codes(why: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in why.value.problems]


def test_a_role_holds_only_after_somebody_else_approved_it(cast: Cast) -> None:
    proposal = propose_role(**wanted(cast))
    assert rights(cast.nobody) == frozenset()
    approval.approve(proposal=proposal, by=cast.approver)
    assert may(cast.nobody, Right.EDIT_HOUSEHOLDS, cast.places.bac_kan.path)
    row = Appointment.objects.get(user=cast.nobody)
    assert (row.document, row.valid_from, row.valid_to) == ("QĐ 12/QĐ-UBND", timezone.localdate(), None)


def test_the_journal_says_who_gave_it_on_whose_authority(cast: Cast) -> None:
    approval.approve(proposal=propose_role(**wanted(cast)), by=cast.approver)
    entry = Entry.objects.get(act="staff.appoint")
    assert (entry.actor_id, entry.role, entry.object_id) == (
        cast.approver.pk, "province_approver", cast.nobody.public_id,
    )  # fmt: skip
    assert entry.chain.key == cast.places.bac_kan.key


def test_the_lines_to_approve_name_person_role_place_and_period(cast: Cast) -> None:
    proposal = propose_role(**wanted(cast, valid_to=timezone.localdate() + timedelta(days=30)))
    text = str(proposal.described)
    for part in (cast.nobody.full_name, "Cán bộ giảm nghèo cấp xã", "Phường Bắc Kạn (01843)", "QĐ 12/QĐ-UBND"):
        assert part in text


def test_nobody_proposes_for_themselves(cast: Cast) -> None:
    with pytest.raises(Refused) as why:
        propose_role(**wanted(cast, user=cast.chair))
    assert codes(why) == ["N-ROLE-SELF"]


def test_not_even_around_the_verb(cast: Cast) -> None:
    """Straight to the mechanism, with a payload of one's own: approving does nothing."""
    payload = {
        "user": cast.chair.public_id, "role": "commune_officer", "place": cast.places.bac_kan.public_id,
        "from": timezone.localdate().isoformat(), "to": None, "document": "",
    }  # fmt: skip
    proposal = approval.propose(
        kind=APPOINT, by=cast.chair, place=cast.places.bac_kan, title="x", payload=payload, reason="x"
    )
    done = approval.approve(proposal=proposal, by=cast.approver)
    assert done.state == Proposal.State.STALE
    assert not Appointment.objects.filter(user=cast.chair, role=Role.COMMUNE_OFFICER).exists()


def test_nobody_approves_their_own_role(cast: Cast) -> None:
    proposal = propose_role(
        **wanted(cast, by=cast.province_officer, user=cast.approver, role=Role.INSPECTOR, place=cast.places.province)
    )
    with pytest.raises(Refused) as why:
        approval.approve(proposal=proposal, by=cast.approver)
    assert codes(why) == ["A-INTERESTED"]
    approval.approve(proposal=proposal, by=cast.approver2)
    assert Right.READ_JOURNAL in rights(cast.approver)


@pytest.mark.parametrize("who", ["chair", "officer2", "province_officer", "administrator", "inspector", "far_approver"])
def test_who_may_not_approve(cast: Cast, who: str) -> None:
    proposal = propose_role(**wanted(cast))
    with pytest.raises((Refused, PermissionDenied)):
        approval.approve(proposal=proposal, by=getattr(cast, who))
    assert not Appointment.objects.filter(user=cast.nobody).exists()


@pytest.mark.parametrize(
    "who", ["officer", "village_head", "approver", "inspector", "bank", "neighbour_chair", "nobody"]
)
def test_who_may_not_propose_there(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        propose_role(**wanted(cast, by=getattr(cast, who), user=cast.officer2))


def test_a_commune_proposes_nothing_for_the_province(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        propose_role(**wanted(cast, role=Role.PROVINCE_OFFICER, place=cast.places.province))


@pytest.mark.parametrize(
    ("role", "place", "code"),
    [
        (Role.PROVINCE_APPROVER, "bac_kan", "N-ROLE-LEVEL"),
        (Role.VILLAGE_HEAD, "bac_kan", "N-ROLE-LEVEL"),
        (Role.COMMUNE_OFFICER, "province", "N-ROLE-LEVEL"),
        (Role.COMMUNE_OFFICER, "nong_thuong", "N-ROLE-PLACE"),
    ],
)
def test_a_role_needs_a_place_of_its_level_that_exists(cast: Cast, role: Role, place: str, code: str) -> None:
    with pytest.raises(Refused) as why:
        propose_role(**wanted(cast, by=cast.province_officer, role=role, place=getattr(cast.places, place)))
    assert codes(why) == [code]


@pytest.mark.parametrize(
    ("since", "until", "code"), [(-1, None, "N-ROLE-PAST"), (0, 0, "N-ROLE-DAYS"), (5, 2, "N-ROLE-DAYS")]
)
def test_a_period_that_makes_no_sense(cast: Cast, since: int, until: int | None, code: str) -> None:
    today = timezone.localdate()
    end = None if until is None else today + timedelta(days=until)
    with pytest.raises(Refused) as why:
        propose_role(**wanted(cast, valid_from=today + timedelta(days=since), valid_to=end))
    assert codes(why) == [code]


def test_a_role_that_is_held_already(cast: Cast) -> None:
    with pytest.raises(Refused) as why:
        propose_role(**wanted(cast, user=cast.officer))
    assert codes(why) == ["N-ROLE-HELD"]


def test_a_closed_account_and_a_missing_reason(cast: Cast) -> None:
    User.objects.filter(pk=cast.nobody.pk).update(left_on=MERGED)
    with pytest.raises(Refused) as why:
        propose_role(**wanted(cast, user=User.objects.get(pk=cast.nobody.pk)))
    assert codes(why) == ["N-CLOSED"]
    with pytest.raises(Refused) as why:
        propose_role(**wanted(cast, user=cast.bank, reason="  "))
    assert codes(why) == ["N-REASON"]


def test_an_account_closed_meanwhile_gets_nothing(cast: Cast) -> None:
    proposal = propose_role(**wanted(cast))
    User.objects.filter(pk=cast.nobody.pk).update(left_on=timezone.localdate(), is_active=False)
    assert approval.approve(proposal=proposal, by=cast.approver).state == Proposal.State.STALE
    assert not Appointment.objects.filter(user=cast.nobody).exists()


def test_the_same_role_given_meanwhile_is_not_given_twice(cast: Cast) -> None:
    proposal = propose_role(**wanted(cast))
    appoint(cast.nobody, Role.COMMUNE_OFFICER, cast.places.bac_kan, timezone.localdate())
    assert approval.approve(proposal=proposal, by=cast.approver).state == Proposal.State.STALE
    assert Appointment.objects.filter(user=cast.nobody).count() == 1


def test_two_roles_of_one_person_can_wait_side_by_side(cast: Cast) -> None:
    one, other = propose_role(**wanted(cast)), propose_role(**wanted(cast, role=Role.INSPECTOR))
    for proposal in (one, other):
        assert approval.approve(proposal=proposal, by=cast.approver).state == Proposal.State.APPROVED
    assert Appointment.objects.filter(user=cast.nobody).count() == 2


def test_a_late_approval_gives_nothing_backwards(cast: Cast) -> None:
    proposal = propose_role(**wanted(cast))
    with travel(time.time() + 10 * 86400):
        approval.approve(proposal=proposal, by=cast.approver)
        assert Appointment.objects.get(user=cast.nobody).valid_from == timezone.localdate()


# ---- withdrawing --------------------------------------------------------------------------------------------------


def held(user: User) -> Appointment:
    return Appointment.objects.get(user=user)


def test_a_role_is_withdrawn_by_two(cast: Cast) -> None:
    today = timezone.localdate()
    proposal = propose_withdrawal(by=cast.chair, appointment=held(cast.officer), on=today, reason="điều động")
    assert may(cast.officer, Right.EDIT_HOUSEHOLDS, cast.places.bac_kan.path)
    approval.approve(proposal=proposal, by=cast.approver)
    assert rights(cast.officer) == frozenset()
    assert held(cast.officer).valid_to == today
    assert Entry.objects.filter(act="staff.withdraw", object_id=cast.officer.public_id).count() == 1


def test_a_role_that_begins_later_is_withdrawn_before_it_holds(cast: Cast) -> None:
    today = timezone.localdate()
    row = appoint(cast.nobody, Role.COMMUNE_OFFICER, cast.places.bac_kan, today + timedelta(days=9))
    proposal = propose_withdrawal(by=cast.chair, appointment=row, on=today, reason="không nhận việc")
    approval.approve(proposal=proposal, by=cast.approver)
    row.refresh_from_db()
    assert row.valid_to == row.valid_from
    for days in range(20):
        assert rights(cast.nobody) == frozenset(), days


def test_an_approver_does_not_approve_their_own_withdrawal(cast: Cast) -> None:
    today = timezone.localdate()
    proposal = propose_withdrawal(
        by=cast.province_officer, appointment=held(cast.approver), on=today, reason="điều động"
    )
    with pytest.raises(Refused):
        approval.approve(proposal=proposal, by=cast.approver)


def test_what_has_ended_or_lies_elsewhere_is_not_withdrawn(cast: Cast) -> None:
    today = timezone.localdate()
    Appointment.objects.filter(user=cast.officer).update(valid_to=today)
    with pytest.raises(Refused) as why:
        propose_withdrawal(by=cast.chair, appointment=held(cast.officer), on=today, reason="x")
    assert codes(why) == ["N-ROLE-ENDED"]
    with pytest.raises(PermissionDenied):
        propose_withdrawal(by=cast.chair, appointment=held(cast.neighbour), on=today, reason="x")


def test_the_database_refuses_the_same_role_twice_at_a_time(cast: Cast) -> None:
    def twice() -> None:
        appoint(cast.officer, Role.COMMUNE_OFFICER, cast.places.bac_kan, MERGED + timedelta(days=30))
        connection.check_constraints()  # on PostgreSQL it is asked at the end of the transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        twice()
