"""Many at once: one decision, one effect; whoever comes later is told who was first."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from tests.approval.things import villages
from tests.web.cast import Cast
from vuonlen.accounts.models import User
from vuonlen.approval.actions import Conflict, approve, propose, refuse
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def at_once(acts: list[Callable[[], str]]) -> list[str]:
    """Each in a thread with a connection of its own, all let go at the same moment."""
    barrier = threading.Barrier(len(acts))
    told: list[str] = []

    def run(act: Callable[[], str]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            told.append(act())
        except Conflict:
            told.append("conflict")
        except Refused as why:
            told.append(why.problems[0].code)
        except Exception as why:
            told.append(repr(why))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


def ask(cast: Cast, name: str) -> Proposal:
    told = {"commune": cast.places.bac_kan.pk, "name": name}
    place = cast.places.bac_kan
    return propose(kind="test.village", by=cast.officer, place=place, title=name, payload=told, reason="lý do")


def approving(row: Proposal, by: User) -> Callable[[], str]:
    return lambda: str(approve(proposal=row, by=by).state)


def refusing(row: Proposal, by: User) -> Callable[[], str]:
    return lambda: str(refuse(proposal=row, by=by, reason="không").state)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_many_approvals_and_refusals_one_counts(cast: Cast, round_: int) -> None:
    row = ask(cast, "Thôn Tranh")
    people = [cast.chair, cast.approver, cast.approver2, cast.chair]
    acts = [approving(row, one) for one in people] + [refusing(row, one) for one in people]
    told = Counter(at_once(acts))
    row.refresh_from_db()
    assert told == {row.state: 1, "conflict": len(acts) - 1}
    assert row.state in ("approved", "refused")
    assert villages(cast.places.bac_kan.pk).count("Thôn Tranh") == (row.state == "approved")
    entries = Entry.objects.filter(object_id=row.public_id, act__in=["approval.approve", "approval.refuse"])
    assert entries.count() == 1


def test_of_fifty_at_once_one_counts(cast: Cast) -> None:
    row = ask(cast, "Thôn Tranh")
    people = [cast.chair, cast.approver, cast.approver2, cast.officer, cast.neighbour_chair]
    told = Counter(at_once([approving(row, people[number % 5]) for number in range(50)]))
    assert told == {"approved": 1, "conflict": 29, "A-SELF": 10, "PermissionDenied()": 10}
    assert villages(cast.places.bac_kan.pk).count("Thôn Tranh") == 1
    assert Entry.objects.filter(object_id=row.public_id, act="approval.approve").count() == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_many_proposals_on_the_same_data_one_is_applied(cast: Cast, round_: int) -> None:
    """Each was right when it was made; after the first of them the data are others."""
    rows = [ask(cast, f"Thôn {number}") for number in range(5)]
    people = [cast.chair, cast.approver, cast.approver2, cast.chair, cast.approver]
    told = Counter(at_once([approving(row, by) for row, by in zip(rows, people, strict=True)]))
    assert told == {"approved": 1, "stale": 4}
    assert len(villages(cast.places.bac_kan.pk)) == 9


def test_the_same_proposal_raised_at_once_waits_once(cast: Cast) -> None:
    told = Counter(at_once([lambda: ask(cast, "Thôn Đôi").state for _ in range(5)]))
    assert told == {"open": 1, "A-TWICE": 4}
    assert Proposal.objects.count() == 1
