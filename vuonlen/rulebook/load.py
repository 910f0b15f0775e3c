"""Load a standard from YAML, naming every fault with its line; find the shipped ones."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

import vuonlen.domain.problems.judging.sheets  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused, Severity
from vuonlen.rulebook.model import Sheet
from vuonlen.rulebook.sheets import spec
from vuonlen.rulebook.sheets.build import build
from vuonlen.rulebook.sheets.checks import checks
from vuonlen.rulebook.sheets.faults import explained
from vuonlen.rulebook.sheets.yaml_lines import read
from vuonlen.rules import STANDARDS

MOST_BYTES = 1_000_000


def load_sheet(path: Path) -> Sheet:
    """The sheet at `path`. Raises Refused with every fault, each with its line."""
    sheet, problems, digest = _examine(path)
    stops = [one for one in problems if one.kind.severity is not Severity.WARNING]
    if stops or sheet is None:
        raise Refused(*stops)
    return build(sheet, digest)


def check_sheet(path: Path) -> tuple[Problem, ...]:
    """Every fault and warning of the sheet at `path`, in order of line."""
    return _examine(path)[1]


def shipped() -> tuple[str, ...]:
    """Ids of the standards that come with the program."""
    return tuple(sorted(one.stem for one in STANDARDS.glob("*.yaml") if not one.stem.endswith(".cases")))


def find(name: str) -> Sheet:
    """A standard by id, or by the path of a YAML file. Raises Refused when there is none."""
    if name in shipped():
        return _shipped(name)
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        if not path.is_file():
            raise Refused(Problem("S-NO-FILE", values={"path": name}))
        return load_sheet(path)
    raise Refused(Problem("S-UNKNOWN", values={"name": name, "known": ", ".join(shipped())}))


def in_force(on: date) -> Sheet:
    """The Vietnamese national standard in force on a day. Raises Refused when none of the shipped ones is."""
    for name in shipped():
        sheet = _shipped(name)
        if name.startswith("vn-") and sheet.valid_from <= on and (sheet.valid_to is None or on <= sheet.valid_to):
            return sheet
    raise Refused(Problem("S-NONE-IN-FORCE", values={"on": on.strftime("%d/%m/%Y"), "known": ", ".join(shipped())}))


@lru_cache
def _shipped(name: str) -> Sheet:
    return load_sheet(STANDARDS / f"{name}.yaml")


def _examine(path: Path) -> tuple[spec.SheetSpec | None, tuple[Problem, ...], str]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        return None, (Problem("S-NO-FILE", values={"path": str(path)}),), ""
    if len(content) > MOST_BYTES:
        return None, (_named(path, Problem("S-TOO-LARGE", values={"most": MOST_BYTES})),), ""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None, (_named(path, Problem("S-NOT-UTF8")),), ""
    marked = read(text)
    sheet: spec.SheetSpec | None = None
    found = list(marked.faults)
    if not found:
        try:
            sheet = spec.SheetSpec.model_validate(marked.data)
        except ValidationError as problem:
            found.extend(explained(problem, marked))
        else:
            found.extend(checks(sheet, marked))
    digest = hashlib.sha256(text.encode()).hexdigest()
    ordered = sorted((_named(path, one) for one in found), key=lambda one: int(one.cell.split()[-1] if one.cell else 0))
    return sheet, tuple(ordered), digest


def _named(path: Path, problem: Problem) -> Problem:
    return Problem(problem.code, path.name, problem.cell, problem.household_id, problem.values)
