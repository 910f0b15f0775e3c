"""An ID number on the page: masked for everybody, opened by a click with a purpose, logged, up to a daily ceiling."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.cast import Cast
from tests.web.homes import ID_NUMBER, household
from vuonlen.accounts.models import Reveal
from vuonlen.journal.models import Entry
from vuonlen.registry.models import Household

pytestmark = pytest.mark.django_db(transaction=True)  # a look is kept in a transaction of its own
MASKED = "0060******45"


@pytest.fixture
def home(cast: Cast) -> Household:
    return household(cast.places.bac_kan)


def door(home: Household) -> str:
    return f"/ho/{home.public_id}/nguoi/{home.memberships.get().person.public_id}/so-dinh-danh/"


def test_the_household_shows_the_mask_to_everybody_who_sees_it(cast: Cast, home: Household) -> None:
    for name in ("officer", "chair", "approver", "inspector", "province_officer"):
        page = cast.client(name).get(f"/ho/{home.public_id}/").content.decode()
        assert MASKED in page, name
        assert ID_NUMBER not in page, name
    assert not Reveal.objects.exists()


def test_a_click_with_a_purpose_opens_it_and_is_kept(cast: Cast, home: Household) -> None:
    client = cast.client("officer")
    asked = client.get(door(home))
    assert MASKED in asked.content.decode()
    assert ID_NUMBER not in asked.content.decode()
    answer = client.post(door(home), {"purpose": "review", "note": "hộ xin xác nhận"})
    assert ID_NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    look = Reveal.objects.get()
    assert (look.user, look.field) == (cast.officer, "id_number")
    entry = Entry.objects.get(act="accounts.reveal")
    assert (entry.actor_id, entry.chain.key) == (cast.officer.pk, cast.places.bac_kan.key)
    assert "hộ xin xác nhận" in entry.reason
    assert ID_NUMBER not in str(entry.__dict__)
    assert ID_NUMBER not in client.get(door(home)).content.decode()  # the next time it is asked for again


@pytest.mark.parametrize("told", [{"purpose": ""}, {"purpose": "tò mò"}, {"purpose": "other", "note": "xem"}])
def test_without_a_purpose_it_stays_closed(cast: Cast, home: Household, told: dict[str, str]) -> None:
    answer = cast.client("officer").post(door(home), told)
    assert ID_NUMBER not in answer.content.decode()
    assert "invalid-feedback" in answer.content.decode()
    assert not Reveal.objects.exists()
    assert not Entry.objects.filter(act__startswith="accounts.reveal").exists()


def test_at_the_ceiling_it_is_refused_and_the_refusal_is_kept(cast: Cast, home: Household, settings: Any) -> None:
    settings.REVEALS_A_DAY = 2
    client = cast.client("officer")
    pages = [client.post(door(home), {"purpose": "review"}).content.decode() for _ in range(3)]
    assert [ID_NUMBER in one for one in pages] == [True, True, False]
    assert "N-CEILING" in pages[2]
    acts = Entry.objects.filter(act__startswith="accounts.reveal").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["accounts.reveal", "accounts.reveal", "accounts.reveal_refused"]
    assert ID_NUMBER in cast.client("chair").post(door(home), {"purpose": "review"}).content.decode()  # each their own


@pytest.mark.parametrize(
    "name", ["village_head", "province_officer", "bank", "administrator", "neighbour", "far_approver"]
)
def test_for_others_there_is_no_such_page(cast: Cast, home: Household, name: str) -> None:
    client = cast.client(name)
    for answer in (client.get(door(home)), client.post(door(home), {"purpose": "review"})):
        assert answer.status_code == 404
        assert ID_NUMBER not in answer.content.decode()
    assert not Reveal.objects.exists()
