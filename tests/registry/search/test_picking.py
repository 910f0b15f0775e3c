"""A list is narrowed to a place of any time, chosen from the reader's own area only."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404

from tests.registry.search.conftest import Village
from vuonlen.registry.search.picking import choices, pick

pytestmark = pytest.mark.django_db


def names(village: Village, who: str, **asked: str) -> list[str]:
    return [one.name for one in pick(getattr(village.cast, who), **asked).places]


def test_one_begins_at_the_top_of_ones_area(village: Village) -> None:
    assert names(village, "officer") == ["Phường Bắc Kạn"]
    assert names(village, "province_officer") == ["Tỉnh Thái Nguyên"]
    assert names(village, "nobody") == names(village, "bank") == []


def test_the_tree_of_another_day(village: Village) -> None:
    assert "Xã Nông Thượng" in names(village, "officer", day="2023-01-01")
    assert "Xã Nông Thượng" not in names(village, "officer", day="2025-07-01")
    assert names(village, "officer", day="xyz") == names(village, "officer", day="1066-01-01") == ["Phường Bắc Kạn"]


def test_step_by_step_down(village: Village) -> None:
    ward = village.cast.places.bac_kan
    told = pick(village.cast.province_officer, within=ward.public_id)
    assert told.place == ward
    assert [one.name for one in told.trail] == ["Tỉnh Thái Nguyên"]
    assert {one.parent_id for one in told.places} == {ward.pk}
    assert pick(village.cast.officer, within=ward.public_id).trail == []  # what is above is not theirs


def test_villages_of_a_unit_that_has_ended(village: Village) -> None:
    old = village.cast.places.nong_thuong
    assert names(village, "officer", within=old.public_id) == ["Thôn Nà Kham", "Thôn Tân Thành"]


@pytest.mark.parametrize("words", ["nong thuong", "NÔNG THƯỢNG", "ong thuon"])
def test_by_name_without_tones(village: Village, words: str) -> None:
    found = pick(village.cast.officer, words=words).places
    assert village.cast.places.nong_thuong in found
    assert all("Nông Thượng" in one.name for one in found)
    assert names(village, "far_officer", words=words) == []


@pytest.mark.parametrize("within", ["", "x", "0" * 12, "' OR 1=1"])
def test_what_is_no_place_of_theirs_is_not_found(village: Village, within: str) -> None:
    if within:
        with pytest.raises(Http404):
            pick(village.cast.officer, within=within)
    with pytest.raises(Http404):
        pick(village.cast.officer, within=village.cast.places.far_commune.public_id)


def test_the_short_list_holds_what_is_at_hand(village: Village) -> None:
    user, ward = village.cast.officer, village.cast.places.bac_kan
    told = [one.name for one in choices(user, "")]
    assert told[0] == "Phường Bắc Kạn"
    assert len(told) > 1
    home = village.an.village
    assert home is not None
    assert [one.pk for one in choices(user, home.public_id)] == [ward.pk, home.pk]
    assert village.cast.places.old["01852"].valid_to == date(2025, 7, 1)


def test_the_page_keeps_the_filters(village: Village) -> None:
    client = village.cast.client("officer")
    page = client.get("/ho/dia-ban/", {"phan-loai": "poor", "ngay": "2023-01-01"}).content.decode()
    place = village.cast.places.nong_thuong
    assert f'href="/ho/?dia-ban={place.public_id}&amp;phan-loai=poor' in page
    found = client.get("/ho/", {"dia-ban": place.public_id, "phan-loai": "poor"}).content.decode()
    assert "Nông Văn An" in found
    assert "Bế Văn Bình" not in found
    assert client.get("/ho/dia-ban/", {"trong": village.cast.places.far_commune.public_id}).status_code == 404
    assert village.cast.client("bank").get("/ho/dia-ban/").status_code == 403
