"""Every page that anybody can open: nothing serious for axe, valid HTML, no sideways scrolling, a silent console."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.browser import chrome
from tests.browser.addresses import NO_PAGE, Sight, Walk
from tests.browser.judging import axe, nu_check, too_small, too_wide
from tests.web import world as worlds
from tests.web.matrix import MATRIX

#: a folder for pictures of every page (`python -m tests.browser.screenshots`)
PICTURES = os.environ.get("VUONLEN_PICTURES", "")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_can_be_used(size: str, browser: Browser, live_server: object) -> None:
    seen = list(Walk(worlds.build(), everybody=size == "desk").sights())
    wrong = [f"nobody gets a page at {name}" for name in sorted(asked() - {one.name for one in seen})]
    with Windows(browser, str(live_server), size) as windows:
        for number, one in enumerate(seen):
            page = windows.open(one)
            touched = too_small(page) if size == "phone" else []
            wrong += [f"{one}: {told}" for told in (*axe(page), *too_wide(page), *touched, *windows.complaints())]
            picture(page, one, size, number)
    if size == "desk":
        wrong += nu_check({str(one): one.source for one in seen})
    assert not wrong, "\n".join(wrong)


def asked() -> set[str]:
    """Names of addresses that are pages."""
    return {name for name, row in MATRIX.items() if "get" in row.methods and name not in NO_PAGE and name[:4] != "api:"}


def test_each_exemption_is_still_needed_and_has_a_reason() -> None:
    assert NO_PAGE.keys() <= MATRIX.keys()
    assert all(len(reason.split()) > 2 for reason in NO_PAGE.values())


class Windows:
    """One window for each person, opened when it is needed."""

    def __init__(self, browser: Browser, home: str, size: str) -> None:
        self._browser, self._home, self._size = browser, home, size
        self._open: dict[str, Page] = {}
        self._complaints = chrome.Complaints(home)

    def __enter__(self) -> Windows:
        return self

    def __exit__(self, *why: object) -> None:
        for page in self._open.values():
            page.context.close()

    def open(self, sight: Sight) -> Page:
        name = sight.who.name if sight.who else ""
        if name not in self._open:
            session = sight.who.cookies[settings.SESSION_COOKIE_NAME] if sight.who else ""
            page = chrome.window(self._browser, self._home, self._size, session).new_page()
            self._complaints.watch(page)
            self._open[name] = page
        page = self._open[name]
        page.goto(sight.address)
        return page

    def complaints(self) -> list[str]:
        return self._complaints.take()


def picture(page: Page, sight: Sight, size: str, number: int) -> None:
    if PICTURES:
        words = [f"{number:03}", sight.name, sight.who.name if sight.who else "nobody", size]
        page.screenshot(path=Path(PICTURES) / f"{re.sub('[^a-z0-9_.]+', '-', '.'.join(words))}.png", full_page=True)
