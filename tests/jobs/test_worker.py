"""A real worker process: works, shows progress during one transaction, survives kill -9, stops when asked."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.jobs import works
from tests.jobs.workers import DATABASE_QUEUE, until, working
from tests.jobs.works import traces
from vuonlen.accounts.models import User
from vuonlen.jobs import board
from vuonlen.jobs.actions import start
from vuonlen.jobs.models import Job
from vuonlen.jobs.queries import shown
from vuonlen.jobs.recovery import ATTEMPTS, recover

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = 16


@pytest.fixture(autouse=True)
def queue(settings: Any) -> None:
    settings.TASKS = DATABASE_QUEUE


def ask(owner: User, *, seconds: float = 0.25, in_one: bool = False, count: int = STEPS) -> Job:
    told = {"count": count, "seconds": seconds, "in_one": in_one}
    job = start(kind="t", owner=owner, work=works.batches, arguments=told)
    assert (job.state, job.attempts) == ("waiting", 0)
    return job


def once_each(count: int = STEPS) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def done(job: Job) -> bool:
    job.refresh_from_db()
    return job.finished


def test_progress_is_seen_while_the_work_has_one_transaction_open(owner: User) -> None:
    job = ask(owner, in_one=True, seconds=0.4)
    seen: list[tuple[int, str]] = []

    def look() -> bool:
        committed = traces()  # asked first: the transaction may end between two looks
        job.refresh_from_db()
        now = shown(job)
        if job.state == "running" and now.done:
            assert committed == [] or now.done == now.total  # nothing of it before the last step
            seen.append((now.done, now.message))
        return job.finished

    with working():
        until(look)
    assert job.state == "done"
    assert traces() == once_each()
    assert len(set(seen)) >= 3, seen
    assert seen == sorted(seen)
    assert job.beat_at is not None


def test_a_job_whose_worker_was_killed_goes_on_where_it_stopped(owner: User) -> None:
    job = ask(owner)
    with working() as first:
        until(lambda: len(traces()) >= 3)
        first.kill()
    job.refresh_from_db()
    assert job.state == "running"  # nobody could say otherwise
    before = traces()
    assert 3 <= len(before) < STEPS
    with working():
        until(lambda: done(job))
    assert (job.state, job.attempts) == ("done", 2)
    assert traces() == once_each()


def test_it_is_taken_up_by_a_worker_that_runs_already(owner: User) -> None:
    job = ask(owner)
    with working() as first:
        until(lambda: len(traces()) >= 2)
        with working() as second:
            time.sleep(2)
            first.kill()
            assert len(traces()) < STEPS
            until(lambda: done(job))
            assert second.process.poll() is None
    assert (job.state, job.attempts, traces()) == ("done", 2, once_each())


def test_a_killed_transaction_left_nothing_and_is_done_again(owner: User) -> None:
    job = ask(owner, in_one=True)
    with working() as first:
        until(lambda: shown(Job.objects.get(pk=job.pk)).done >= 3)
        first.kill()
    assert traces() == []
    with working():
        until(lambda: done(job))
    assert (job.state, traces()) == ("done", once_each())


def test_asked_to_stop_it_gives_the_job_back_and_ends_soon(owner: User) -> None:
    job = ask(owner)
    with working() as first:
        until(lambda: len(traces()) >= 2)
        began = time.monotonic()
        assert first.stop() == 0
        assert time.monotonic() - began < 5
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert len(traces()) < STEPS
    with working():
        until(lambda: done(job))
    assert (job.state, traces()) == ("done", once_each())


def test_an_idle_worker_ends_soon_when_asked(owner: User) -> None:
    job = ask(owner, count=1, seconds=0)
    with working() as worker:
        until(lambda: done(job))  # it has begun, however slow the machine
        began = time.monotonic()
        assert worker.stop() == 0
        assert time.monotonic() - began < 5


def test_two_workers_do_every_job_once(owner: User) -> None:
    jobs = [start(kind="t", owner=owner, work=works.short, arguments={"words": str(n)}) for n in range(15)]
    with working("--once") as one, working("--once") as two:
        assert one.process.wait(60) == 0
        assert two.process.wait(60) == 0
    assert {Job.objects.get(pk=job.pk).state for job in jobs} == {"done"}
    assert sorted(traces(), key=int) == [str(n) for n in range(15)]


def test_a_job_that_takes_its_worker_down_is_given_up(owner: User) -> None:
    job = ask(owner)
    DBTaskResult.objects.filter(pk=job.task_id).update(status="RUNNING")
    Job.objects.filter(pk=job.pk).update(state="running", attempts=ATTEMPTS)
    assert recover(board.make()) == 0
    assert done(job)
    assert [one.code for one in shown(job).problems] == ["J-LOST"]


def test_a_job_that_fell_out_of_the_queue_is_told(owner: User) -> None:
    job = ask(owner)
    DBTaskResult.objects.all().delete()
    assert recover(board.make()) == 0
    assert done(job)
    assert [one.code for one in shown(job).problems] == ["J-NO-TASK"]


def test_what_waits_in_the_queue_is_left_alone(owner: User) -> None:
    job = ask(owner)
    assert recover(board.make()) == 0
    job.refresh_from_db()
    assert job.state == "waiting"


def test_a_job_in_work_is_not_taken_by_another(owner: User) -> None:
    job = ask(owner)
    with working():
        until(lambda: traces())
        assert not board.make().hold(job.pk)
        assert recover(board.make()) == 0
        until(lambda: done(job))
    assert (job.attempts, traces()) == (1, once_each())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could go away")
def test_a_lost_database_is_waited_for(owner: User) -> None:
    job = ask(owner)
    with working() as worker:
        until(lambda: len(traces()) >= 2)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        until(lambda: done(job))
        assert worker.process.poll() is None
    assert (job.state, traces()) == ("done", once_each())
