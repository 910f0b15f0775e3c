"""Signing in with password, with codes from a phone, and with a passkey, as a person does it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf
from tests.browser.judging import axe, nu_check, too_wide
from tests.browser.signing import SIGN_IN, code, sign_out, with_code, with_password
from tests.web.cast import PASSWORD, Cast
from vuonlen.accounts.web.session import SEEN


def looked_at(page: Page) -> None:
    """The page that is open is good to use; without it, it would be looked at nowhere."""
    assert [*axe(page), *too_wide(page)] == [], page.url


def source(page: Page) -> str:
    return page.request.get(page.url).text()


def turn_on_codes(page: Page) -> str:
    """Returns the secret that the phone keeps."""
    page.goto("/tai-khoan/hai-lop/ma/bat/")
    if "xac-nhan" in page.url:
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Xác nhận").click()
    looked_at(page)
    secret = page.locator("main code").inner_text().strip()
    page.get_by_label("Mã 6 chữ số").fill(code(secret))
    page.get_by_role("button", name="Bật").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    looked_at(page)
    return secret


def passkey(page: Page) -> Any:
    """A key of the computer that says yes whenever it is asked."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools


def test_an_officer_signs_in_and_out(page_of: PageOf, cast: Cast) -> None:
    page = page_of("", "phone")
    with_password(page, "officer")
    expect(page.get_by_role("heading", level=1)).to_contain_text(cast.officer.full_name)
    sign_out(page)
    page.goto("/")
    expect(page).to_have_url(re.compile(SIGN_IN))


def test_a_wrong_password_is_told_in_words(page_of: PageOf, cast: Cast) -> None:
    page = page_of("")
    with_password(page, "officer", "khong-phai")
    expect(page.get_by_text("Tên đăng nhập hoặc mật khẩu không đúng")).to_be_visible()
    looked_at(page)


def test_an_approver_sets_up_codes_before_anything_else_and_uses_them(page_of: PageOf, cast: Cast) -> None:
    page = page_of("")
    with_password(page, "approver")
    expect(page).to_have_url(re.compile("/tai-khoan/hai-lop/"))
    looked_at(page)
    secret = turn_on_codes(page)
    page.goto("/duyet/")
    expect(page).to_have_url(re.compile("/duyet/$"))
    sign_out(page)
    with_password(page, "approver")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai lớp")
    looked_at(page)
    assert nu_check({"code": source(page)}) == []
    field = page.get_by_label("Mã 6 chữ số")
    field.fill("000000")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_text("Mã không đúng")).to_be_visible()
    looked_at(page)
    with_code(page, secret, later=1)  # within the tolerance for the clocks of phones
    expect(page.get_by_role("heading", level=1)).to_contain_text(cast.approver.full_name)


def test_a_passkey_is_added_renamed_used_and_removed(page_of: PageOf, cast: Cast) -> None:
    page = page_of("")
    passkey(page)
    with_password(page, "officer")
    secret = turn_on_codes(page)
    page.goto("/tai-khoan/hai-lop/khoa/them/")
    looked_at(page)
    page.get_by_label("Tên để nhận ra khóa này").fill("Máy ở bàn")
    page.get_by_label("Đăng nhập chỉ bằng khóa này").check()
    page.get_by_role("button", name="Thêm").click()
    expect(page.get_by_text("Đã thêm khóa truy cập")).to_be_visible()
    page.goto("/tai-khoan/hai-lop/khoa/")
    looked_at(page)
    page.get_by_role("link", name=re.compile("Đổi tên")).click()
    looked_at(page)
    assert nu_check({"rename": source(page)}) == []
    page.goto("/")
    sign_out(page)
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(cast.officer.full_name)
    page.goto("/tai-khoan/hai-lop/khoa/")
    page.get_by_role("link", name=re.compile("Bỏ")).click()
    page.get_by_role("link", name="Dùng khóa truy cập").click()  # removing a key asks once more who it is
    looked_at(page)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bỏ khóa truy cập")
    looked_at(page)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("Đã bỏ khóa truy cập")).to_be_visible()
    assert len(secret) > 15


def test_five_wrong_passwords_lock_the_door_for_the_right_one_too(page_of: PageOf, cast: Cast) -> None:
    page = page_of("")
    for _ in range(4):
        with_password(page, "officer", "khong-phai")
        expect(page.get_by_text("Tên đăng nhập hoặc mật khẩu không đúng")).to_be_visible()
    with_password(page, "officer", "khong-phai")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tạm khóa đăng nhập")
    expect(page.get_by_text("Hãy đợi 15 phút")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Về trang đăng nhập").click()
    with_password(page, "officer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tạm khóa đăng nhập")
    colleague = page_of("")
    with_password(colleague, "officer2")  # who is somebody else is not locked out
    expect(colleague.get_by_role("heading", level=1)).to_contain_text(cast.officer2.full_name)


def test_after_half_an_hour_without_a_click_one_signs_in_again_and_is_back(page_of: PageOf, cast: Cast) -> None:
    page = page_of("")
    with_password(page, "officer")
    expect(page).to_have_url(re.compile("/$"))
    page.goto("/ho/")
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session[SEEN] -= 31 * 60
        session.save()
    page.get_by_role("link", name="Nhập danh sách").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiên làm việc đã hết")
    looked_at(page)
    page.get_by_role("link", name="Đăng nhập").click()
    with_password(page, "officer")
    expect(page).to_have_url(re.compile("/nhap-danh-sach/$"))
