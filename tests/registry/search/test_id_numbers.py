"""An ID number finds its household, and stands in no address, page, log or journal in the clear."""

from __future__ import annotations

import logging

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from tests.registry.search.conftest import Village
from vuonlen.accounts.models import Reveal
from vuonlen.journal.models import Entry
from vuonlen.registry.search.actions import look_up

pytestmark = pytest.mark.django_db
NUMBER = "006075000121"


@pytest.mark.parametrize("typed", [NUMBER, "006 075 000 121", "006.075.000.121", "'006075000121"])
def test_a_number_is_found_and_not_shown(village: Village, typed: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = village.cast.client("officer")
    answer = client.post("/ho/", {"tim": typed})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert "Nông Văn An" in page.content.decode()
    for text in (answer["Location"], page.content.decode(), caplog.text):
        assert NUMBER not in text


def test_a_number_of_elsewhere_is_not_found(village: Village) -> None:
    client = village.cast.client("officer")
    page = client.get(client.post("/ho/", {"tim": "004060000999"})["Location"]).content.decode()
    assert "Quan Văn An" not in page
    assert "Không có hộ nào mang số định danh này" in page


def test_a_number_in_the_address_is_not_looked_for(village: Village) -> None:
    answer = village.cast.client("officer").get("/ho/", {"tim": NUMBER, "phan-loai": "poor"})
    assert answer.status_code == 302
    assert answer["Location"] == "/ho/?phan-loai=poor"


def test_a_token_is_for_one_person_and_for_a_while(village: Village) -> None:
    address = village.cast.client("officer").post("/ho/", {"tim": NUMBER})["Location"]
    assert village.cast.client("officer").get(address).status_code == 200
    assert village.cast.client("officer2").get(address).status_code == 404
    assert village.cast.client("officer").get("/ho/?so=xyz").status_code == 404
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=31), tick=False):
        assert village.cast.client("officer").get(address).status_code == 404


def test_the_bank_finds_one_household_by_a_full_number(village: Village) -> None:
    client = village.cast.client("bank")
    page = client.post("/ho/tra-cuu/", {"number": NUMBER, "purpose": "support"}).content.decode()
    assert "Nông Văn An" in page
    assert "12/QĐ-UBND" in page
    assert NUMBER not in page
    assert "Tày" not in page
    entry = Entry.objects.get(act="search.look_up")
    assert (entry.object_type, entry.object_id) == ("household", village.an.public_id)
    assert entry.chain.key == village.an.commune.key
    assert entry.reason == "Làm hồ sơ hỗ trợ, vay vốn"
    assert Reveal.objects.get().user == village.cast.bank


@pytest.mark.parametrize("number", ["004060000999", "006070000888", "006075000122"])
def test_the_bank_finds_nobody_outside_its_area_and_it_is_noted(village: Village, number: str) -> None:
    page = village.cast.client("bank").post("/ho/tra-cuu/", {"number": number, "purpose": "support"})
    assert "Không có hộ nào mang số định danh này" in page.content.decode()
    assert Entry.objects.get(act="search.look_up").object_type == "nobody"


@pytest.mark.parametrize("number", ["", "12345", "00607500012", "abc", "0060750001211", "\x00" * 12, "00607500012x"])
def test_what_is_no_number_is_said_and_not_counted(village: Village, number: str) -> None:
    page = village.cast.client("bank").post("/ho/tra-cuu/", {"number": number, "purpose": "support"})
    assert page.status_code == 200
    assert not Reveal.objects.exists()
    assert not Entry.objects.filter(act="search.look_up").exists()


def test_a_purpose_is_needed(village: Village) -> None:
    client = village.cast.client("bank")
    for sent in ({"purpose": ""}, {"purpose": "other", "note": "ngắn"}, {"purpose": "vui"}):
        client.post("/ho/tra-cuu/", {"number": NUMBER} | sent)
    assert not Reveal.objects.exists()


def test_the_daily_ceiling(village: Village, settings) -> None:  # type: ignore[no-untyped-def]
    settings.REVEALS_A_DAY = 2
    client = village.cast.client("bank")
    for _ in range(2):
        assert "Nông Văn An" in client.post("/ho/tra-cuu/", {"number": NUMBER, "purpose": "support"}).content.decode()
    page = client.post("/ho/tra-cuu/", {"number": NUMBER, "purpose": "support"}).content.decode()
    assert "Q-CEILING" in page
    assert "Nông Văn An" not in page
    assert Entry.objects.filter(act="search.look_up_refused").count() == 1


@pytest.mark.parametrize("who", ["officer", "inspector", "administrator", "nobody"])
def test_others_do_not_look_up(village: Village, who: str) -> None:
    assert village.cast.client(who).get("/ho/tra-cuu/").status_code == 403
    with pytest.raises(PermissionDenied):
        look_up(by=getattr(village.cast, who), number=NUMBER, purpose="support")


def test_no_number_stands_in_the_tables_of_the_search(village: Village) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM registry_search_name")
        assert not any(NUMBER in key for (key,) in cursor.fetchall())
