"""One printed table: frame, head, total, places, notes, signatures; counts as formulas over the sheet "Hộ"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from vuonlen.analytics.measures import Figure, Measure
from vuonlen.analytics.table_columns import RESIDENT_PERSONS, RESIDENTS
from vuonlen.analytics.table_forms import frame_words
from vuonlen.analytics.table_model import ColumnDef, Counted, Rate, Summed, TableDef
from vuonlen.analytics.table_values import Cell, Figures, values
from vuonlen.i18n import _, language
from vuonlen.reporting.data import OFFICIAL, ReportData
from vuonlen.reporting.notes import notes
from vuonlen.reporting.rows_sheet import Formulas
from vuonlen.reporting.styles import Styles
from vuonlen.reporting.table_head import head, lines

_HEAD_ROW = 5  # 0-based: unit and mark, form, title, date, basis, head
#: Every resident household is not among the rows, so these two stay values.
_AS_VALUES = (RESIDENTS, RESIDENT_PERSONS)


class TableSheet:
    """Writes one table. `formulas` None: the rows are not in the workbook, so counts are values.

    cached: put our values beside the formulas. Without them a reader shows nothing until it recalculates.
    """

    def __init__(
        self,
        sheet: Worksheet,
        styles: Styles,
        table: TableDef,
        data: ReportData,
        formulas: Formulas | None,
        *,
        cached: bool,
    ) -> None:
        self.sheet, self.styles, self.table, self.data, self.formulas = sheet, styles, table, data, formulas
        self.cached = cached
        self.head = head(table)
        self.kinds = len(table.split)
        self.letters = {
            column.number: xl_col_to_name(self.head.fixed + place) for place, column in enumerate(table.columns)
        }
        self.total_row = _HEAD_ROW + self.head.depth + 1
        self.first = self.total_row + self.kinds
        self.last = self.first + len(data.places) * self.kinds - 1

    def write(self, figures: Mapping[str, Figures], total: Mapping[str, Figure]) -> None:
        """figures: by place; total: all places together."""
        self._frame()
        self._head()
        self._place(self.total_row, "", _("TỔNG SỐ"), None, total)
        for ordinal, place in enumerate(self.data.places, start=1):
            row = self.first + (ordinal - 1) * self.kinds
            self._place(row, str(ordinal), place.name, place.key, figures[place.key])
        self._foot(notes(self.table, self.data, figures, total))
        self._page()

    @property
    def right(self) -> int:
        return self.head.fixed + len(self.table.columns) - 1

    def _across(self, row: int, left: int, right: int, text: str, style: str, height: float | None = None) -> None:
        look = self.styles.named(style)
        if left == right:
            self.sheet.write_string(row, left, text, look)
        else:
            self.sheet.merge_range(row, left, row, right, "", look)
            self.sheet.write_string(row, left, text, look)  # merge_range would guess the type of the text
        if height:
            self.sheet.set_row(row, height)

    def _frame(self) -> None:
        data, table = self.data, self.table
        official = data.mark == OFFICIAL
        title = (table.title if official else table.title_preliminary).in_(language()).upper()
        half = max(self.head.fixed - 1, self.right // 2)
        width = sum(self.head.widths)
        self._across(0, 0, half, data.place_title.upper(), "unit")
        self._across(0, half + 1, self.right, _("CHÍNH THỨC") if official else _("SƠ BỘ"), "mark")
        self._across(1, half + 1, self.right, _("Bảng {id}").format(id=table.id), "mark")
        self._across(2, 0, self.right, title, "title", 20.0 * lines(title, width * 0.7) + 4)
        day = data.cutoff.strftime("%d/%m/%Y")
        self._across(3, 0, self.right, _("Tính đến ngày {day}").format(day=day), "date")
        basis = _("Theo {title} ({id}, mã băm {hash}); nguồn: {source} (sha256 {sha})").format(
            title=data.standard.title.in_(language()),
            id=data.standard.id,
            hash=data.standard_hash[:12],
            source=data.source_name,
            sha=data.source_sha256[:12],
        )
        self._across(4, 0, self.right, basis, "basis", 13.0 * lines(basis, width * 1.1) + 2)

    def _head(self) -> None:
        look = self.styles.named("head")
        for span in self.head.spans:
            top, bottom = _HEAD_ROW + span.top, _HEAD_ROW + span.bottom
            if (top, span.left) != (bottom, span.right):
                self.sheet.merge_range(top, span.left, bottom, span.right, "", look)
            self.sheet.write_string(top, span.left, span.text, look)
        for row, height in enumerate(self.head.heights, start=_HEAD_ROW):
            self.sheet.set_row(row, height)
        for column, width in enumerate(self.head.widths):
            self.sheet.set_column(column, column, width)
        row, tallest = _HEAD_ROW + self.head.depth, 1
        for column, printed in enumerate(self.head.numbers):
            self.sheet.write_string(row, column, printed, self.styles.named("number"))
            tallest = max(tallest, -(-len(printed) // int(self.head.widths[column])))
        self.sheet.set_row(row, 12.0 * tallest + 3)

    def _place(self, row: int, ordinal: str, name: str, key: str | None, figures: Figures) -> None:
        """The row of one place, one per row kind; key None: the row of totals."""
        bold = key is None
        labels = ((0, ordinal, "ordinal"), (1, name, "label"))
        for place, text, style in labels:
            look = self.styles.named(style, bold=bold)
            if self.kinds > 1:
                self.sheet.merge_range(row, place, row + self.kinds - 1, place, "", look)
            self.sheet.write_string(row, place, text, look)
        height = 15.0 * lines(name, self.head.widths[1]) + 3
        for kind, split in enumerate(self.table.split):
            here = row + kind
            self.sheet.set_row(here, max(18.0, height / self.kinds))
            if self.kinds > 1:
                text = frame_words()[split].in_(language())
                self.sheet.write_string(here, 2, text, self.styles.named("label", bold=bold))
            cells = values(self.table, kind, figures)
            for column in self.table.columns:
                self._cell(here, column, kind, key, cells)

    def _cell(self, row: int, column: ColumnDef, kind: int, key: str | None, cells: Mapping[str, Cell]) -> None:
        rate, bold, cell = isinstance(column.source, Rate), key is None, cells[column.number]
        look = self.styles.number(rate=rate, bold=bold, blanks=cell.value is not None and bool(cell.blanks))
        place = self.head.fixed + self.table.columns.index(column)
        formula = self._formula(row, column, kind, key, cells)
        if formula is not None:
            shown: object = _plain(cell.value)
            self.sheet.write_formula(row, place, "=" + formula, look, shown if self.cached else 0)
        elif cell.value is None:
            self.sheet.write_blank(row, place, None, look)
        else:
            self.sheet.write_number(row, place, float(cell.value) if rate else int(cell.value), look)

    def _formula(
        self, row: int, column: ColumnDef, kind: int, key: str | None, cells: Mapping[str, Cell]
    ) -> str | None:
        """What the cell computes, without "="; None: print the value, or nothing where it is unknown."""
        source, cell = column.source, cells[column.number]
        if isinstance(source, Rate):
            # A rate of a whole of 0 is shown empty, so its formula stands although there is no value.
            stands = cell.value is not None or cells[source.whole].value == 0
            return self._rate(row, source, key) if stands else None
        if cell.value is None:
            return None
        if isinstance(source, Summed) and not cell.direct:
            plus = "+".join(self._at(one, row) for one in source.plus)
            return plus + "".join("-" + self._at(one, row) for one in source.minus)
        if key is None:
            return self._total(column.number, kind)
        return self._count((source.measures if isinstance(source, Counted) else source.equals)[kind], key)

    def _count(self, measure: Measure, key: str | None) -> str | None:
        if self.formulas is None or measure in _AS_VALUES:
            return None
        return self.formulas.of(measure, key)

    def _rate(self, row: int, source: Rate, key: str | None) -> str | None:
        whole = self._at(source.whole, row)
        part = self._at(source.part, row) if isinstance(source.part, str) else self._count(source.part, key)
        return None if part is None else f'IF({whole}=0,"",({part})/{whole}*100)'

    def _total(self, number: str, kind: int) -> str:
        letter = self.letters[number]
        cells = f"{letter}{self.first + 1}:{letter}{self.last + 1}"
        if self.kinds == 1:
            return f"SUM({cells})"
        kinds = f"$C${self.first + 1}:$C${self.last + 1}"
        return f"SUMIF({kinds},$C{self.total_row + kind + 1},{cells})"

    def _at(self, number: str, row: int) -> str:
        return f"{self.letters[number]}{row + 1}"

    def _foot(self, sentences: list[str]) -> None:
        row = self.last + 2
        width = sum(self.head.widths)
        for sentence in sentences:
            self._across(row, 0, self.right, sentence, "note", 14.0 * lines(sentence, width * 1.05) + 2)
            row += 1
        half = (self.right + 1) // 2
        self._across(
            row + 1, half, self.right, _("{place}, ngày …… tháng …… năm ……").format(place="……………"), "sign_hint"
        )
        for left, right, sign, hint in (
            (0, half - 1, _("NGƯỜI LẬP BIỂU"), _("(Ký, ghi rõ họ tên)")),
            (half, self.right, _("CHỦ TỊCH"), _("(Ký, đóng dấu)")),
        ):
            self._across(row + 2, left, right, sign, "sign")
            self._across(row + 3, left, right, hint, "sign_hint")

    def _page(self) -> None:
        sheet, number_row = self.sheet, _HEAD_ROW + self.head.depth
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.5)
        sheet.repeat_rows(_HEAD_ROW, number_row)
        sheet.center_horizontally()
        sheet.set_footer("&C&8" + _("Trang &P/&N") + "&R&8" + f"{self.table.id} · vuonlen {self.data.program_version}")
        sheet.freeze_panes(number_row + 1, self.head.fixed)


def _plain(value: int | Decimal | None) -> object:
    return "" if value is None else (float(value) if isinstance(value, Decimal) else value)
