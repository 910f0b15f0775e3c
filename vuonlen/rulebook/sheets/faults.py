"""What pydantic found wrong with a sheet, as entries of the catalogue with their line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from rapidfuzz import process

from vuonlen.domain.problems import Problem
from vuonlen.rulebook.sheets import spec
from vuonlen.rulebook.sheets.yaml_lines import Marked, Path

KINDS = ("two_scores", "income_and_deprivations", "weighted_share", "single_line")

_OF_TYPE = {
    "union_tag_invalid": "S-KIND",
    "union_tag_not_found": "S-KIND",
    "literal_error": "S-CHOICE",
    "enum": "S-CHOICE",
    "string_type": "S-WORDS",
    "string_too_short": "S-BLANK",
    "too_short": "S-BLANK",
    "string_pattern_mismatch": "S-CODE",
    "model_type": "S-KEYS",
    "model_attributes_type": "S-KEYS",
    "dict_type": "S-KEYS",
    "tuple_type": "S-ITEMS",
}


def explained(error: ValidationError, marked: Marked) -> Iterable[Problem]:
    """One problem per fault. `marked` gives the lines."""
    for one in error.errors():
        if one["type"] == "too_short" and one["input"]:
            continue  # pydantic counts only the items that passed; the faults of the others are told anyway
        place = tuple(part for part in one["loc"] if part not in KINDS)
        code, values = _told(one["type"], place, one["input"], one.get("ctx", {}), one["msg"])
        seen = (*place, str(values["first"])) if values.get("first") else place
        yield Problem(code, cell=f"dòng {marked.line(seen)}", values=values)


def _told(
    kind: str, place: Path, given: object, context: Mapping[str, Any], message: str
) -> tuple[str, dict[str, object]]:
    where = _where(place)
    if kind == "extra_forbidden":
        near = _near(str(place[-1]))
        return ("S-KEY", {"key": place[-1], "near": near}) if near else ("S-KEY-UNKNOWN", {"key": place[-1]})
    if kind == "missing":
        return "S-NEEDED", {"key": place[-1], "where": _where(place[:-1])}
    if kind == "value_error":
        code, *names = str(context.get("error", "")).split(":")
        if given is None and code in ("S-NUMBER", "S-DATE", "S-THRESHOLD"):
            code = "S-BLANK"
        first, second = (*names, "", "")[:2]
        return code, {"where": where, "got": _short(given), "first": first, "second": second}
    code = _OF_TYPE.get(kind, "S-VALUE")
    if given is None and code in ("S-WORDS", "S-KEYS", "S-ITEMS", "S-CHOICE"):
        code = "S-BLANK"
    expected = KINDS if code == "S-KIND" else (str(context.get("expected", "")).replace(" or ", ", ").replace("'", ""),)
    return code, {"where": where, "got": _short(given), "known": ", ".join(expected), "why": message}


def _where(place: Path) -> str:
    """methods.0.title as a person counts: methods[1].title."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.lstrip(".") or "…"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "…"


def _near(key: str) -> str | None:
    shapes = [one for one in vars(spec).values() if isinstance(one, type) and issubclass(one, spec.Spec)]
    known = {info.alias or name for shape in shapes for name, info in shape.model_fields.items()}
    found = process.extractOne(key, sorted(known), score_cutoff=60)
    return found[0] if found else None
