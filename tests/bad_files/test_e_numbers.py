"""Class E: numbers and money as they are written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.bad_files.making import HEADS, Percent, workbook
from tests.bad_files.outcomes import Case, Outcome, check_case, codes, households, run_cases
from tests.bad_files.outcomes import read_here as read

_ALWAYS = {"Khu vực": "nông thôn", "Số nhân khẩu": 4}
_INCOME = "Thu nhập bình quân đầu người"
CASES = [
    Case("grouped-dots", _INCOME, "1.500.000", 1_500_000.0),
    Case("grouped-commas", _INCOME, "1,500,000", 1_500_000.0),
    Case("grouped-spaces", _INCOME, "1 500 000", 1_500_000.0),
    Case("grouped-nbsp", _INCOME, "1\u00a0500\u00a0000", 1_500_000.0),
    Case("grouped-apostrophes", _INCOME, "1'500'000", 1_500_000.0),
    Case("currency", _INCOME, "1.500.000đ", 1_500_000.0),
    Case("currency-word", _INCOME, "1.500.000 đồng/người/tháng", 1_500_000.0),
    Case("decimals-vi", _INCOME, "1.500.000,50", 1_500_000.5),
    Case("decimals-en", _INCOME, "1,500,000.50", 1_500_000.5),
    Case("plain-text", _INCOME, "1500000", 1_500_000.0),
    Case("number", _INCOME, 1_500_000, 1_500_000.0),
    Case("one-group", _INCOME, "850.000", 850_000.0),
    Case("billion", _INCOME, "0,4 tỷ", 400_000_000.0, ("X-NUMBER",), "400.000.000"),
    Case("billion-ti", _INCOME, "0.4 tỉ", 400_000_000.0, ("X-NUMBER",), "400.000.000"),
    Case("billions-too-many", _INCOME, "7,4 tỷ", codes=("R-RANGE",)),
    Case("million-five", _INCOME, "1tr5", 1_500_000.0, ("X-NUMBER",), "1.500.000"),
    Case("million-five-hundred", _INCOME, "1tr500", 1_500_000.0, ("X-NUMBER",), "1.500.000"),
    Case("million-fifty", _INCOME, "1tr50", codes=("R-NUMBER",)),
    Case("thousands", _INCOME, "500k", 500_000.0, ("X-NUMBER",), "500.000"),
    Case("words", _INCOME, "1 triệu 500 nghìn", 1_500_000.0, ("X-NUMBER",), "1.500.000"),
    Case("scientific", _INCOME, "1,5E+06", 1_500_000.0, ("X-NUMBER",), "1.500.000"),
    Case("full-width", _INCOME, "１５０００００", 1_500_000.0, ("X-DIGITS",), "1500000"),
    Case("one-thousand-five", _INCOME, "1.500", codes=("R-NUMBER-AMBIGUOUS",)),
    Case("decimal-one-five", _INCOME, "1,5", codes=("R-UNIT",)),
    Case("typed-in-thousands", _INCOME, 1500, codes=("R-UNIT",)),
    Case("mixed-separators", _INCOME, "1.500,000", codes=("R-NUMBER",)),
    Case("broken-groups", _INCOME, "1.50.000", codes=("R-NUMBER",)),
    Case("brackets", _INCOME, "(1.500.000)", codes=("R-NEGATIVE",)),
    Case("minus", _INCOME, -5, codes=("R-NEGATIVE",)),
    Case("dash", _INCOME, "-", codes=("R-NUMBER-DASH",)),
    Case("zero", _INCOME, 0, 0.0),
    Case("blank", _INCOME, None, None),
    Case("spaces", _INCOME, "  ", None),
    Case("over-2-53", _INCOME, 2.0**53 + 2, codes=("R-RANGE",)),
    Case("words-only", _INCOME, "không rõ", codes=("R-NUMBER",)),
    Case("question", _INCOME, "1500000?", codes=("R-NUMBER",)),
    Case("percent-text", _INCOME, "7,5%", codes=("R-NUMBER",)),
    Case("date", _INCOME, date(2023, 2, 1), codes=("R-NUMBER-DATE",)),
    Case("true", _INCOME, True, codes=("R-NUMBER",)),
    Case("score-noise", "Điểm B1", 0.1 + 0.2, 0.3),
    Case("score-third", "Điểm B1", 140.005000001 + 1 / 3, 140.34, ("X-ROUND",)),
    Case("score-comma", "Điểm B1", "132,5", 132.5),
    Case("score-three-decimals", "Điểm B1", "132,500", 132.5),
    Case("score-like-income", "Điểm B1", 1_500_000, codes=("R-RANGE",)),
    Case("percent-cell", "Quyền số", Percent(0.075), 0.075),
    Case("half-a-cent", "Điểm B1", "140.0050", 140.01, ("X-ROUND",), "140,01"),
    Case("members-half", "Số nhân khẩu", 4.5, codes=("R-WHOLE",)),
    Case("members-words", "Số nhân khẩu", "4 người", 4),
    Case("members-thousand", "Số nhân khẩu", 4000, codes=("R-RANGE",)),
]
_COLUMNS = {_INCOME: "income", "Điểm B1": "income_score", "Quyền số": "weight", "Số nhân khẩu": "members"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Outcome]]:
    return run_cases(tmp_path_factory.mktemp("numbers"), CASES, _ALWAYS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_number(case: Case, outcomes: dict[str, tuple[str, Outcome]]) -> None:
    check_case(case, _COLUMNS[case.heading], outcomes[case.id])


@pytest.mark.parametrize(
    ("heading", "cell", "income", "listed"),
    [
        ("Thu nhập bình quân (nghìn đồng/tháng)", "1.500", 1_500_000.0, ["W-UNIT@E1"]),
        ("Thu nhập bình quân (1.000đ)", 1500, 1_500_000.0, ["W-UNIT@E1"]),
        ("Thu nhập bình quân (triệu đồng)", "1,5", 1_500_000.0, ["W-UNIT@E1"]),
        ("Thu nhập bình quân (đồng)", "1.500.000", 1_500_000.0, []),
    ],
)
def test_the_unit_of_the_heading_settles_what_a_number_means(
    tmp_path: Path, heading: str, cell: object, income: float, listed: list[str]
) -> None:
    found = read(workbook(tmp_path / "unit.xlsx", {"Hộ": [[*HEADS[:4], heading], ["H1", "A", "nt", 4, cell]]}))
    assert households(found)["H1"]["income"] == income
    assert codes(found) == listed


def test_the_unit_above_the_table_counts_too(tmp_path: Path) -> None:
    rows = [["Đơn vị tính: triệu đồng"], HEADS, ["H1", "A", "nt", 4, 1.5]]
    found = read(workbook(tmp_path / "unit.xlsx", {"Hộ": rows}))
    assert households(found)["H1"]["income"] == 1_500_000.0
    assert codes(found) == ["W-UNIT@E2"]
