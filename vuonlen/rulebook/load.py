"""Load a standard from YAML, naming every fault with its line; find the shipped ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError
from rapidfuzz import process

from vuonlen.domain import problems_sheets  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused, Severity
from vuonlen.rulebook.model import Sheet
from vuonlen.rulebook.sheets import spec
from vuonlen.rulebook.sheets.build import build
from vuonlen.rulebook.sheets.checks import checks
from vuonlen.rulebook.sheets.yaml_lines import Marked, read
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
    content = path.read_bytes()
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
            found.extend(_explained(problem, marked))
        else:
            found.extend(checks(sheet, marked))
    digest = hashlib.sha256(text.encode()).hexdigest()
    ordered = sorted((_named(path, one) for one in found), key=lambda one: int(one.cell.split()[-1] if one.cell else 0))
    return sheet, tuple(ordered), digest


def _named(path: Path, problem: Problem) -> Problem:
    return Problem(problem.code, path.name, problem.cell, problem.household_id, problem.values)


def _explained(problem: ValidationError, marked: Marked) -> Iterable[Problem]:
    for one in problem.errors():
        kind, place = one["type"], tuple(part for part in one["loc"] if part not in _KINDS)
        cell = f"dòng {marked.line(place)}"
        where = ".".join(str(part) for part in place) or "…"
        if kind == "extra_forbidden":
            yield Problem("S-KEY", cell=cell, values={"key": place[-1], "near": _near(str(place[-1]))})
        elif kind == "missing":
            yield Problem(
                "S-NEEDED", cell=cell, values={"key": place[-1], "where": ".".join(map(str, place[:-1])) or "…"}
            )
        elif kind in ("union_tag_invalid", "union_tag_not_found"):
            yield Problem("S-KIND", cell=cell, values={"known": ", ".join(_KINDS)})
        else:
            yield Problem(
                "S-VALUE", cell=cell, values={"where": where, "why": _why(one["msg"]), "got": _short(one["input"])}
            )


_KINDS = ("two_scores", "income_and_deprivations", "weighted_share", "single_line")
_WORDS = {
    "not_a_number": "cần một số, phân số (1/6) hoặc phần trăm (33%)",
    "missing_marked": "giá trị MISSING phải đi với confidence: missing, và ngược lại",
    "area_all_or_each": "dùng all, hoặc rural và urban, không dùng cả hai",
    "area_incomplete": "cần cả rural và urban, hoặc all",
}


def _why(message: str) -> str:
    told = message.removeprefix("Value error, ")
    if told.startswith("one_of:"):
        _one, first, second = told.split(":")
        return f"cần đúng một trong {first}, {second}"
    return _WORDS.get(told, told)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "…"


def _near(key: str) -> str:
    known = {name for shape in _shapes(spec.SheetSpec) for name in shape}
    found = process.extractOne(key, sorted(known), score_cutoff=60)
    return found[0] if found else "…"


def _shapes(model: type[spec.Spec]) -> Iterable[set[str]]:
    for shape in (model, *(one for one in vars(spec).values() if isinstance(one, type) and issubclass(one, spec.Spec))):
        yield {info.alias or name for name, info in shape.model_fields.items()}
