"""The layout at work: keyboard, phone menu, language, print, and forms that are sent once."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import PageOf
from tests.browser.judging import axe, too_wide
from tests.web.cast import PASSWORD, Cast


def test_the_first_key_leads_past_the_navigation(page_of: PageOf) -> None:
    page = page_of("chair")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_everything_that_can_be_clicked_can_be_reached_and_is_seen_there(page_of: PageOf) -> None:
    page = page_of("chair")
    page.goto("/")
    wanted = page.locator("a:visible, button:visible").count()
    reached = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(e => [e.tagName, e.textContent.trim(), getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        if told[0] in {"A", "BUTTON"}:
            reached.add(told[1])
            assert told[2] != "none", f"no outline on {told[1]}"
    assert len(reached) >= wanted - 1


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(page_of: PageOf) -> None:
    page = page_of("chair", "phone")
    page.goto("/")
    entry = page.get_by_role("link", name="Nhân sự")
    expect(entry).not_to_be_visible()
    opener = page.get_by_role("button", name="Mở danh mục")
    opener.focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    expect(page.locator("#navigation")).to_have_class(re.compile(r"\bshow\b"))
    page.wait_for_function("getComputedStyle(document.querySelector('#navigation')).transform === 'none'")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(entry).not_to_be_visible()
    expect(opener).to_be_focused()


def test_the_language_changes_on_the_page_where_one_is(page_of: PageOf) -> None:
    page = page_of("chair")
    page.goto("/nhan-su/")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile("/nhan-su/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhân sự")


def test_paper_carries_the_content_and_no_navigation(page_of: PageOf) -> None:
    page = page_of("chair")
    page.goto("/nhan-su/")
    page.emulate_media(media="print")
    for part in (".top-bar", "#navigation", ".crumbs"):
        expect(page.locator(part)).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()
    page.set_viewport_size({"width": 680, "height": 960})  # A4 less its margins
    assert too_wide(page) == []


def test_the_words_are_drawn_in_the_type_that_is_shipped(page_of: PageOf) -> None:
    page = page_of("")
    page.goto("/tai-khoan/dang-nhap/")
    page.wait_for_function("document.fonts.status === 'loaded'")
    loaded = page.evaluate("[...document.fonts].filter(one => one.status === 'loaded').map(one => one.unicodeRange)")
    assert any("U+1EA0-1EF9" in one for one in loaded), "the Vietnamese letters come from another font"


def test_a_form_is_sent_once_however_often_it_is_clicked(page_of: PageOf, cast: Cast) -> None:
    page = page_of("")
    page.goto("/tai-khoan/dang-nhap/")
    sent = []

    def hold(route: Route) -> None:
        page.wait_for_timeout(300)  # the answer is late enough for a second click
        route.continue_()

    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.route("**/dang-nhap/", hold)
    page.get_by_label("Tên đăng nhập").fill("neighbour")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("form[action='/tai-khoan/dang-nhap/'] button").dblclick()
    expect(page).to_have_url(re.compile("/$"))
    assert len(sent) == 1


def test_a_wrong_field_is_where_the_cursor_goes(page_of: PageOf) -> None:
    page = page_of("chair")
    page.goto("/nhan-su/them/")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("main form button[type=submit]").click()
    wrong = page.locator("main .is-invalid, main [aria-invalid=true]")
    expect(wrong.first).to_be_focused()
    assert axe(page) == []
