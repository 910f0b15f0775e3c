"""Dates of birth: day first, the year alone accepted; a day that does not exist or may be two days is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from vuonlen.intake.cells.notes import Note, Noted, Raw, refuse, repaired, shown, warn
from vuonlen.intake.cells.texts import fold

_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_WORDS = re.compile(r"(?:ngai )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_YEAR_ONLY = re.compile(r"(?:(?:nam|sn|sinh nam|ns) ?)?(\d{4})")
_MIDNIGHT = re.compile(r"[ t]00:00(?::00)?(?:\.0+)?$")
_BLANK_PARTS = re.compile(r"^(?:[./\- ]|\.\.)+(?=\d)|…")
_OLDEST = 120


def birth_cell(raw: Raw, today: date) -> object:
    """ISO date, or the year alone ("1985"); None when blank. `today` bounds what is possible."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, datetime):
        return _checked(raw.date(), shown(raw), today)
    if isinstance(raw, date):
        return _checked(raw, shown(raw), today)
    if isinstance(raw, time | timedelta | bool):
        return refuse("R-DATE", text=shown(raw))
    if isinstance(raw, int | float):
        return _from_number(float(raw), today)
    return _from_text(raw, today)


def _from_number(value: float, today: date) -> object:
    if value.is_integer() and 1800 <= value <= 2200:
        return _year(int(value), shown(value), today)
    return refuse("R-DATE-SERIAL", text=shown(value))


def _from_text(raw: str, today: date) -> object:
    text = _MIDNIGHT.sub("", raw.strip().lower())
    if text in {"", "-", "–", "—"}:
        return repaired(None, "X-DASH", raw, "") if text else None
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), raw, today)
    if found := _NUMERIC.fullmatch(re.sub(r"\s+", "", text)):
        return _numeric(found, raw, today)
    if found := _WORDS.fullmatch(fold(text)):
        return _day(int(found[3]), int(found[2]), int(found[1]), raw, today)
    bare = _BLANK_PARTS.sub("", text)
    if found := _MONTH_YEAR.fullmatch(bare):
        return _year(int(found[2]), raw, today) if 1 <= int(found[1]) <= 12 else refuse("R-DATE-NONE", text=raw)
    if found := _YEAR_ONLY.fullmatch(fold(bare)):
        return _year(int(found[1]), raw, today)
    return refuse("R-DATE", text=raw)


def _numeric(found: re.Match[str], raw: str, today: date) -> object:
    day, month, year = int(found[1]), int(found[2]), int(found[3])
    if month > 12 >= day:
        return refuse("R-DATE-ORDER", text=raw)
    if len(found[3]) == 4:
        return _day(year, month, day, raw, today)
    possible = [one for one in (1900 + year, 2000 + year) if today.year - _OLDEST <= one <= today.year]
    if len(possible) != 1:
        return refuse("R-DATE-YEAR", text=raw, one=1900 + year, other=2000 + year)
    whole = _day(possible[0], month, day, raw, today)
    if isinstance(whole, Noted):
        return whole
    return repaired(whole, "X-DATE-YEAR", raw, f"{day:02}/{month:02}/{possible[0]}")


def _day(year: int, month: int, day: int, raw: str, today: date) -> object:
    try:
        found = date(year, month, day)
    except ValueError:
        return refuse("R-DATE-NONE", text=raw)
    return _checked(found, raw, today)


def _checked(found: date, raw: str, today: date) -> object:
    if found > today:
        return refuse("R-DATE-FUTURE", text=raw)
    if found.year < today.year - _OLDEST:
        return warn(found.isoformat(), "W-AGE", text=found.year)
    return found.isoformat()


def _year(year: int, raw: str, today: date) -> object:
    if year > today.year:
        return refuse("R-DATE-FUTURE", text=raw)
    if year < 1800:
        return refuse("R-DATE", text=raw)
    return Noted(str(year), (Note("W-AGE", {"text": year}),)) if year < today.year - _OLDEST else str(year)
