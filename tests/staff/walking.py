"""An installation made by commands, and people who walk through its pages over HTTP, as on a real machine."""

from __future__ import annotations

import html
import http.cookiejar
import importlib
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

SERVER = os.environ.get("VUONLEN_TEST_DATABASE_URL", "")


@dataclass
class Installation:
    """home: its folder. url: its database on the server, empty for SQLite."""

    home: Path
    url: str = ""
    port: int = 0
    more: dict[str, str] = field(default_factory=dict)  # settings

    def environment(self) -> dict[str, str]:
        told = {name: one for name, one in os.environ.items() if not name.startswith(("VUONLEN", "DATABASE", "DJANGO"))}
        told |= {"VUONLEN_HOME": str(self.home), **self.more}
        return told | ({"DATABASE_URL": self.url} if self.url else {})

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "vuonlen", *words]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, timeout=300)

    def told(self, *words: str) -> Any:
        """What the command printed as JSON; it must have gone well."""
        done = self.call(*words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def refused(self, *words: str) -> list[str]:
        """Codes of the problems for which the command refused."""
        done = self.call(*words, "--json")
        assert done.returncode == 2, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return [one["code"] for one in json.loads(done.stdout)["problems"]]

    @contextmanager
    def serving(self) -> Iterator[None]:
        """`vuonlen serve` with its worker, until the end of the block."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "vuonlen", "serve", "--port", str(self.port), "--processes", "1"]
        server = subprocess.Popen(command, env=self.environment(), stdout=subprocess.DEVNULL)
        try:
            self._answers(server)
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(60) == 0

    def _answers(self, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not answer")


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """An empty one. On PostgreSQL with a database of its own, dropped afterwards."""
    if not SERVER:
        yield Installation(folder)
        return
    psycopg: Any = importlib.import_module("psycopg")  # not installed where only SQLite is used
    name = f"install_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as on:
        on.execute(f"CREATE DATABASE {name}")
    try:
        yield Installation(folder, f"{SERVER.rsplit('/', 1)[0]}/{name}")
    finally:
        with psycopg.connect(SERVER, autocommit=True) as on:
            on.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass
class Visitor:
    """A browser without scripts: cookies, forms with their token, redirects followed."""

    at: Installation
    address: str = ""
    page: str = ""
    secret: str = ""  # of the codes on the telephone
    _jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def open(self, path: str, data: dict[str, str] | None = None) -> int:
        """The status; `page` and `address` are what the browser shows then."""
        url = urllib.parse.urljoin(f"http://127.0.0.1:{self.at.port}/", path)
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        try:
            answer = opener.open(urllib.request.Request(url, body, {"Referer": url}), timeout=30)
        except urllib.error.HTTPError as why:
            answer = why
        with answer:
            self.address = urllib.parse.urlsplit(answer.url).path
            self.page = html.unescape(answer.read().decode())
            return int(answer.status)

    def send(self, path: str, **data: str) -> int:
        """Open the page with the form, then send it."""
        self.open(path)
        return self.open(path, data | {"csrfmiddlewaretoken": self._token()})

    def act(self, path: str, **data: str) -> int:
        """Send a form of the page that is shown."""
        return self.open(path, data | {"csrfmiddlewaretoken": self._token()})

    def _token(self) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        assert found, self.page
        return found[1]

    def sign_in(self, username: str, password: str) -> None:
        assert self.send("/tai-khoan/dang-nhap/", login=username, password=password) == 200
        assert "dang-nhap" not in self.address, self.page

    def replace_password(self, old: str, new: str) -> None:
        assert self.address == "/tai-khoan/doi-mat-khau/"
        assert self.act(self.address, oldpassword=old, password1=new, password2=new) == 200

    def set_up_codes(self, password: str) -> None:
        """On the telephone, as the page says."""
        assert self.open("/tai-khoan/hai-lop/ma/bat/") == 200
        if self.address == "/tai-khoan/xac-nhan/":
            self.act("/tai-khoan/xac-nhan/?next=/tai-khoan/hai-lop/ma/bat/", password=password)
        found = re.search(r"<code[^>]*>([A-Z2-7]{16,})</code>", self.page)
        assert found, self.page
        self.secret = found[1]
        code = format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))
        assert self.act("/tai-khoan/hai-lop/ma/bat/", code=code) == 200
