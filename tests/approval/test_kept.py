"""Rows of proposals are kept by the database as they were said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.approval.wall import TABLES
from tests.web.cast import Cast
from vuonlen.approval.actions import approve, hand_over
from vuonlen.approval.models import HandOver, Interest, Proposal

pytestmark = pytest.mark.django_db
Put = Callable[..., Proposal]

PROPOSED: dict[str, Any] = {
    "public_id": "abc",
    "kind": "test.appoint",
    "title": "khác",
    "payload": {"commune": 1},
    "described": [],
    "fingerprint": "0" * 64,
    "reason": "khác",
    "area_path": "0009",
    "proposed_at": timezone.now(),
}
DECIDED: dict[str, Any] = {
    "state": "open",
    "decision_reason": "khác",
    "decided_at": timezone.now(),
    "applied_at": None,
}


def refused(row: Proposal, **values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("name", PROPOSED)
def test_what_was_proposed_never_changes(village: Put, name: str) -> None:
    refused(village(), **{name: PROPOSED[name]})


def test_who_proposed_it_never_changes(cast: Cast, village: Put) -> None:
    refused(village(), proposed_by=cast.officer2)
    refused(village("Thôn Hai"), place=cast.places.duc_xuan)


@pytest.mark.parametrize("name", DECIDED)
def test_a_decision_never_changes(cast: Cast, village: Put, name: str) -> None:
    row = approve(proposal=village(), by=cast.chair)
    refused(row, **{name: DECIDED[name]})


def test_a_decision_stays_with_who_made_it(cast: Cast, village: Put) -> None:
    row = approve(proposal=village(), by=cast.chair)
    refused(row, decided_by=cast.approver)
    for state in ("refused", "withdrawn", "stale"):
        refused(row, state=state)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "approved"},
        {"state": "withdrawn"},
        {"state": "done"},
        {"applied_at": timezone.now()},
        {"decided_at": timezone.now()},
    ],
)
def test_no_state_without_a_decision(village: Put, values: dict[str, Any]) -> None:
    refused(village(), **values)


def test_a_refusal_says_why(cast: Cast, village: Put) -> None:
    refused(village(), state="refused", decided_by=cast.chair, decided_at=timezone.now())


def test_nothing_is_born_decided(cast: Cast, village: Put) -> None:
    row = village()
    row.pk, row.public_id, row.fingerprint = None, "abcdef", "0" * 64
    row.state, row.decided_by, row.decided_at = "approved", cast.chair, timezone.now()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_rows_are_not_deleted(cast: Cast, village: Put) -> None:
    row = village()
    Interest.objects.create(proposal=row, user=cast.bank)
    hand_over(from_user=cast.bank, to_user=cast.nobody)
    for table in TABLES:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    with pytest.raises(DatabaseError), transaction.atomic():
        HandOver.objects.update(to_user=cast.chair)
    with pytest.raises(DatabaseError), transaction.atomic():
        Interest.objects.update(user=cast.chair)
