"""Vietnamese text: one normal form, legacy fonts told apart, and the folded form that headings are compared by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from vuonlen.domain import names
from vuonlen.intake.cells.legacy_fonts import from_tcvn3, from_vni
from vuonlen.intake.cells.notes import Note, Noted, Raw, refuse, repaired, shown, with_notes

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\uffff]")
_NOT_D = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_LATIN1 = re.compile("[\u00a1-\u00fe]")
_OUTSIDE = re.compile("[^\x00-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
_MARK_OF_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ALL_MARKS = re.compile("[\u0300-\u036f]")
_SYLLABLE = re.compile(
    "(?:ngh|gh|ng|nh|kh|ph|th|tr|ch|gi|qu|kr|br|dr|pr|đr|hm|mn|xt|[bcdđghklmnpqrstvxw])?"
    "([aăâeêioôơuưy]{1,3})(ch|nh|ng|[cmnptkhlr])?"
)
_VOWELS = frozenset(
    re.findall(
        r"\S+",
        "a ai ao au ay ă â âu ây e eo ê êu i ia iê iêu iu o oa oai oao oay oă oe oeo oi oo ô ôi ơ ơi u ua uâ uây "
        "uê ui uô uôi uơ uy uya uyê uyu uă ue uao uai uay ư ưa ưi ươ ươi ươu ưu y yê yêu ya ea",
    )
)
_STOPPED = frozenset({"c", "ch", "p", "t"})


@lru_cache(maxsize=50_000)
def is_vietnamese(word: str) -> bool:
    """Whether `word` is spelt as one Vietnamese syllable: one tone at most, capitals first or throughout."""
    if "ñ" in word.lower() or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = _MARK_OF_TONE.findall(parts)
    found = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", _MARK_OF_TONE.sub("", parts)))
    if found is None or len(tones) > 1 or found[1] not in _VOWELS or (found[1] == "oo" and not found[2]):
        return False
    return found[2] not in _STOPPED or tones in ([], ["\u0301"], ["\u0323"])


def _marked_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\s\d,;:./()\"'-]+", text) if not word.isascii()]


def readings(text: str) -> dict[str, str]:
    """`X-TCVN3` / `X-VNI` -> what `text` would be in that font, where every marked word becomes Vietnamese."""
    if _OUTSIDE.search(text) or not _LATIN1.search(text):
        return {}
    found = {}
    for code, decoded in (("X-TCVN3", from_tcvn3(text)), ("X-VNI", from_vni(text))):
        words = _marked_words(text) if decoded is None else _marked_words(decoded)
        if decoded and decoded != text and words and all(is_vietnamese(word) for word in words):
            found[code] = decoded
    return found


def is_legacy(text: str) -> bool:
    """Whether `text` cannot be Unicode Vietnamese but is Vietnamese in one of the old fonts."""
    return bool(readings(text)) and not _all_vietnamese(text)


def is_unicode(text: str) -> bool:
    """Whether `text` holds Vietnamese letters that no old font is stored with."""
    return _OUTSIDE.search(text) is not None and _ALL_MARKS.search(unicodedata.normalize("NFD", text)) is not None


def _all_vietnamese(text: str) -> bool:
    return all(is_vietnamese(word) for word in _marked_words(text))


def _mojibake(text: str) -> str | None:
    """UTF-8 that somebody read as cp1252, restored; None when it is not that."""
    try:
        restored = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return restored if restored != text and all(is_vietnamese(word) for word in _marked_words(restored)) else None


def _legacy(text: str, legacy_near: bool, unicode_near: bool) -> object:
    """`text` in Unicode. The neighbours in its column settle what one cell alone cannot."""
    restored = _mojibake(text)
    if restored is not None:
        return repaired(restored, "X-MOJIBAKE", text, restored)
    found = readings(text)
    if not found:
        odd = [word for word in _marked_words(text) if not is_vietnamese(word)]
        latin = [word for word in odd if _LATIN1.search(word.translate(_NOT_D))]
        return Noted(text, (Note("W-LETTERS", {"text": text}),)) if latin and not _all_marks_vietnamese(latin) else text
    certain = not _all_vietnamese(text)
    if not certain and not legacy_near:
        return text
    if len(found) > 1 or (not certain and unicode_near):
        return refuse("R-LEGACY", text=text, decoded=" / ".join(found.values()))
    ((code, decoded),) = found.items()
    return repaired(decoded, code, text, decoded)


_LETTERS = frozenset("àáâãèéêìíòóôõùúýăđĩũơưđ")


def _all_marks_vietnamese(words: list[str]) -> bool:
    return all(letter.isascii() or letter in _LETTERS for word in words for letter in word.lower())


def clean(text: str, *, legacy_near: bool = False, unicode_near: bool = False) -> object:
    """`text` in NFC without invisible characters and needless spaces, legacy fonts converted; each change noted.

    legacy_near, unicode_near: whether other cells of the column are surely legacy, surely Unicode.
    """
    if text.isascii() and text.isprintable() and text == text.strip() and "  " not in text:
        return text
    if _CONTROL.search(text):
        return refuse("R-CONTROL")
    decoded = _legacy(text, legacy_near, unicode_near)
    notes: tuple[Note, ...] = ()
    if isinstance(decoded, Noted):
        if decoded.value is None:
            return decoded
        notes, text = decoded.notes, str(decoded.value)
    for code, step in _STEPS:
        after = step(text)
        if after != text:
            notes = (*notes, Note(code, {}, text, after))
            text = after
    return with_notes(text, notes)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _trimmed(text: str) -> str:
    return re.sub(" {2,}", " ", _SPACES.sub(" ", text).strip())


_STEPS = (
    ("X-INVISIBLE", lambda text: _INVISIBLE.sub("", text)),
    ("X-NFC", _composed),
    ("X-LETTER-D", lambda text: text.translate(_NOT_D)),
    ("X-SPACE", _trimmed),
)


def text_cell(raw: Raw, *, legacy_near: bool = False, unicode_near: bool = False) -> object:
    """A text column: numbers become their digits; a date means that Excel changed what was typed: refused."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        cleaned = clean(raw, legacy_near=legacy_near, unicode_near=unicode_near)
        if isinstance(cleaned, Noted):
            return Noted(cleaned.value or None, cleaned.notes)
        return cleaned or None
    return shown(raw)


def code_cell(raw: Raw) -> object:
    """A column of codes (household id): as text_cell, but a date was something else before Excel changed it."""
    if raw is not None and not isinstance(raw, str | float | int):
        return refuse("R-TEXT-DATE", date=shown(raw))
    return text_cell(raw)


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """`text` for comparing: no case, tone, mark or punctuation; y is i; legacy fonts converted."""
    if not text.isascii():
        cleaned = _legacy(text, legacy_near=False, unicode_near=False)
        text = str(cleaned.value or text) if isinstance(cleaned, Noted) else text
    return names.fold(text)
