"""The result of `judge` in a few figures: for machines as a dict, for people as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from vuonlen.analytics.engines import polars_review
from vuonlen.analytics.engines.polars_review import Judged
from vuonlen.analytics.measures import MOVE_NEAR, MOVE_POOR, PREVIOUS
from vuonlen.analytics.movement import Move
from vuonlen.cli import console
from vuonlen.domain.figures import number, percent
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem
from vuonlen.i18n import _, language
from vuonlen.intake.results import ListRead
from vuonlen.rulebook import words
from vuonlen.rulebook.model import Sheet

STOCKS = ((Status.POOR, MOVE_POOR), (Status.NEAR_POOR, MOVE_NEAR))


def told(judged: Judged, now: ListRead, cutoff: date, *, official: bool, everyone: bool) -> dict[str, Any]:
    """The `--json` of one standard. Counts are households; rates are not given, they follow from counts."""
    sheet = judged.sheet
    return {
        "standard": sheet.id,
        "standard_hash": sheet.hash,
        "standard_title": sheet.title.in_(language()),
        "cutoff": cutoff.isoformat(),
        "mark": "official" if official else "preliminary",
        "source": {"name": now.source_name, "sha256": now.sha256},
        "lists_everyone": everyone,
        **polars_review.counts(judged),
        "weighted_counts": polars_review.weighted_counts(judged),
        "by_place": _by_place(judged),
        "refused": len(now.refused),
        "repairs": len(now.repairs),
        "standard_warnings": _in_force(sheet, cutoff),
        "warnings": [one.line(language()) for one in now.warnings],
        "movement": movement(judged) if judged.has_previous else None,
        "missing_in_law": [one.in_(language()) for one in sheet.missing],
    }


def _in_force(sheet: Sheet, cutoff: date) -> list[str]:
    if sheet.valid_from <= cutoff and (sheet.valid_to is None or cutoff <= sheet.valid_to):
        return []
    until = sheet.valid_to.strftime("%d/%m/%Y") if sheet.valid_to else "…"
    on, since = (one.strftime("%d/%m/%Y") for one in (cutoff, sheet.valid_from))
    values = {"standard": sheet.id, "on": on, "since": since, "until": until}
    return [Problem("O-STANDARD-DATE", values=values).line(language())]


def _by_place(judged: Judged) -> list[dict[str, Any]]:
    found = polars_review.tally(judged, polars_review.PLACE_KEY, "status")
    names = dict(polars_review.places(judged))
    rows: dict[str, dict[str, Any]] = {key: {"place": key, "name": name} for key, name in names.items()}
    for row in found:
        if row["status"] is not None:
            rows[row[polars_review.PLACE_KEY]][row["status"]] = row["n"]
    return [
        {
            **row,
            "households": sum(row.get(one.value, 0) for one in Status),
            **{o.value: row.get(o.value, 0) for o in Status},
        }
        for row in rows.values()
    ]


def movement(judged: Judged) -> dict[str, Any]:
    """Start, paths and end per stock (households), and why classes changed."""
    stocks: dict[str, Any] = {}
    for stock, column in STOCKS:
        paths = {row[column]: row["n"] for row in polars_review.tally(judged, column) if row[column]}
        start = sum(row["n"] for row in polars_review.tally(judged, PREVIOUS) if row[PREVIOUS] == stock)
        end = sum(row["n"] for row in polars_review.tally(judged, "status") if row["status"] == stock)
        stocks[stock.value] = {"start": start, **{one.value: paths.get(one.value, 0) for one in Move}, "end": end}
    causes = {}
    if "change_cause" in judged.columns:
        causes = {row["change_cause"]: row["n"] for row in polars_review.tally(judged, "change_cause")}
        causes.pop(None, None)
    return {**stocks, "change_cause": causes}


def show(results: Sequence[dict[str, Any]]) -> None:
    """Print the results for a person."""
    for result in results:
        _show_counts(result)
        if result["movement"]:
            _show_movement(result["movement"])
        for warning in result["standard_warnings"]:
            console.err.print("! " + warning, markup=False, soft_wrap=True)


def _show_counts(result: dict[str, Any]) -> None:
    lang = language()
    mark = _("CHÍNH THỨC") if result["mark"] == "official" else _("SƠ BỘ")
    day = date.fromisoformat(result["cutoff"]).strftime("%d/%m/%Y")
    title = _("{standard} · đến ngày {day} · {mark}").format(standard=result["standard_title"], day=day, mark=mark)
    shares = bool(result["lists_everyone"])
    headings = [_("Địa bàn"), _("Số hộ"), *(words.STATUS[one].in_(lang) for one in Status)]
    headings[3:3] = [_("Tỷ lệ nghèo")]
    rows = [_count_row(row["name"], row, lang, shares=shares) for row in result["by_place"]]
    total = {**result["counts"], "households": result["households"]}
    rows.append(_count_row(_("TỔNG SỐ"), total, lang, shares=shares))
    console.table(title, headings, rows)
    notes = [
        (result["disagree"], _("hộ có hai cách xét cho kết quả khác nhau")),
        (result["contradiction"], _("hộ có điểm B không khớp các chỉ số")),
        (result["recorded_differs"], _("hộ có phân loại ghi trong danh sách khác với kết quả xét")),
        (result["unconfirmed"], _("hộ có kết quả dựa trên giá trị của chuẩn chưa được xác nhận")),
        (result["refused"], _("dòng không nhận được")),
        (result["repairs"], _("ô đã được sửa khi đọc, có ghi lại trong báo cáo")),
    ]
    for count, text in notes:
        if count:
            console.out.print(f"  {number(count, lang)} {text}", markup=False)


def _count_row(name: str, row: dict[str, Any], lang: str, *, shares: bool) -> list[str]:
    shown = [number(row[one.value], lang) for one in Status]
    rate = percent(row[Status.POOR.value], row["households"], lang) if shares else "…"
    return [name, number(row["households"], lang), shown[0], rate, *shown[1:]]


def _show_movement(found: dict[str, Any]) -> None:
    lang = language()
    paths = {
        Move.TO_OTHER: _("− sang nhóm kia (nghèo ↔ cận nghèo)"),
        Move.ABOVE: _("− vượt chuẩn cận nghèo"),
        Move.OTHER_LESS: _("− giảm khác"),
        Move.FROM_OTHER: _("+ từ nhóm kia chuyển sang"),
        Move.RELAPSED: _("+ tái nghèo"),
        Move.NEW: _("+ phát sinh mới"),
        Move.OTHER_MORE: _("+ tăng khác"),
    }
    stocks = [found[status.value] for status, _column in STOCKS]
    rows = [[_("Đầu kỳ"), *(number(one["start"], lang) for one in stocks)]]
    rows += [[text, *(number(one[move.value], lang) for one in stocks)] for move, text in paths.items()]
    rows.append([_("Cuối kỳ"), *(number(one["end"], lang) for one in stocks)])
    rows.append([_("Tăng (+), giảm (−)"), *(signed(one["end"] - one["start"], lang) for one in stocks)])
    headings = [_("Biến động (hộ)"), *(words.STATUS[status].in_(lang) for status, _column in STOCKS)]
    console.table("", headings, rows)
    other = {
        "place": _("hộ đổi nhóm chỉ vì địa bàn đổi khu vực"),
        "standard": _("hộ đổi nhóm chỉ vì chuẩn thay đổi"),
        "place_and_standard": _("hộ đổi nhóm vì cả địa bàn và chuẩn"),
    }
    for cause, text in other.items():
        if found["change_cause"].get(cause):
            console.out.print(f"  {number(found['change_cause'][cause], lang)} {text}", markup=False)


def signed(value: int, lang: str) -> str:
    """−43, +5 or 0."""
    return ("−" if value < 0 else "+" if value > 0 else "") + number(abs(value), lang)
