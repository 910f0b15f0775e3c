"""Whoever proposes never decides: as superuser, with another role, through a successor, or about themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.web.cast import Cast, appoint
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Role
from vuonlen.approval.actions import approve, hand_over, propose, refuse, withdraw
from vuonlen.approval.models import HandOver, Proposal
from vuonlen.approval.queries import mine, waiting
from vuonlen.domain.problems import Refused

pytestmark = pytest.mark.django_db
Put = Callable[..., Proposal]


def barred(code: str, row: Proposal, by: User) -> None:
    """Neither approving nor refusing, and nothing changed."""
    for attempt in (lambda: approve(proposal=row, by=by), lambda: refuse(proposal=row, by=by, reason="x")):
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.problems[0].code == code
    row.refresh_from_db()
    assert row.state == "open"
    assert row not in waiting(by)


def test_not_with_the_right_itself(cast: Cast, village: Put) -> None:
    appoint(cast.officer, Role.COMMUNE_CHAIR, cast.places.bac_kan)
    barred("A-SELF", village(), cast.officer)


def test_not_after_a_change_of_roles(cast: Cast, village: Put) -> None:
    row = village()
    cast.officer.appointments.update(valid_to=timezone.localdate())
    appoint(cast.officer, Role.PROVINCE_APPROVER, cast.places.province)
    barred("A-SELF", row, cast.officer)


def test_not_as_superuser(cast: Cast, village: Put) -> None:
    cast.officer.is_superuser = cast.officer.is_staff = True
    cast.officer.save()
    barred("A-SELF", village(), cast.officer)


def test_a_superuser_without_the_right_decides_nothing(cast: Cast, village: Put) -> None:
    User.objects.filter(pk=cast.nobody.pk).update(is_superuser=True, is_staff=True)
    cast.nobody.refresh_from_db()
    with pytest.raises(PermissionDenied):
        approve(proposal=village(), by=cast.nobody)


def test_not_through_a_successor(cast: Cast, village: Put) -> None:
    row = village()
    close(cast.officer, cast.chair)
    hand_over(from_user=cast.officer, to_user=cast.chair)
    barred("A-SUCCESSOR", row, cast.chair)
    row.refresh_from_db()
    assert row.proposed_by == cast.officer
    assert approve(proposal=row, by=cast.approver).state == "approved"


def test_not_through_a_chain_of_successors_though_accounts_forget_it(cast: Cast, village: Put) -> None:
    row = village()
    hand_over(from_user=cast.officer, to_user=cast.officer2)
    hand_over(from_user=cast.officer2, to_user=cast.chair)
    User.objects.update(successor=None)
    barred("A-SUCCESSOR", row, cast.chair)


def test_not_by_the_account_that_one_had_before(cast: Cast, village: Put) -> None:
    close(cast.chair, cast.officer)
    row = village()
    User.objects.filter(pk=cast.chair.pk).update(left_on=None, is_active=True)
    barred("A-SUCCESSOR", row, cast.chair)


def test_who_takes_over_withdraws(cast: Cast, village: Put) -> None:
    row = village()
    assert hand_over(from_user=cast.officer, to_user=cast.officer2, by=cast.administrator) == 1
    assert row in mine(cast.officer2)
    assert withdraw(proposal=row, by=cast.officer2).decided_by == cast.officer2


def test_handing_over_twice_is_once_and_to_oneself_is_nothing(cast: Cast) -> None:
    hand_over(from_user=cast.officer, to_user=cast.officer2)
    hand_over(from_user=cast.officer, to_user=cast.officer2)
    assert HandOver.objects.count() == 1
    with pytest.raises(ValueError, match="themselves"):
        hand_over(from_user=cast.officer, to_user=cast.officer)


def role_for(user: User, cast: Cast, by: User, role: Role = Role.INSPECTOR) -> Proposal:
    told: dict[str, Any] = {"user": user.pk, "role": role.value, "place": cast.places.province.pk}
    place = cast.places.province
    return propose(kind="test.appoint", by=by, place=place, title="Bổ nhiệm", payload=told, reason="QĐ 5")


def test_not_what_is_about_oneself(cast: Cast) -> None:
    row = role_for(cast.approver, cast, cast.province_officer)
    barred("A-INTERESTED", row, cast.approver)
    assert approve(proposal=row, by=cast.approver2).state == "approved"


def test_not_what_is_about_ones_other_account(cast: Cast) -> None:
    row = role_for(cast.nobody, cast, cast.province_officer)
    close(cast.nobody, cast.approver)
    barred("A-INTERESTED", row, cast.approver)


def test_what_nobody_could_approve_is_not_raised(cast: Cast) -> None:
    close(cast.approver2, None)
    with pytest.raises(Refused) as caught:
        role_for(cast.approver, cast, cast.province_officer)
    assert caught.value.problems[0].code == "A-NOBODY"
    assert not Proposal.objects.exists()
    assert role_for(cast.nobody, cast, cast.province_officer).state == "open"


@pytest.mark.parametrize("how", ["closed", "inactive", "role ended", "role not begun", "same person"])
def test_who_cannot_act_is_no_approver(cast: Cast, village: Put, how: str) -> None:
    for one in (cast.approver, cast.approver2):
        close(one, None)
    match how:
        case "closed":
            close(cast.chair, None)
        case "inactive":
            User.objects.filter(pk=cast.chair.pk).update(is_active=False)
        case "role ended":
            cast.chair.appointments.update(valid_to=timezone.localdate())
        case "role not begun":
            cast.chair.appointments.update(valid_from=date(2999, 1, 1))
        case "same person":
            hand_over(from_user=cast.officer, to_user=cast.chair)
    with pytest.raises(Refused) as caught:
        village()
    assert caught.value.problems[0].code == "A-NOBODY"


def test_who_was_closed_since_decides_nothing(cast: Cast, village: Put) -> None:
    row = village()
    User.objects.filter(pk=cast.chair.pk).update(left_on=timezone.localdate(), is_active=False)
    with pytest.raises(PermissionDenied):  # though `cast.chair` in memory still says otherwise
        approve(proposal=row, by=cast.chair)


def test_the_database_refuses_the_proposer_too(cast: Cast, village: Put) -> None:
    row = village()
    decided = {"decided_by": cast.officer, "decided_at": timezone.now(), "decision_reason": "x"}
    for state in ("approved", "refused", "stale"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=row.pk).update(state=state, **decided)


def close(user: User, successor: User | None) -> None:
    User.objects.filter(pk=user.pk).update(left_on=timezone.localdate(), is_active=False, successor=successor)
    user.refresh_from_db()
