"""What a name says about its unit, and the ways in which people write it."""

from __future__ import annotations

import re
import unicodedata

from vuonlen.domain.names import fold
from vuonlen.domain.poverty import AreaType
from vuonlen.places.models import Kind, Level

_GROUPS = ("to dan pho", "khu pho", "tieu khu", "khoi pho", "khom", "khoi", "to")
_VILLAGES = ("thon", "ban", "xom", "ap", "buon", "lang", "plei", "bon", "phum", "soc")

#: first words of a name, folded -> kind; the longer ones first: "thị xã" is no "xã"
_WORDS: dict[Level, dict[str, Kind]] = {
    Level.PROVINCE: {"thanh pho": Kind.CITY, "tinh": Kind.PROVINCE},
    Level.DISTRICT: {
        "thanh pho": Kind.CITY,
        "thi xa": Kind.TOWN,
        "huien": Kind.DISTRICT,  # folded: y as i
        "quan": Kind.URBAN_DISTRICT,
    },
    Level.COMMUNE: {
        "dac khu": Kind.SPECIAL_ZONE,
        "thi tran": Kind.TOWNSHIP,
        "phuong": Kind.WARD,
        "xa": Kind.RURAL_COMMUNE,
    },
    Level.VILLAGE: {
        **dict.fromkeys(_GROUPS, Kind.RESIDENTIAL_GROUP),
        **dict.fromkeys(_VILLAGES, Kind.VILLAGE),
    },
}
_ABBREVIATIONS = {
    "tt": "thi tran",
    "tx": "thi xa",
    "tp": "thanh pho",
    "tdp": "to dan pho",
    "dk": "dac khu",
    "p": "phuong",
    "x": "xa",
    "q": "quan",
    "h": "huien",
    "t": "tinh",
}
_ABBREVIATED = re.compile(rf"({'|'.join(_ABBREVIATIONS)})(?: +|(?=\d))")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ZEROS = re.compile(r"\b0+(?=\d)")

AREA_TYPES = {
    Kind.WARD: AreaType.URBAN.value,
    Kind.TOWNSHIP: AreaType.URBAN.value,
    Kind.RURAL_COMMUNE: AreaType.RURAL.value,
}  # a special zone (đặc khu) is neither by its name: blank until a source says


def kind_of(name: str, level: Level) -> Kind | None:
    """The kind that the first words of `name` tell; None when they tell none."""
    folded = fold(name)
    return next((kind for words, kind in _WORDS[level].items() if folded.startswith(words + " ")), None)


def clean(name: str) -> str:
    """`name` in one normal form, with single spaces and without what cannot be seen."""
    text = "".join(" " if one.isspace() else one for one in unicodedata.normalize("NFC", name))
    return " ".join("".join(one for one in text if unicodedata.category(one)[0] != "C").split())


def sound(name: str) -> str:
    """`name` as it is read aloud: tones kept, wherever they are written; y as i. "Thuỵ" is "Thụy", "Hà" is not "Hạ".

    Within one district folded names are not always one unit's: Xã Sơn Hà and Xã Sơn Hạ are neighbours.
    """
    words = []
    for word in clean(name).casefold().split():
        parts = unicodedata.normalize("NFD", word).replace("y", "i")
        tones = "".join(one for one in parts if one in _TONES)
        words.append("".join(one for one in parts if one not in _TONES) + tones)
    return " ".join(words)


def spellings(text: str) -> set[str]:
    """Folded names that `text` may stand for: "Nông Thượng", "x. nong thuong" and "Xã Nông Thượng" share one."""
    folded = _ZEROS.sub("", fold(text))
    if not folded:
        return set()
    full = _ABBREVIATED.sub(lambda found: _ABBREVIATIONS[found[1]] + " ", folded, count=1)
    if not _ABBREVIATED.match(folded):
        full = folded
    words = {one for level in _WORDS.values() for one in level}
    return {folded, full} | {f"{one} {folded}" for one in words}
