"""Ids that may stand in an address: they say nothing and cannot be counted through."""

from __future__ import annotations

import secrets

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without letters that look alike
LENGTH = 12


def public_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
