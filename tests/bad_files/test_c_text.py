"""Class C: Vietnamese letters in all the forms that they arrive in."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.bad_files.making import HEADS, csv_file, workbook
from tests.bad_files.outcomes import Case, Outcome, check_case, codes, households, run_cases
from tests.bad_files.outcomes import read_here as read
from tests.bad_files.outcomes import refused_here as refused
from vuonlen.intake.cells.legacy_fonts import TCVN3, VNI

_ALWAYS = {"Thu nhập": 900_000}
_NAME = "Họ tên chủ hộ"


def tcvn3(text: str) -> str:
    """`text` as somebody typed it for .VnTime."""
    back = {letter: code for code, letter in TCVN3.items()}
    return "".join(back.get(letter, letter) for letter in text)


def vni(text: str) -> str:
    back = {letter: code for code, letter in reversed(VNI.items())}
    return "".join(back.get(letter, letter) for letter in text)


UNICODE_CASES = [
    Case("composed", _NAME, "Nguyễn Văn Hoà", "Nguyễn Văn Hoà"),
    Case("old-tone-place", _NAME, "Lý Thị Hòa", "Lý Thị Hòa"),
    Case("y-and-i", _NAME, "Hoàng Quý Mùi", "Hoàng Quý Mùi"),
    Case("capitals", _NAME, "NGUYỄN THỊ THUÝ", "NGUYỄN THỊ THUÝ"),
    Case("ascii", _NAME, "Lo Thi Pan", "Lo Thi Pan"),
    Case("highland", _NAME, "H'Bia Êban", "H'Bia Êban"),
    Case(
        "decomposed",
        _NAME,
        unicodedata.normalize("NFD", "Nguyễn Văn Hoà"),
        "Nguyễn Văn Hoà",
        ("X-NFC",),
        "Nguyễn Văn Hoà",
    ),
    Case(
        "mixed-forms",
        _NAME,
        "Nguyễn " + unicodedata.normalize("NFD", "Thị Bế"),
        "Nguyễn Thị Bế",
        ("X-NFC",),
        "Nguyễn Thị Bế",
    ),
    Case("nbsp", _NAME, "Nguyễn\u00a0Văn An", "Nguyễn Văn An", ("X-SPACE",), "Nguyễn Văn An"),
    Case("edges", _NAME, " Nguyễn Văn An ", "Nguyễn Văn An", ("X-SPACE",), "Nguyễn Văn An"),
    Case("inner-spaces", _NAME, "Nguyễn  Văn   An", "Nguyễn Văn An", ("X-SPACE",), "Nguyễn Văn An"),
    Case("zero-width", _NAME, "Nguyễn\u200b Văn An", "Nguyễn Văn An", ("X-INVISIBLE",), "Nguyễn Văn An"),
    Case("bom-inside", _NAME, "\ufeffNguyễn Văn An", "Nguyễn Văn An", ("X-INVISIBLE",), "Nguyễn Văn An"),
    Case("eth", _NAME, "\u00d0inh Văn Đức", "Đinh Văn Đức", ("X-LETTER-D",), "Đinh Văn Đức"),
    Case("african-d", _NAME, "\u0189inh Thị Đào", "Đinh Thị Đào", ("X-LETTER-D",), "Đinh Thị Đào"),
    Case("small-eth", _NAME, "Lê Văn \u00f0ạt", "Lê Văn đạt", ("X-LETTER-D",), "Lê Văn đạt"),
    Case("foreigner", _NAME, "Jürgen Müller", "Jürgen Müller", ("W-LETTERS",)),
    Case(
        "mojibake",
        _NAME,
        "Nông Văn Bình".encode().decode("cp1252"),
        "Nông Văn Bình",
        ("X-MOJIBAKE",),
        "Nông Văn Bình",
    ),
    Case("spaces-only", _NAME, " \u00a0", None, ("X-SPACE",)),
]
_TCVN3_NAMES = ["Nguyễn Văn Hà", "Bế Thị Nguyệt", "Đường Văn Đức", "Triệu Thị Khuyên", "Lộc Văn Thưởng", "Hứa Thị Mỵ"]
_VNI_NAMES = ["Nguyễn Văn Hà", "Bế Thị Nguyệt", "Đường Văn Đức", "Triệu Thị Khuyên", "Lộc Văn Thưởng", "Hứa Thị Mỹ"]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Outcome]]:
    return run_cases(tmp_path_factory.mktemp("unicode"), UNICODE_CASES, _ALWAYS)


@pytest.mark.parametrize("case", UNICODE_CASES, ids=lambda case: case.id)
def test_unicode_text(case: Case, outcomes: dict[str, tuple[str, Outcome]]) -> None:
    check_case(case, "head", outcomes[case.id])


def _legacy_cases(code: str, names: list[str]) -> list[Case]:
    typed = {"X-TCVN3": tcvn3, "X-VNI": vni}[code]
    return [Case(f"{code}-{n}", _NAME, typed(name), name, (code,), name) for n, name in enumerate(names)]


@pytest.fixture(scope="module")
def legacy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Outcome]]:
    found = {}
    for code, names in (("X-TCVN3", _TCVN3_NAMES), ("X-VNI", _VNI_NAMES)):
        found |= run_cases(tmp_path_factory.mktemp(code), _legacy_cases(code, names), _ALWAYS)
    return found


@pytest.mark.parametrize(
    "case", [*_legacy_cases("X-TCVN3", _TCVN3_NAMES), *_legacy_cases("X-VNI", _VNI_NAMES)], ids=lambda case: case.id
)
def test_text_typed_for_an_old_font_is_converted_and_listed(case: Case, legacy: dict[str, tuple[str, Outcome]]) -> None:
    check_case(case, "head", legacy[case.id])


def test_a_name_that_is_good_in_both_readings_follows_its_legacy_column(tmp_path: Path) -> None:
    rows = [["Mã hộ", "Họ tên chủ hộ", "Thu nhập"], ["1", tcvn3("Nguyễn Văn Tự"), 0], ["2", "hé", 0]]
    found = read(workbook(tmp_path / "legacy.xlsx", {"Hộ": rows}))
    assert households(found)["2"]["head"] == "hộ"
    assert codes(found) == ["X-TCVN3@B2", "X-TCVN3@B3"]


def test_a_name_that_is_good_in_both_readings_is_refused_in_a_mixed_column(tmp_path: Path) -> None:
    rows = [
        ["Mã hộ", "Họ tên chủ hộ", "Thu nhập"],
        ["1", tcvn3("Nguyễn Văn Tự"), 0],
        ["2", "hé", 0],
        ["3", "Lò Văn Sửu", 0],
    ]
    found = read(workbook(tmp_path / "mixed.xlsx", {"Hộ": rows}))
    assert codes(found) == ["R-LEGACY@B3", "X-TCVN3@B2"]
    assert sorted(households(found)) == ["1", "3"]


def test_headings_and_codes_of_an_old_font_are_understood(tmp_path: Path) -> None:
    heads = [tcvn3(text) for text in ("Mã hộ", "Họ tên chủ hộ", "Dân tộc", "Phân loại hộ", "Điểm B1")]
    rows = [heads, ["1", tcvn3("Hoàng Thị Nụ"), tcvn3("Tày"), tcvn3("Cận nghèo"), 120]]
    found = read(workbook(tmp_path / "heads.xlsx", {"Hộ": rows}))
    row = households(found)["1"]
    assert (row["head"], row["ethnicity"], row["recorded_status"]) == ("Hoàng Thị Nụ", "02", "near_poor")


_CSV = [["Mã hộ", "Họ tên chủ hộ", "Thu nhập"], ["H1", "Nguyễn Thị Hường", "1500000"], ["H2", "Đặng Văn Sỹ", "900000"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_csv_in_an_encoding_of_unicode_is_read_exactly(tmp_path: Path, encoding: str) -> None:
    found = read(csv_file(tmp_path / "list.csv", _CSV, encoding))
    assert {row["head"] for row in households(found).values()} == {"Nguyễn Thị Hường", "Đặng Văn Sỹ"}
    assert codes(found) == []


def cp1258(text: str) -> bytes:
    """`text` as Windows stores it in its Vietnamese code page: each letter, then its tone."""
    found = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
        found += unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + "".join(tones)
    return found.encode("cp1258")


def test_csv_in_the_vietnamese_code_page_of_windows(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(cp1258("\r\n".join(",".join(row) for row in _CSV)))
    found = read(tmp_path / "list.csv")
    assert {row["head"] for row in households(found).values()} == {"Nguyễn Thị Hường", "Đặng Văn Sỹ"}
    assert codes(found) == []


def test_csv_of_an_old_font_is_converted(tmp_path: Path) -> None:
    rows = [[tcvn3(cell) for cell in row] for row in _CSV]
    found = read(csv_file(tmp_path / "list.csv", rows, "latin-1"))
    assert {row["head"] for row in households(found).values()} == {"Nguyễn Thị Hường", "Đặng Văn Sỹ"}
    assert codes(found) == ["X-TCVN3@B2", "X-TCVN3@B3"]


def test_csv_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    text = "Mã hộ,Họ tên,Thu nhập\r\n1,".encode() + "Иванов Пётр Сергеевич".encode("koi8-r") + b",5\r\n"
    (tmp_path / "list.csv").write_bytes(text)
    assert refused(tmp_path / "list.csv") == ["F-ENCODING"]


def test_headings_match_whatever_their_tones_case_and_form(tmp_path: Path) -> None:
    heads = ["MA HO", unicodedata.normalize("NFD", "Họ Tên Chủ Hộ"), "Khu  vực", "so nhan khau", "Thu Nhập\nBình Quân"]
    found = read(workbook(tmp_path / "heads.xlsx", {"Hộ": [heads, ["H1", "An", "nt", 1, 900_000]]}))
    assert [one.column for one in found.columns] == ["household_id", "head", "area_type", "members", "income"]
    assert HEADS[0] not in heads
