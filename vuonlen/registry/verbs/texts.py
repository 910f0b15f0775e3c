"""Text as it may be kept: one normal form, nothing that cannot be printed, not too long."""

from __future__ import annotations

import unicodedata
from datetime import date

from vuonlen.domain.problems import Problem, Refused

_BREAKS = "\n\r\t"
_UNPRINTED = {"Cc", "Cs", "Co", "Cn"}


def text(raw: str, field: str, label: str, *, most: int, required: str = "") -> str:
    """`raw` in NFC without spaces around it. required: the problem for a blank. Raises Refused."""
    told = unicodedata.normalize("NFC", raw).strip()
    if any(unicodedata.category(one) in _UNPRINTED and one not in _BREAKS for one in told):
        raise Refused(Problem("G-CONTROL", cell=field, values={"field": label}))
    if required and not told:
        raise Refused(Problem(required, cell=field, values={"field": label}))
    if len(told) > most:
        raise Refused(Problem("G-LONG", cell=field, values={"field": label, "most": most}))
    return told


def line(raw: str, field: str, label: str, *, most: int, required: str = "") -> str:
    """The same on one line, with one space between words."""
    return text(" ".join(raw.split()), field, label, most=most, required=required)


def shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
