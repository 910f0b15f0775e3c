"""Values that the database may hold only encrypted, and the keyed hash by which they can still be found.

Keys stand in settings.KEYS (outside the database). The first encryption key writes; all of them read, so that a
key is replaced by putting a new one in front and re-saving. A plain hash of an ID number would be no protection:
all of them can be tried in minutes (reliability: C8).
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Undecipherable(Exception):
    """A stored value that none of the keys opens: wrong keys file, or a changed row."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(one) for one in keys])


def seal(text: str) -> str:
    return _box(settings.KEYS.encryption).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Undecipherable."""
    try:
        return _box(settings.KEYS.encryption).decrypt(sealed.encode()).decode()
    except InvalidToken as why:
        raise Undecipherable from why


def seal_bytes(content: bytes) -> bytes:
    """A file; `seal` is for texts."""
    return _box(settings.KEYS.encryption).encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """Raises Undecipherable."""
    try:
        return _box(settings.KEYS.encryption).decrypt(sealed)
    except InvalidToken as why:
        raise Undecipherable from why


def keyed_hash(text: str, *, purpose: str) -> str:
    """64 hex digits. purpose: keeps the hashes of different columns apart."""
    return hmac.new(bytes.fromhex(settings.KEYS.index), f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


class SealedField(models.TextField[str, str]):
    """Text, encrypted in its column; the empty text stays empty. Cannot be filtered: use a keyed hash beside it."""

    def get_prep_value(self, value: Any) -> str | None:
        return seal(value) if value else value

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return unseal(value) if value else value
