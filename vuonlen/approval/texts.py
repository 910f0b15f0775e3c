"""What people write into proposals and decisions, and what a payload may hold."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from vuonlen.domain.problems import Problem, Refused

TITLE, REASON = 300, 2000  # characters


def cleaned(text: str, *, field: str, label: str, most: int, needed: bool) -> str:
    """`text` without blanks around it. Raises Refused naming `field`."""
    told = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if needed and not told:
        raise Refused(Problem("A-REASON", cell=field))
    if len(told) > most or any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t" for one in told):
        raise Refused(Problem("A-TEXT", cell=field, values={"field": label, "most": most}))
    return told


def plain_payload(payload: dict[str, Any]) -> dict[str, Any]:
    """A copy as it comes back from the database. Raises TypeError for what does not come back as it went in.

    Floats are refused: PostgreSQL writes some of them in another way, and the hash of the proposal would differ.
    """
    _check(payload)
    copy: dict[str, Any] = json.loads(json.dumps(payload, allow_nan=False))
    return copy


def _check(value: Any) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys of a payload are texts")
        for one in value.values():
            _check(one)
    elif isinstance(value, list):
        for one in value:
            _check(one)
    elif isinstance(value, str):
        if any(unicodedata.category(one) == "Cs" or one == "\0" for one in value):
            raise TypeError("a payload holds no NUL and no half characters")
    elif value is not None and not isinstance(value, int):
        raise TypeError(f"a payload holds no {type(value).__name__}: {value!r}")
