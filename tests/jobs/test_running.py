"""A job runs, tells how far it is, ends, and tells why it failed."""

from __future__ import annotations

import logging

import pytest
from django.core.exceptions import PermissionDenied

from tests.jobs import works
from tests.jobs.works import traces
from tests.web.cast import Cast
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.names import fold
from vuonlen.domain.problems import Refused
from vuonlen.jobs.actions import again, start
from vuonlen.jobs.models import Job
from vuonlen.jobs.queries import left, shown, visible
from vuonlen.jobs.running import run_job
from vuonlen.jobs.work import Interrupted, Progress, Work
from vuonlen.journal.models import Entry
from vuonlen.places.models import Kind, Level, Place

pytestmark = pytest.mark.django_db


def test_a_job_runs_once_and_leads_to_its_result(owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.short, arguments={"words": "một"}, title="Việc thử")
    assert (job.state, job.progress, job.total, job.message) == ("done", 2, 2, "đã xong")
    assert (job.result_url, job.attempts) == ("/dia-ban/", 1)
    assert job.finished_at is not None
    run_job.call(job.pk)
    assert traces() == ["một"]


def test_asking_is_in_the_journal(owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.short, arguments={"words": "một"})
    entry = Entry.objects.get(object_id=job.public_id)
    assert (entry.act, entry.actor_id, entry.chain.key) == ("jobs.start", owner.pk, "system")


def test_a_fault_is_told_by_a_number_and_its_detail_stays_in_the_log(
    owner: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="vuonlen.jobs"):
        job = start(kind="t", owner=owner, work=works.broken, arguments={})
    assert job.state == "failed"
    told = shown(job).problems[0].sentence()
    assert job.error_id in told
    assert "secret" not in str(job.failure)
    assert job.error_id in caplog.text
    assert "secret detail" in caplog.text


def test_what_was_refused_is_told_as_it_stands(owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.refused, arguments={})
    assert job.error_id == ""
    assert [one.code for one in shown(job).problems] == ["J-NO-TASK"]


def test_a_failed_job_runs_again_for_its_owner(owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.mended, arguments={})
    assert job.state == "failed"
    with pytest.raises(PermissionDenied):
        again(job=job, by=User.objects.create(username="other"))
    Place.objects.create(
        code="99999", level=Level.COMMUNE, kind=Kind.WARD, name="Phường Thử", name_folded=fold("Phường Thử"),
        path="0009", valid_from="2025-07-01",
    )  # fmt: skip
    job = again(job=job, by=owner)
    assert (job.state, job.failure, job.attempts) == ("done", [], 1)
    with pytest.raises(Refused):
        again(job=job, by=owner)


def test_only_marked_functions_are_called(owner: User) -> None:
    job = start(kind="t", owner=owner, work=Work(works.no_work, "tests.jobs.works.no_work"), arguments={})  # type: ignore[arg-type]
    assert job.state == "failed"
    for name in ("os.system", "tests.jobs.works.missing", "nothing.at.all"):
        Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None, work=name)
        run_job.call(job.pk)
        job.refresh_from_db()
        assert job.state == "failed", name
    assert traces() == []


def test_arguments_are_json(owner: User) -> None:
    with pytest.raises(TypeError):
        start(kind="t", owner=owner, work=works.short, arguments={"words": object()})
    assert not Job.objects.exists()


def test_a_job_is_seen_by_its_owner_and_by_whom_it_says(cast: Cast, owner: User) -> None:
    bac_kan = cast.places.bac_kan
    private = start(kind="t", owner=owner, work=works.broken, arguments={}, place=bac_kan)
    shared = start(kind="t", owner=owner, work=works.broken, arguments={}, place=bac_kan, right=Right.APPROVE_REGISTER)
    seen = {name: set(visible(user)) for name, user in cast.users().items()}
    assert set(visible(owner)) == {private, shared}
    assert {name for name, rows in seen.items() if private in rows} == set()
    assert {name for name, rows in seen.items() if shared in rows} == {"chair", "approver", "approver2"}


def test_progress_knows_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("vuonlen.jobs.work.time.monotonic", lambda: clock[0])
    progress = Progress()
    progress.step(1000, 11_000, "bắt đầu")
    assert progress.now.remaining is None  # one step says nothing about speed
    clock[0] += 10
    progress.step(2000)
    assert (progress.now.done, progress.now.total, progress.now.message) == (2000, 11_000, "bắt đầu")
    assert progress.now.remaining == 90
    progress.stop()
    with pytest.raises(Interrupted):
        progress.step(3000)


@pytest.mark.parametrize(
    "seconds, words",
    [
        (None, ""),
        (0, "còn dưới 1 phút"),
        (59, "còn dưới 1 phút"),
        (61, "còn khoảng 2 phút"),
        (3599, "còn khoảng 1 giờ"),
        (7100, "còn khoảng 2 giờ"),
    ],
)
def test_what_is_left_in_words(seconds: int | None, words: str) -> None:
    assert left(seconds) == words
