"""Sessions end: when idle, after twelve hours, with the account, everywhere at once."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from django.test import Client
from django.utils import timezone
from time_machine import travel

from tests.web.cast import PASSWORD, Cast
from vuonlen.accounts.actions import end_sessions
from vuonlen.accounts.models import User
from vuonlen.journal.models import Entry

pytestmark = pytest.mark.django_db

OVER = "/tai-khoan/phien-da-het/"
MINUTE, HOUR = 60, 3600


def test_half_an_hour_without_a_click_ends_it_and_leads_back(cast: Cast) -> None:
    client, now = cast.client("chair"), time.time()
    assert client.get("/nhan-su/").status_code == 200
    with travel(now + 31 * MINUTE):
        response = client.get("/nhan-su/?trang=2")
        assert response["Location"] == f"{OVER}?next=%2Fnhan-su%2F%3Ftrang%3D2"
        text = client.get(response["Location"]).content.decode()
        assert "Phiên làm việc đã hết" in text
        assert "/tai-khoan/dang-nhap/?next=%2Fnhan-su%2F%3Ftrang%3D2" in text
        assert client.get("/nhan-su/").status_code == 302


def test_who_goes_on_working_stays_signed_in(cast: Cast) -> None:
    client, now = cast.client("chair"), time.time()
    for minutes in range(0, 120, 25):
        with travel(now + minutes * MINUTE):
            assert client.get("/nhan-su/").status_code == 200


def test_after_twelve_hours_of_work_it_ends_all_the_same(cast: Cast) -> None:
    client, now = cast.client("chair"), time.time()
    for minutes in range(0, 12 * 60, 20):
        with travel(now + minutes * MINUTE):
            assert client.get("/nhan-su/").status_code == 200
    with travel(now + 12 * HOUR + MINUTE):
        assert client.get("/nhan-su/")["Location"].startswith(OVER)


def test_a_page_that_asks_by_itself_keeps_nothing_alive(cast: Cast, settings: Any) -> None:
    settings.WATCHING_ROUTES = {"staff:list"}
    client, now = cast.client("chair"), time.time()
    for minutes in range(0, 30, 5):
        with travel(now + minutes * MINUTE):
            assert client.get("/nhan-su/").status_code == 200
    with travel(now + 31 * MINUTE):
        assert client.get("/nhan-su/")["Location"].startswith(OVER)


def test_what_was_sent_too_late_leads_back_to_its_form(cast: Cast) -> None:
    client, now = cast.client("chair"), time.time()
    client.get("/nhan-su/them/")
    with travel(now + 31 * MINUTE):
        form = "http://testserver/nhan-su/them/"
        response = client.post("/nhan-su/them/", {"full_name": "x"}, headers={"referer": form})
        assert response["Location"] == f"{OVER}?next=http%3A%2F%2Ftestserver%2Fnhan-su%2Fthem%2F"


@pytest.mark.parametrize("referer", ["https://evil.example/", "", "javascript:alert(1)"])
def test_it_leads_back_to_no_other_site(cast: Cast, referer: str) -> None:
    client, now = cast.client("chair"), time.time()
    client.get("/")
    with travel(now + 31 * MINUTE):
        assert client.post("/", headers={"referer": referer})["Location"] == f"{OVER}?next=%2F"
    text = Client().get(OVER, {"next": referer}).content.decode()
    assert 'href="/tai-khoan/dang-nhap/?next=%2F"' in text


def test_a_part_of_a_page_sends_the_whole_page_away(cast: Cast) -> None:
    client, now = cast.client("chair"), time.time()
    client.get("/")
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/nhan-su/"}
    with travel(now + 31 * MINUTE):
        response = client.get("/nhan-su/", headers=asked)
        assert response.status_code == 200
        assert response["HX-Redirect"].startswith(OVER)
        assert response.content == b""
        again = client.get("/nhan-su/", headers=asked)
        assert again["HX-Redirect"].startswith("/tai-khoan/dang-nhap/")


def test_the_last_sign_of_life_is_not_written_at_every_click(cast: Cast) -> None:
    client, now = cast.client("chair"), time.time()
    client.get("/nhan-su/")
    before = Session.objects.get().session_data
    with travel(now + 30):
        client.get("/nhan-su/")
    assert Session.objects.get().session_data == before


# ---- everywhere ---------------------------------------------------------------------------------------------------


def test_signing_out_everywhere_ends_the_session_on_the_lost_telephone(cast: Cast) -> None:
    here, lost = cast.client("officer"), cast.client("officer")
    assert lost.get("/").status_code == 200
    assert here.post("/tai-khoan/dang-xuat-moi-noi/")["Location"] == "/tai-khoan/dang-nhap/"
    assert lost.get("/").status_code == here.get("/").status_code == 302
    assert Entry.objects.filter(act="accounts.end_sessions", object_id=cast.officer.public_id).exists()
    assert cast.client("officer2").get("/").status_code == 200


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    here, other = cast.client("officer"), cast.client("officer")
    new = "mot-mat-khau-khac-hon"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/tai-khoan/doi-mat-khau/", given).status_code == 302
    assert here.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert User.objects.get(pk=cast.officer.pk).check_password(new)
    assert Entry.objects.get().act == "accounts.change_password"


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("sai", "mot-mat-khau-khac-hon", "mot-mat-khau-khac-hon"),
        (PASSWORD, "ngan", "ngan"),
        (PASSWORD, "mot-mat-khau-khac-hon", "mot-mat-khau-khac"),
        (PASSWORD, PASSWORD, PASSWORD),
        (PASSWORD, "1qaz2wsx3edc", "1qaz2wsx3edc"),
    ],
)
def test_a_bad_new_password_changes_nothing(cast: Cast, old: str, new: str, again: str) -> None:
    response = cast.client("officer").post(
        "/tai-khoan/doi-mat-khau/", {"oldpassword": old, "password1": new, "password2": again}
    )
    assert response.status_code == 200
    assert "invalid-feedback" in response.content.decode()
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_a_password_that_somebody_else_knows_must_be_replaced_first(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(must_change_password=True)
    client = cast.client("officer")
    assert client.get("/")["Location"] == "/tai-khoan/doi-mat-khau/"
    assert "do người khác cấp" in client.get("/tai-khoan/doi-mat-khau/").content.decode()
    new = "mot-mat-khau-khac-hon"
    client.post("/tai-khoan/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"session_epoch": F("session_epoch") + 1}])
def test_closing_the_account_ends_its_sessions_at_the_next_click(cast: Cast, change: dict[str, Any]) -> None:
    client = cast.client("officer")
    assert client.get("/").status_code == 200
    User.objects.filter(pk=cast.officer.pk).update(**change)
    assert client.get("/").status_code == 302


def test_a_session_that_was_ended_does_not_live_again_when_the_account_is_opened(cast: Cast) -> None:
    client = cast.client("officer")
    end_sessions(by=cast.officer)
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    User.objects.filter(pk=cast.officer.pk).update(is_active=True)
    assert client.get("/").status_code == 302


def test_the_cookie_is_for_the_server_alone(cast: Cast, client: Client) -> None:
    client.post("/tai-khoan/dang-nhap/", {"login": "officer", "password": PASSWORD})
    cookie = client.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    expires = Session.objects.get(pk=client.session.session_key).expire_date
    assert expires <= timezone.now() + timedelta(hours=12, minutes=1)
