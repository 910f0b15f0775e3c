"""Ids that may stand in an address: they say nothing and cannot be counted through."""

from __future__ import annotations

import secrets

_LETTERS = b"23456789abcdefghjkmnpqrstuvwxyz"  # 31, without letters that look alike
_TABLE = bytes(_LETTERS[number % len(_LETTERS)] for number in range(256))
LENGTH = 12  # 59 bits; eight of the letters come a little more often, which costs a hundredth of a bit


def public_id() -> str:
    return secrets.token_bytes(LENGTH).translate(_TABLE).decode("ascii")
