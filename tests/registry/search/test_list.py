"""The list shows the households of one's own area and no others, found by any words somebody may remember."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.registry.search.conftest import Village
from vuonlen.registry.models import Household
from vuonlen.registry.search import queries
from vuonlen.registry.search.filters import Filters
from vuonlen.registry.search.queries import listing

pytestmark = pytest.mark.django_db
LIST = "/ho/"


def found(village: Village, who: str, **filters: object) -> list[str]:
    rows = listing(getattr(village.cast, who), Filters(**filters)).rows  # type: ignore[arg-type]
    return [one.household.code for one in rows]


@pytest.mark.parametrize(
    "who, codes",
    [
        ("officer", ["NT-2", "NT-1"]),
        ("village_head", []),
        ("province_officer", ["DX-1", "NT-2", "NT-1"]),
        ("inspector", ["DX-1", "NT-2", "NT-1"]),
        ("neighbour", ["DX-1"]),
        ("far_officer", ["CB-1"]),
        ("bank", []),
        ("administrator", []),
        ("nobody", []),
    ],
)
def test_whose_list_holds_what(village: Village, who: str, codes: list[str]) -> None:
    assert sorted(found(village, who)) == sorted(codes)


@pytest.mark.parametrize(
    "words, codes",
    [
        ("nông văn an", ["NT-1"]),
        ("NONG VAN AN", ["NT-1"]),
        ("nong", ["NT-1"]),
        ("an nong van", ["NT-1"]),  # given name first
        ("nong an", ["NT-1"]),  # without the middle name
        ("hoàng thị bình", ["NT-1"]),  # a member, not the head
        ("binh", ["NT-1", "NT-2"]),  # a member of one, the head of the other
        ("bi", ["NT-1", "NT-2"]),  # the beginning of a name
        ("NT-2", ["NT-2"]),  # the code of the household
        ("an nong thuong", ["NT-1"]),  # a name and the unit it lived in until 2025
        ("chi phuong bac kan", ["NT-1"]),
        ("quan van an", []),  # lives elsewhere
        ("zzz", []),
        ("...", ["NT-1", "NT-2"]),  # no word at all narrows nothing
    ],
)
def test_words_without_tones(village: Village, words: str, codes: list[str]) -> None:
    assert sorted(found(village, "officer", words=words)) == codes


@pytest.mark.parametrize("rare", [0, 2, 200])
def test_a_reader_of_many_provinces_finds_the_same(
    village: Village, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    """Names that are few are sorted, others walked root by root: neither may be seen from outside."""
    user = village.cast.province_officer
    asked = [Filters(words=words) for words in ("nong van", "n", "binh", "zzz")]
    before = [listing(user, one).rows for one in asked]
    assert [len(rows) for rows in before] == [2, 3, 2, 0]
    monkeypatch.setattr(queries, "FEW", 0)
    monkeypatch.setattr(queries, "RARE", rare)
    assert [listing(user, one).rows for one in asked] == before
    first = listing(user, asked[1], size=1)
    second = listing(user, asked[1], after=first.next, size=2)
    assert first.rows + second.rows == before[1]
    assert listing(user, asked[1], before=second.previous, size=1).rows == first.rows


def test_a_household_stands_once_however_many_of_it_match(village: Village) -> None:
    assert found(village, "officer", words="n").count("NT-1") == 1


@pytest.mark.parametrize("words", ["nong thuong", "xã nông thượng", "Nong Thuong"])
def test_words_that_name_a_place_lead_to_it(village: Village, words: str) -> None:
    told = listing(village.cast.officer, Filters(words=words))
    assert told.rows == []
    assert told.places == (village.cast.places.nong_thuong,)
    page = village.cast.client("officer").get(LIST, {"tim": words}).content.decode()
    assert f'href="?dia-ban={village.cast.places.nong_thuong.public_id}"' in page
    assert listing(village.cast.far_officer, Filters(words=words)).places == ()


def test_the_place_that_words_were_taken_for_is_told(village: Village) -> None:
    told = listing(village.cast.officer, Filters(words="an nong thuong"))
    assert told.understood == village.cast.places.nong_thuong
    assert told.filters.day == date(2025, 6, 30)  # who lived there on its last day


def test_members_who_match_are_named(village: Village) -> None:
    rows = listing(village.cast.officer, Filters(words="nong thi")).rows
    assert [one.matched for one in rows] == [("Nông Thị Chi",)]


@pytest.mark.parametrize(
    "filters, codes",
    [
        ({"status": "poor"}, ["NT-1"]),
        ({"status": "near_poor"}, ["NT-2"]),
        ({"status": "chua"}, []),
        ({"ethnicity": "02"}, ["NT-1", "NT-2"]),
        ({"ethnicity": "01"}, []),
        ({"indicator": "I01"}, ["NT-1"]),
        ({"indicator": "I04"}, ["NT-1"]),
        ({"indicator": "I02"}, []),
        ({"group": "NCC"}, ["NT-1"]),
        ({"status": "poor", "words": "binh"}, ["NT-1"]),
        ({"state": "dong"}, []),
        ({"day": date(2022, 12, 31), "state": "ca"}, []),
        ({"day": date(2023, 12, 30), "status": "poor"}, []),
        ({"day": date(2024, 1, 1), "status": "poor"}, ["NT-1"]),
        ({"day": date(2023, 6, 1), "indicator": "I01"}, []),
        ({"day": date(2024, 6, 1), "indicator": "I01"}, ["NT-1"]),
    ],
)
def test_filters(village: Village, filters: dict[str, object], codes: list[str]) -> None:
    assert sorted(found(village, "officer", **filters)) == codes


def test_a_former_unit_shows_who_lived_there(village: Village) -> None:
    old = village.cast.places.nong_thuong
    told = listing(village.cast.officer, Filters(place=old.public_id))
    assert sorted(one.household.code for one in told.rows) == ["NT-1", "NT-2"]
    assert told.filters.day == date(2025, 6, 30)
    other = village.cast.places.old["01855"]
    assert listing(village.cast.officer, Filters(place=other.public_id)).rows == []


def test_a_village_of_today(village: Village) -> None:
    home = village.an.village
    assert home is not None
    assert found(village, "officer", place=home.public_id) == ["NT-1"]


def test_vietnamese_order_by_name(village: Village) -> None:
    rows = listing(village.cast.province_officer, Filters(order="ten")).rows
    assert [one.household.head_name for one in rows] == ["Bế Văn Bình", "Nông Văn An", "Nông Văn Ấn"]


def test_closed_households_are_left_out_unless_asked_for(village: Village) -> None:
    Household.objects.filter(pk=village.binh.pk).update(closed_on=date(2026, 1, 1))
    assert found(village, "officer") == ["NT-1"]
    assert found(village, "officer", state="dong") == ["NT-2"]
    assert sorted(found(village, "officer", state="ca")) == ["NT-1", "NT-2"]
    assert sorted(found(village, "officer", day=date(2025, 12, 1))) == ["NT-1", "NT-2"]


# ---- the page -----------------------------------------------------------------------------------------------------


def test_the_page_links_to_each_household(village: Village) -> None:
    page = village.cast.client("officer").get(LIST)
    assert page.status_code == 200
    text = page.content.decode()
    for home in (village.an, village.binh):
        assert f'href="{reverse("registry:household", args=[home.public_id])}"' in text
        assert home.head_name in text
    assert village.neighbour.public_id not in text


@pytest.mark.parametrize("who", ["bank", "administrator", "nobody"])
def test_without_the_right_there_is_no_list(village: Village, who: str) -> None:
    assert village.cast.client(who).get(LIST).status_code == 403


def test_nobody_is_asked_to_sign_in_without_an_answer(client: Client) -> None:
    assert client.get(LIST).status_code == 302


def test_a_place_of_others_is_not_found(village: Village) -> None:
    client = village.cast.client("officer")
    for place in (village.cast.places.duc_xuan, village.cast.places.far_commune):
        assert client.get(LIST, {"dia-ban": place.public_id}).status_code == 404
    assert client.get(LIST, {"dia-ban": "0" * 12}).status_code == 404


def test_words_become_an_address_that_can_be_shared(village: Village) -> None:
    client = village.cast.client("officer")
    answer = client.post(LIST, {"tim": "nông văn", "phan-loai": "poor", "dia-ban": ""})
    assert answer.status_code == 302
    assert "phan-loai=poor" in answer["Location"]
    assert "dia-ban" not in answer["Location"]
    text = client.get(answer["Location"]).content.decode()
    assert "Nông Văn An" in text
    assert "Bế Văn Bình" not in text
    assert "Phân loại: <strong>Hộ nghèo</strong>" in text


def test_ethnicity_is_not_for_everyone(village: Village) -> None:
    head = village.cast.village_head
    client = village.cast.client("village_head")
    assert "dan-toc" not in client.get(LIST).content.decode()
    Household.objects.filter(pk=village.an.pk).update(
        village=village.cast.places.new_villages["01843"][0],
        area_path=village.cast.places.new_villages["01843"][0].path,
    )
    assert [one.ethnicity for one in listing(head, Filters()).rows] == [None]
    assert listing(head, Filters(ethnicity="02")).rows == []
    assert "Tày" in village.cast.client("officer").get(LIST).content.decode()


def test_pages_go_forward_and_back(village: Village) -> None:
    user = village.cast.province_officer
    first = listing(user, Filters(), size=1)
    second = listing(user, Filters(), after=first.next, size=1)
    third = listing(user, Filters(), after=second.next, size=1)
    codes = [one.rows[0].household.code for one in (first, second, third)]
    assert sorted(codes) == ["DX-1", "NT-1", "NT-2"]
    assert not third.next
    assert not first.previous
    back = listing(user, Filters(), before=third.previous, size=1)
    assert back.rows[0].household.code == codes[1]
    assert listing(user, Filters(), before=back.previous, size=1).rows[0].household.code == codes[0]


def test_pages_of_a_search_go_forward_and_back(village: Village) -> None:
    user = village.cast.province_officer
    first = listing(user, Filters(words="nong van"), size=1)
    second = listing(user, Filters(words="nong van"), after=first.next, size=1)
    assert {first.rows[0].household.code, second.rows[0].household.code} == {"NT-1", "DX-1"}
    assert listing(user, Filters(words="nong van"), before=second.previous, size=1).rows == first.rows


def test_a_token_of_another_list_is_not_found(village: Village) -> None:
    client = village.cast.client("province_officer")
    token = listing(village.cast.province_officer, Filters(words="nong van"), size=1).next
    assert client.get(LIST, {"after": token}).status_code == 404
    assert client.get(LIST, {"after": "x"}).status_code == 404
