"""The official tables as workbooks: all in one, and one each, every count a formula over the rows it counts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter import Workbook

from vuonlen.analytics.table_checks import cross_checks, printed
from vuonlen.analytics.table_columns import of_people
from vuonlen.analytics.table_forms import forms_source
from vuonlen.analytics.table_model import TableDef
from vuonlen.analytics.table_values import Cell, total
from vuonlen.analytics.tables import all_measures, tables
from vuonlen.domain.poverty import Status
from vuonlen.i18n import _, language
from vuonlen.reporting.big_sheet import LAST_ROW, OPEN_END, complete, fill
from vuonlen.reporting.data import OFFICIAL, ReportData
from vuonlen.reporting.notes import effective
from vuonlen.reporting.rows_sheet import FIRST_ROW, HEAD_ROW, Formulas, Households, cells, gather, heading, only
from vuonlen.reporting.styles import FONT, Styles
from vuonlen.reporting.table_sheet import TableSheet
from vuonlen.rulebook.lists import minority_codes

ALL_IN_ONE = "bang-tong-hop.xlsx"
_MOST_WARNINGS = 50


def write_tables(data: ReportData, out_dir: Path, *, cached_values: bool = True) -> list[Path]:
    """Write `bang-tong-hop.xlsx` (every table) and one workbook per table into `out_dir`; returns their paths.

    Each file appears when complete. cached_values False leaves 0 in every formula cell until a program recalculates.
    Raises ValueError for a row of a place that is not in `data.places`.
    """
    found = tables(data.standard, _ethnicities(data))
    households = None if data.rows is None else gather(data.rows, all_measures(found), data.places)
    warnings = _warnings(found, data)
    written = [_book(out_dir / ALL_IN_ONE, found, data, households, warnings, cached_values)]
    for table in found:
        rows = None if households is None else only(households, table.measures)
        written.append(_book(out_dir / f"{table.id}.xlsx", [table], data, rows, warnings, cached_values))
    return written


def _ethnicities(data: ReportData) -> Sequence[str]:
    if data.ethnicities is not None:
        return data.ethnicities
    counted = {name for figures in data.figures.values() for name in figures}
    return [code for code in minority_codes() if of_people(Status.POOR, code).id in counted]


def _warnings(found: Sequence[TableDef], data: ReportData) -> list[str]:
    values: dict[str, Mapping[str, Sequence[Mapping[str, Cell]]]] = {}
    for table in found:
        values |= printed([table], effective(table, data))
    names = {place.key: place.name for place in data.places}
    problems = cross_checks(found, values, data.figures, sheet=data.standard, names=names)
    return [one.line(language()) for one in problems]


def _book(
    path: Path,
    found: Sequence[TableDef],
    data: ReportData,
    households: Households | None,
    warnings: Sequence[str],
    cached: bool,
) -> Path:
    with tempfile.TemporaryDirectory() as folder, complete(path) as part:
        frame = Path(folder) / "frame.xlsx"
        name = _("Hộ")
        with xlsxwriter.Workbook(frame if households else part, {"default_format_properties": FONT}) as book:
            styles = Styles(book)
            formulas = Formulas(households, name) if households else None
            for table in found:
                figures = effective(table, data)
                sheet = TableSheet(book.add_worksheet(table.id), styles, table, data, formulas, cached=cached)
                sheet.write(figures, total(figures.values(), table.measures))
            if households:
                _rows_frame(book, styles, name, data, households)
            _source(book, styles, data, households, warnings)
        if households:
            fill(frame, part, len(found) + 1, cells(households), FIRST_ROW)
    return path


def _rows_frame(book: Workbook, styles: Styles, name: str, data: ReportData, households: Households) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, _("DANH SÁCH HỘ DÙNG ĐỂ TÍNH CÁC BẢNG"), styles.named("unit"))
    sheet.write_string(
        1,
        0,
        _("Mỗi dòng một hộ, xếp theo địa bàn. 1 = có, 0 = không, ô trống = chưa biết. Không xếp lại thứ tự các dòng."),
        styles.named("basis_left"),
    )
    for column, values in enumerate(households.columns):
        sheet.write_string(HEAD_ROW - 1, column, heading(values, data.standard), styles.named("head"))
    sheet.set_row(HEAD_ROW - 1, 64)
    last = len(households.columns) - 1
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, max(last, 2), 13)
    sheet.autofilter(HEAD_ROW - 1, 0, OPEN_END - 1, last)
    sheet.freeze_panes(HEAD_ROW, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{LAST_ROW}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(60)  # too wide for one page: several across, with the household on each
    sheet.repeat_rows(HEAD_ROW - 1)
    sheet.repeat_columns(0, 1)


def _source(
    book: Workbook, styles: Styles, data: ReportData, households: Households | None, warnings: Sequence[str]
) -> None:
    sheet = book.add_worksheet(_("Nguồn"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    for row, (key, text) in enumerate([*_facts(data), *_reading(households), *_checked(warnings)]):
        sheet.write_string(row, 0, key, styles.named("key"))
        sheet.write_string(row, 1, text, styles.named("text"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _facts(data: ReportData) -> Iterable[tuple[str, str]]:
    yield _("Địa bàn"), data.place_title
    yield _("Tính đến ngày"), data.cutoff.strftime("%d/%m/%Y")
    yield _("Loại số liệu"), _("CHÍNH THỨC") if data.mark == OFFICIAL else _("SƠ BỘ")
    yield _("Chuẩn nghèo"), f"{data.standard.id}: {data.standard.title.in_(language())}"
    yield _("Căn cứ"), data.standard.legal_basis.in_(language())
    yield _("Mã băm của chuẩn (sha256)"), data.standard_hash
    yield _("Tệp nguồn"), data.source_name
    yield _("Mã băm tệp nguồn (sha256)"), data.source_sha256
    yield _("Tệp kỳ trước"), data.previous_name or _("không có")
    yield _("Danh sách gồm mọi hộ dân cư"), _("có") if data.lists_everyone else _("không")
    yield (
        _("Biểu mẫu"),
        f"{forms_source()}. " + _("Tên cột theo biểu đã in của một tỉnh; số hiệu mẫu 7.x chưa xác nhận."),
    )
    yield _("Chương trình"), f"vuonlen {data.program_version}"
    yield _("Lập lúc"), datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _reading(households: Households | None) -> Iterable[tuple[str, str]]:
    if households is None:
        text = _("Danh sách quá dài cho một trang tính nên số đếm là giá trị; tổng và tỷ lệ vẫn là công thức.")
    else:
        text = _(
            "Mỗi số đếm là công thức đếm trên trang Hộ; tổng là phép cộng; tỷ lệ tính từ số đếm, không lấy trung bình."
        )
    yield _("Cách đọc"), text
    yield "", _("Ô trống là chưa biết, không phải số không. Dấu * sau số: có hộ chưa có thông tin, xem dưới bảng.")


def _checked(warnings: Sequence[str]) -> Iterable[tuple[str, str]]:
    if not warnings:
        yield _("Kiểm tra chéo"), _("Các đẳng thức trong bảng và giữa các bảng đều đúng.")
    for number, line in enumerate(warnings[:_MOST_WARNINGS]):
        yield _("Kiểm tra chéo") if number == 0 else "", line
    if len(warnings) > _MOST_WARNINGS:
        yield "", _("… và {n} dòng nữa").format(n=len(warnings) - _MOST_WARNINGS)
