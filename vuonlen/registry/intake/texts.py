"""Text as it may be kept: one normal form, nothing that cannot be printed, not too long."""

from __future__ import annotations

import unicodedata

import vuonlen.domain.problems.register  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused
from vuonlen.registry.intake.listed import printable


def text(raw: str, field: str, *, most: int, needed: bool = False) -> str:
    """Several lines. Raises Refused at `field`."""
    told = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").strip()
    if not printable(told.replace("\n", " ").replace("\t", " ")):
        raise Refused(Problem("G-CONTROL", cell=field, values={"field": field}))
    if needed and not told:
        raise Refused(Problem("U-BLANK", cell=field, values={"field": field}))
    if len(told) > most:
        raise Refused(Problem("G-LONG", cell=field, values={"field": field, "most": most}))
    return told


def line(raw: str, field: str, *, most: int, needed: bool = False) -> str:
    """One line, with one space between words. Raises Refused at `field`."""
    return text(" ".join(raw.split()), field, most=most, needed=needed)
