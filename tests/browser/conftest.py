"""A server with the cast in it, and windows in which they are signed in."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from tests.browser import chrome
from tests.web.cast import Cast

# Playwright keeps a loop running in this thread; Django would take that for asynchronous code and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# With a loop running, Django would open a second connection in the same thread, and the two would wait for each other.
connections._connections = threading.local()  # type: ignore[attr-defined]

PageOf = Callable[..., Page]
expect.set_options(timeout=chrome.PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chrome.chromium() as one:
        yield one


@pytest.fixture
def page_of(browser: Browser, live_server: object, cast: Cast) -> Iterator[PageOf]:
    """`page_of("officer")`: a window on a desk in which that person of the cast is signed in, second factor given.

    `page_of("officer", "phone")` on a phone, `page_of("")` for somebody who is not signed in, `lang="en"` in English,
    `scripts=False` in a browser that runs none.
    Whatever it complains of while the test runs fails the test.
    """
    home = str(live_server)
    opened = []

    def make(name: str, size: str = "desk", lang: str = "vi", *, scripts: bool = True) -> Page:
        session = cast.client(name).cookies[settings.SESSION_COOKIE_NAME].value if name else ""
        context = chrome.window(browser, home, size, session, lang, scripts=scripts)
        complaints = chrome.Complaints(home)
        page = context.new_page()
        complaints.watch(page)
        opened.append((context, complaints))
        return page

    yield make
    for context, _ in opened:
        context.close()
    told = [one for _, complaints in opened for one in complaints.take()]
    assert not told, "\n".join(told)
