"""Villages of split communes are assigned by whoever manages the places of the area, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.cast import Cast, Places
from vuonlen.geography.web.assigning import card
from vuonlen.journal.models import Entry
from vuonlen.places import queries
from vuonlen.places.models import Place, Succession

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def address(place: Place, page: str) -> str:
    return f"/dia-ban/{place.public_id}/{page}/"


def test_the_list_names_what_waits(cast: Cast, split: Place, places: Places) -> None:
    told = cast.client("province_officer").get("/dia-ban/chia-tach/").content.decode()
    assert split.name in told
    assert "bị chia" in told
    assert places.old["01855"].name not in told  # whole, and its villages have gone on
    assert card(cast.province_officer) == {
        "title": "Thôn chờ phân về đơn vị mới", "icon": "signpost-split", "count": 2,
        "url": "/dia-ban/chia-tach/", "action": "Phân thôn",
    }  # fmt: skip
    assert card(cast.officer) is None


def test_villages_are_assigned_and_the_journal_names_who(cast: Cast, waiting: list[Place], places: Places) -> None:
    first, second = waiting
    split = first.parent
    assert split is not None
    response = cast.client("province_officer").post(
        address(split, "phan-thon"),
        {
            "reason": "NQ 1683/NQ-UBTVQH15",
            f"to-{first.public_id}": places.new["01849"].public_id,
            f"name-{first.public_id}": "Thôn Nà Bản",
            f"to-{second.public_id}": "",
            f"name-{second.public_id}": "Thôn Khuổi Cuồng",
        },
    )
    assert response.status_code == 302
    after = queries.became(first, TODAY).place
    assert after is not None
    assert after.parent == places.new["01849"]
    assert not second.successions.exists()
    entry = Entry.objects.get(act="places.assign_village")
    assert (entry.actor_id, entry.role) == (cast.province_officer.pk, "province_officer")


def test_a_fault_in_one_village_keeps_all_back(cast: Cast, waiting: list[Place], places: Places) -> None:
    first, second = waiting
    split = first.parent
    assert split is not None
    told = {"reason": "NQ 1683"}
    for one in waiting:
        told |= {f"to-{one.public_id}": places.bac_kan.public_id, f"name-{one.public_id}": "Tổ Chung"}
    before = Place.objects.count()
    response = cast.client("province_officer").post(address(split, "phan-thon"), told)
    assert response.status_code == 422
    assert "PL-VILLAGE-TWICE" in response.content.decode()
    assert second.name in response.content.decode()
    assert Place.objects.count() == before


@pytest.mark.parametrize(
    "told", [{}, {"reason": ""}, {"reason": "x" * 300}, {"reason": "a", "to": "zzz"}, {"reason": "\x00"}]
)
def test_a_form_with_faults_is_shown_again(cast: Cast, waiting: list[Place], told: dict[str, str]) -> None:
    first = waiting[0]
    split = first.parent
    assert split is not None
    given = {f"to-{first.public_id}": told.get("to", "")} | told
    response = cast.client("province_officer").post(address(split, "phan-thon"), given)
    assert response.status_code == 200
    assert "invalid" in response.content.decode()
    assert not first.successions.exists()


def test_an_assignment_is_taken_back(cast: Cast, waiting: list[Place], places: Places) -> None:
    first = waiting[0]
    split = first.parent
    assert split is not None
    client = cast.client("province_officer")
    client.post(address(split, "phan-thon"), {"reason": "NQ", f"to-{first.public_id}": places.bac_kan.public_id})
    assert first.successions.exists()
    assert client.post(address(first, "rut-lai"), {"reason": ""}).status_code == 302
    assert first.successions.exists()
    assert client.post(address(first, "rut-lai"), {"reason": "nhầm"}).status_code == 302
    assert not first.successions.exists()


def test_villages_of_a_unit_that_went_wholly_have_one_choice(cast: Cast, places: Places) -> None:
    old = places.old["01855"]
    Succession.objects.filter(predecessor__parent=old).delete()
    response = cast.client("province_officer").get(address(old, "phan-thon"))
    told = response.content.decode()
    assert "Toàn bộ Phường Xuất Hóa đã nhập vào một đơn vị" in " ".join(told.split())
    assert told.count(f'<option value="{places.bac_kan.public_id}" selected>') == 2


def test_a_village_is_added(cast: Cast, places: Places) -> None:
    client = cast.client("province_officer")
    given = {"name": "Thôn Nà Pèn", "kind": "thon", "document": "NQ 12/2026"}
    assert client.get(address(places.bac_kan, "them-thon")).status_code == 200
    assert client.post(address(places.bac_kan, "them-thon"), given).status_code == 302
    made = Place.objects.get(name="Thôn Nà Pèn")
    assert (made.parent, made.source) == (places.bac_kan, "NQ 12/2026")
    again = client.post(address(places.bac_kan, "them-thon"), given)
    assert again.status_code == 200
    assert again.context["form"].errors["name"]
    bad = client.post(address(places.bac_kan, "them-thon"), given | {"name": " ", "kind": "xa"})
    assert set(bad.context["form"].errors) == {"name", "kind"}


@pytest.mark.parametrize("page", ["phan-thon", "them-thon"])
@pytest.mark.parametrize(
    "who",
    ["officer", "chair", "village_head", "bank", "inspector", "administrator", "neighbour", "far_officer", "nobody",
     "approver"],
)  # fmt: skip
def test_others_do_not_find_the_page(cast: Cast, split: Place, who: str, page: str) -> None:
    client = cast.client(who)
    assert client.get(address(split, page)).status_code == 404
    assert client.post(address(split, page), {"name": "Thôn", "kind": "thon", "reason": "x"}).status_code == 404
    assert client.get("/dia-ban/chia-tach/").status_code == 404


def test_places_of_other_provinces_are_out_of_reach(cast: Cast, places: Places) -> None:
    client = cast.client("province_officer")
    assert client.get(address(places.far_commune, "them-thon")).status_code == 404
    assert client.get(address(places.province, "them-thon")).status_code == 404  # no commune
    assert client.get(address(places.bac_kan, "phan-thon")).status_code == 404  # has not ended
    assert client.get(address(places.bac_kan, "rut-lai")).status_code == 405
    village = Place.objects.get(parent=places.far_commune)
    assert client.post(address(village, "rut-lai"), {"reason": "x"}).status_code == 404
