"""Text typed for the old fonts TCVN3 (.VnTime) and VNI, which arrives as Latin-1 letters.

Sources: TCVN 5712:1993 (VN3, the subset that .Vn fonts draw), checked against glibc iconv in the tests;
the VNI Windows table (a vowel followed by the letter that draws its mark).
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_RUNS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
TCVN3 = {chr(start + n): letter for start, run in _TCVN3_RUNS for n, letter in enumerate(run)}

_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}


def _vni() -> dict[str, str]:
    table = dict(_ALONE)
    for base in "aeouy":
        table |= {base + sign: base + mark for sign, mark in _MARKS.items()}
    for base, horn in (("ô", "ơ"), ("ö", "ư")):
        table |= {base + sign: horn + mark for sign, mark in _MARKS.items()}
    for base in "aeo":
        table |= {base + sign: base + "\u0302" + mark for sign, mark in _HAT.items()}
    table |= {"a" + sign: "ă" + mark for sign, mark in _BREVE.items()}
    lower = {key: unicodedata.normalize("NFC", value) for key, value in table.items()}
    upper = {key.upper(): value.upper() for key, value in lower.items()}
    title = {key[0].upper() + key[1:]: value.upper() for key, value in lower.items() if len(key) == 2}
    return lower | title | upper


VNI = _vni()
_VNI_PIECES = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str | None:
    """`text` as Unicode, or None when it holds a letter that TCVN3 does not have."""
    decoded = "".join(TCVN3.get(letter, letter) for letter in text)
    return (
        None
        if any(ord(new) >= 0x80 and old == new and old not in TCVN3 for old, new in zip(text, decoded, strict=False))
        else decoded
    )


def from_vni(text: str) -> str | None:
    """`text` as Unicode, or None when it holds a letter that VNI does not have in that place."""
    rest = _VNI_PIECES.sub("", text)
    return None if any(ord(letter) >= 0x80 for letter in rest) else _VNI_PIECES.sub(lambda found: VNI[found[0]], text)
