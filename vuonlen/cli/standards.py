"""`vuonlen standards`: what each standard says, how two differ, what is wrong with a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.markup import escape

from vuonlen.cli import console, inputs
from vuonlen.domain.figures import number
from vuonlen.domain.poverty import AreaType
from vuonlen.domain.problems import Severity
from vuonlen.i18n import _, language
from vuonlen.rulebook import words
from vuonlen.rulebook.load import check_sheet, find, shipped
from vuonlen.rulebook.model import LegalValue, Method, Sheet
from vuonlen.rulebook.sheets.differences import differences
from vuonlen.rulebook.trace import show_units

UNUSABLE = 2


def _period(sheet: Sheet) -> str:
    until = sheet.valid_to.strftime("%d/%m/%Y") if sheet.valid_to else "…"
    return f"{sheet.valid_from.strftime('%d/%m/%Y')} – {until}"


def show_list(*, as_json: bool) -> int:
    """The shipped standards."""
    lang = language()
    sheets = [find(name) for name in shipped()]
    if as_json:
        console.print_json([_head(sheet) for sheet in sheets])
        return 0
    rows = [(one.id, one.title.in_(lang), _period(one), len(one.indicators)) for one in sheets]
    console.table(_("Các chuẩn có sẵn"), [_("Mã"), _("Tên"), _("Hiệu lực"), _("Số chỉ số")], rows, left=3)
    return 0


def _head(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "title": sheet.title.in_(language()),
        "legal_basis": sheet.legal_basis.in_(language()),
        "valid_from": sheet.valid_from.isoformat(),
        "valid_to": sheet.valid_to.isoformat() if sheet.valid_to else None,
        "hash": sheet.hash,
        "indicators": len(sheet.indicators),
        "methods": [one.id for one in sheet.methods],
    }


def show(name: str, *, as_json: bool) -> int:
    """One standard in full."""
    sheet = find(name)
    if as_json:
        console.print_json(_told(sheet))
        return 0
    lang = language()
    console.out.print(f"[bold]{sheet.id} · {escape(sheet.title.in_(lang))}[/bold]")
    console.out.print(escape(sheet.legal_basis.in_(lang)))
    console.out.print(_("Hiệu lực {period} · sha256 {hash}").format(period=_period(sheet), hash=sheet.hash))
    headings = [_("Nội dung"), _("Giá trị"), _("Nguồn"), _("Độ tin cậy")]
    rows = [(what, *_cells(value, text)) for what, value, text in _values(sheet, lang)]
    console.table(_("Mức và cách xét (theo thứ tự ưu tiên)"), headings, rows, left=4)
    indicators = [
        (
            one.code,
            one.name.in_(lang),
            one.deprived_if.in_(lang) if one.deprived_if else _("CHƯA CÓ trong văn bản đã đọc"),
            words.CONFIDENCE[one.confidence].in_(lang),
        )
        for one in sheet.indicators
    ]
    heads = [_("Mã"), _("Chỉ số"), _("Thiếu hụt khi"), _("Độ tin cậy")]
    console.table(_("Các chỉ số thiếu hụt"), heads, indicators, left=4)
    for one in sheet.missing:
        console.out.print("[yellow]" + escape(_("Còn thiếu: {what}").format(what=one.in_(lang))) + "[/yellow]")
    return 0


def _cells(value: LegalValue, text: str) -> tuple[str, str, str]:
    return text, str(value.source), words.CONFIDENCE[value.confidence].in_(language())


def _values(sheet: Sheet, lang: str) -> Iterable[tuple[str, LegalValue, str]]:
    for method in sheet.methods:
        yield from _of_method(method, lang)
    if sheet.average_living:
        title = _("Mức sống trung bình")
        yield from _by_area(f"{title} >", sheet.average_living.above, sheet.average_living.measure, lang)
        yield from _by_area(f"{title} ≤", sheet.average_living.at_most, sheet.average_living.measure, lang)


def _of_method(method: Method, lang: str) -> Iterable[tuple[str, LegalValue, str]]:
    title = method.title.in_(lang)
    for line in (method.line, method.near_line):
        if line is not None:
            sign = "≤" if line.inclusive else "<"
            name = words.SHORT_MEASURE[line.measure].in_(lang)
            yield from _by_area(f"{title}: {name} {sign}", line.by_area, line.measure, lang)
    test = method.deprivation
    if test is not None:
        yield _("{title}: thiếu hụt ≥").format(title=title), test.poor_value, show_units(test.poor_at_least, test, lang)
        if test.near_poor_value is not None and test.near_poor_at_least is not None:
            shown = show_units(test.near_poor_at_least, test, lang)
            yield _("{title}: cận nghèo ≥").format(title=title), test.near_poor_value, shown


def _by_area(
    what: str, values: Mapping[AreaType, LegalValue], measure: str, lang: str
) -> Iterable[tuple[str, LegalValue, str]]:
    for area, value in values.items():
        shown = f"{number(value.value, lang)} {words.UNIT[measure].in_(lang)}"
        yield f"{what} ({words.AREA[area].in_(lang)})", value, shown


def _told(sheet: Sheet) -> dict[str, Any]:
    lang = language()
    values = [
        {
            "what": what,
            "value": value.value,
            "shown": text,
            "from": value.since.isoformat(),
            "source": str(value.source),
            "confidence": value.confidence.value,
        }
        for what, value, text in _values(sheet, lang)
    ]
    indicators = [
        {
            "code": one.code,
            "name": one.name.in_(lang),
            "deprived_if": one.deprived_if.in_(lang) if one.deprived_if else None,
            "source": str(one.source),
            "confidence": one.confidence.value,
            "answered_by": list(one.answered_by),
        }
        for one in sheet.indicators
    ]
    missing = [one.in_(lang) for one in sheet.missing]
    return {**_head(sheet), "values": values, "indicators": indicators, "missing": missing}


def diff(first: str, second: str, *, as_json: bool) -> int:
    """What changes from one standard to another."""
    lang = language()
    one, two = find(first), find(second)
    found = differences(one, two)
    if as_json:
        told = [{"what": d.what.in_(lang), "first": d.a.in_(lang), "second": d.b.in_(lang)} for d in found]
        console.print_json({"first": one.id, "second": two.id, "differences": told})
        return 0
    if not found:
        console.out.print(_("Hai chuẩn giống nhau."))
        return 0
    rows = [(d.what.in_(lang), d.a.in_(lang), d.b.in_(lang)) for d in found]
    console.table("", [_("Nội dung"), one.id, two.id], rows, left=3)
    return 0


def check(file: Path, *, as_json: bool) -> int:
    """Every fault of a sheet with its line. Exit status 0 when it can be used, else 2."""
    found = check_sheet(inputs.existing(file))
    lang = language()
    stops = [one for one in found if one.kind.severity != Severity.WARNING]
    if as_json:
        told = [
            {"code": one.code, "where": one.where, "message": one.sentence(lang), "do": one.advice(lang)}
            for one in found
        ]
        console.print_json({"file": file.name, "usable": not stops, "problems": told})
        return UNUSABLE if stops else 0
    console.show_problems(found, _("Lỗi trong {name}:").format(name=file.name))
    if not stops:
        console.out.print(_("{name}: dùng được.").format(name=file.name), markup=False)
    return UNUSABLE if stops else 0
