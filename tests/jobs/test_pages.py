"""The pages of long work: mine, one with its progress, and running a failed one again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.jobs import works
from tests.jobs.workers import DATABASE_QUEUE
from tests.web.cast import BACKEND
from vuonlen.accounts.models import User
from vuonlen.jobs.actions import start
from vuonlen.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(owner: User) -> Client:
    client = Client()
    client.force_login(owner, backend=BACKEND)
    return client


@pytest.fixture
def waiting(owner: User, settings: Any) -> Job:
    settings.TASKS = DATABASE_QUEUE
    return start(kind="t", owner=owner, work=works.short, arguments={"words": "một"}, title="Đọc tệp")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_running_job_shows_how_far_it_is_and_asks_again(browser: Client, waiting: Job) -> None:
    told = {"state": "running", "progress": 3100, "total": 10_000, "message": "đang ghi hộ", "remaining": 130}
    Job.objects.filter(pk=waiting.pk).update(**told)
    page = text(browser, f"/viec/{waiting.public_id}/")
    for words in ("Đọc tệp", "Đang chạy", "3.100 / 10.000", "31 %", "đang ghi hộ", "còn khoảng 3 phút"):
        assert words in page, words
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert f'data-hx-get="/viec/{waiting.public_id}/tien-do/?stage=running30"' in page
    assert 'role="status" aria-live="polite"' in page


def test_the_part_that_is_fetched_speaks_only_when_a_tenth_is_done(browser: Client, waiting: Job) -> None:
    Job.objects.filter(pk=waiting.pk).update(state="running", progress=31, total=100)
    address = f"/viec/{waiting.public_id}/tien-do/"
    assert "data-hx-swap-oob" not in text(browser, f"{address}?stage=running30")
    part = text(browser, f"{address}?stage=running20")
    assert '<div id="said" data-hx-swap-oob="innerHTML">Đang chạy, 31 %</div>' in part
    assert "<html" not in part


def test_a_finished_job_asks_no_more_and_leads_on(browser: Client, owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.short, arguments={"words": "một"}, title="Đọc tệp")
    for address in (f"/viec/{job.public_id}/", f"/viec/{job.public_id}/tien-do/"):
        page = text(browser, address)
        assert "data-hx-get" not in page
        assert "http-equiv" not in page
        assert 'href="/dia-ban/"' in page


def test_a_job_that_waits_long_says_that_no_worker_runs(browser: Client, waiting: Job) -> None:
    address = f"/viec/{waiting.public_id}/"
    assert "vuonlen worker" not in text(browser, address)
    Job.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    assert "vuonlen worker" in text(browser, address)


def test_a_failed_job_says_why_without_detail_and_runs_again(browser: Client, owner: User) -> None:
    job = start(kind="t", owner=owner, work=works.broken, arguments={}, title="Đọc tệp")
    page = text(browser, f"/viec/{job.public_id}/")
    assert job.error_id in page
    assert "secret" not in page
    assert "ZeroDivision" not in page
    assert f"/viec/{job.public_id}/chay-lai/" in page
    assert browser.post(f"/viec/{job.public_id}/chay-lai/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 1)
    Job.objects.filter(pk=job.pk).update(state="done")
    assert "không ở trạng thái lỗi" in str(
        browser.post(f"/viec/{job.public_id}/chay-lai/", follow=True).content.decode()
    )


def test_nobody_else_sees_or_touches_it(waiting: Job, client: Client) -> None:
    addresses = [f"/viec/{waiting.public_id}/", f"/viec/{waiting.public_id}/tien-do/"]
    assert {client.get(one).status_code for one in addresses} == {302}  # to the sign-in page
    client.force_login(User.objects.create(username="stranger", is_superuser=True), backend=BACKEND)
    assert {client.get(one).status_code for one in addresses} == {404}
    assert client.post(f"/viec/{waiting.public_id}/chay-lai/").status_code == 404
    assert waiting.title not in text(client, "/viec/")


def test_my_jobs_newest_first_and_by_key(browser: Client, owner: User) -> None:
    for number in range(27):
        start(kind="t", owner=owner, work=works.short, arguments={"words": "x"}, title=f"Việc {number:02}")
    first = browser.get("/viec/")
    assert [one.job.title for one in first.context["jobs"]][:2] == ["Việc 26", "Việc 25"]
    second = browser.get("/viec/", {"after": first.context["page"].next})
    assert [one.job.title for one in second.context["jobs"]] == ["Việc 01", "Việc 00"]


def test_unfinished_jobs_stand_on_the_page_after_signing_in(browser: Client, waiting: Job) -> None:
    assert f"/viec/{waiting.public_id}/" in text(browser, "/")
