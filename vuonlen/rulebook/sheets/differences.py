"""What changes from one standard to another: periods, methods, lines, cut-offs, indicators, confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vuonlen.domain.figures import number
from vuonlen.rulebook import words
from vuonlen.rulebook.model import Indicator, LegalValue, Method, Sheet, Text
from vuonlen.rulebook.trace import show_units

NOTHING = Text("không có", "none")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two sheets say differently."""

    what: Text
    a: Text
    b: Text


def differences(a: Sheet, b: Sheet) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the sheets; empty when they say the same."""
    first, second = dict(_facts(a)), dict(_facts(b))
    return tuple(
        Difference(_WHAT.get(key, Text(key, key)), first.get(key, NOTHING), second.get(key, NOTHING))
        for key in dict.fromkeys((*first, *second))
        if first.get(key) != second.get(key)
    )


_WHAT = {
    "period": Text("Hiệu lực", "In force"),
    "basis": Text("Căn cứ", "Legal basis"),
    "missing": Text("Phần còn thiếu", "Missing parts"),
}


def _same(text: str) -> Text:
    return Text(text, text)


def _facts(sheet: Sheet) -> Iterable[tuple[str, Text]]:
    until = sheet.valid_to.strftime("%d/%m/%Y") if sheet.valid_to else "…"
    yield "period", _same(f"{sheet.valid_from.strftime('%d/%m/%Y')} – {until}")
    yield "basis", sheet.legal_basis
    for method in sheet.methods:
        yield from _method(method)
    if sheet.average_living is not None:
        for area, value in sheet.average_living.at_most.items():
            yield f"MSTB ≤ ({words.AREA[area].vi})", _value(value)
    for one in sheet.indicators:
        yield f"{one.name.vi}", _indicator(one)
    yield "missing", _same(str(len(sheet.missing)))


def _method(method: Method) -> Iterable[tuple[str, Text]]:
    yield f"{method.id}: kind", _same(method.kind)
    for line in (method.line, method.near_line):
        if line is not None:
            name = words.SHORT_MEASURE[line.measure].vi
            for area, value in line.by_area.items():
                sign = "≤" if line.inclusive else "<"
                yield f"{method.id}: {name} {sign} ({words.AREA[area].vi})", _value(value)
    test = method.deprivation
    if test is not None:
        yield f"{method.id}: thiếu hụt ≥", _same(show_units(test.poor_at_least, test, "vi"))
        if test.near_poor_at_least is not None:
            yield f"{method.id}: cận nghèo ≥", _same(show_units(test.near_poor_at_least, test, "vi"))


def _value(value: LegalValue) -> Text:
    doubt = words.CONFIDENCE[value.confidence]
    if value.confidence.confirmed:
        return Text(number(value.value, "vi"), number(value.value, "en"))
    return Text(f"{number(value.value, 'vi')} ({doubt.vi})", f"{number(value.value, 'en')} ({doubt.en})")


def _indicator(one: Indicator) -> Text:
    doubt = words.CONFIDENCE[one.confidence]
    vi = one.deprived_if.vi if one.deprived_if else "ngưỡng chưa có"
    en = one.deprived_if.en if one.deprived_if else "threshold missing"
    return Text(f"{one.code}: {vi} [{doubt.vi}]", f"{one.code}: {en} [{doubt.en}]")
