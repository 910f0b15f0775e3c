"""Chromium of the system, driven by Playwright: a window in which somebody is signed in, and what it complains of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

#: width and height of the window, and whether it is touched
SIZES = {"desk": (1280, 800), "phone": (360, 740)}
PATIENCE = 60_000  # milliseconds until a wait gives up: the machine may be busy with other tests
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Fails where Chromium is missing: a page that nobody looked at is no proof."""
    program = os.environ.get("VUONLEN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is not installed (Debian package: chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Complaints:
    """What a window said while it worked: errors on its console, and requests to other hosts."""

    home: str
    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("request", self._request)

    def take(self) -> list[str]:
        """What was found since the last call."""
        now, self.found = self.found, []
        return now

    def _console(self, message: ConsoleMessage) -> None:
        refused = "the server responded with a status of 4" in message.text  # a form that came back, a page not there
        if message.type in {"error", "warning"} and not refused:
            self.found.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != urlsplit(self.home).netloc:
            self.found.append(f"another host: {request.url}")


def window(
    browser: Browser, home: str, size: str = "desk", session: str = "", lang: str = "vi", *, scripts: bool = True
) -> BrowserContext:
    """A window of its own. session: key of a session that is signed in. scripts: whether the browser runs them."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        has_touch=size == "phone",
        is_mobile=size == "phone",
        base_url=home,
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    cookies = {settings.LANGUAGE_COOKIE_NAME: lang} | ({settings.SESSION_COOKIE_NAME: session} if session else {})
    context.add_cookies([{"name": name, "value": value, "url": home} for name, value in cookies.items()])
    return context
