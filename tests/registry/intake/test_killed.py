"""Killed while it is read or written, an import goes on where it stopped: each part is all or nothing."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import settings as profile

from tests.approval.test_killed import At, fail, in_child
from tests.jobs.workers import DATABASE_QUEUE, until, working
from tests.registry.intake.making import FIRST, SECOND, again, book, bring, dump, home, person, silent, terms
from tests.web.cast import Cast
from vuonlen.approval.actions import approve
from vuonlen.approval.models import Proposal
from vuonlen.registry.intake import actions
from vuonlen.registry.intake.applying import work
from vuonlen.registry.intake.models import Batch, Note, Staged, Suspect
from vuonlen.registry.intake.staging.work import stage
from vuonlen.registry.models import Act, Household, Membership

pytestmark = pytest.mark.django_db(transaction=True)
CHI = "006300000334"


def first(folder: Path) -> Path:
    homes = [home(f"H{n}", f"Nông Văn {name}") for n, name in enumerate(["An", "Ba", "Chinh"], 1)]
    people = [person(f"H{n}", one[4], "Chủ hộ", born=f"197{n}", sex="Nam") for n, one in enumerate(homes, 1)]
    return book(folder / "2022.xlsx", homes, [*people, person("H1", "Nông Thị Chi", born="2000", number=CHI)])


def second(folder: Path) -> Path:
    """One changed, one gone on without change but the review, one new whose wife comes from the first."""
    homes = [home("H1", "Nông Văn An", income=1_900_000), home("H2", "Nông Văn Ba"), home("H4", "Bế Văn Dũng")]
    people = [
        person("H1", "Nông Văn An", "Chủ hộ", born="1971", sex="Nam"),
        person("H2", "Nông Văn Ba", "Chủ hộ", born="1972", sex="Nam"),
        person("H4", "Bế Văn Dũng", "Chủ hộ", born="1998", sex="Nam"),
        person("H4", "Nông Thị Chi", "Vợ", born="2000", number=CHI),
    ]
    return book(folder / "2023.xlsx", homes, people)


def sent(path: Path, cast: Cast) -> Proposal:
    """Brought, and the household that is gone closed; proposed."""
    batch = bring(path, cast.officer, cast.places.bac_kan, SECOND)
    for row in batch.rows.filter(kind="missing"):
        actions.decide_missing(staged=row, by=cast.officer, fate="moved_away")
    return actions.propose(batch=again(batch), by=cast.officer, reason="đã đối chiếu")


def known(cast: Cast, folder: Path) -> None:
    batch = bring(first(folder), cast.officer, cast.places.bac_kan, FIRST)
    approve(proposal=actions.propose(batch=batch, by=cast.officer, reason="x"), by=cast.chair)
    assert Household.objects.count() == 3


def written(batch: Batch) -> set[str]:
    """Codes of the households that acts of the batch wrote."""
    acts = Act.objects.filter(batch=batch.public_id, household__isnull=False, verb__in=["import", "close_household"])
    return set(acts.values_list("household__code", flat=True))


@pytest.mark.parametrize("size", [1, 500], ids=["four parts", "one part"])
def test_kill_9_at_any_statement_of_writing(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    known(cast, tmp_path)
    whole = sent(second(tmp_path), cast)
    approve(proposal=whole, by=cast.chair)
    wanted, batch = dump(), Batch.objects.latest("pk")
    acts = Act.objects.filter(batch=batch.public_id).count()
    approve(proposal=actions.propose_undo(batch=batch, by=cast.officer, reason="làm lại"), by=cast.chair)

    monkeypatch.setattr(work, "PART", size)
    settings.TASKS = DATABASE_QUEUE  # the job waits; the processes below are its workers
    approve(proposal=sent(tmp_path / "2023.xlsx", cast), by=cast.chair)
    batch = Batch.objects.latest("pk")
    kills = 0
    step = 1 if profile.get_current_profile_name() == "large" else 5
    for number in count(3, step):
        ended = in_child(lambda: work.apply(again(batch), cast.chair, silent), number)
        kills += not ended
        done = set(batch.rows.exclude(state="waiting").values_list("code", flat=True))
        assert written(batch) == done, number  # a row is marked in the transaction that writes it
        if ended:
            break
    assert kills >= 5
    assert again(batch).state == Batch.State.APPLIED
    assert dump() == wanted
    assert Act.objects.filter(batch=batch.public_id).count() == acts  # as many as without a kill
    assert not batch.rows.filter(state="conflict").exists()
    assert Membership.objects.filter(person__name="Nông Thị Chi", valid_to__isnull=True).count() == 1


def test_broken_off_at_any_statement_reading_begins_anew(cast: Cast, tmp_path: Path) -> None:
    """The process is not killed here: a fork of one that has used Polars may not use it again."""
    known(cast, tmp_path)
    file = actions.Upload("2023.xlsx", [second(tmp_path).read_bytes()])
    place = cast.places.bac_kan
    batch = actions.upload(by=cast.officer, place=place, terms=terms(SECOND), file=file, in_background=False)
    register = dump()
    for number in count(2, 6):
        try:
            with connection.execute_wrapper(At(number, fail)):
                stage(again(batch), silent)
            break
        except OSError:
            pass
        assert again(batch).state in ("uploaded", "reading")
        assert dump() == register
    batch = again(batch)
    assert batch.state == Batch.State.REVIEW
    assert sorted(batch.rows.values_list("kind", "code")) == [
        ("changed", "H1"), ("changed", "H2"), ("missing", "H3"), ("new", "H4"),
    ]  # fmt: skip
    fresh = bring(tmp_path / "2023.xlsx", cast.officer, place, SECOND)
    assert fresh.counts == batch.counts
    for rows in (Staged, Note, Suspect):
        assert rows.objects.filter(batch=batch).count() == rows.objects.filter(batch=fresh).count()


def test_a_worker_that_was_killed_in_the_middle_is_followed_by_another(
    cast: Cast, tmp_path: Path, settings: Any, own_process: None
) -> None:
    """The real processes: 1,500 households, three parts, kill -9 after the first."""
    total = 1_500
    homes = [home(f"H{n:04}", f"Nông Văn {n:04}", village=f"Thôn {n % 30}") for n in range(total)]
    settings.TASKS = DATABASE_QUEUE
    batch = bring(book(tmp_path / "l.xlsx", homes), cast.officer, cast.places.bac_kan, FIRST)
    for suspect in batch.suspects.filter(answer=""):
        actions.settle(suspect=suspect, by=cast.officer, answer="different")
    proposal = actions.propose(batch=again(batch), by=cast.officer, reason="x")
    approve(proposal=proposal, by=cast.chair)
    with working() as worker:
        until(lambda: again(batch).applied_through > 0, 120)
        worker.kill()
    batch = again(batch)
    there = Household.objects.count()
    assert batch.state == Batch.State.APPLYING
    assert 0 < there < total
    assert there % work.PART == 0
    with working():
        until(lambda: again(batch).state == "applied", 120)
    assert Household.objects.count() == Membership.objects.count() == total
    assert not batch.rows.exclude(state="done").exists()
    assert Act.objects.filter(batch=batch.public_id, household__isnull=False).count() == total
