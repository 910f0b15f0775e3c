"""Signing in: password, second factor, lock-out, and what a stranger can learn from it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.sessions.models import Session
from django.test import Client
from time_machine import travel

from tests.web.cast import PASSWORD, Cast
from vuonlen.accounts.models import User
from vuonlen.foundation.secret import unseal

pytestmark = pytest.mark.django_db

LOGIN, CODE = "/tai-khoan/dang-nhap/", "/tai-khoan/hai-lop/dang-nhap/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **more})


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def secret(cast: Cast) -> str:
    """The approver has codes on a telephone."""
    made = generate_totp_secret()
    TOTP.activate(cast.approver, made)
    return made


def test_a_user_signs_in_with_name_and_password(cast: Cast, client: Client) -> None:
    response = sign_in(client, "officer")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_signing_in_leads_back_to_the_page_that_was_asked_for(cast: Cast, client: Client) -> None:
    asked = client.get("/nhan-su/")
    assert asked["Location"] == f"{LOGIN}?next=/nhan-su/"
    assert sign_in(client, "chair", next="/nhan-su/")["Location"] == "/nhan-su/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(cast: Cast, client: Client, target: str) -> None:
    assert sign_in(client, "officer", next=target)["Location"] == "/"


def test_the_session_id_changes_so_that_one_planted_before_is_worth_nothing(cast: Cast, client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client, "officer")
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


@pytest.mark.parametrize(("name", "password"), [("officer", "sai-mat-khau"), ("khong-co-ai", PASSWORD)])
def test_a_wrong_password_and_a_name_that_does_not_exist_look_alike(
    cast: Cast, client: Client, name: str, password: str
) -> None:
    response = sign_in(client, name, password)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in text


def test_a_closed_account_does_not_open_even_with_its_password(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    sign_in(client, "officer")
    assert client.get("/nhan-su/").status_code == 302


# ---- lock-out -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["officer", "khong-co-ai"])
def test_five_wrong_passwords_lock_the_name_out_whether_it_exists_or_not(cast: Cast, client: Client, name: str) -> None:
    answers = [sign_in(client, name, f"sai-{number}").status_code for number in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    response = sign_in(client, name, PASSWORD)
    text = response.content.decode()
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "Tạm khóa đăng nhập" in text
    assert "15 phút" in text
    assert name not in text


def test_the_lock_is_on_name_and_address_so_that_a_colleague_can_work(cast: Cast, client: Client) -> None:
    for number in range(6):
        sign_in(client, "officer", f"sai-{number}")
    assert sign_in(client, "officer2")["Location"] == "/"
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert sign_in(elsewhere, "officer")["Location"] == "/"


def test_the_lock_opens_after_a_quarter_of_an_hour(cast: Cast, client: Client) -> None:
    for number in range(6):
        sign_in(client, "officer", f"sai-{number}")
    with travel(time.time() + 16 * 60):
        assert sign_in(client, "officer")["Location"] == "/"


# ---- second factor ------------------------------------------------------------------------------------------------


def test_after_the_password_the_code_is_asked_for(cast: Cast, client: Client, secret: str) -> None:
    assert sign_in(client, "approver")["Location"] == CODE
    assert client.get("/")["Location"].startswith(LOGIN)
    assert client.get(CODE).status_code == 200
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_half_a_minute(cast: Cast, client: Client, secret: str, steps: int, opens: bool) -> None:
    sign_in(client, "approver")
    response = client.post(CODE, {"code": code_of(secret, steps)})
    assert (response.status_code == 302) is opens


def test_a_code_opens_one_door_once(cast: Cast, client: Client, secret: str) -> None:
    code = code_of(secret)
    sign_in(client, "approver")
    assert client.post(CODE, {"code": code}).status_code == 302
    thief = Client()
    sign_in(thief, "approver")
    refused = thief.post(CODE, {"code": f"{code[:3]} {code[3:]}"})
    assert refused.status_code == 200
    assert "đã dùng" in refused.content.decode()


def test_a_code_cannot_be_replayed_half_a_minute_later_while_it_is_still_valid(
    cast: Cast, client: Client, secret: str
) -> None:
    begin = int(time.time()) // 30 * 30 + 30
    with travel(begin, tick=False):
        ahead = code_of(secret, 1)
        sign_in(client, "approver")
        assert client.post(CODE, {"code": ahead}).status_code == 302
    with travel(begin + 59, tick=False):
        thief = Client()
        sign_in(thief, "approver")
        assert thief.post(CODE, {"code": ahead}).status_code == 200


def test_the_secret_of_the_codes_is_sealed_in_the_database(cast: Cast, secret: str) -> None:
    stored = Authenticator.objects.get(user=cast.approver, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert unseal(stored) == secret


def test_an_approver_without_it_reaches_only_the_page_that_sets_it_up(cast: Cast, client: Client) -> None:
    sign_in(client, "approver")
    for path in ("/", "/nhan-su/"):
        assert client.get(path)["Location"].startswith("/tai-khoan/hai-lop/?")
    assert client.get("/tai-khoan/hai-lop/").status_code == 200


def test_setting_it_up_opens_the_rest_and_hands_out_spare_codes(cast: Cast, client: Client) -> None:
    sign_in(client, "approver")
    page = client.get("/tai-khoan/hai-lop/ma/bat/", follow=True)
    assert "Xác nhận là bạn" in page.content.decode()
    client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
    client.get("/tai-khoan/hai-lop/ma/bat/")
    made = client.session["mfa.totp.secret"]
    wrong = client.post("/tai-khoan/hai-lop/ma/bat/", {"code": "000000"})
    assert wrong.status_code == 200
    client.get("/tai-khoan/hai-lop/ma/bat/")
    made = client.session["mfa.totp.secret"]
    done = client.post("/tai-khoan/hai-lop/ma/bat/", {"code": code_of(made)}, follow=True)
    assert "Mã dự phòng" in done.content.decode()
    assert client.get("/nhan-su/").status_code == 200


def test_a_spare_code_works_once(cast: Cast, client: Client, secret: str) -> None:
    sign_in(client, "approver")
    client.post(CODE, {"code": code_of(secret)})
    client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
    client.post("/tai-khoan/hai-lop/du-phong/moi/")
    spare = client.get("/tai-khoan/hai-lop/du-phong/tai-ve/").content.decode().split()[-1]
    for expected in (302, 200):
        other = Client()
        sign_in(other, "approver")
        assert other.post(CODE, {"code": spare}).status_code == expected


def test_whoever_decides_nothing_may_do_without(cast: Cast, client: Client) -> None:
    sign_in(client, "officer")
    assert client.get("/").status_code == 200


# ---- the demonstration --------------------------------------------------------------------------------------------


def test_the_demonstration_names_its_users_and_lets_approvers_do_without(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.DEMO = True
    User.objects.filter(pk__in=[cast.approver.pk, cast.officer.pk]).update(demo=True)
    text = client.get(LOGIN).content.decode()
    assert settings.DEMO_PASSWORD in text
    assert "approver" in text
    assert "Người duyệt cấp tỉnh, Tỉnh Thái Nguyên" in text
    assert "không phải dùng lớp xác thực thứ hai" in text
    assert cast.chair.full_name not in text
    sign_in(client, "approver")
    assert client.get("/nhan-su/").status_code == 200


def test_outside_the_demonstration_the_mark_of_its_users_means_nothing(
    cast: Cast, client: Client, settings: Any
) -> None:
    User.objects.update(demo=True)
    text = client.get(LOGIN).content.decode()
    assert settings.DEMO_PASSWORD not in text
    assert cast.approver.full_name not in text
    sign_in(client, "approver")
    assert client.get("/nhan-su/")["Location"].startswith("/tai-khoan/hai-lop/")
