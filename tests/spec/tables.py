"""Read the tables of docs/how-a-household-is-judged.md: the manual is the specification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from vuonlen.rulebook.load import find, load_sheet
from vuonlen.rulebook.model import Sheet

CHAPTER = Path(__file__).parents[2] / "docs" / "how-a-household-is-judged.md"
_COLUMNS = {"area": "area_type", "A": "income_score", "B": "deprivation_score"}
_NUMBERS = ("income", "consumption", "A", "B")


@dataclass(frozen=True)
class Case:
    title: str
    sheet: Sheet
    row: dict[str, Any]
    expected: dict[str, Any]

    def __str__(self) -> str:
        told = " ".join(f"{k}={v}" for k, v in self.row.items() if v is not None and k != "household_id")
        return f"{self.title}: {told[:60]}"


def cases() -> Iterator[Case]:
    title, sheet, headings = "", None, None
    block: list[str] | None = None
    for line in CHAPTER.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            if block is not None:
                sheet = _inline(block)
            block = [] if line.startswith("```yaml") else None
        elif block is not None:
            block.append(line)
        elif line.startswith("## "):
            title, headings = line.removeprefix("## "), None
        elif line.startswith("Sheet: "):
            sheet = find(line.removeprefix("Sheet: ").strip("`"))
        elif line.startswith("|") and not line.startswith("|--"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if headings is None:
                headings = cells
            else:
                assert sheet is not None
                yield _case(title, sheet, dict(zip(headings, cells, strict=True)))
        elif not line.strip():
            headings = None


def _inline(block: list[str]) -> Sheet:
    with NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write("\n".join(block))
        file.flush()
        return load_sheet(Path(file.name))


def _case(title: str, sheet: Sheet, cells: dict[str, str]) -> Case:
    row: dict[str, Any] = {"household_id": "H"}
    for name, text in cells.items():
        if name in ("area", *_NUMBERS):
            known = None if text in ("", "–") else (text if name == "area" else float(text))
            row[_COLUMNS.get(name, name)] = known
    deprived = cells.get("deprived", "").split()
    denied = cells.get("not deprived", "").split()
    if denied == ["rest"]:
        denied = [one.code for one in sheet.indicators if one.code not in deprived]
    row |= dict.fromkeys(deprived, True) | dict.fromkeys(denied, False)
    yes_no = {"yes": True, "no": False, "–": None}
    expected: dict[str, Any] = {"status": cells["class"]}
    for name, column in (("differ", "disagree"), ("average", "average_living"), ("unconfirmed", "unconfirmed")):
        if name in cells:
            expected[column] = yes_no[cells[name]]
    if "missing" in cells:
        expected["missing"] = cells["missing"] or None
    if "decided by" in cells:
        expected["decided_by"] = cells["decided by"]
    return Case(title, sheet, row, expected)
