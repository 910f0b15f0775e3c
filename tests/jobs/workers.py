"""Real worker processes on the database of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]
DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def address() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@{quote(str(told['HOST']), safe='')}/{told['NAME']}"


def environment() -> dict[str, str]:
    told = {key: value for key, value in os.environ.items() if not key.startswith("VUONLEN_")}
    return told | {
        "VUONLEN_HOME": str(settings.HOME),
        "DATABASE_URL": address(),
        "DJANGO_SETTINGS_MODULE": "vuonlen.config.settings",
        "PYTHONPATH": str(ROOT),
    }


class Worker:
    """`vuonlen worker` in a process of its own."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "vuonlen", "worker", *options]
        self.process = subprocess.Popen(command, env=environment(), cwd=ROOT)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def stop(self, patience: float = 20) -> int:
        """SIGTERM. The exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience)


@contextmanager
def working(*options: str) -> Iterator[Worker]:
    worker = Worker(*options)
    try:
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.kill()


def until(true: Callable[[], object], seconds: float = 40) -> None:
    """Wait for it. Fails when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(0.05)
