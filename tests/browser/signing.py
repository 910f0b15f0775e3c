"""What a person does to sign in, seen from the browser."""

from __future__ import annotations

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from tests.web.cast import PASSWORD

SIGN_IN = "/tai-khoan/dang-nhap/"


def code(secret: str, later: int = 0) -> str:
    """The code that a phone shows now. later: half minutes from now, since each code opens once."""
    counter = next(iter(yield_hotp_counters_from_time())) + later
    return format_hotp_value(hotp_value(secret, counter))


def with_password(page: Page, name: str, password: str = PASSWORD) -> None:
    """From wherever one is led; `goto` the sign-in page first for a fresh start."""
    if SIGN_IN not in page.url:
        page.goto(SIGN_IN)
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def with_code(page: Page, secret: str, later: int = 0) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai lớp")
    page.get_by_label("Mã 6 chữ số").fill(code(secret, later))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Tài khoản của tôi").click()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(page).to_have_url(re.compile(SIGN_IN))
