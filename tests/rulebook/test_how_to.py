"""The example of docs/how-to/write-a-standard.md works as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from vuonlen.domain.household import Household
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.domain.problems import CATALOGUE
from vuonlen.rulebook.judge import judge
from vuonlen.rulebook.load import check_sheet, load_sheet
from vuonlen.rulebook.scorecard import load_scorecard
from vuonlen.rulebook.sheets.spec import SheetSpec, Spec

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-standard.md"


def test_the_example_can_be_copied_and_judges(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "chuan-tinh.yaml"
    path.write_text(example, encoding="utf-8")
    assert check_sheet(path) == ()
    sheet = load_sheet(path)
    poor = Household("H", area_type=AreaType.RURAL, income=2_000_000, deprivations={"I01": True, "N12": True})
    verdict = judge(poor, sheet)
    assert verdict.status == Status.POOR
    assert "T01" in verdict.unconfirmed
    assert judge(Household("H", area_type=AreaType.RURAL, income=2_000_001), sheet).status == Status.NOT_POOR


def test_the_faults_it_prints_are_those_the_check_finds(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "chuan-tinh.yaml"
    wrong = example.replace("value: 2000000", "value: 2.000").replace("under_line_only:", "under_line_onli:")
    path.write_text(wrong, encoding="utf-8")
    printed = PAGE.read_text(encoding="utf-8").split("## What the check says")[1].split("```")[1].strip()
    assert [one.line() for one in check_sheet(path)] == printed.splitlines()


def test_the_scorecard_can_be_copied_and_counts(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    path = tmp_path / "bang-diem.csv"
    path.write_text(example, encoding="utf-8")
    answers = {"TV": "x", "DIEN1": None, "DIEN2": "x", "VUNG": "x"}
    assert load_scorecard(path).total(answers, "Đồng bằng sông Hồng").points == 72.5


def test_every_code_of_a_sheet_or_a_scorecard_is_explained() -> None:
    told = set(re.findall(r"`(S-[A-Z0-9-]+)`", PAGE.read_text(encoding="utf-8")))
    assert told - {"S-CARD"} == {code for code in CATALOGUE if code.startswith("S-")}


def keys(shape: type[Spec]) -> set[str]:
    return {info.alias or name for name, info in shape.model_fields.items()}


def test_every_key_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shapes = [one for one in Spec.__subclasses__() for one in (one, *one.__subclasses__())]
    assert SheetSpec in shapes
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", text))))
    assert {key for shape in shapes for key in keys(shape)} - told == set()
