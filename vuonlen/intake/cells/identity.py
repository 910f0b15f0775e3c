"""ID numbers: 12 digits (CCCD, số định danh), 9 of the old card (CMND). Only the loss of a leading zero is repaired.

Structure of the 12 digits: province of registration (3), century and sex (1), year of birth (2), six more.
Sources: Decree 137/2015/NĐ-CP, Article 13; Law on Identity 26/2023/QH15, Article 12.
"""

from __future__ import annotations

import re
import unicodedata

from vuonlen.intake.cells.notes import Note, Noted, Raw, refuse, repaired, shown
from vuonlen.intake.cells.texts import fold

_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_LABEL = re.compile(r"^(?:số|so|cccd|cmnd|cmtnd|cc|đddcn|số định danh)[\s:.]*", re.IGNORECASE)
_TWO = re.compile(
    r"(?<!\d)(\d{12})(?!\d).*?(?<!\d)(\d{9})(?!\d)|(?<!\d)(\d{9})(?!\d).*?(?<!\d)(\d{12})(?!\d)", re.DOTALL
)
_NOTES = frozenset({"khong co", "chua co", "khong", "chua", "chua cap", "mat", "0", "x", "chua lam", "khong nho"})
#: Old province numbers that issued ID numbers carry; mergers did not change issued numbers (law dossier, section 5).
_PROVINCES = frozenset(
    re.findall(
        r"\d\d",
        "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 "
        "56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96",
    )
)


def id_cell(raw: Raw) -> object:
    """The ID number as digits; None when blank. A number cell of 10 or 11 digits has lost its zeros: padded, listed."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        return _from_text(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return refuse("R-IDNO", text=shown(raw))
    if raw < 0 or raw != int(raw):
        return refuse("R-IDNO", text=shown(raw))
    digits = str(int(raw))
    if len(digits) in (10, 11):
        if digits.endswith("000000"):
            return refuse("R-IDNO-SCIENTIFIC", text=digits)
        return _placeholder(repaired(digits.zfill(12), "X-ID-ZERO", digits, digits.zfill(12)))
    return _of_length(digits, digits, ())


def _from_text(raw: str) -> object:
    text = unicodedata.normalize("NFKC", raw).strip()
    if text in {"-", "–", "—", ""}:
        return repaired(None, "X-DASH", raw, "") if text else None
    if _SCIENTIFIC.fullmatch(text):
        return refuse("R-IDNO-SCIENTIFIC", text=raw)
    if fold(text) in _NOTES:
        return repaired(None, "X-ID-NONE", raw, "")
    bare = re.sub(r"[\s.'’‘`\-\u200b\ufeff]", "", _LABEL.sub("", text))
    if bare.isdigit():
        return _of_length(bare, raw, () if bare == raw else (Note("X-ID-MARKS", {}, raw, bare),))
    if found := _TWO.search(text):
        number = found[1] or found[4]
        if len(re.findall(r"\d{9,}", text)) == 2:
            return _of_length(number, raw, (Note("X-ID-TWO", {}, raw, number),))
    return refuse("R-IDNO", text=raw)


def _of_length(digits: str, raw: str, notes: tuple[Note, ...]) -> object:
    if len(set(digits)) == 1 or digits in ("123456789012", "123456789"):
        return repaired(None, "X-ID-NONE", raw, "")
    if len(digits) not in (8, 9, 12):
        return refuse("R-IDNO-LENGTH", text=raw, digits=len(digits))
    return Noted(digits, notes) if notes else digits


def _placeholder(found: Noted) -> Noted:
    """Digits that are all the same are a placeholder even after padding."""
    note = found.notes[0]
    return repaired(None, "X-ID-NONE", note.before, "") if len(set(note.before)) == 1 else found


def doubts(number: str, sex: str | None, year: int | None) -> tuple[Note, ...]:
    """What does not fit in a 12-digit number: province part, sex digit, year digits. Warnings only."""
    if len(number) != 12:
        return ()
    found = []
    if number[0] != "0" or number[1:3] not in _PROVINCES:
        found.append(Note("W-IDNO-PROVINCE", {"text": number, "part": number[:3]}))
    century = int(number[3])
    if sex and century < 6 and (sex == "female") != bool(century % 2):
        found.append(Note("W-IDNO-SEX", {"text": number, "sex": "nữ" if sex == "female" else "nam"}))
    if year and century < 6 and 1900 + century // 2 * 100 + int(number[4:6]) != year:
        found.append(Note("W-IDNO-YEAR", {"text": number, "year": year}))
    return tuple(found)
