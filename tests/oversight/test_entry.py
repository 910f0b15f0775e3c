"""One entry on its page: all that it says, and whether it and its neighbours are what was written."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.journal.wall import lowered
from tests.web.cast import Cast
from vuonlen.journal.actions import SYSTEM, Act, Actor, record, record_many
from vuonlen.journal.models import Chain, Entry


@pytest.fixture
def written(cast: Cast) -> Cast:
    """Nine entries in Phường Bắc Kạn; number 5 by its officer on a household."""
    key = cast.places.bac_kan.key
    officer = Actor(cast.officer.pk, str(cast.officer), "commune_officer")
    told = Act(
        "registry.correct", "household", "nhacuata0005", {"a": 1}, {"a": 2}, ["person.name"], "theo giấy khai sinh"
    )
    with transaction.atomic():
        record_many(key, SYSTEM, [Act("jobs.start", "job", f"j{n}") for n in range(1, 5)])
        record(key, officer, told)
        record_many(key, SYSTEM, [Act("jobs.start", "job", f"j{n}") for n in range(6, 10)])
    return cast


def page(cast: Cast, who: str, sequence: int) -> str:
    answer = cast.client(who).get(f"/nhat-ky/{cast.places.bac_kan.key}/{sequence}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_says_who_what_why_and_the_hashes(written: Cast) -> None:
    one, seen = Entry.objects.get(sequence=5), page(written, "inspector", 5)
    for words in (
        "Hoàng Thị Bích (Cán bộ giảm nghèo cấp xã)",
        "theo giấy khai sinh",
        "person.name",
        "registry.correct",
    ):
        assert words in seen
    for hashed in (one.before, one.after, one.previous, one.hash):
        assert len(hashed) == 64
        assert hashed in seen
    assert f"{one.at:%Y-%m-%dT%H:%M:%S.%fZ}" in seen
    assert "/ho/nhacuata0005/" in seen
    assert "đúng như lúc được ghi" in seen


def test_it_leads_to_the_entries_beside_it(written: Cast) -> None:
    key = written.places.bac_kan.key
    first, middle, last = (page(written, "chair", n) for n in (1, 5, 9))
    assert ('rel="prev"' in first, 'rel="next"' in first) == (False, True)
    assert f"/nhat-ky/{key}/4/" in middle
    assert f"/nhat-ky/{key}/6/" in middle
    assert ('rel="prev"' in last, 'rel="next"' in last) == (True, False)


@pytest.mark.parametrize("wrong", [1, 4, 5, 6, 9])
def test_a_changed_entry_is_told_on_its_page_and_beside_it(written: Cast, wrong: int) -> None:
    falsify(f"UPDATE journal_entry SET reason = 'khác' WHERE sequence = {wrong}")
    for sequence in range(1, 10):
        told = f"mục {wrong}: nội dung đã bị sửa hoặc tráo" in page(written, "inspector", sequence)
        assert told == (abs(sequence - wrong) <= 1), sequence


def test_a_deleted_neighbour_is_told(written: Cast) -> None:
    falsify("DELETE FROM journal_entry WHERE sequence = 4")
    for sequence in (3, 5):
        assert "mục 4: đã bị xóa" in page(written, "inspector", sequence)
    assert written.client("inspector").get(f"/nhat-ky/{written.places.bac_kan.key}/4/").status_code == 404


def test_a_tail_that_was_cut_off_is_told_on_the_newest(written: Cast) -> None:
    falsify("DELETE FROM journal_entry WHERE sequence = 9")
    assert "bị cắt đuôi, mất từ mục 9" in page(written, "inspector", 8)


def test_the_only_entry_of_a_chain_is_whole(cast: Cast) -> None:
    with transaction.atomic():
        record(cast.places.bac_kan.key, SYSTEM, Act("jobs.start", "job", "j1"))
    assert "đúng như lúc được ghi" in page(cast, "chair", 1)


def test_a_chain_out_of_reach_is_not_there_and_who_reads_none_is_refused(written: Cast) -> None:
    address = f"/nhat-ky/{written.places.bac_kan.key}/5/"
    with transaction.atomic():
        record("system", SYSTEM, Act("backup.made", "backup", "a.backup"))
    assert written.client("neighbour").get(address).status_code == 404
    assert written.client("inspector").get("/nhat-ky/system/1/").status_code == 404
    for who in ("village_head", "bank", "administrator", "nobody"):
        assert written.client(who).get(address).status_code == 403


@pytest.mark.parametrize("sequence", ["0", "10", "9" * 18, "9" * 30])
def test_a_number_that_no_entry_has_is_not_there(written: Cast, sequence: str) -> None:
    assert written.client("chair").get(f"/nhat-ky/{written.places.bac_kan.key}/{sequence}/").status_code == 404


@pytest.mark.parametrize("name", ["object_id", "act", "role", "object_type", "actor", "place", "fields", "hash"])
def test_a_falsified_entry_is_shown_and_convicted_whatever_stands_in_it(written: Cast, name: str) -> None:
    falsify(f"UPDATE journal_entry SET {name} = '<b>khác/..' WHERE sequence = 5")
    assert "mục 5: nội dung đã bị sửa hoặc tráo" in page(written, "inspector", 5)
    assert written.client("inspector").get("/nhat-ky/").status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps only a time as a time")
def test_a_time_that_is_none_is_convicted_too(written: Cast) -> None:
    falsify("UPDATE journal_entry SET at = 'khác' WHERE sequence = 5")
    assert "mục 5: nội dung đã bị sửa hoặc tráo" in page(written, "inspector", 5)
    assert written.client("inspector").get("/nhat-ky/").status_code == 200


def test_a_number_that_no_entry_can_have_is_shown_in_the_list(written: Cast) -> None:
    falsify("UPDATE journal_entry SET sequence = -7 WHERE sequence = 5")
    assert "-7" in written.client("inspector").get("/nhat-ky/").content.decode()


def test_the_list_leads_to_each_entry(written: Cast) -> None:
    seen = written.client("chair").get("/nhat-ky/").content.decode()
    for sequence in range(1, 10):
        assert f'href="/nhat-ky/{written.places.bac_kan.key}/{sequence}/"' in seen.replace("%40", "@")


def falsify(statement: str) -> None:
    assert Chain.objects.count() == 1
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with lowered(), connection.cursor() as cursor:
        cursor.execute(statement)
