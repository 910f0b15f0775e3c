"""Who leaves is closed at once; who takes over gets nothing that another did not approve."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.web.cast import Cast, appoint
from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Right, Role
from vuonlen.accounts.scope import may, rights
from vuonlen.approval import actions as approval
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.staff.actions import Closed, close_user, propose_role

pytestmark = pytest.mark.django_db


def close(cast: Cast, user: User | None = None, successor: User | None = None, by: User | None = None) -> Closed:
    return close_user(by=by or cast.chair, user=user or cast.officer, successor=successor, reason="chuyển công tác")


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_account_is_shut_and_its_roles_end_today(cast: Cast) -> None:
    client = cast.client("officer")
    assert client.get("/").status_code == 200
    close(cast)
    gone = fresh(cast.officer)
    assert (gone.is_active, gone.left_on) == (False, timezone.localdate())
    assert rights(gone) == rights(cast.officer) == frozenset()
    assert gone.appointments.get().valid_to == timezone.localdate()
    assert client.get("/").status_code == 302


def test_a_role_that_would_have_begun_later_never_begins(cast: Cast) -> None:
    later = appoint(cast.officer, Role.INSPECTOR, cast.places.bac_kan, timezone.localdate() + timedelta(days=30))
    close(cast)
    later.refresh_from_db()
    assert later.valid_to == later.valid_from


def test_a_role_that_ended_before_keeps_its_days(cast: Cast) -> None:
    today = timezone.localdate()
    old = appoint(
        cast.officer, Role.INSPECTOR, cast.places.bac_kan, today - timedelta(days=90), today - timedelta(days=30)
    )
    close(cast)
    old.refresh_from_db()
    assert old.valid_to == today - timedelta(days=30)


def test_the_journal_keeps_it_with_the_reason(cast: Cast) -> None:
    close(cast)
    entry = Entry.objects.get(act="staff.close_user")
    assert (entry.actor_id, entry.object_id, entry.reason) == (
        cast.chair.pk, cast.officer.public_id, "chuyển công tác",
    )  # fmt: skip


def test_the_successor_gets_a_proposal_and_not_the_role(cast: Cast) -> None:
    appoint(cast.nobody, Role.VILLAGE_HEAD, cast.places.new_villages["01843"][1])
    closed = close(cast, successor=cast.nobody)
    assert not may(cast.nobody, Right.EDIT_HOUSEHOLDS, cast.places.bac_kan.path)
    assert [one.payload["role"] for one in closed.proposed] == ["commune_officer"]
    assert closed.left == []
    approval.approve(proposal=closed.proposed[0], by=cast.approver)
    assert may(cast.nobody, Right.EDIT_HOUSEHOLDS, cast.places.bac_kan.path)


def test_what_the_one_who_left_proposed_stands_with_the_successor_who_may_not_approve_it(cast: Cast) -> None:
    appoint(cast.province_officer, Role.PROVINCE_APPROVER, cast.places.province)
    proposal = propose_role(
        by=cast.chair, user=cast.nobody, role=Role.COMMUNE_OFFICER, place=cast.places.bac_kan,
        valid_from=timezone.localdate(), reason="thiếu người",
    )  # fmt: skip
    close(cast, user=cast.chair, successor=cast.province_officer, by=cast.administrator)
    with pytest.raises(Refused) as why:
        approval.approve(proposal=proposal, by=cast.province_officer)
    assert why.value.problems[0].code == "A-SUCCESSOR"
    approval.withdraw(proposal=proposal, by=cast.province_officer)
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.WITHDRAWN


def test_a_role_that_the_successor_has_already_is_told_and_not_proposed(cast: Cast) -> None:
    closed = close(cast, successor=cast.officer2)
    assert closed.proposed == []
    assert [(one.role, why.problems[0].code) for one, why in closed.left] == [("commune_officer", "N-ROLE-HELD")]
    assert fresh(cast.officer).left_on is not None


def test_an_approver_who_closes_an_account_cannot_propose_the_roles_too(cast: Cast) -> None:
    appoint(cast.nobody, Role.VILLAGE_HEAD, cast.places.new_villages["01843"][1])
    closed = close(cast, successor=cast.nobody, by=cast.approver)
    assert closed.proposed == []
    assert [why.problems[0].code for _, why in closed.left] == ["N-PROPOSE-OTHER"]


def test_nobody_closes_their_own_account(cast: Cast) -> None:
    with pytest.raises(Refused) as why:
        close(cast, user=cast.chair)
    assert why.value.problems[0].code == "N-CLOSE-SELF"


def test_nobody_is_closed_twice(cast: Cast) -> None:
    close(cast)
    with pytest.raises(Refused) as why:
        close(cast)
    assert why.value.problems[0].code == "N-CLOSED"


@pytest.mark.parametrize(
    "by", ["officer2", "village_head", "inspector", "bank", "neighbour_chair", "far_approver", "nobody"]
)
def test_who_may_not_close(cast: Cast, by: str) -> None:
    with pytest.raises(PermissionDenied):
        close(cast, by=getattr(cast, by))
    assert fresh(cast.officer).is_active


def test_a_commune_does_not_close_somebody_who_also_works_for_the_province(cast: Cast) -> None:
    appoint(cast.officer, Role.PROVINCE_OFFICER, cast.places.province)
    with pytest.raises(Refused) as why:
        close(cast)
    assert why.value.problems[0].code == "N-NOT-YOURS"
    close(cast, by=cast.administrator)
    assert not fresh(cast.officer).is_active


def test_the_office_counts_too(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(place=cast.places.duc_xuan)
    with pytest.raises(Refused) as why:
        close(cast)
    assert why.value.problems[0].code == "N-NOT-YOURS"


@pytest.mark.parametrize("successor", ["officer", "neighbour", "far_officer", "nobody"])
def test_a_successor_is_another_person_of_the_area(cast: Cast, successor: str) -> None:
    with pytest.raises(Refused) as why:
        close(cast, successor=getattr(cast, successor))
    assert why.value.problems[0].code == "N-SUCCESSOR"
    assert fresh(cast.officer).is_active
    assert Appointment.objects.get(user=cast.officer).valid_to is None


def test_a_reason_is_needed(cast: Cast) -> None:
    with pytest.raises(Refused) as why:
        close_user(by=cast.chair, user=cast.officer, successor=None, reason=" ")
    assert why.value.problems[0].code == "N-REASON"
