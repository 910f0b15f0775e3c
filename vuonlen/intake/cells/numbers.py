"""Numbers as Vietnamese officers write them. What can be read in two ways is refused, never guessed."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from vuonlen.intake.cells.notes import Note, Raw, refuse, shown, with_notes

_MAGNITUDES = {
    "tỷ": 1e9, "tỉ": 1e9, "ty": 1e9, "ti": 1e9, "triệu": 1e6, "trieu": 1e6, "tr": 1e6,
    "nghìn": 1e3, "nghin": 1e3, "ngàn": 1e3, "ngan": 1e3, "k": 1e3,
}  # fmt: skip
_WORDS = "|".join(sorted(_MAGNITUDES, key=len, reverse=True))
_TERM = re.compile(rf"([\d.,]+)({_WORDS})")
_SUFFIX = re.compile(
    r"(?:đồng|dong|đ|vnđ|vnd|₫|điểm|người|khẩu|nhân khẩu|nk)?"
    r"(?:/(?:người|khẩu|tháng))*$"
)
_SCIENTIFIC = re.compile(r"([+-]?\d+(?:[.,]\d+)?)e([+-]?\d{1,3})")
_DASHES = frozenset({"-", "–", "—", "--", "_"})
_GROUPED_DOT, _GROUPED_COMMA = re.compile(r"\d{1,3}(\.\d{3})+"), re.compile(r"\d{1,3}(,\d{3})+")
_MOST_EXACT = 2**53
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column can hold. `unit`: what one in the heading's unit is worth; `low`, `high`: what is possible, in
    our unit; `plain_low`: under it (and over zero) the unit must be wrong."""

    low: float = 0.0
    high: float = 1e12
    unit: float = 1.0
    whole: bool = False
    plain_low: float = 0.0
    rounded: bool = True  # to two decimals; a survey weight is not


def number_cell(raw: Raw, kind: Measure) -> object:
    """The number in `raw` in our unit, to two decimals; None when blank; refused when it is none, or could be two."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        return _from_text(raw, kind)
    if isinstance(raw, bool):
        return refuse("R-NUMBER", text=shown(raw))
    if isinstance(raw, int | float):
        return _settled(float(raw), kind, shown(raw), ())
    return refuse("R-NUMBER-DATE", date=shown(raw))


def _from_text(raw: str, kind: Measure) -> object:
    text = unicodedata.normalize("NFKC", raw).strip().casefold().replace("\u2212", "-").replace("−", "-")
    notes: tuple[Note, ...] = ()
    if not text:
        return None
    if any(letter.isdigit() and not letter.isascii() for letter in raw):
        notes = (Note("X-DIGITS", {}, raw, text),)
    if text in _DASHES:
        return refuse("R-NUMBER-DASH", text=raw)
    negative = (text.startswith("(") and text.endswith(")")) or text.startswith("-")
    text = re.sub(r"\s+", "", text.strip("()").lstrip("+-"))
    text = _SUFFIX.sub("", text.replace("'", ""))
    values, wordy = _values(text)
    if wordy:
        notes = (*notes, Note("X-NUMBER", {}, raw, _plain(values[0] * kind.unit) if values else ""))
    if not values:
        return refuse("R-NUMBER", text=raw)
    if len(values) > 1:
        return _one_of(values, kind, raw, notes)
    if wordy and kind.unit != 1 and text[-1:].isalpha():
        return refuse("R-NUMBER-AMBIGUOUS", text=raw, one=_plain(values[0]), other=_plain(values[0] * kind.unit))
    return _settled(-values[0] if negative else values[0], kind, raw, notes)


def _values(text: str) -> tuple[tuple[float, ...], bool]:
    """Every value that `text` can mean, and whether words of magnitude or an exponent were used."""
    if found := _SCIENTIFIC.fullmatch(text):
        return (float(f"{found[1].replace(',', '.')}e{found[2]}"),), True
    if not text or not text[0].isdigit():
        return (), False
    if text[-1].isdigit() and re.fullmatch(r"[\d.,]+", text):
        return _core(text), False
    return _with_words(text), True


def _with_words(text: str) -> tuple[float, ...]:
    """7,4tỷ · 500k · 1tr5 · 1tr500k · 2triệu300nghìn."""
    total, last, at = 0.0, math.inf, 0
    while found := _TERM.match(text, at):
        size = _MAGNITUDES[found[2]]
        read = _core(found[1])
        if len(read) != 1 or size >= last:
            return ()
        total, last, at = total + read[0] * size, size, found.end()
    rest = text[at:]
    if at and rest and re.fullmatch(r"\d|\d{3}", rest):  # 1tr5, 1tr500; 1tr50 could be 1,05 or 1,5 triệu
        return (total + int(rest) * last / 10 ** len(rest),)
    return (round(total, 2),) if at and not rest else ()


def _core(text: str) -> tuple[float, ...]:
    """Digits with separators: one value, two when a lone separator may group or divide, none when malformed."""
    dots, commas = text.count("."), text.count(",")
    if not dots and not commas:
        return (float(text),)
    if dots and commas:
        last = max(text.rfind("."), text.rfind(","))
        head, tail = text[:last], text[last + 1 :]
        grouped = (_GROUPED_DOT if text[last] == "," else _GROUPED_COMMA).fullmatch(head)
        good = grouped and tail.isdigit() and len(tail) != 3
        return (float(re.sub(r"[.,]", "", head) + "." + tail),) if good else ()
    mark = "." if dots else ","
    if dots + commas > 1:
        grouped = (_GROUPED_DOT if dots else _GROUPED_COMMA).fullmatch(text)
        return (float(text.replace(mark, "")),) if grouped else ()
    head, tail = text.split(mark)
    if not head or not tail:
        return ()
    divided = float(f"{head}.{tail}")
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        return (divided,)
    return divided, float(head + tail)


def _one_of(values: tuple[float, ...], kind: Measure, raw: str, notes: tuple[Note, ...]) -> object:
    """`1.500`: the only reading that is possible in this column, or refused."""
    low = max(kind.low, kind.plain_low)
    possible = [one for one in values if low <= one * kind.unit <= kind.high and not (kind.whole and one % 1)]
    if len(possible) != 1:
        one, other = (_plain(value * kind.unit) for value in values)
        return refuse("R-NUMBER-AMBIGUOUS", text=raw, one=one, other=other)
    return _settled(possible[0], kind, raw, notes)


def _settled(value: float, kind: Measure, raw: str, notes: tuple[Note, ...]) -> object:
    if not math.isfinite(value) or abs(value) > _MOST_EXACT:
        return refuse("R-RANGE", text=raw, low=_plain(kind.low), high=_plain(kind.high))
    if value < 0 <= kind.low:
        return refuse("R-NEGATIVE", text=raw)
    value = value * kind.unit
    if not kind.low <= value <= kind.high:
        return refuse("R-RANGE", text=raw, low=_plain(kind.low), high=_plain(kind.high))
    if 0 < value < kind.plain_low:
        return refuse("R-UNIT", text=raw)
    if kind.whole:
        return with_notes(int(value), notes) if value == int(value) else refuse("R-WHOLE", text=raw)
    if not kind.rounded:
        return with_notes(value, notes)
    rounded = float(Decimal(repr(value)).quantize(_CENT, rounding=ROUND_HALF_UP))
    if abs(rounded - value) > 1e-6:  # float noise such as 0,30000000000000004 is below this and is no change
        notes = (*notes, Note("X-ROUND", {}, raw, _plain(rounded)))
    return with_notes(rounded, notes)


def _plain(value: float) -> str:
    """As an officer writes it: 1.500.000,5."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
