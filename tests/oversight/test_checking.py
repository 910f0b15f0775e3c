"""The check of a chain on its page: really computed, step by step, and no step can be skipped."""

from __future__ import annotations

import pytest
from django.core import signing
from django.db import connection, transaction

from tests.journal.wall import WALL
from tests.web.cast import Cast
from vuonlen.journal.actions import SYSTEM, Act, record_many
from vuonlen.journal.models import Chain, Entry
from vuonlen.oversight import queries
from vuonlen.oversight.web import pages


@pytest.fixture
def written(cast: Cast) -> Cast:
    with transaction.atomic():
        record_many(cast.places.bac_kan.key, SYSTEM, [Act("jobs.start", "job", f"j{n}") for n in range(100)])
    return cast


def address(cast: Cast) -> str:
    return f"/nhat-ky/kiem-tra/?noi={cast.places.bac_kan.key}"


def falsify(sequence: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in WALL.lower_wall(connection.vendor):
            cursor.execute(statement)
    Entry.objects.filter(sequence=sequence).update(reason="khác")


def test_a_whole_chain_is_told_with_how_far_it_was_checked(written: Cast) -> None:
    seen = written.client("chair").get(address(written)).content.decode()
    assert "Chuỗi của Phường Bắc Kạn nguyên vẹn đến mục 100." in seen


def test_a_changed_entry_is_named(written: Cast) -> None:
    falsify(37)
    seen = written.client("inspector").get(address(written)).content.decode()
    assert "KHÔNG nguyên vẹn" in seen
    assert "mục 37: nội dung đã bị sửa" in seen


def test_a_part_of_the_page_comes_without_its_frame(written: Cast) -> None:
    seen = written.client("chair").get(address(written), headers={"HX-Request": "true"}).content.decode()
    assert "nguyên vẹn đến mục 100" in seen
    assert "<html" not in seen


@pytest.mark.parametrize("wrong", [None, 5, 45, 100])
def test_a_long_chain_is_checked_in_steps(written: Cast, monkeypatch: pytest.MonkeyPatch, wrong: int | None) -> None:
    if wrong:
        falsify(wrong)
    monkeypatch.setattr(queries, "AT_ONCE", 20)
    client, url, steps = written.client("chair"), address(written), 0
    while True:
        answer = client.get(url)
        steps += 1
        if not answer.context["next"]:
            break
        assert answer.context["checked"].count == 20 * steps
        url = f"{address(written)}&tiep={answer.context['next']}"
    found = answer.context["checked"].finding
    assert (found.sequence if found else None) == wrong
    assert steps == (6 if wrong is None else (wrong - 1) // 20 + 1)


def test_a_step_cannot_be_made_up_nor_taken_from_another_chain(written: Cast) -> None:
    falsify(5)
    other = Chain.objects.create(key="x", head="y").pk
    ours = Chain.objects.get(key=written.places.bac_kan.key)
    client = written.client("chair")
    head = ours.head
    for token in (
        "bịa",
        signing.dumps([ours.pk, 100, head], salt="khác"),
        signing.dumps([other, 100, head], salt=pages._SALT),
    ):
        assert client.get(f"{address(written)}&tiep={token}").context["checked"].finding.sequence == 5


def test_a_chain_out_of_reach_is_not_there(written: Cast) -> None:
    assert written.client("neighbour_chair").get(address(written)).status_code == 404
    assert written.client("chair").get("/nhat-ky/kiem-tra/?noi=system").status_code == 404
