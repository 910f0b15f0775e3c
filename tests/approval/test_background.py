"""What takes long is done by a job after the approval: once, on data that are still the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.approval import things
from tests.approval.things import add_village, villages
from tests.jobs.workers import DATABASE_QUEUE
from tests.web.cast import Cast
from vuonlen.accounts.rights import Right
from vuonlen.approval.actions import approve, propose
from vuonlen.approval.kinds import Kind, Line, Moved
from vuonlen.approval.models import Proposal
from vuonlen.jobs.actions import again
from vuonlen.jobs.models import Job
from vuonlen.jobs.running import run_job
from vuonlen.journal.models import Entry

pytestmark = pytest.mark.django_db
NAMES = ["Thôn A", "Thôn B"]


def ask(cast: Cast, names: list[str] = NAMES) -> Proposal:
    told: dict[str, Any] = {"commune": cast.places.bac_kan.pk, "names": names}
    place = cast.places.bac_kan
    return propose(kind="test.villages", by=cast.officer, place=place, title="Nhiều thôn", payload=told, reason="y")


def acts(row: Proposal) -> list[str]:
    return [one.act for one in Entry.objects.filter(object_id=row.public_id).order_by("id")]


def queued(cast: Cast, settings: Any) -> tuple[Proposal, Job]:
    """Approved, and its job in the queue."""
    settings.TASKS = DATABASE_QUEUE
    row = approve(proposal=ask(cast), by=cast.chair)
    assert row.job is not None
    assert (row.state, row.applied_at, row.job.state) == ("approved", None, "waiting")
    return row, row.job


def test_it_is_done_and_told(cast: Cast) -> None:
    row = approve(proposal=ask(cast), by=cast.chair)
    assert row.applied_at is not None
    assert row.result == "/dia-ban/"
    assert villages(cast.places.bac_kan.pk)[-2:] == NAMES
    assert acts(row) == ["approval.propose", "approval.approve", "approval.apply"]
    assert row.job is not None
    assert (row.job.owner, row.job.state, row.job.result_url) == (cast.chair, "done", "/dia-ban/")


def test_a_second_run_changes_nothing(cast: Cast) -> None:
    row = approve(proposal=ask(cast), by=cast.chair)
    assert row.job is not None
    Job.objects.filter(pk=row.job.pk).update(state="waiting", finished_at=None)
    before = villages(cast.places.bac_kan.pk)
    run_job.call(row.job.pk)
    assert villages(cast.places.bac_kan.pk) == before
    assert acts(row).count("approval.apply") == 1


def test_data_that_moved_before_it_began_make_it_stale(cast: Cast, settings: Any) -> None:
    row, job = queued(cast, settings)
    add_village(cast.places.bac_kan.pk, "Thôn Chen Ngang")
    run_job.call(job.pk)
    row.refresh_from_db()
    assert (row.state, row.applied_at) == ("stale", None)
    assert not set(NAMES) & set(villages(cast.places.bac_kan.pk))
    assert acts(row)[-1] == "approval.stale"
    job.refresh_from_db()
    assert (job.state, job.result_url) == ("done", f"/duyet/{row.public_id}/")


def test_a_kind_may_find_it_stale_itself(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def moved(*_args: Any) -> None:
        raise Moved

    told = things.VILLAGES
    kind = Kind(
        propose=told.propose, approve=told.approve, fingerprint=told.fingerprint, describe=told.describe,
        apply_in_job=moved,
    )  # fmt: skip
    monkeypatch.setattr("tests.approval.things.MOVED", kind, raising=False)
    settings.PROPOSAL_KINDS = {"test.villages": "tests.approval.things.MOVED"}
    row = approve(proposal=ask(cast), by=cast.chair)
    assert (row.state, row.applied_at) == ("stale", None)


def test_a_failed_job_leaves_it_approved_and_goes_on_when_run_again(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, job = queued(cast, settings)
    real = things.add_village

    def breaks(commune: int, name: str) -> Any:
        if name == "Thôn B":
            raise ValueError("broken")
        return real(commune, name)

    monkeypatch.setattr(things, "add_village", breaks)
    run_job.call(job.pk)
    row.refresh_from_db()
    job.refresh_from_db()
    assert (row.state, row.applied_at, job.state) == ("approved", None, "failed")
    assert "Thôn A" in villages(cast.places.bac_kan.pk)
    monkeypatch.undo()
    again(job=job, by=cast.chair)
    run_job.call(job.pk)
    row.refresh_from_db()
    assert row.applied_at is not None
    assert villages(cast.places.bac_kan.pk)[-2:] == NAMES


def test_proposer_and_approver_see_its_job_and_others_do_not(cast: Cast, settings: Any) -> None:
    row, job = queued(cast, settings)
    page = cast.client("officer").get(f"/duyet/{row.public_id}/").content.decode()
    assert f"/viec/{job.public_id}/" in page
    seen = {name: cast.client(name).get(f"/viec/{job.public_id}/").status_code for name in cast.users()}
    assert {name for name, status in seen.items() if status == 200} == {
        "officer", "officer2", "chair", "province_officer",
    }  # fmt: skip
    assert set(seen.values()) == {200, 404}


def test_a_kind_applies_in_one_way() -> None:
    told: dict[str, Any] = {
        "propose": Right.IMPORT,
        "approve": Right.APPROVE_REGISTER,
        "fingerprint": str,
        "describe": lambda _: [Line("a", "b")],
    }
    with pytest.raises(ValueError, match="either"):
        Kind(**told)
    with pytest.raises(ValueError, match="either"):
        Kind(**told, apply=lambda *_: None, apply_in_job=lambda *_: None)


@pytest.mark.parametrize("value", [1.5, {1: "a"}, object(), "a\0b", "\ud800", {"a": [0.1]}])
def test_a_payload_comes_back_as_it_went_in(cast: Cast, value: Any) -> None:
    told: dict[str, Any] = {"commune": cast.places.bac_kan.pk, "names": [], "more": value}
    place = cast.places.bac_kan
    with pytest.raises(TypeError):
        propose(kind="test.villages", by=cast.officer, place=place, title="x", payload=told, reason="y")
