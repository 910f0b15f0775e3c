"""Class F: ID numbers. Only a number cell of 10 or 11 digits is padded; text never is; doubts are warnings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_files.making import HEADS, workbook
from tests.bad_files.outcomes import Case, Outcome, check_case, codes, households, members, run_cases
from tests.bad_files.outcomes import read_here as read

_ALWAYS = {"Số CCCD": None, "Giới tính": None, "Năm sinh": None, "Thu nhập": 900_000}
_ID = "Số CCCD"
CASES = [
    Case("twelve", _ID, "006085001234", "006085001234"),
    Case("twelve-number", _ID, 106085001234, "106085001234", ("W-IDNO-PROVINCE",)),
    Case("eleven-number", _ID, 79085001234, "079085001234", ("X-ID-ZERO",), "079085001234"),
    Case("ten-number", _ID, 6085001233, "006085001233", ("X-ID-ZERO",), "006085001233"),
    Case("eleven-text", _ID, "79085001234", codes=("R-IDNO-LENGTH",)),
    Case("ten-text", _ID, "6085001234", codes=("R-IDNO-LENGTH",)),
    Case("thirteen", _ID, "0060850012345", codes=("R-IDNO-LENGTH",)),
    Case("scientific-text", _ID, "1.09E+10", codes=("R-IDNO-SCIENTIFIC",)),
    Case("scientific-comma", _ID, "6,08501E+09", codes=("R-IDNO-SCIENTIFIC",)),
    Case("scientific-number", _ID, 10_900_000_000, codes=("R-IDNO-SCIENTIFIC",)),
    Case("spaces", _ID, "006 085 001 235", "006085001235", ("X-ID-MARKS",), "006085001235"),
    Case("dots", _ID, "006.085.001.236", "006085001236", ("X-ID-MARKS",), "006085001236"),
    Case("apostrophe", _ID, "'006085001237", "006085001237", ("X-ID-MARKS",), "006085001237"),
    Case("label", _ID, "CCCD: 006085001238", "006085001238", ("X-ID-MARKS",), "006085001238"),
    Case("old-card", _ID, "095123456", "095123456"),
    Case("old-card-number", _ID, 195123456, "195123456"),
    Case("old-card-lost-zero", _ID, 95123457, "95123457"),
    Case("seven", _ID, "9512345", codes=("R-IDNO-LENGTH",)),
    Case("old-and-new", _ID, "CMND 095123458; CCCD 006085001239", "006085001239", ("X-ID-TWO",), "006085001239"),
    Case("two-new", _ID, "006085001240 006085001241", codes=("R-IDNO-LENGTH",)),
    Case("letters", _ID, "00608500A234", codes=("R-IDNO",)),
    Case("letter-o", _ID, "O06085001234", codes=("R-IDNO",)),
    Case("fraction", _ID, 6085001234.5, codes=("R-IDNO",)),
    Case("blank", _ID, None, None),
    Case("child-without", _ID, "chưa có", None, ("X-ID-NONE",), ""),
    Case("dash", _ID, "-", None, ("X-DASH",), ""),
    Case("zeros", _ID, "000000000000", None, ("X-ID-NONE",), ""),
    Case("one-to-nine", _ID, "123456789012", None, ("X-ID-NONE",), ""),
    Case("province-unknown", _ID, "099085001242", "099085001242", ("W-IDNO-PROVINCE",)),
    Case("foreign-born", _ID, "200085001243", "200085001243", ("W-IDNO-PROVINCE",)),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Outcome]]:
    return run_cases(tmp_path_factory.mktemp("identity"), CASES, _ALWAYS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_id_number(case: Case, outcomes: dict[str, tuple[str, Outcome]]) -> None:
    check_case(case, "id_number", outcomes[case.id])


@pytest.mark.parametrize(
    ("number", "sex", "year", "listed"),
    [
        ("006085001234", "Nam", 1985, []),
        ("006185001234", "Nữ", 1985, []),
        ("006215001234", "Nam", 2015, []),
        ("006315001234", "Nữ", 2015, []),
        ("006085001234", "Nữ", 1985, ["W-IDNO-SEX"]),
        ("006185001234", "Nam", 1985, ["W-IDNO-SEX"]),
        ("006085001234", "Nam", 1986, ["W-IDNO-YEAR"]),
        ("006085001234", "Nam", 2015, ["W-IDNO-YEAR"]),
    ],
)
def test_sex_and_year_of_an_id_number_are_compared(
    tmp_path: Path, number: str, sex: str, year: int, listed: list[str]
) -> None:
    heads = ["Mã hộ", "Họ tên chủ hộ", "Số CCCD", "Giới tính", "Năm sinh", "Thu nhập"]
    rows = [heads, ["H1", "An", number, sex, year, 900_000]]
    found = read(workbook(tmp_path / "doubt.xlsx", {"Hộ": rows}))
    assert codes(found) == [f"{code}@C2" for code in listed]
    assert households(found)["H1"]["id_number"] == number


def test_one_number_in_two_households_is_listed_and_both_are_kept(tmp_path: Path) -> None:
    heads = [*HEADS, "CCCD", "Mã xã"]
    rows = [heads, ["H1", "A", "nt", 1, 0, "006085001234", "01849"], ["H2", "B", "nt", 1, 0, "006085001234", "01852"]]
    found = read(workbook(tmp_path / "two.xlsx", {"Hộ": rows}))
    assert codes(found) == ["W-IDNO-TWICE@F3"]
    assert len(households(found)) == 2


def test_one_number_twice_in_a_household_refuses_the_household(tmp_path: Path) -> None:
    people = [["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "CCCD"]]
    people += [
        ["H1", "An", "Chủ hộ", "006085001234"],
        ["H1", "Bình", "Vợ", "006085001234"],
        ["H2", "Chi", "Chủ hộ", None],
    ]
    rows = [HEADS, ["H1", "An", "nt", 2, 0], ["H2", "Chi", "nt", 1, 0]]
    found = read(workbook(tmp_path / "twice.xlsx", {"Hộ": rows, "TV": people}))
    assert codes(found) == ["R-MEMBER-TWICE@D3"]
    assert list(households(found)) == ["H2"]
    assert [one["name"] for one in members(found)] == ["Chi"]
