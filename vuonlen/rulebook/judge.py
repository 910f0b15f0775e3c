"""Judge one household by one sheet. Pure: same answers, same sheet, same verdict.

The rule for blanks: a verdict stands only if every way of filling the blanks gives the same class.
Each method therefore collects the classes that are still possible; one class is a verdict, more
than one is `undetermined`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vuonlen.domain.household import Household
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.model import AverageLiving, DeprivationTest, LegalValue, LineTest, Method, Sheet
from vuonlen.rulebook.verdict import DeprivationFinding, LineFinding, MethodVerdict, Verdict

_BOTH = (True, False)


def judge(household: Household, sheet: Sheet) -> Verdict:
    """Class of `household` under `sheet`; never raises for blanks."""
    by_method = tuple(_by_method(household, sheet, method) for method in sheet.methods)
    decided_by = next((one for one in by_method if one.status != Status.UNDETERMINED), None)
    status = decided_by.status if decided_by else Status.UNDETERMINED
    return Verdict(
        household_id=household.household_id,
        sheet=sheet,
        status=status,
        decided_by=decided_by,
        by_method=by_method,
        average_living=_average_living(household, sheet.average_living, status),
    )


def answers(household: Household, sheet: Sheet) -> dict[str, bool | None]:
    """Answer per indicator: the first column of `answered_by` that holds one."""
    return {
        one.code: next(
            (got for column in one.answered_by if (got := household.deprivations.get(column)) is not None), None
        )
        for one in sheet.indicators
    }


def _by_method(household: Household, sheet: Sheet, method: Method) -> MethodVerdict:
    line = _against_line(household, method.line)
    near_line = _against_line(household, method.near_line)
    deprivation = _against_cutoff(household, sheet, method.deprivation)
    possible = set(_possible(household, method, deprivation))
    status = possible.pop() if len(possible) == 1 else Status.UNDETERMINED
    settled = status != Status.UNDETERMINED
    return MethodVerdict(
        method=method,
        status=status,
        line=line,
        near_line=near_line,
        deprivation=deprivation,
        missing=() if settled else tuple(_missing(household, method, (line, near_line), deprivation)),
        unconfirmed=tuple(_unconfirmed(household, sheet, method, line, near_line, deprivation)) if settled else (),
    )


def _areas(household: Household) -> tuple[AreaType, ...]:
    return (household.area_type,) if household.area_type else tuple(AreaType)


def _under(value: float | None, line: LegalValue, *, inclusive: bool) -> bool | None:
    if value is None or line.value is None:
        return None
    return value <= line.value if inclusive else value < line.value


def _all_or_none(values: Iterable[bool | None]) -> bool | None:
    seen = set(values)
    return seen.pop() if len(seen) == 1 else None


def _against_line(household: Household, test: LineTest | None) -> LineFinding | None:
    if test is None:
        return None
    value = household.measure(test.measure)
    lines = tuple((area, test.by_area[area]) for area in _areas(household))
    under = _all_or_none(_under(value, line, inclusive=test.inclusive) for _, line in lines)
    return LineFinding(test.measure, value, lines, test.inclusive, under)


def _against_cutoff(household: Household, sheet: Sheet, test: DeprivationTest | None) -> DeprivationFinding | None:
    if test is None:
        return None
    given = answers(household, sheet)
    deprived = tuple(code for code in test.weights if given.get(code) is True)
    unknown = tuple(code for code in test.weights if given.get(code) is None)
    low: float = sum(test.weights[code] for code in deprived)
    high: float = low + sum(test.weights[code] for code in unknown)
    total = household.deprivation_score if test.total_unit else None
    contradiction = False
    if total is not None and test.total_unit:
        units = total / test.total_unit
        contradiction = not low <= units <= high
        # A total that contradicts the indicators is not silently preferred: both readings must agree.
        low, high = (min(low, units), max(high, units)) if contradiction else (units, units)
    return DeprivationFinding(
        low=low,
        high=high,
        deprived=deprived,
        unknown=unknown,
        total_given=total,
        contradiction=contradiction,
        poor=_reaches(low, high, test.poor_at_least),
        near_poor=None if test.near_poor_at_least is None else _reaches(low, high, test.near_poor_at_least),
    )


def _reaches(low: float, high: float, cutoff: int) -> bool | None:
    if low >= cutoff:
        return True
    return False if high < cutoff else None


def _possible(household: Household, method: Method, deprivation: DeprivationFinding | None) -> Iterable[Status]:
    """Every class that some filling of the blanks would give."""
    if method.line is None:
        if deprivation is not None:
            yield from _by_deprivation_only(method, deprivation)
        return
    for area in _areas(household):
        under = _under(
            household.measure(method.line.measure), method.line.by_area[area], inclusive=method.line.inclusive
        )
        for is_under in _BOTH if under is None else (under,):
            if deprivation is not None:
                yield from _under_line_and_deprived(method, deprivation, is_under)
            elif is_under:
                yield Status.POOR
            else:
                yield from _above_line(household, method.near_line, area)


def _above_line(household: Household, near_line: LineTest | None, area: AreaType) -> Iterable[Status]:
    if near_line is None:
        yield Status.NOT_POOR
        return
    under = _under(household.measure(near_line.measure), near_line.by_area[area], inclusive=near_line.inclusive)
    for is_under in _BOTH if under is None else (under,):
        yield Status.NEAR_POOR if is_under else Status.NOT_POOR


def _under_line_and_deprived(method: Method, deprivation: DeprivationFinding, is_under: bool) -> Iterable[Status]:
    if not is_under:
        yield Status.NOT_POOR
        return
    for is_poor in _BOTH if deprivation.poor is None else (deprivation.poor,):
        yield Status.POOR if is_poor else method.under_line_only


def _by_deprivation_only(method: Method, deprivation: DeprivationFinding) -> Iterable[Status]:
    if deprivation.poor is not False:
        yield Status.POOR
    if deprivation.poor is True:
        return
    if method.deprivation_near and deprivation.near_poor is not False:
        yield Status.NEAR_POOR
    if not method.deprivation_near or deprivation.near_poor is not True:
        yield Status.NOT_POOR


def _missing(
    household: Household,
    method: Method,
    lines: tuple[LineFinding | None, ...],
    deprivation: DeprivationFinding | None,
) -> Iterable[str]:
    wanted: dict[str, None] = {}  # in order, each once
    for found in lines:
        if found is None:
            continue
        if found.under is True:
            break  # under the first line: the second does not matter
        if found.under is None:
            wanted.update(dict.fromkeys(_missing_for_line(household, method, found)))
    yield from wanted
    if deprivation is None:
        return
    if deprivation.poor is None or (method.deprivation_near and deprivation.near_poor is None):
        yield from _missing_deprivations(method, deprivation)


def _missing_for_line(household: Household, method: Method, found: LineFinding) -> Iterable[str]:
    if found.value is None:
        yield found.measure
    if household.area_type is None and len({value.value for _, value in found.lines}) > 1:
        yield "area_type"
    yield from (f"law:{method.id}.{area}" for area, value in found.lines if value.value is None)


def _missing_deprivations(method: Method, deprivation: DeprivationFinding) -> Iterable[str]:
    accepts_total = method.deprivation is not None and method.deprivation.total_unit is not None
    if deprivation.contradiction:
        yield "conflict:deprivation_score"
    elif accepts_total and len(deprivation.unknown) == len(method.weights):
        yield "deprivation_score"
    else:
        yield from deprivation.unknown


def _unconfirmed(
    household: Household,
    sheet: Sheet,
    method: Method,
    line: LineFinding | None,
    near_line: LineFinding | None,
    deprivation: DeprivationFinding | None,
) -> Iterable[str]:
    for name, found in (("line", line), ("near_line", near_line)):
        if found is not None and found.value is not None:
            yield from (f"{name}:{area}" for area, value in found.lines if not value.confidence.confirmed)
    if deprivation is None or method.deprivation is None or (line is not None and line.under is False):
        return
    if not method.deprivation.poor_value.confidence.confirmed:
        yield "deprivations:cutoff"
    for code in method.weights:
        if _rests_on_unconfirmed(household.deprivations, sheet, code):
            yield code


def _rests_on_unconfirmed(given: Mapping[str, bool | None], sheet: Sheet, code: str) -> bool:
    indicator = sheet.indicator(code)
    if given.get(code) is not None:
        return not indicator.confidence.confirmed
    borrowed = any(given.get(column) is not None for column in indicator.answered_by)
    return borrowed and not (indicator.confidence.confirmed and indicator.answer_confidence.confirmed)


def _average_living(household: Household, test: AverageLiving | None, status: Status) -> bool | None:
    if test is None or status == Status.UNDETERMINED:
        return None
    if status != Status.NOT_POOR:
        return False
    value = household.measure(test.measure)

    def within(area: AreaType) -> bool | None:
        too_low = _under(value, test.above[area], inclusive=True)
        low_enough = _under(value, test.at_most[area], inclusive=True)
        if too_low is True or low_enough is False:
            return False
        return None if too_low is None or low_enough is None else True

    return _all_or_none(within(area) for area in _areas(household))
