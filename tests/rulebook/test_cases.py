"""The Vietnamese cases beside each standard, judged one by one."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from vuonlen.domain.household import Household
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.judge import judge
from vuonlen.rulebook.load import find
from vuonlen.rules import STANDARDS

AREAS = {"nong_thon": AreaType.RURAL, "thanh_thi": AreaType.URBAN, None: None}
CLASSES = {
    "ngheo": Status.POOR,
    "can_ngheo": Status.NEAR_POOR,
    "khong_ngheo": Status.NOT_POOR,
    "chua_xac_dinh": Status.UNDETERMINED,
}
CASES = [
    (path.name.removesuffix(".cases.yaml"), case)
    for path in sorted(STANDARDS.glob("*.cases.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(
    ("standard", "case"), CASES, ids=lambda one: one["truong_hop"] if isinstance(one, dict) else one
)
def test_case(standard: str, case: dict[str, Any]) -> None:
    sheet = find(standard)
    deprived = case.get("thieu_hut", [])
    denied = case.get("khong_thieu", [])
    if denied == "tat_ca_con_lai":
        denied = [one.code for one in sheet.indicators if one.code not in deprived]
    household = Household(
        household_id="H",
        area_type=AREAS[case["khu_vuc"]],
        income=case.get("thu_nhap"),
        income_score=case.get("diem_a"),
        deprivation_score=case.get("diem_b"),
        deprivations=dict.fromkeys(deprived, True) | dict.fromkeys(denied, False),
    )
    verdict = judge(household, sheet)
    assert verdict.status == CLASSES[case["ket_qua"]]
    if "muc_song_trung_binh" in case:
        assert verdict.average_living is case["muc_song_trung_binh"]
