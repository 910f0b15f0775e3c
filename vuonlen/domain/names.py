"""Vietnamese names and places: the form in which they are compared, and the order in which they are listed.

Neither form is ever shown.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # ngang huyền hỏi ngã sắc nặng
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # ă, â ê ô, ơ ư: other letters, not tones
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=2)}
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, no tones, đ as d, y as i, words with one space between: "Điềm Thuỵ" and "diem thụy" are one."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(_WORD.findall(bare.replace("y", "i")))
