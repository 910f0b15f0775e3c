"""The tables of the old fonts, and the words they must not touch."""

from __future__ import annotations

import subprocess

import pytest

from vuonlen.intake.cells.legacy_fonts import TCVN3, VNI, from_tcvn3, from_vni
from vuonlen.intake.cells.texts import is_legacy, is_vietnamese

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def test_tcvn3_agrees_with_iconv_on_every_letter() -> None:
    letters = "".join(sorted(TCVN3))
    told = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"],
        input="\n".join(letters).encode("latin-1"),
        capture_output=True,
        check=True,
    )
    assert told.stdout.decode().split("\n") == [TCVN3[letter] for letter in letters]


def test_tcvn3_has_every_small_letter_once() -> None:
    assert len(TCVN3) == len(set(TCVN3.values())) == 67 + 7


def test_vni_has_every_letter_in_both_cases() -> None:
    small = {letter for letter in VNI.values() if letter.islower()}
    assert len(small) == 67
    assert {letter.upper() for letter in small} == {letter for letter in VNI.values() if letter.isupper()}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tæng sè hé nghÌo", "Tổng số hộ nghèo"),
        ("NguyÔn V¨n §øc", "Nguyễn Văn Đức"),
        ("ThÞ trÊn B»ng Lòng", "Thị trấn Bằng Lũng"),
    ],
)
def test_tcvn3(typed: str, meant: str) -> None:
    assert from_tcvn3(typed) == meant
    assert is_legacy(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Toång soá hoä ngheøo", "Tổng số hộ nghèo"),
        ("Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
        ("THÒ TRAÁN BAÈNG LUÕNG", "THỊ TRẤN BẰNG LŨNG"),
    ],
)
def test_vni(typed: str, meant: str) -> None:
    assert from_vni(typed) == meant
    assert is_legacy(typed)


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nhì",
        "Lò Văn Sùng",
        "Tày",
        "hé",
        "Müller",
        "Señor",
        "Nguyễn Văn Đức",
        "TỔ 5",
        "Ê-đê",
        "Xã Tân Lập",
        "Quý",
        "Đỗ Thuý",
    ],
)
def test_what_is_not_surely_legacy_is_left_alone(text: str) -> None:
    assert not is_legacy(text)


@pytest.mark.parametrize(
    "word", ["Nguyễn", "nghèo", "HOÀ", "quyền", "giường", "Khuyên", "khúc", "Đắk", "oách", "xoong", "yên", "ưu"]
)
def test_vietnamese_syllables(word: str) -> None:
    assert is_vietnamese(word)


@pytest.mark.parametrize("word", ["nghÌo", "Hµ", "toồng", "bàc", "ngheøo", "nguyễn̂", "éinh"])
def test_what_is_no_vietnamese_syllable(word: str) -> None:
    assert not is_vietnamese(word)
