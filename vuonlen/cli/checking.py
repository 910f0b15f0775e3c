"""`vuonlen check`: what would be read from a list and what is wrong with it; nothing is written."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vuonlen.cli import console, inputs
from vuonlen.domain.figures import number
from vuonlen.i18n import _, language
from vuonlen.intake.mapping import save_suggestion
from vuonlen.intake.results import ListRead


@dataclass(frozen=True, slots=True)
class Options:
    """As typed; see `vuonlen check --help`."""

    file: Path
    standards: tuple[str, ...] = ()
    mapping: Path | None = None
    suggest_mapping: Path | None = None
    scorecard: Path | None = None
    max_rows: int | None = None
    max_mb: int | None = None
    json: bool = False


def run(options: Options) -> int:
    """Exit status: 0 everything can be read, 1 some rows cannot. Raises Refused when nothing can."""
    sheets = inputs.sheets(options.standards, date.today())
    with tempfile.TemporaryDirectory(prefix="vuonlen-") as folder, console.working(quiet=options.json) as step:
        read = inputs.household_list(
            options.file,
            Path(folder),
            sheets,
            options,
            step(_("Đọc {name}").format(name=options.file.name)),
        )
    if options.suggest_mapping:
        save_suggestion(read, options.suggest_mapping)
    if options.json:
        console.print_json(_told(read))
    else:
        _show(read)
    return 1 if read.refused else 0


def _told(read: ListRead) -> dict[str, Any]:
    lang = language()

    def told(one: Any) -> dict[str, Any]:
        return {
            "code": one.code,
            "sheet": one.sheet,
            "cell": one.cell,
            "household_id": one.household_id,
            "message": one.sentence(lang),
            "do": one.advice(lang),
        }

    return {
        "source": {"name": read.source_name, "sha256": read.sha256},
        "layout": read.layout,
        "lists_everyone": read.lists_everyone,
        "rows": read.rows,
        "columns": [
            {"column": one.column, "heading": one.heading, "sheet": one.sheet, "letter": one.letter}
            for one in read.columns
        ],
        "refused": [told(one) for one in read.refused],
        "warnings": [told(one) for one in read.warnings],
        "repairs": [
            {
                "code": one.code,
                "sheet": one.sheet,
                "cell": one.cell,
                "column": one.column,
                "before": one.before,
                "after": one.after,
            }
            for one in read.repairs
        ],
    }


def _show(read: ListRead) -> None:
    lang = language()
    layouts = {
        "plain": _("danh sách thường, mỗi hộ một dòng"),
        "practice": _("sổ ba trang, dòng thành viên theo sau hộ"),
        "parquet": _("tệp Parquet"),
    }
    console.out.print(
        _("{name}: {layout}, {rows} hộ").format(
            name=read.source_name, layout=layouts[read.layout], rows=number(read.rows, lang)
        ),
        markup=False,
    )
    carried = _("(giữ nguyên, không dùng để xét)")
    found = [
        (f"{one.sheet} {one.letter}".strip(), one.heading, carried if one.column.startswith("x_") else one.column)
        for one in read.columns
    ]
    console.table(_("Các cột đọc được"), [_("Cột"), _("Tên cột trong tệp"), _("Được hiểu là")], found, left=3)
    if read.repairs:
        shown = [(f"{r.sheet}!{r.cell}", r.code, r.before, r.after) for r in read.repairs[: console.MOST_SHOWN]]
        title = _("Đã sửa khi đọc: {n} ô").format(n=number(len(read.repairs), lang))
        console.table(title, [_("Ô"), _("Mã"), _("Trước"), _("Sau")], shown, left=4)
    console.show_problems(
        read.refused, _("Dòng không nhận được: {n}").format(n=number(len(read.refused), lang)), reported=False
    )
    console.show_problems(
        read.warnings, _("Cần xem lại: {n}").format(n=number(len(read.warnings), lang)), reported=False
    )
    if not (read.refused or read.warnings or read.repairs):
        console.out.print(_("Không thấy lỗi."))
