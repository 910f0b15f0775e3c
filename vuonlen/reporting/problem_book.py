"""The report on reading a file: every row that was refused, every warning, every repair, with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from vuonlen.domain.problems import Problem
from vuonlen.i18n import _, language
from vuonlen.intake.results import ListRead

_MOST_ROWS = 1_000_000


def write_problems(path: Path, read: ListRead, program_version: str) -> None:
    """Three sheets: refused rows, warnings, repairs; written even when empty, so that nobody has to guess."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        source = _("Nguồn: {name} · sha256 {sha} · vuonlen {version}").format(
            name=read.source_name, sha=read.sha256, version=program_version
        )
        heads = [_("Trang"), _("Ô"), _("Mã hộ"), _("Mã lỗi"), _("Vấn đề"), _("Cách xử lý")]
        for title, problems in ((_("Không nhận"), read.refused), (_("Cần xem lại"), read.warnings)):
            _sheet(book.add_worksheet(title), bold, source, heads, (20, 10, 16, 12, 70, 60), map(_cells, problems))
        repairs = (
            (one.sheet, one.cell, one.column, one.code, one.before, one.after) for one in read.repairs[:_MOST_ROWS]
        )
        heads = [_("Trang"), _("Ô"), _("Cột"), _("Mã"), _("Trước"), _("Sau")]
        _sheet(book.add_worksheet(_("Đã sửa khi đọc")), bold, source, heads, (20, 10, 24, 12, 40, 40), repairs)


def _cells(problem: Problem) -> tuple[str, ...]:
    lang = language()
    return (
        problem.sheet,
        problem.cell,
        problem.household_id,
        problem.code,
        problem.sentence(lang),
        problem.advice(lang),
    )


def _sheet(
    sheet: Worksheet,
    bold: object,
    source: str,
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 0)
    sheet.write_string(0, 0, source)
    for column, head in enumerate(heads):
        sheet.write_string(1, column, head, bold)
    for number, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, str(cell)[:32_000])
