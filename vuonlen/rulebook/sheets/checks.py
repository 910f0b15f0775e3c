"""What a sheet must mean, beyond its shape: sources exist, lines rise, cut-offs can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import lcm

from vuonlen.domain.poverty import AreaType
from vuonlen.domain.problems import Problem
from vuonlen.rulebook.sheets import spec
from vuonlen.rulebook.sheets.yaml_lines import Marked, Path


def checks(sheet: spec.SheetSpec, marked: Marked) -> Iterable[Problem]:
    """Faults and warnings, each with its line."""
    for code, path, values in _all(sheet):
        yield Problem(code, cell=f"dòng {marked.line(path)}", values=values)


Found = tuple[str, Path, dict[str, object]]
#: `rulebook.compile` counts units in 16-bit integers; a finer sheet would stop the batch engines.
MOST_UNITS = 32_767


def _all(sheet: spec.SheetSpec) -> Iterator[Found]:
    if sheet.valid.to is not None and sheet.valid.to < sheet.valid.since:
        yield "S-PERIOD", ("valid", "to"), {}
    yield from _sources(sheet)
    yield from _twice(sheet)
    yield from _borrowed(sheet)
    codes = {one.code for one in sheet.indicators}
    for number, method in enumerate(sheet.methods):
        yield from _method(method, ("methods", number), codes)
    if sheet.average_living_standard is not None:
        average = sheet.average_living_standard
        yield from _rising(average.above, average.at_most, ("average_living_standard", "at_most"))


def _sources(sheet: spec.SheetSpec) -> Iterator[Found]:
    for key, path in _source_keys(sheet, ()):
        if key not in sheet.sources:
            yield "S-SOURCE", path, {"key": key, "known": ", ".join(sheet.sources)}


def _source_keys(value: object, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, spec.Spec):
        for name, info in type(value).model_fields.items():
            found = getattr(value, name)
            if name == "source":
                yield str(found), (*path, name)
            else:
                yield from _source_keys(found, (*path, info.alias or name))
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _source_keys(one, (*path, number))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _source_keys(one, (*path, name))


def _twice(sheet: spec.SheetSpec) -> Iterator[Found]:
    for part, names in (
        ("indicators", [one.code for one in sheet.indicators]),
        ("methods", [one.id for one in sheet.methods]),
    ):
        for number, name in enumerate(names):
            if name in names[:number]:
                yield "S-TWICE", (part, number), {"name": name}


def _borrowed(sheet: spec.SheetSpec) -> Iterator[Found]:
    """An answer that stands for two indicators would be counted twice."""
    read: dict[str, str] = {one.code: one.code for one in sheet.indicators}
    for number, one in enumerate(sheet.indicators):
        for column in one.answered_by:
            first = read.setdefault(column, one.code)
            if first != one.code:
                yield (
                    "S-BORROWED",
                    ("indicators", number, "answered_by"),
                    {"column": column, "codes": f"{first}, {one.code}"},
                )


def _method(method: spec.MethodSpec, path: Path, codes: set[str]) -> Iterator[Found]:
    if isinstance(method, spec.WeightedShareSpec):
        yield from _weighted(method, path, codes)
    elif isinstance(method, spec.SingleLineSpec):
        near = method.near_poor_at_most or method.near_poor_below
        poor = method.poor_at_most or method.poor_below
        if near is not None and poor is not None:
            name = "near_poor_at_most" if method.near_poor_at_most else "near_poor_below"
            yield from _rising(poor, near, (*path, name))
    else:
        yield from _counted(method, path, codes)


def _counted(
    method: spec.TwoScoresSpec | spec.IncomeAndDeprivationsSpec, path: Path, codes: set[str]
) -> Iterator[Found]:
    if isinstance(method, spec.TwoScoresSpec):
        name, each = "poor_deprivation_score_at_least", method.points_per_deprivation
        cutoff = method.poor_deprivation_score_at_least
        if each.value is None or each.value == 0:
            yield "S-KNOWN", (*path, "points_per_deprivation"), {"what": "points_per_deprivation"}
            return
        most = each.value * len(codes)
        yield from _fine([each.value] * len(codes), [cutoff.value], (*path, "points_per_deprivation"))
    else:
        name, cutoff, most = "poor_deprivations_at_least", method.poor_deprivations_at_least, Fraction(len(codes))
        points = method.points_per_deprivation
        if points is not None and not points.value:
            yield "S-KNOWN", (*path, "points_per_deprivation"), {"what": "points_per_deprivation"}
        if cutoff.value is not None and cutoff.value.denominator != 1:
            yield "S-WHOLE", (*path, name), {"what": name}
    if cutoff.value is None or cutoff.value == 0:
        yield "S-KNOWN", (*path, name), {"what": name}
    elif cutoff.value > most:
        yield "S-CUTOFF", (*path, name), {"what": name, "most": str(most)}


def _weighted(method: spec.WeightedShareSpec, path: Path, codes: set[str]) -> Iterator[Found]:
    for code, weight in method.weights.items():
        if code not in codes:
            yield "S-WEIGHT-CODE", (*path, "weights", code), {"code": code}
        if not weight.value:
            yield "S-KNOWN", (*path, "weights", code), {"what": f"weights.{code}"}
    for code in sorted(codes - set(method.weights)):
        yield "S-NO-WEIGHT", (*path, "weights"), {"code": code}
    total = sum(value.value for value in method.weights.values() if value.value is not None)
    if total != 1:
        yield "S-WEIGHT-SUM", (*path, "weights"), {"total": str(total)}
    poor, near = method.poor_share_at_least, method.near_poor_share_at_least
    cutoffs: dict[str, spec.ValueSpec | None] = {"poor_share_at_least": poor, "near_poor_share_at_least": near}
    for name, value in cutoffs.items():
        if value is not None and not value.value:
            yield "S-KNOWN", (*path, name), {"what": name}
        elif value is not None and value.value is not None and value.value > total:
            yield "S-CUTOFF", (*path, name), {"what": name, "most": str(total)}
    shares = [value.value for value in method.weights.values()]
    yield from _fine(shares, [one.value for one in (poor, near) if one is not None], (*path, "weights"))
    if near is not None and near.value is not None and poor.value is not None and near.value >= poor.value:
        yield "S-ORDER-SHARE", (*path, "near_poor_share_at_least"), {}


def _fine(weights: list[Fraction | None], cutoffs: list[Fraction | None], path: Path) -> Iterator[Found]:
    known = [one for one in weights if one is not None]
    whole = lcm(*(one.denominator for one in (*known, *cutoffs) if one is not None))
    if sum(known) * whole > MOST_UNITS:
        yield "S-FINE", path, {"whole": whole, "most": MOST_UNITS}


def _rising(low: spec.AreaSpec, high: spec.AreaSpec, path: Path) -> Iterator[Found]:
    for area in AreaType:
        first = getattr(low, area.value) or low.all
        second = getattr(high, area.value) or high.all
        if first and second and first.value is not None and second.value is not None and second.value < first.value:
            yield "S-ORDER", path, {"area": area.value}
