"""The trace of a verdict in words: each line met or missed, with its figure and article.

The page, the letter, the complaint file and the export print these sentences, so they are made once, here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vuonlen.domain.figures import number
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook import words
from vuonlen.rulebook.model import DeprivationTest, LegalValue, Sheet
from vuonlen.rulebook.verdict import DeprivationFinding, LineFinding, MethodVerdict, Verdict


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One sentence. `met`: the test speaks for poverty; None: not known. `source`: instrument and article."""

    text: str
    met: bool | None
    source: str
    note: str = ""


def trace(verdict: Verdict, lang: str = "vi") -> tuple[TraceLine, ...]:
    """Every test of every method, the deciding one first, then the conclusion."""
    methods = sorted(verdict.by_method, key=lambda one: one is not verdict.decided_by)
    lines = [line for one in methods if _has_input(one) for line in _method(one, verdict.sheet, lang)]
    return (*lines, *_conclusion(verdict, lang))


def _has_input(found: MethodVerdict) -> bool:
    return found.line is None or found.line.value is not None or found.status != Status.UNDETERMINED


def _method(found: MethodVerdict, sheet: Sheet, lang: str) -> Iterable[TraceLine]:
    for line in (found.line, found.near_line):
        if line is not None:
            yield _line(line, lang)
    if found.deprivation is not None and found.method.deprivation is not None:
        yield _deprivations(found.deprivation, found.method.deprivation, lang)
        yield from _indicators(found.deprivation, sheet, lang)
    result = words.STATUS[found.status].in_(lang)
    said = f"{found.method.title.in_(lang)}: {result}"
    yield TraceLine(said, None, str(found.method.source))


def _line(found: LineFinding, lang: str) -> TraceLine:
    name, unit = words.MEASURE[found.measure].in_(lang), words.UNIT[found.measure].in_(lang)
    value = number(found.value, lang)
    parts = [
        f"{value} {_sign(found, line)} {number(line.value, lang)} {unit} ({words.AREA[area].in_(lang)})"
        for area, line in found.lines
    ]
    return TraceLine(
        f"{name}: " + "; ".join(parts), found.under, str(found.lines[0][1].source), _doubts(found.lines, lang)
    )


def _sign(found: LineFinding, line: LegalValue) -> str:
    if found.value is None or line.value is None:
        return "?"
    if found.inclusive:
        return "≤" if found.value <= line.value else ">"
    return "<" if found.value < line.value else "≥"


def _doubts(lines: Iterable[tuple[AreaType, LegalValue]], lang: str) -> str:
    doubts = {line.confidence for _, line in lines if not line.confidence.confirmed}
    return ", ".join(sorted(words.CONFIDENCE[one].in_(lang) for one in doubts))


def show_units(units: float, test: DeprivationTest, lang: str) -> str:
    """Units of a test as they are printed: a count, points, or a share in per cent."""
    if test.print_as == "share":
        return number(units * 100 / test.whole, lang, 1) + " %"
    return number(units / test.whole, lang)


def _deprivations(found: DeprivationFinding, test: DeprivationTest, lang: str) -> TraceLine:
    names = {
        "points": ("Điểm B (B2)", "Deprivation score B (B2)"),
        "count": ("Số chỉ số thiếu hụt", "Deprived indicators"),
        "share": ("Tỷ lệ thiếu hụt có trọng số", "Weighted share of deprivations"),
    }[test.print_as]
    low, high = show_units(found.low, test, lang), show_units(found.high, test, lang)
    value = low if found.low == found.high else f"{low}–{high}"
    sign = {True: "≥", False: "<", None: "?"}[found.poor]
    cutoff = show_units(test.poor_at_least, test, lang)
    note = words.CONFIDENCE[test.poor_value.confidence].in_(lang) if not test.poor_value.confidence.confirmed else ""
    if found.contradiction:
        note = "điểm B không khớp các chỉ số" if lang != "en" else "the score contradicts the indicators"
    text = f"{names[1] if lang == 'en' else names[0]}: {value} {sign} {cutoff}"
    return TraceLine(text, found.poor, str(test.poor_value.source), note)


def _indicators(found: DeprivationFinding, sheet: Sheet, lang: str) -> Iterable[TraceLine]:
    said = (
        (found.deprived, True, "thiếu hụt", "deprived"),
        (found.unknown, None, "chưa có thông tin", "not known"),
    )
    if not found.deprived and len(found.unknown) == len(sheet.indicators) and found.total_given is not None:
        return  # only the total was recorded
    for codes, met, vi, en in said:
        for code in codes:
            one = sheet.indicator(code)
            doubt = "" if one.confidence.confirmed else words.CONFIDENCE[one.confidence].in_(lang)
            text = f"{code} {one.name.in_(lang)}: {en if lang == 'en' else vi}"
            yield TraceLine(text, met, str(one.source), doubt)


def _conclusion(verdict: Verdict, lang: str) -> Iterable[TraceLine]:
    english = lang == "en"
    result = words.STATUS[verdict.status].in_(lang)
    yield TraceLine(f"{'Conclusion' if english else 'Kết luận'}: {result}", None, verdict.sheet.legal_basis.in_(lang))
    if verdict.missing:
        wanted = "; ".join(words.missing(name, verdict.sheet).in_(lang) for name in verdict.missing)
        yield TraceLine(f"{'Still needed' if english else 'Còn thiếu'}: {wanted}", None, "")
    if verdict.disagree:
        each = "; ".join(
            f"{one.method.title.in_(lang)}: {words.STATUS[one.status].in_(lang)}" for one in verdict.by_method
        )
        yield TraceLine(f"{'Methods disagree' if english else 'Hai cách xét khác nhau'}: {each}", None, "")
    if verdict.average_living is not None and verdict.status == Status.NOT_POOR:
        yes, no = ("yes", "no") if english else ("có", "không")
        name = "Average living standard" if english else "Mức sống trung bình"
        doubts = _average_doubts(verdict.sheet, lang)
        yield TraceLine(f"{name}: {yes if verdict.average_living else no}", None, "", doubts)
    if verdict.unconfirmed:
        name = "Rests on values not yet confirmed" if english else "Dựa trên giá trị chưa được xác nhận"
        yield TraceLine(f"{name}: {', '.join(verdict.unconfirmed)}", None, "")


def _average_doubts(sheet: Sheet, lang: str) -> str:
    test = sheet.average_living
    return _doubts((*test.above.items(), *test.at_most.items()), lang) if test else ""


def short(verdict: Verdict) -> str:
    """The deciding tests in one Vietnamese line, as the export prints them; what is missing if undecided."""
    if verdict.decided_by is None:
        return "chưa đủ dữ liệu: " + ", ".join(verdict.missing)
    found = verdict.decided_by
    parts = [_short_line(line) for line in (found.line, found.near_line) if line and line.value is not None]
    if found.deprivation is not None and found.method.deprivation is not None:
        if found.line is None or found.line.under is not False:
            parts.append(_short_deprivations(found.deprivation, found.method.deprivation))
    return "; ".join(parts)


def _short_line(found: LineFinding) -> str:
    name = words.SHORT_MEASURE[found.measure].vi
    value = number(found.value)
    each = [f"{_sign(found, line)} {number(line.value)} ({words.AREA[area].vi})" for area, line in found.lines]
    return f"{name} {value} " + ", ".join(each)


def _short_deprivations(found: DeprivationFinding, test: DeprivationTest) -> str:
    name = {"points": "điểm B", "count": "thiếu hụt", "share": "thiếu hụt"}[test.print_as]
    low, high = show_units(found.low, test, "vi"), show_units(found.high, test, "vi")
    value = low if found.low == found.high else f"{low}–{high}"
    sign = {True: "≥", False: "<", None: "?"}[found.poor]
    codes = f" [{' '.join(found.deprived)}]" if found.deprived else ""
    return f"{name} {value} {sign} {show_units(test.poor_at_least, test, 'vi')}{codes}"
