"""The example of docs/how-to/write-a-standard.md works as it stands."""

from __future__ import annotations

from pathlib import Path

from vuonlen.domain.household import Household
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.judge import judge
from vuonlen.rulebook.load import check_sheet, load_sheet

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
