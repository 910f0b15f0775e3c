"""What changes from one standard to another: periods, methods, lines, cut-offs, weights, indicators, confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from vuonlen.domain.figures import number
from vuonlen.domain.poverty import AreaType, Confidence
from vuonlen.rulebook import words
from vuonlen.rulebook.model import AverageLiving, DeprivationTest, Indicator, LegalValue, Method, Sheet, Text
from vuonlen.rulebook.trace import show_units

NOTHING = Text("không có", "none")
Key = tuple[str, ...]
#: What a sheet says under one key: the heading, and the wording that is compared.
Fact = tuple[Key, Text, Text]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two sheets say differently."""

    what: Text
    a: Text
    b: Text


def differences(a: Sheet, b: Sheet) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the sheets; empty when they say the same.

    Methods are compared by kind, indicators by code, then by name, then by the answer they share.
    """
    pairs = _pairs(a, b)
    first = {key: (what, told) for key, what, told in _facts(a, {one: one for one in pairs})}
    second = {key: (what, told) for key, what, told in _facts(b, {other: one for one, other in pairs.items() if other})}
    found = []
    for key in dict.fromkeys((*first, *second)):
        what = first[key][0] if key in first else second[key][0]
        left, right = (side[key][1] if key in side else NOTHING for side in (first, second))
        if left != right:
            found.append(Difference(what, left, right))
    return tuple(found)


def _pairs(a: Sheet, b: Sheet) -> dict[str, str | None]:
    """Code in `a` -> code in `b` of the same indicator, None when it was dropped."""
    free = {one.code: one for one in b.indicators}
    pairs: dict[str, str | None] = dict.fromkeys(one.code for one in a.indicators)
    for same in (_same_code, _same_name, _shared_answer):
        for one in a.indicators:
            if pairs[one.code] is None:
                found = next((other.code for other in free.values() if same(one, other)), None)
                if found is not None:
                    pairs[one.code] = found
                    del free[found]
    return pairs


def _same_code(one: Indicator, other: Indicator) -> bool:
    return one.code == other.code


def _same_name(one: Indicator, other: Indicator) -> bool:
    return one.name.vi.casefold() == other.name.vi.casefold()


def _shared_answer(one: Indicator, other: Indicator) -> bool:
    return one.code in other.answered_by or other.code in one.answered_by


def _same(text: str) -> Text:
    return Text(text, text)


def _facts(sheet: Sheet, known_as: Mapping[str, str]) -> Iterator[Fact]:
    """`known_as`: code of the indicator here -> the code to compare it under."""
    until = sheet.valid_to.strftime("%d/%m/%Y") if sheet.valid_to else "…"
    yield ("title",), Text("Tên", "Title"), sheet.title
    yield ("period",), Text("Hiệu lực", "In force"), _same(f"{sheet.valid_from.strftime('%d/%m/%Y')} – {until}")
    yield ("basis",), Text("Căn cứ", "Legal basis"), sheet.legal_basis
    order = Text("; ".join(one.title.vi for one in sheet.methods), "; ".join(one.title.en for one in sheet.methods))
    yield ("order",), Text("Các cách xét, theo thứ tự ưu tiên", "Methods, in order of precedence"), order
    seen: dict[str, int] = {}
    for method in sheet.methods:
        seen[method.kind] = seen.get(method.kind, 0) + 1
        yield from _method(method, (method.kind, str(seen[method.kind])), known_as)
    if sheet.average_living is not None:
        yield from _average(sheet.average_living)
    for one in sheet.indicators:
        code = known_as.get(one.code, "+" + one.code)  # "+": new in this sheet, whatever the other calls so
        yield ("indicator", code), Text(f"Chỉ số {one.name.vi}", f"Indicator {one.name.en}"), _indicator(one)
    for gap in sheet.missing:
        yield ("missing", gap.vi, gap.en), Text("Còn thiếu", "Still missing"), gap


def _method(method: Method, key: Key, known_as: Mapping[str, str]) -> Iterator[Fact]:
    def what(vi: str, en: str) -> Text:
        return Text(f"{method.title.vi}: {vi}", f"{method.title.en}: {en}")

    lines = (
        ("line", Text("nghèo", "poor"), method.line),
        ("near_line", Text("cận nghèo", "near-poor"), method.near_line),
    )
    for name, role, line in lines:
        if line is not None:
            measure, sign = words.SHORT_MEASURE[line.measure], "≤" if line.inclusive else "<"
            shown = what(f"{role.vi}, {measure.vi}", f"{role.en}, {measure.en}")
            yield from _by_area((*key, name), shown, line.by_area, sign, line.measure)
    test = method.deprivation
    if test is None:
        return
    cutoffs = (
        ("poor", "thiếu hụt ≥", "deprivations ≥", test.poor_at_least, test.poor_value),
        ("near", "cận nghèo, thiếu hụt ≥", "near-poor, deprivations ≥", test.near_poor_at_least, test.near_poor_value),
    )
    for name, vi, en, units, value in cutoffs:
        if units is not None and value is not None:
            yield (*key, name), what(vi, en), _cutoff(units, test, value)
    yield from _weights(test, key, known_as, method.title)
    if test.total_unit is not None and test.print_as == "count":
        per = Text(number(test.total_unit), number(test.total_unit, "en"))
        yield (
            (*key, "total"),
            what("nhận tổng điểm B, điểm mỗi thiếu hụt", "score B accepted, points a deprivation"),
            per,
        )
    if method.line is not None:
        yield (
            (*key, "under"),
            what("dưới mức nhưng chưa đủ thiếu hụt", "under the line alone"),
            words.STATUS[method.under_line_only],
        )


def _weights(test: DeprivationTest, key: Key, known_as: Mapping[str, str], title: Text) -> Iterator[Fact]:
    """One row where every indicator weighs the same; a plain count has nothing to tell."""
    if test.print_as == "count":
        return
    if len(set(test.weights.values())) == 1:
        what = Text(f"{title.vi}: mỗi thiếu hụt", f"{title.en}: each deprivation")
        yield (*key, "each"), what, _units(next(iter(test.weights.values())), test)
        return
    for code, units in test.weights.items():
        what = Text(f"{title.vi}: trọng số {code}", f"{title.en}: weight of {code}")
        yield (*key, "weight", known_as.get(code, "+" + code)), what, _units(units, test)


def _average(average: AverageLiving) -> Iterator[Fact]:
    what = Text("Mức sống trung bình", "Average living standard")
    yield from _by_area(("average", "above"), what, average.above, ">", average.measure)
    yield from _by_area(("average", "at_most"), what, average.at_most, "≤", average.measure)


def _by_area(key: Key, what: Text, values: Mapping[AreaType, LegalValue], sign: str, measure: str) -> Iterable[Fact]:
    for area, value in values.items():
        place, unit = words.AREA[area], words.UNIT[measure]
        figure = Text(f"{sign} {number(value.value)} {unit.vi}", f"{sign} {number(value.value, 'en')} {unit.en}")
        yield (
            (*key, area.value),
            Text(f"{what.vi} ({place.vi})", f"{what.en} ({place.en})"),
            _sure(figure, value.confidence),
        )


def _cutoff(units: int, test: DeprivationTest, value: LegalValue) -> Text:
    return _sure(_units(units, test), value.confidence)


def _units(units: int, test: DeprivationTest) -> Text:
    """A share is told exactly: 1/3 and 33.33% print alike when rounded."""
    shown = Text(show_units(units, test, "vi"), show_units(units, test, "en"))
    if test.print_as != "share":
        return shown
    exact = Fraction(units, test.whole)
    return Text(f"{exact} ({shown.vi})", f"{exact} ({shown.en})")


def _sure(figure: Text, confidence: Confidence) -> Text:
    if confidence.confirmed:
        return figure
    doubt = words.CONFIDENCE[confidence]
    return Text(f"{figure.vi} ({doubt.vi})", f"{figure.en} ({doubt.en})")


def _indicator(one: Indicator) -> Text:
    return Text(*(_indicator_in(one, lang) for lang in ("vi", "en")))


def _indicator_in(one: Indicator, lang: str) -> str:
    threshold = (one.deprived_if or Text("ngưỡng chưa có", "threshold missing")).in_(lang)
    text = f"{one.code} {one.name.in_(lang)} ({one.dimension.in_(lang)}): {threshold}"
    text += f" [{words.CONFIDENCE[one.confidence].in_(lang)}]"
    borrowed = [column for column in one.answered_by if column != one.code]
    if borrowed:
        how = Text("dùng tạm câu trả lời của", "answered for the time being by").in_(lang)
        text += f"; {how} {', '.join(borrowed)} [{words.CONFIDENCE[one.answer_confidence].in_(lang)}]"
    return text
