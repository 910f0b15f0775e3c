"""The tree of any date, for whoever has signed in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.cast import Cast, Places
from vuonlen.places import actions

pytestmark = pytest.mark.django_db
TREE = "/dia-ban/"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["officer", "bank", "administrator", "nobody", "far_officer", "village_head"])
def test_everybody_who_signed_in_sees_the_tree(cast: Cast, who: str) -> None:
    told = text(cast.client(who), TREE)
    assert "Tỉnh Thái Nguyên" in told
    assert "Tỉnh Bắc Kạn" not in told


def test_a_stranger_is_asked_to_sign_in(places: Places) -> None:
    for address in (TREE, f"{TREE}{places.bac_kan.public_id}/", f"{TREE}{places.bac_kan.public_id}/ban-do.geojson"):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("day", ["2023-06-01", "01/06/2023"])
def test_another_date_shows_the_units_of_that_date(cast: Cast, day: str) -> None:
    told = text(cast.client("officer"), f"{TREE}?ngay={day}")
    assert "Tỉnh Bắc Kạn" in told
    assert "Tỉnh Thái Nguyên" not in told  # the cast has no old tree of that province


def test_a_place_shows_what_lies_under_it(cast: Cast, places: Places) -> None:
    client = cast.client("officer")
    told = text(client, f"{TREE}?trong={places.province.public_id}")
    assert all(one.name in told for one in places.new.values())
    assert "Thôn Nà Kham (Nông Thượng)" in text(client, f"{TREE}?trong={places.bac_kan.public_id}")
    assert "chưa ghi đơn vị nào" in text(client, f"{TREE}?trong={places.bac_kan.public_id}&ngay=2020-01-01")


@pytest.mark.parametrize("search", ["bac kan", "Bắc Kạn", "01843"])
def test_search_needs_no_tones(cast: Cast, search: str) -> None:
    told = text(cast.client("officer"), f"{TREE}?tim={search}")
    assert "Phường Bắc Kạn" in told
    assert "Phường Đức Xuân" not in told


def test_a_search_without_result_says_what_to_do(cast: Cast) -> None:
    assert "Không tìm thấy" in text(cast.client("officer"), f"{TREE}?tim=khong-co")


@pytest.mark.parametrize(
    "query",
    ["ngay=31/02/2025", "ngay=hom-qua", "ngay=0000-00-00", "ngay=9999-12-31", "tim=%00", "tim=" + "a" * 500,
     "after=xyz", "before=%ff", "tim=%25", "trong=", "ngay=2025-07-01&ngay=x"],
)  # fmt: skip
def test_what_is_typed_into_the_address_never_breaks_the_page(cast: Cast, query: str) -> None:
    answered = cast.client("officer").get(f"{TREE}?{query}").status_code
    assert answered == (400 if "%00" in query else 200)  # no address holds a NUL byte


def test_a_bad_date_is_told_at_its_field(cast: Cast) -> None:
    told = text(cast.client("officer"), f"{TREE}?ngay=31/02/2025")
    assert "Ngày không đúng" in told
    assert 'aria-invalid="true"' in told


def test_an_unknown_place_is_not_there(cast: Cast) -> None:
    client = cast.client("officer")
    assert client.get(f"{TREE}?trong=khongcogihet").status_code == 404
    assert client.get(f"{TREE}khongcogihet/").status_code == 404
    assert client.get(f"{TREE}khongcogihet/ban-do.geojson").status_code == 404


def test_a_long_list_comes_in_pages_with_the_same_number_of_queries(cast: Cast) -> None:
    actions.load_country()
    client = cast.client("officer")
    client.get(TREE)
    with CaptureQueriesContext(connection) as short:
        client.get(TREE)
    with CaptureQueriesContext(connection) as long:
        first = client.get(TREE, {"tim": "xa", "ngay": "2023-06-01"})
    page = first.context["page"]
    assert (len(page.rows), bool(page.next), page.previous) == (50, True, "")
    second = client.get(TREE, {"tim": "xa", "ngay": "2023-06-01", "after": page.next})
    shown = [{one["place"].pk for one in response.context["rows"]} for response in (first, second)]
    assert shown[0].isdisjoint(shown[1])
    assert len(long) == len(short)
