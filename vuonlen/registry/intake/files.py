"""The original of each list, kept as it came: encrypted under a random name, with the hash of what it was.

A list holds the ID numbers of whole families. In settings.FILES stands nothing that can be read without the keys.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.secret import Undecipherable, seal_bytes, unseal_bytes
from vuonlen.intake.limits import Limits

MOST_BYTES = Limits().max_bytes
_FOLDER = "imports"
_KINDS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt", ".parquet"})


@dataclass(frozen=True, slots=True)
class Kept:
    """stored_as: its name in the folder. sha256, size: of the file as it came."""

    stored_as: str
    sha256: str
    size: int


def keep(chunks: Iterable[bytes], most_bytes: int) -> Kept:
    """Store a file. Raises Refused for one that is empty or too large; nothing is left behind then."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > most_bytes:
            values = {"mb": -(-len(content) // 2**20), "most": most_bytes // 2**20}
            raise Refused(Problem("U-FILE-SIZE", cell="file", values=values))
    if not content:
        raise Refused(Problem("U-FILE-EMPTY", cell="file"))
    folder = settings.FILES / _FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    part = folder / f"{name}.part"
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(seal_bytes(bytes(content)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / name)
    return Kept(name, hashlib.sha256(content).hexdigest(), len(content))


def forget(kept: Kept) -> None:
    """Of an upload that did not come about."""
    (settings.FILES / _FOLDER / kept.stored_as).unlink(missing_ok=True)


def content(stored_as: str, sha256: str) -> bytes:
    """The file as it came. Raises Refused where it is gone, or is not what was stored."""
    try:
        told = unseal_bytes((settings.FILES / _FOLDER / stored_as).read_bytes())
    except (OSError, Undecipherable) as why:
        raise Refused(Problem("U-FILE-LOST")) from why
    if hashlib.sha256(told).hexdigest() != sha256:
        raise Refused(Problem("U-FILE-LOST"))
    return told


@contextmanager
def opened(stored_as: str, sha256: str, file_name: str) -> Iterator[Path]:
    """The file in a folder of its own that only this user can enter, as long as it is read."""
    suffix = Path(file_name).suffix.lower()
    with TemporaryDirectory(prefix="vuonlen-import-") as folder:
        path = Path(folder) / f"list{suffix if suffix in _KINDS else ''}"
        path.write_bytes(content(stored_as, sha256))
        yield path
