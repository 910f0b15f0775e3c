"""Ids that may stand in an address: they say nothing and cannot be counted through."""

from __future__ import annotations

import secrets

_LETTERS = b"0123456789abcdefghjkmnpqrstvwxyz"  # 32, without letters that look alike
_TABLE = bytes(_LETTERS[number % len(_LETTERS)] for number in range(256))
LENGTH = 12  # 60 bits


def public_id() -> str:
    return secrets.token_bytes(LENGTH).translate(_TABLE).decode("ascii")
