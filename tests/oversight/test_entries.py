"""The page of the journal: what one may read, in words, narrowed and paged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.cast import Cast
from vuonlen.journal import words
from vuonlen.journal.actions import SYSTEM, Act, Actor, record, record_many
from vuonlen.journal.models import Chain
from vuonlen.oversight import queries

PAGE = "/nhat-ky/"


@pytest.fixture
def written(cast: Cast) -> Cast:
    """Entries in Phường Bắc Kạn, in Xã Nông Thượng that is part of it now, in the ward beside it, and elsewhere."""
    ours, old = cast.places.bac_kan.key, cast.places.nong_thuong.key
    officer = Actor(cast.officer.pk, str(cast.officer), "commune_officer")
    with transaction.atomic():
        acts = [
            Act("registry.correct_member", "household", f"nhacuata{n:04d}", fields=["person.name"]) for n in range(70)
        ]
        record_many(ours, officer, acts)
        record(ours, officer, Act("staff.appoint", "user", "aaaaaaaaaaaa", reason="theo Quyết định 12"))
        record(old, SYSTEM, Act("places.carry_village", "place", "bbbbbbbbbbbb"))
        record(cast.places.duc_xuan.key, SYSTEM, Act("search.export", "export", "hangxomxuat1"))
        record(cast.places.far_commune.key, SYSTEM, Act("search.export", "export", "noixaxuat222"))
        record("system", SYSTEM, Act("places.load_country", "places", "canuoc123456"))
    return cast


def text(cast: Cast, who: str, query: str = "") -> str:
    answer = cast.client(who).get(PAGE + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_entries_are_told_in_words_with_role_and_reason(written: Cast) -> None:
    seen = text(written, "officer")
    assert "giao vai trò: người dùng aaaaaaaaaaaa" in seen
    assert "theo Quyết định 12" in seen
    assert "Hoàng Thị Bích (Cán bộ giảm nghèo cấp xã)" in seen
    assert "Sửa thông tin thành viên: hộ" in seen
    assert "Người: họ và tên" in seen


def test_the_units_that_a_ward_came_from_are_read_with_it_and_no_others(written: Cast) -> None:
    seen = text(written, "officer")
    assert "bbbbbbbbbbbb" in seen
    assert "hangxomxuat1" not in seen
    assert "noixaxuat222" not in seen
    assert "hangxomxuat1" in text(written, "neighbour")
    province = text(written, "inspector")
    assert "hangxomxuat1" in province
    assert "noixaxuat222" not in province
    assert "canuoc123456" not in province


@pytest.mark.parametrize("who", ["village_head", "bank", "administrator", "nobody"])
def test_who_may_not_read_the_journal_is_refused(written: Cast, who: str) -> None:
    client = written.client(who)
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}kiem-tra/?noi={written.places.bac_kan.key}").status_code == 403


def test_a_place_out_of_reach_narrows_nothing_and_says_so(written: Cast) -> None:
    seen = text(written, "officer", f"?noi={written.places.duc_xuan.key}")
    assert "hangxomxuat1" not in seen
    assert 'id="id_noi_error"' in seen


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("?viec=staff.appoint", "aaaaaaaaaaaa", "nhacuata0069"),
        ("?ma=nhacuata0033", "nhacuata0033", "nhacuata0034"),
        ("?nguoi=Bích", "aaaaaaaaaaaa", "bbbbbbbbbbbb"),
        ("?nguoi=hoang+THI+bich", "aaaaaaaaaaaa", "bbbbbbbbbbbb"),
        ("?nguoi=he+thong", "bbbbbbbbbbbb", "aaaaaaaaaaaa"),
        ("?nguoi=khong+ai+ca", "Không có mục nào như vậy", "aaaaaaaaaaaa"),
        ("?ngay=01/01/2020", "Không có mục nào như vậy", "aaaaaaaaaaaa"),
        ("?ngay=hôm qua", "Ngày không đúng", "Không có mục nào như vậy"),
        ("?viec=khong.co", 'id="id_viec_error"', "Không có mục nào như vậy"),
        ("?after=bịa", "aaaaaaaaaaaa", "hangxomxuat1"),
    ],
)
def test_entries_are_narrowed(written: Cast, query: str, there: str, not_there: str) -> None:
    seen = text(written, "officer", query)
    assert there in seen
    assert not_there not in seen


def test_a_day_is_the_day_here(cast: Cast) -> None:
    midnight = timezone.localtime().replace(hour=0, minute=5)
    with time_machine.travel(midnight, tick=False), transaction.atomic():  # the day before in UTC
        record(cast.places.bac_kan.key, SYSTEM, Act("search.export", "export", "xuatnuadem12"))
    assert "xuatnuadem12" in text(cast, "officer", f"?ngay={midnight:%Y-%m-%d}")
    assert "xuatnuadem12" not in text(cast, "officer", f"?ngay={midnight - timedelta(days=1):%Y-%m-%d}")


@pytest.mark.parametrize("day", [False, True])
def test_pages_follow_one_another_without_gap_or_repeat(written: Cast, day: bool) -> None:
    begin = f"?noi={written.places.bac_kan.key}" + (f"&ngay={timezone.localdate():%Y-%m-%d}" if day else "")
    client, seen, query = written.client("officer"), [], begin
    while query:
        answer = client.get(PAGE + query)
        seen += [one.entry.sequence for one in answer.context["entries"]]
        token = answer.context["page"].next
        query = f"{begin}&after={token}" if token else ""
    assert seen == list(range(71, 0, -1))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite, which does not depend on what is there")
@pytest.mark.parametrize(
    ("asked", "order", "index"),
    [
        ({"object_id": "nhacuata0033"}, ["-id"], "journal_entry_object (object_id=?"),
        ({"act": "staff.appoint"}, ["-id"], "journal_entry_act (act=?"),
        ({"day": date(2026, 11, 24)}, ["-at", "-id"], "journal_entry_at (at>? AND at<?"),
        ({"actor": "Bích"}, ["-id"], "journal_entry_actor (actor_id=?"),
    ],
)
def test_what_is_asked_for_is_found_by_an_index(
    written: Cast, asked: dict[str, Any], order: list[str], index: str
) -> None:
    nothing: dict[str, Any] = {"actor": "", "act": "", "object_id": "", "day": None}
    rows = queries.narrowed(queries.entries(queries.chains(written.inspector)), **(nothing | asked))
    assert index in rows.order_by(*order).explain()


def test_a_page_asks_the_database_the_same_few_things_however_many_entries(written: Cast) -> None:
    client = written.client("inspector")
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PAGE)
    with transaction.atomic():
        record_many(written.places.bac_kan.key, SYSTEM, [Act("jobs.start", "job", f"j{n}") for n in range(300)])
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)


def test_an_empty_journal_says_what_will_stand_there(cast: Cast) -> None:
    assert "Nhật ký chưa có mục nào" in text(cast, "officer")


def test_every_act_that_has_words_is_a_choice_and_an_unknown_one_stands_as_it_is() -> None:
    assert queries.acts()["registry.split_household"] == "Tách hộ"
    assert words.act("staff.appoint") == "giao vai trò"
    assert words.act("mai.sau") == "mai.sau"


def test_one_chain_and_many_chains_give_the_same_entries(written: Cast) -> None:
    readable = queries.chains(written.inspector)
    assert {one.chain.key for one in readable} == set(
        Chain.objects.exclude(key__in=["system", written.places.far_commune.key]).values_list("key", flat=True)
    )
    singly = [entry.pk for one in readable for entry in queries.entries([one])]
    assert sorted(singly) == sorted(entry.pk for entry in queries.entries(readable))
