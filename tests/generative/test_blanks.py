"""A verdict stands exactly when no way of filling the blanks could change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.generative.strategies import households, sheets
from vuonlen.domain.household import Household
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook.judge import answers, judge
from vuonlen.rulebook.model import Method, Sheet

# Lines lie between 0 and 9: these values stand under, between and above all of them.
FILLINGS = tuple(n / 4 for n in range(-1, 41, 2)) + tuple(n / 2 for n in range(20))


def fillings(household: Household, sheet: Sheet) -> Iterator[Household]:
    """Every household that `household` may turn out to be. An answer borrowed from another column is an answer."""
    measures = {name for name in ("income", "consumption", "income_score") if household.measure(name) is None}
    asked = {m.line.measure for m in sheet.methods if m.line} & measures
    blanks = [code for code, answer in answers(household, sheet).items() if answer is None]
    areas = (household.area_type,) if household.area_type else tuple(AreaType)
    for area, filling in product(areas, product((True, False), repeat=len(blanks))):
        filled = {**household.deprivations, **dict(zip(blanks, filling, strict=True))}
        for values in product(FILLINGS, repeat=len(asked)):
            known = dict(zip(asked, values, strict=True))
            yield replace(household, area_type=area, deprivations=filled, **known)


def one_method(sheet: Sheet, method: Method) -> Sheet:
    return replace(sheet, methods=(method,), average_living=None)


@settings(max_examples=100, deadline=None)
@given(households(), sheets())
def test_determined_iff_all_fillings_agree(household: Household, sheet: Sheet) -> None:
    sheet = one_method(sheet, sheet.methods[0])
    lines = [line for m in sheet.methods for line in (m.line, m.near_line) if line]
    assume(all(value.value is not None for line in lines for value in line.by_area.values()))
    assume(all(line.by_area[area].value != 0 or line.inclusive for line in lines for area in AreaType))
    # A given total is an answer, not a blank: fillings that contradict it are not possible households.
    household = replace(household, deprivation_score=None)
    classes = {judge(one, sheet).status for one in fillings(household, sheet)}
    verdict = judge(household, sheet)
    if verdict.status == Status.UNDETERMINED:
        assert len(classes) > 1
        assert verdict.missing
    else:
        assert classes == {verdict.status}
        assert not verdict.missing


@settings(max_examples=200, deadline=None)
@given(households(), sheets(), st.data())
def test_filling_a_blank_never_changes_a_verdict(household: Household, sheet: Sheet, data: st.DataObject) -> None:
    sheet = one_method(sheet, sheet.methods[0])
    household = replace(household, deprivation_score=None)
    blanks = [code for code, answer in answers(household, sheet).items() if answer is None]
    assume(blanks)
    code = data.draw(st.sampled_from(blanks))
    filled = replace(household, deprivations={**household.deprivations, code: data.draw(st.booleans())})
    before = judge(household, sheet).status
    if before != Status.UNDETERMINED:
        assert judge(filled, sheet).status == before
