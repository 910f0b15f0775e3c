"""The real LibreOffice, as an officer's spreadsheet: opens a workbook, recalculates it, saves it again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

# Recalculate OOXML on load: 0 always. Otherwise it would show the values that stand in the file.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""

Grid = list[list[object]]


def installed() -> bool:
    return shutil.which("soffice") is not None


def recalculated(files: Sequence[Path], folder: Path) -> dict[str, Path]:
    """Every file opened, recalculated and saved as XLSX under `folder`: name -> new file."""
    profile, out = folder / "profile", folder / "recalculated"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(out), *map(str, files)], check=True, timeout=300, capture_output=True, text=True
    )
    return {file.name: out / file.name for file in files if (out / file.name).exists()}


def grid(file: Path, sheet: str) -> Grid:
    """Every cell of a sheet from A1 on; a blank cell is ""."""
    found: Grid = CalamineWorkbook.from_path(file).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return found


def sheet_names(file: Path) -> list[str]:
    return list(CalamineWorkbook.from_path(file).sheet_names)
