"""Killed at each statement in turn: all or nothing; what was begun in the background is ended by another process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult
from hypothesis import settings as profile

from tests.approval.things import villages
from tests.jobs.workers import DATABASE_QUEUE
from tests.web.cast import Cast
from vuonlen.approval.actions import approve, propose, refuse, withdraw
from vuonlen.approval.models import Proposal
from vuonlen.domain.problems import Refused
from vuonlen.jobs import board
from vuonlen.jobs.models import Job
from vuonlen.jobs.recovery import recover
from vuonlen.jobs.running import Desk, run_job
from vuonlen.journal.models import Chain, Entry

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ["Thôn A", "Thôn B", "Thôn C"]


class At:
    """An `execute_wrapper` that does `what` instead of the n-th statement."""

    def __init__(self, number: int, what: Callable[[], None]) -> None:
        self.left, self.what = number, what

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            self.what()
        return execute(sql, params, many, context)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise OSError("no more")


def in_child(act: Callable[[], object], number: int = 0) -> bool:
    """`act` in a process that is killed instead of its statement `number`. Whether it came to its end."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with connection.execute_wrapper(At(number, kill)):
                act()
            connections.close_all()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def ask(cast: Cast, kind: str = "test.village", **payload: Any) -> Proposal:
    place = cast.places.bac_kan
    told = {"commune": place.pk} | (payload or {"name": "Thôn Mới"})
    return propose(kind=kind, by=cast.officer, place=place, title="x", payload=told, reason="y")


def picture() -> list[Any]:
    """All that could have changed."""
    return [
        list(Proposal.objects.values_list()),
        list(Chain.objects.order_by("pk").values_list()),
        Entry.objects.count(),
        Job.objects.count(),
        DBTaskResult.objects.count(),
        sorted(Proposal.objects.values_list("place__source", flat=True)),
    ]


ACTS: dict[str, Callable[[Proposal, Cast], object]] = {
    "approve": lambda row, cast: approve(proposal=row, by=cast.chair, reason="được"),
    "refuse": lambda row, cast: refuse(proposal=row, by=cast.chair, reason="không"),
    "withdraw": lambda row, cast: withdraw(proposal=row, by=cast.officer),
}


@pytest.mark.parametrize("name", ACTS)
def test_kill_9_at_every_statement_leaves_all_or_nothing(cast: Cast, name: str) -> None:
    row = ask(cast)
    before, there = picture(), villages(cast.places.bac_kan.pk)
    for number in count(1):
        if in_child(lambda: ACTS[name](row, cast), number):
            break
        assert picture() == before, number
        assert villages(cast.places.bac_kan.pk) == there, number
    assert number > 10
    row.refresh_from_db()
    assert row.state == {"approve": "approved", "refuse": "refused", "withdraw": "withdrawn"}[name]
    assert villages(cast.places.bac_kan.pk) == there + (["Thôn Mới"] if name == "approve" else [])


def test_kill_9_while_proposing_leaves_no_half_proposal(cast: Cast) -> None:
    before = picture()
    for number in count(1):
        if in_child(lambda: ask(cast), number):
            break
        assert picture() == before, number
    assert Proposal.objects.get().state == "open"


def test_a_fault_at_every_statement_is_told_and_leaves_nothing(cast: Cast) -> None:
    row = ask(cast)
    before, there = picture(), villages(cast.places.bac_kan.pk)
    for number in count(1):
        wrapper = At(number, fail)
        told = approved_or_code(row, cast, wrapper)
        if told == "approved":
            break
        assert told == "A-FAILED", number
        assert picture() == before, number
        assert villages(cast.places.bac_kan.pk) == there, number
    assert wrapper.left > 0  # the last round met no fault
    row.refresh_from_db()
    assert row.state == "approved"


def approved_or_code(row: Proposal, cast: Cast, wrapper: At) -> str:
    try:
        with connection.execute_wrapper(wrapper):
            return str(approve(proposal=row, by=cast.chair).state)
    except Refused as why:
        return why.problems[0].code


def test_background_work_killed_at_any_statement_is_ended_once_by_the_next(cast: Cast, settings: Any) -> None:
    settings.TASKS = DATABASE_QUEUE
    step = 1 if profile.get_current_profile_name() == "large" else 3
    for number in count(1, step):
        names = [f"{name} {number}" for name in NAMES]
        row = approve(proposal=ask(cast, "test.villages", names=names), by=cast.chair)
        assert (row.state, row.applied_at) == ("approved", None)
        assert row.job is not None
        key = row.job.pk
        ended = in_child(lambda: work_at(key), number)  # noqa: B023  (called before the next round)
        if not ended:
            assert in_child(lambda: work_at(key)), number  # noqa: B023
        row.refresh_from_db()
        assert row.applied_at is not None, number
        assert [villages(cast.places.bac_kan.pk).count(name) for name in names] == [1, 1, 1], number
        assert Entry.objects.filter(object_id=row.public_id, act="approval.apply").count() == 1
        assert Job.objects.get(pk=key).state == "done"
        if ended:
            break
    assert number > 20


def work_at(key: int) -> None:
    """What a worker does with one job: found again if it was lost, taken from the queue, run."""
    Desk.board = board.make()
    DBTaskResult.objects.filter(status="READY").update(status="RUNNING")
    recover(Desk.board)
    run_job.call(key)
