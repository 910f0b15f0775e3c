"""Addresses and sign-in forms that nobody types by hand: answered with a page, never with a fault of the server."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.cast import Cast

pytestmark = pytest.mark.django_db

ODD = ("%00", "x%00y", "%F0%9F%98%80", "%ED%A0%80", "%FF", "'%20OR%201=1--", "..%2F..%2Fetc", "a" * 3000)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "address",
    ["/nhan-su/{}/", "/nhan-su/vai-tro/{}/thu-hoi/", "/duyet/{}/", "/viec/{}/", "/dia-ban/{}/", "/ho/{}/", "/api/{}",
     "/nhap-danh-sach/{}/", "/{}"],
)  # fmt: skip
def test_no_address_breaks_the_server(cast: Cast, address: str, odd: str) -> None:
    client = cast.client("approver")
    assert client.get(address.format(odd)).status_code in {301, 400, 404, 422}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "address",
    ["/ho/?q={}", "/ho/?dia-ban={}", "/dia-ban/?tim={}", "/dia-ban/?trong={}", "/nhat-ky/?noi={}", "/nhat-ky/?nguoi={}",
     "/duyet/?after={}", "/nhan-su/?x={}", "/?x={}", "/tai-khoan/dang-nhap/?next={}",
     "/tai-khoan/phien-da-het/?next={}", "/api/households?q={}", "/api/places?under={}"],
)  # fmt: skip
def test_no_question_breaks_the_server(cast: Cast, address: str, odd: str) -> None:
    client = cast.client("approver")
    assert client.get(address.format(odd)).status_code < 500


@pytest.mark.parametrize("odd", ODD)
def test_no_village_that_is_asked_for_breaks_the_form(cast: Cast, odd: str) -> None:
    client = cast.client("chair")
    assert client.get(f"/nhan-su/{cast.officer.public_id}/vai-tro/?xa={odd}").status_code in {200, 400}


@pytest.mark.parametrize("name", ["a\x00b", "a" * 5000, "\u202eofficer", "😀", "officer\n", "", " " * 40, "' OR 1=1--"])
@pytest.mark.parametrize("password", ["x", "\x00", "p" * 100_000, "mật khẩu", ""])
def test_no_sign_in_breaks_the_server(db: None, name: str, password: str) -> None:
    response = Client().post("/tai-khoan/dang-nhap/", {"login": name, "password": password})
    assert response.status_code == 200
    assert "alert" in response.content.decode() or "invalid-feedback" in response.content.decode()
