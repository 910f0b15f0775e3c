"""ID numbers that are looked for: by their keyed hash, and in no address, page or log in the clear."""

from __future__ import annotations

import re

from django.core import signing

from vuonlen.accounts.models import User
from vuonlen.foundation.secret import keyed_hash

_SEPARATORS = re.compile(r"[\s.\-'’]")
_LENGTHS = (9, 12)
_SALT = "registry_search.number"
_VALID = 30 * 60  # seconds, as long as an idle session


def number_in(text: str) -> str:
    """The digits, where `text` is an ID number as people write them; else empty."""
    digits = _SEPARATORS.sub("", text)
    return digits if digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS else ""


def hash_of(number: str) -> str:
    return keyed_hash(number, purpose="id_number")


def token(user: User, number: str) -> str:
    """What stands in the address instead: good for this user, for a while."""
    return signing.dumps([user.pk, hash_of(number)], salt=_SALT)


def hash_in(user: User, told: str) -> str:
    """Raises ValueError for a token that is old, changed, or another person's."""
    try:
        owner, hashed = signing.loads(told, salt=_SALT, max_age=_VALID)
    except (signing.BadSignature, ValueError, TypeError) as why:
        raise ValueError from why
    if owner != user.pk:
        raise ValueError("another person's")
    return str(hashed)
