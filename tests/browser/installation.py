"""An installation at work: `vuonlen serve` and `vuonlen worker` as processes of their own, on the database of the test.

Nothing of `tests/settings.py` is in force there: passwords, content policy, jobs and files are as on a real machine.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import Argon2PasswordHasher

from tests.jobs.workers import ROOT, environment, until
from tests.web.cast import PASSWORD
from vuonlen.accounts.models import User


@contextmanager
def serving() -> Iterator[str]:
    """Yields the address. Pages only: the test starts the worker when it wants one."""
    port = _free_port()
    words = ["serve", "--port", str(port), "--processes", "1", "--no-worker"]
    server = subprocess.Popen([sys.executable, "-m", "vuonlen", *words], env=environment(), cwd=ROOT)
    try:
        until(lambda: server.poll() is not None or _answers(port), 90)
        assert server.poll() is None, "vuonlen serve ended"
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def with_real_password(*users: User) -> None:
    """The one of the cast, kept as a real installation keeps it."""
    kept = Argon2PasswordHasher().encode(PASSWORD, "muoi-de-thu-2026")
    User.objects.filter(pk__in=[one.pk for one in users]).update(password=kept)


def with_codes(user: User) -> str:
    """The secret that the user's phone keeps."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _answers(port: int) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asking.request("GET", "/tai-khoan/dang-nhap/")
        return asking.getresponse().status == 200
    except OSError:
        return False
    finally:
        asking.close()
