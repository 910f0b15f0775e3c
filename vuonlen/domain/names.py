"""Vietnamese names and places: the form in which they are compared, and the order in which they are listed.

Neither form is ever shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_BEFORE_LETTERS = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng; ngang is 0
_OTHER_MARK = 6
_SHAPES = frozenset("\u0306\u0302\u031b")  # ă, â ê ô, ơ ư: other letters, not tones
#: a letter is one sign, from "!" up; the blank stands below all of them and parts the levels
_SIGN = {one: chr(ord("!") + rank) for rank, one in enumerate(_BEFORE_LETTERS + _LETTERS)}
_AFTER_ALL = "~"  # letters of other scripts, whose order we do not know
_SIGN_OF_GROUP = ord("0")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe]")
_NOT_D = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
LONGEST_KEY = 255


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case, no tones, đ as d, y as i, words with one space between: "Điềm Thuỵ" and "diem thụy" are one."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text).translate(_NOT_D)
        text = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")
    return " ".join(_WORD.findall(text.casefold().replace("y", "i")))


@lru_cache(maxsize=50_000)
def order_key(text: str) -> str:
    """Plain text that sorts by bytes as `text` sorts in Vietnamese: letters first, then tones, then capitals.

    Of very long names the capitals, then the tones, no longer count.
    """
    signs: list[str] = []
    tones: list[int] = []
    capitals: list[int] = []
    for one in unicodedata.normalize("NFD", " ".join(_INVISIBLE.sub("", text).translate(_NOT_D).split())):
        if one in _SHAPES and signs:
            shaped = unicodedata.normalize("NFC", signs[-1] + one)
            if shaped in _SIGN:
                signs[-1] = shaped
                continue
        if unicodedata.combining(one):
            if tones:
                tones[-1] = max(tones[-1], _TONES.get(one, _OTHER_MARK))
        elif one.isprintable():
            low = one.lower()
            signs.append(low)
            tones.append(0)
            capitals.append(int(low != one))
    levels = "".join(_SIGN.get(one, _AFTER_ALL) for one in signs), _packed(tones, 2, 7), _packed(capitals, 5, 2)
    return " ".join(levels).rstrip(" ")[:LONGEST_KEY]


def _packed(ranks: list[int], together: int, base: int) -> str:
    """Several small ranks in one sign, so that the key stays short; zeros at the end say nothing."""
    told = []
    for start in range(0, len(ranks), together):
        number = 0
        for place in range(start, start + together):
            number = number * base + (ranks[place] if place < len(ranks) else 0)
        told.append(chr(_SIGN_OF_GROUP + number))
    return "".join(told).rstrip(chr(_SIGN_OF_GROUP))
