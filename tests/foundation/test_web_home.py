"""The start page: what waits for whoever signed in, and what to do where nothing waits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def waiting(user: Any) -> dict[str, Any]:
    return {"title": "Chờ duyệt", "icon": "clipboard-check", "count": 1250, "url": "/duyet/", "action": "Xem"}


def pressing(user: Any) -> dict[str, Any]:
    return {"title": f"Quá hạn của {user.full_name}", "text": "Hôm qua", "urgent": True}


def nothing(user: Any) -> None:
    return None


def _named(*cards: Any) -> list[str]:
    return [f"{__name__}.{one.__name__}" for one in cards]


def test_whoever_is_not_signed_in_is_sent_to_sign_in() -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/tai-khoan/")


@override_settings(HOME_CARDS=_named(waiting, nothing, pressing))
def test_what_waits_is_shown_urgent_first(cast: Cast) -> None:
    text = cast.client("officer").get("/").content.decode()
    assert text.index(f"Quá hạn của {cast.officer.full_name}") < text.index("Chờ duyệt")
    assert "1.250" in text
    assert 'href="/duyet/"' in text


@override_settings(HOME_CARDS=_named(nothing))
def test_where_nothing_waits_the_page_says_so(cast: Cast) -> None:
    assert "Không có việc nào đang chờ bạn" in cast.client("chair").get("/").content.decode()


@override_settings(HOME_CARDS=_named(nothing))
def test_whoever_holds_no_role_learns_what_to_do(cast: Cast) -> None:
    text = cast.client("nobody").get("/").content.decode()
    assert "chưa có vai trò" in text
    assert "Hãy nhờ" in text


def test_every_page_of_the_layout_has_its_landmarks(cast: Cast) -> None:
    text = cast.client("chair").get("/").content.decode()
    for part in (
        '<a class="skip-link" href="#content"',
        '<main id="content"',
        "<header",
        "<nav",
        "<footer",
        'lang="vi"',
    ):
        assert part in text


def test_the_language_is_switched_by_a_form_and_stays(cast: Cast) -> None:
    client = cast.client("officer")
    assert client.post("/ngon-ngu/", {"language": "en", "next": "/"}).status_code == 302
    text = client.get("/").content.decode()
    assert 'lang="en"' in text
    assert "To do" in text
    assert client.post("/ngon-ngu/", {"language": "vi", "next": "/"}).headers["Location"] == "/"
    assert 'lang="vi"' in client.get("/").content.decode()


def test_the_language_can_be_chosen_before_signing_in() -> None:
    client = Client()
    client.post("/ngon-ngu/", {"language": "en", "next": "/tai-khoan/dang-nhap/"})
    assert "Sign in" in client.get("/tai-khoan/dang-nhap/").content.decode()
