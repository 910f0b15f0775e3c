"""The work of an officer and a chair with keys alone, and in a browser that runs no scripts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PageOf
from tests.browser.signing import SIGN_IN
from tests.registry import making
from tests.web.cast import PASSWORD, Cast
from vuonlen.approval.actions import propose
from vuonlen.approval.models import Proposal
from vuonlen.registry.models import Household

MOST = 90  # keys until one gives up


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab until it is reached; a page on which it never is fails."""
    expect(wanted).to_be_visible()
    for _ in range(MOST):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST} times Tab did not reach {wanted}")


@pytest.fixture
def asked(cast: Cast) -> Proposal:
    """The chair of the ward wants a role for somebody; the approver of the province decides."""
    payload = {
        "user": cast.nobody.public_id, "role": "commune_officer", "place": cast.places.bac_kan.public_id,
        "from": f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}", "to": None, "document": "",
    }  # fmt: skip
    ward = cast.places.bac_kan
    return propose(kind="staff.appoint", by=cast.chair, place=ward, title="Giao vai trò", payload=payload, reason="x")


def test_signing_in_and_searching_with_keys_alone(page_of: PageOf, cast: Cast) -> None:
    home = making.household(cast, place=cast.places.new_villages["01843"][0], on=date(2025, 8, 1))
    page = page_of("")
    page.goto(SIGN_IN)
    tab_to(page, page.get_by_label("Tên đăng nhập"))
    page.keyboard.type("officer")
    tab_to(page, page.get_by_label("Mật khẩu"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(cast.officer.full_name)
    tab_to(page, page.get_by_role("link", name="Hộ gia đình"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hộ gia đình")
    page.wait_for_load_state()  # the key is listened to by a script that comes after the heading
    page.keyboard.press("/")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.type("nong an")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=home.head_name))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/ho/{home.public_id}/"))
    tab_to(page, page.get_by_label("Xem tính đến ngày"))
    page.keyboard.type("31/12/2025")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đang xem hộ như vào ngày 31/12/2025")).to_be_visible()


def test_a_second_person_approves_with_keys_alone(page_of: PageOf, cast: Cast, asked: Proposal) -> None:
    page = page_of("approver")
    page.goto("/")
    tab_to(page, page.get_by_role("link", name=re.compile("Xem và quyết định")))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=asked.title))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label(re.compile("Ý kiến")))
    page.keyboard.type("Đồng ý")
    tab_to(page, page.get_by_role("button", name="Duyệt", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã duyệt và thực hiện.")).to_be_visible()
    asked.refresh_from_db()
    assert (asked.decided_by, asked.decision_reason) == (cast.approver, "Đồng ý")


def test_a_household_is_added_without_scripts(page_of: PageOf, cast: Cast) -> None:
    page = page_of("officer", scripts=False)
    page.goto("/ho/")
    page.get_by_role("link", name="Thêm hộ").click()
    form = page.locator("main form")
    form.get_by_label("Mã hộ").fill("H9")
    form.get_by_label("Họ và tên").first.fill("Bế Thị Hoa")
    form.get_by_label("Nơi ở").select_option(index=1)
    form.get_by_label("Ở đây từ ngày").fill("32/13/2026")
    form.get_by_label("Lý do, căn cứ").fill("Hộ mới chuyển đến")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main .invalid-feedback").first).to_be_visible()
    form.get_by_label("Ở đây từ ngày").fill("01/10/2026")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bế Thị Hoa")
    assert Household.objects.get().head_name == "Bế Thị Hoa"


def test_a_second_person_refuses_without_scripts(page_of: PageOf, cast: Cast, asked: Proposal) -> None:
    page = page_of("approver", "phone", scripts=False)
    page.goto(f"/duyet/{asked.public_id}/")
    page.get_by_role("button", name="Từ chối").click()
    expect(page.locator("#reason-fault")).to_be_visible()  # a refusal says why
    page.get_by_label(re.compile("Ý kiến")).fill("Chưa có quyết định")
    page.get_by_role("button", name="Từ chối").click()
    expect(page.get_by_text("Đã từ chối đề nghị.")).to_be_visible()
    asked.refresh_from_db()
    assert asked.state == Proposal.State.REFUSED


def test_the_menus_of_a_phone_are_there_without_scripts(page_of: PageOf) -> None:
    page = page_of("chair", "phone", scripts=False)
    page.goto("/")
    expect(page.get_by_role("button", name="Mở danh mục")).not_to_be_visible()
    page.get_by_role("link", name="Nhân sự").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhân sự")
    page.get_by_role("button", name="Tài khoản của tôi").click()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(page).to_have_url(re.compile(SIGN_IN))
