"""Whoever asked for long work may give it up, where that leaves nothing half-done; nobody else may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.jobs import works
from tests.jobs.workers import DATABASE_QUEUE, until, working
from tests.jobs.works import traces
from tests.registry.intake.making import book, home, terms
from tests.web.cast import BACKEND, Cast
from vuonlen.accounts.models import User
from vuonlen.domain.problems import Refused
from vuonlen.jobs import board
from vuonlen.jobs.actions import again, start, stop
from vuonlen.jobs.models import Job
from vuonlen.jobs.queries import shown
from vuonlen.jobs.running import run_job
from vuonlen.jobs.work import Progress, Stopped, Work, may_be_stopped
from vuonlen.journal.models import Entry
from vuonlen.registry.intake import actions as intake
from vuonlen.registry.models import Household

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = 60


@pytest.fixture(autouse=True)
def queue(settings: Any) -> None:
    settings.TASKS = DATABASE_QUEUE


def ask(owner: User, work: Work = works.given_up, seconds: float = 0.25) -> Job:
    return start(kind="t", owner=owner, work=work, arguments={"count": STEPS, "seconds": seconds}, title="Đọc tệp")


def over(job: Job) -> bool:
    job.refresh_from_db()
    return job.finished


def test_a_running_job_ends_at_its_next_step_and_is_not_taken_up_again(owner: User) -> None:
    job = ask(owner)
    with working() as worker:
        until(lambda: len(traces()) >= 2)
        stop(job=job, by=owner)
        assert shown(job).word == "Đang dừng"
        until(lambda: over(job), 20)
        done = len(traces())
        assert done < STEPS
        assert worker.process.poll() is None  # it goes on with other work
        later = start(kind="t", owner=owner, work=works.short, arguments={"words": "khác"})
        until(lambda: over(later))
    assert (job.state, job.attempts, shown(job).word) == ("failed", 1, "Đã dừng theo yêu cầu")
    assert [one.code for one in shown(job).problems] == ["J-STOPPED"]
    assert len(traces()) == done + 1  # of the other work
    acts = list(Entry.objects.filter(object_id=job.public_id).order_by("id").values_list("act", "actor_id"))
    assert acts == [("jobs.start", owner.pk), ("jobs.stop", owner.pk)]


def test_work_that_cleans_up_after_itself_leads_to_its_page(owner: User) -> None:
    job = ask(owner, works.cleans_up)
    with working():
        until(lambda: len(traces()) >= 2)
        stop(job=job, by=owner)
        until(lambda: over(job), 20)
    assert traces() == []
    assert (job.state, job.result_url, shown(job).stopped) == ("failed", "/nhap-danh-sach/", True)


def test_a_job_that_waits_does_nothing_when_its_turn_comes(owner: User) -> None:
    job = ask(owner)
    stop(job=job, by=owner)
    assert (Job.objects.get(pk=job.pk).state, shown(job).stopping) == ("waiting", True)
    with working("--once") as worker:
        assert worker.process.wait(60) == 0
    assert over(job)
    assert shown(job).stopped
    assert len(traces()) <= 1  # the step at which it noticed


def test_a_stop_survives_the_death_of_the_worker(owner: User) -> None:
    job = ask(owner, seconds=0.5)
    with working() as first:
        until(lambda: traces())
        first.kill()
    stop(job=job, by=owner)
    with working():
        until(lambda: over(job))
    assert shown(job).stopped
    assert len(traces()) < STEPS


def test_it_can_be_asked_for_again(owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.given_up, arguments={"count": 2, "seconds": 0})
    stop(job=job, by=owner)
    run_job.call(job.pk)
    assert over(job)
    assert shown(job).stopped
    again(job=job, by=owner)
    run_job.call(job.pk)
    assert over(job)
    assert (job.state, job.failure, shown(job).stopping, traces()) == ("done", [], False, ["1", "2"])
    assert not board.asked_to_stop(job.pk)


def test_nobody_else_stops_it_and_nothing_that_is_over_or_must_go_on(owner: User) -> None:
    job = ask(owner)
    with pytest.raises(PermissionDenied):
        stop(job=job, by=User.objects.create(username="other", is_superuser=True))
    decided = start(kind="t", owner=owner, work=works.batches, arguments={"count": 1, "seconds": 0})
    with pytest.raises(Refused) as why:
        stop(job=decided, by=owner)
    assert why.value.problems[0].code == "J-NO-STOP"
    Job.objects.filter(pk=job.pk).update(state="done", finished_at="2026-01-01T00:00Z")
    with pytest.raises(Refused) as why:
        stop(job=job, by=owner)
    assert why.value.problems[0].code == "J-OVER"
    assert not Entry.objects.filter(act="jobs.stop").exists()


def test_what_was_approved_cannot_be_stopped_and_what_was_only_asked_for_can() -> None:
    names = ("registry.intake.staging.job.read_upload", "registry.search.exporting.actions.write_export",
             "approval.applying.apply_approved", "registry.tasks.carry", "jobs.work.work")  # fmt: skip
    assert [may_be_stopped(f"vuonlen.{name}") for name in names] == [True, True, False, False, False]


def test_a_step_after_the_stop_is_refused() -> None:
    progress = Progress()
    progress.step(1, 2)
    progress.halt()
    assert not progress.reached_stop
    with pytest.raises(Stopped):
        progress.step(2)
    assert progress.reached_stop
    assert progress.now.done == 1


def test_the_page_offers_it_and_tells_what_came_of_it(owner: User) -> None:
    job = ask(owner)
    client = Client()
    client.force_login(owner, backend=BACKEND)
    address = f"/viec/{job.public_id}/"
    assert f'action="{address}dung/"' in client.get(address).content.decode()
    page = client.post(f"{address}dung/", follow=True).content.decode()
    assert "Đang dừng" in page
    assert f'action="{address}dung/"' not in page
    run_job.call(job.pk)
    page = client.get(address).content.decode()
    assert "Đã dừng theo yêu cầu" in page
    assert f'action="{address}chay-lai/"' in page
    answer = client.post(f"{address}dung/", follow=True).content.decode()
    assert "không còn gì để dừng" in answer


def test_a_job_of_somebody_else_shows_no_button(owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.batches, arguments={"count": 1, "seconds": 0})
    client = Client()
    client.force_login(owner, backend=BACKEND)
    assert "/dung/" not in client.get(f"/viec/{job.public_id}/").content.decode()  # must go on to its end


def test_a_file_of_an_older_job_with_the_same_key_does_not_stop_a_new_one(owner: User) -> None:
    """A restored backup counts its jobs from an earlier number on; files beside it are those of before."""
    first = ask(owner)
    board.ask_to_stop(first.pk + 1)
    later = ask(owner)
    assert later.pk == first.pk + 1
    assert not shown(later).stopping


def test_a_list_whose_reading_is_stopped_leaves_nothing_and_can_be_dropped(cast: Cast, tmp_path: Path) -> None:
    path = book(tmp_path / "2022.xlsx", [home("H1", "Nông Văn An"), home("H2", "Bế Thị Hoa")])
    file = intake.Upload(path.name, [path.read_bytes()])
    batch = intake.upload(by=cast.officer, place=cast.places.bac_kan, terms=terms(), file=file)
    assert batch.job is not None
    stop(job=batch.job, by=cast.officer)
    run_job.call(batch.job.pk)
    batch.refresh_from_db()
    assert over(batch.job)
    assert (batch.state, batch.job.result_url) == ("unreadable", f"/nhap-danh-sach/{batch.public_id}/")
    assert not batch.rows.exists()
    page = cast.client("officer").get(batch.job.result_url).content.decode()
    assert "đã dừng theo yêu cầu" in page
    intake.withdraw(batch=batch, by=cast.officer, reason="gửi nhầm tệp")
    assert not Household.objects.exists()
