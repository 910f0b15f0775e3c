"""Pages of one's own account."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db

OWN = [
    "dang-xuat/", "dang-xuat-moi-noi/", "doi-mat-khau/", "hai-lop/", "hai-lop/khoa/",
    "hai-lop/ma/bat/", "hai-lop/khoa/them/", "xac-nhan/",
]  # fmt: skip


@pytest.mark.parametrize("path", OWN)
def test_pages_of_the_own_account(cast: Cast, path: str) -> None:
    client = cast.client("officer", second_factor=False)
    response = client.get(f"/tai-khoan/{path}")
    if response.status_code == 302:
        assert response["Location"].startswith("/tai-khoan/xac-nhan/")
        client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
        response = client.get(f"/tai-khoan/{path}")
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("path", ["dang-nhap/", "dang-ky/", "quen-mat-khau/", "phien-da-het/"])
def test_pages_before_signing_in(client: Client, path: str, db: None) -> None:
    response = client.get(f"/tai-khoan/{path}")
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()
