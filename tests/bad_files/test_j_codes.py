"""Class J: codes that a list may not have, or has in another spelling."""

from __future__ import annotations

import pytest

from tests.bad_files.outcomes import Case, Outcome, check_case, run_cases

_ALWAYS = {"Thu nhập": 900_000, "Dân tộc": None, "Phân loại hộ": None, "Khu vực": None, "Bảo hiểm y tế": None}
CASES = [
    *(
        Case(f"ethnic-{n}", "Dân tộc", cell, code)
        for n, (cell, code) in enumerate(
            [
                ("Tày", "02"),
                ("2", "02"),
                (2, "02"),
                ("H'Mông", "08"),
                ("HMông", "08"),
                ("Mông (HMông)", "08"),
                ("Ê đê", "12"),
            ]
        )
    ),
    Case("ethnic-alias", "Dân tộc", "Cao Lan", "15"),
    Case("ethnic-prefix", "Dân tộc", "Dân tộc Dao", "09"),
    Case("ethnic-foreign", "Dân tộc", "Người nước ngoài", "55"),
    Case("ethnic-unknown", "Dân tộc", "Klingon", codes=("R-ETHNICITY",)),
    Case("ethnic-code-56", "Dân tộc", 56, codes=("R-ETHNICITY",)),
    Case("status-n", "Phân loại hộ", "N", "poor"),
    Case("status-cn", "Phân loại hộ", "CN", "near_poor"),
    Case("status-left", "Phân loại hộ", "Thoát nghèo", "not_poor"),
    Case("status-none", "Phân loại hộ", "Không nghèo", "not_poor"),
    Case("status-both", "Phân loại hộ", "nghèo; cận nghèo", codes=("R-STATUS-TWO",)),
    Case("status-unknown", "Phân loại hộ", "hộ A", codes=("R-STATUS",)),
    Case("area-unknown", "Khu vực", "miền núi", codes=("R-AREA",)),
    Case("mark-x", "Bảo hiểm y tế", "x", True),
    Case("mark-zero", "Bảo hiểm y tế", 0, False),
    Case("mark-tick", "Bảo hiểm y tế", "✓", True),
    Case("mark-true", "Bảo hiểm y tế", True, True),
    Case("mark-not-deprived", "Bảo hiểm y tế", "không thiếu hụt", False),
    Case("mark-blank", "Bảo hiểm y tế", None, None),
    Case("mark-dash", "Bảo hiểm y tế", "-", codes=("R-YES-NO",)),
    Case("mark-question", "Bảo hiểm y tế", "?", codes=("R-YES-NO",)),
    Case("mark-count", "Bảo hiểm y tế", 2, codes=("R-YES-NO",)),
    Case("score-form-of-2016", "Điểm B2", 15, 15.0, ("W-SCORE",)),
    Case("score-over-120", "Điểm B2", 130, 130.0, ("W-SCORE",)),
    Case("group-unknown", "Nhóm đối tượng", "DTTS; XYZ", codes=("R-GROUP",)),
    Case("cause-unknown", "Nguyên nhân nghèo", "C1, C9", codes=("R-CAUSE",)),
]
_COLUMNS = {
    "Dân tộc": "ethnicity", "Phân loại hộ": "recorded_status", "Khu vực": "area_type", "Bảo hiểm y tế": "I04",
    "Điểm B2": "deprivation_score", "Nhóm đối tượng": "group_DTTS", "Nguyên nhân nghèo": "cause_C1",
}  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Outcome]]:
    return run_cases(tmp_path_factory.mktemp("codes"), CASES, _ALWAYS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_code(case: Case, outcomes: dict[str, tuple[str, Outcome]]) -> None:
    check_case(case, _COLUMNS[case.heading], outcomes[case.id])
