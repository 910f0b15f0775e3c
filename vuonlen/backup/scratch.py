"""A folder that only its owner sees, for one run at a time; what a killed run left is cleared away by the next."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import vuonlen.domain.problems.backup  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused

_FOLDER, _LOCK = "scratch", "backup.lock"


@contextmanager
def scratch(home: Path) -> Iterator[Path]:
    """Raises Refused while another run holds it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(home / _LOCK, os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(Problem("B-BUSY")) from None
        folder = home / _FOLDER
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
