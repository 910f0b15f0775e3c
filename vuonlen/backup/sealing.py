"""A file that is encrypted and authenticated as it is written: AES-256-GCM in chunks, each with its number.

The header holds no secret and is part of what is authenticated. A key is used for one file only (its salt is
random), so the chunk number is the nonce; a mark on the last chunk shows a file that was cut off.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import secrets
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import vuonlen.domain.problems.backup  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused

MAGIC = b"VUONLEN-BACKUP\n"
FORMAT = 1
CHUNK = 2**20
_TAG = 16
_LONGEST_HEADER = 1000
SHORTEST_PASSPHRASE, SHORTEST_KEY = 12, 32


class Secret:
    """A passphrase, or the content of a key file. Raises Refused for one that is too short."""

    def __init__(self, kind: str, material: bytes) -> None:
        self.kind, self._material = kind, material

    @classmethod
    def passphrase(cls, text: str) -> Secret:
        if len(text) < SHORTEST_PASSPHRASE:
            raise Refused(Problem("B-WEAK", values={"least": SHORTEST_PASSPHRASE}))
        return cls("passphrase", text.encode())

    @classmethod
    def key_file(cls, path: Path) -> Secret:
        try:
            material = path.read_bytes().strip()
        except OSError:
            material = b""
        if len(material) < SHORTEST_KEY:
            raise Refused(Problem("B-KEY-FILE", values={"path": path, "least": SHORTEST_KEY}))
        return cls("key-file", material)

    def key(self, salt: bytes) -> bytes:
        """32 bytes for one file. A passphrase is stretched: 128 MB and some tenths of a second for each guess."""
        if self.kind == "passphrase":
            return hashlib.scrypt(self._material, salt=salt, n=2**17, r=8, p=1, maxmem=2**28, dklen=32)
        return hmac.new(salt, b"vuonlen-backup-1\n" + self._material, hashlib.sha256).digest()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _check_of(key: bytes) -> str:
    """Tells a wrong passphrase from a damaged file."""
    return hmac.new(key, b"vuonlen-backup-check", hashlib.sha256).hexdigest()[:16]


class SealedWriter(io.RawIOBase):
    """Writes to `file`. What was written is only whole after close()."""

    def __init__(self, file: BinaryIO, secret: Secret) -> None:
        super().__init__()
        salt = secrets.token_bytes(32)
        key = secret.key(salt)
        told = {"format": FORMAT, "secret": secret.kind, "salt": salt.hex(), "check": _check_of(key)}
        header = json.dumps(told).encode()
        self._header = MAGIC + len(header).to_bytes(2, "big") + header
        self._file, self._box, self._number, self._held = file, AESGCM(key), 0, bytearray()
        file.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        view = memoryview(data).cast("B")
        self._held += view
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(view)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._held), last=True)
        super().close()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._number, last=last), plain, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads what SealedWriter wrote. Gives out nothing that was not authenticated. Raises Refused."""

    def __init__(self, file: BinaryIO, secret: Secret, path: Path) -> None:
        super().__init__()
        self._file, self._path, self._number, self._plain = file, path, 0, b""
        told, self._header = self._read_header()
        try:
            key = secret.key(bytes.fromhex(told["salt"]))
        except (TypeError, ValueError) as why:
            raise self.damaged("header") from why
        if told["secret"] != secret.kind or not hmac.compare_digest(str(told["check"]), _check_of(key)):
            raise Refused(Problem("B-WRONG-KEY", values={"path": path}))
        self._box = AESGCM(key)
        self._next = file.read(CHUNK + _TAG)
        if not self._next:
            raise self.damaged("chunk 0")

    def damaged(self, why: str) -> Refused:
        return Refused(Problem("B-DAMAGED", values={"path": self._path, "why": why}))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._plain and self._next:
            self._plain = self._open()
        view = memoryview(buffer).cast("B")
        part = self._plain[: len(view)]
        view[: len(part)] = part
        self._plain = self._plain[len(part) :]
        return len(part)

    def _open(self) -> bytes:
        sealed, self._next = self._next, self._file.read(CHUNK + _TAG)
        try:
            plain = self._box.decrypt(_nonce(self._number, last=not self._next), sealed, self._header)
        except (InvalidTag, ValueError) as why:
            raise self.damaged(f"chunk {self._number}") from why
        self._number += 1
        return plain

    def _read_header(self) -> tuple[dict[str, Any], bytes]:
        start = self._file.read(len(MAGIC) + 2)
        length = int.from_bytes(start[len(MAGIC) :], "big")
        if start[: len(MAGIC)] != MAGIC or length > _LONGEST_HEADER:
            raise Refused(Problem("B-NOT-BACKUP", values={"path": self._path}))
        text = self._file.read(length)
        try:
            told = json.loads(text)
            version, _needed = int(told["format"]), (told["secret"], told["salt"], told["check"])
        except (ValueError, KeyError, TypeError) as why:
            raise self.damaged("header") from why
        if version != FORMAT:
            raise Refused(Problem("B-NEWER", values={"version": f"format {version}", "ours": f"format {FORMAT}"}))
        return told, start + text


def settle(file: Path) -> None:
    """`file`, and its name in its folder, are on the disk when this returns."""
    for path, flags in ((file, os.O_RDONLY), (file.parent, os.O_RDONLY)):
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
