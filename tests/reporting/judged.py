"""Judged rows drawn at random, two reviews that fit together, and the report data made of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from vuonlen.analytics.engines.reference_figures import figures
from vuonlen.analytics.movement import Move, move
from vuonlen.analytics.table_columns import CAUSES, CHILDREN, GROUPS
from vuonlen.analytics.tables import all_measures, tables
from vuonlen.domain.poverty import Status
from vuonlen.reporting.data import PRELIMINARY, Place, ReportData
from vuonlen.rulebook.load import load_sheet
from vuonlen.rulebook.model import Sheet
from vuonlen.rules import STANDARDS

SHEET: Sheet = load_sheet(STANDARDS / "vn-2022.yaml")
INDICATORS = tuple(one.code for one in SHEET.indicators)
PEOPLE = ("01", "02", "07", "09")
PLACES = (Place("01840 / Tổ 1", "Tổ 1"), Place("01840 / Tổ 2", "Tổ 2"), Place("01840 / Tổ 10", "Tổ 10"))
Row = dict[str, Any]


def draw_rows(seed: int, count: int = 60, places: Sequence[Place] = PLACES, blank: float = 0.0) -> list[Row]:
    """Households of one list, gone ones included. blank: share of answers that are not known."""
    chance = random.Random(seed)
    return [_row(chance, number, chance.choice(places).key, blank) for number in range(count)]


def _row(chance: random.Random, number: int, place: str, blank: float) -> Row:
    now = chance.choice([*Status, Status.POOR, Status.NEAR_POOR, None])
    previous = chance.choice([Status.POOR, Status.NEAR_POOR, Status.NOT_POOR, None if now else Status.POOR])
    members, before = chance.randint(1, 9), chance.randint(1, 9)
    here, there = now is not None, previous is not None
    stayed = here and there and now is not Status.UNDETERMINED
    was_before = chance.random() < 0.3
    people = chance.choice(PEOPLE)
    groups = [people != "01", chance.random() < 0.2, chance.random() < 0.1]
    deprived = _deprived(chance, now)
    children = chance.randint(0, members)
    row: Row = {
        "household_id": f"H{number:05d}",
        "place_key": place,
        "status": now and now.value,
        "previous": previous and previous.value,
        "move_poor": _move(Status.POOR, previous, now, was_before),
        "move_near": _move(Status.NEAR_POOR, previous, now, was_before),
        "members": members if here else None,
        "previous_members": before if there else None,
        "persons_more": max(members - before, 0) if stayed else 0,
        "persons_less": max(before - members, 0) if stayed else 0,
        "average_farm": now is Status.NOT_POOR and chance.random() < 0.4,
        "ethnicity": people,
        "minority": people != "01",
        **{code: code in deprived for code in INDICATORS},
        **dict(zip(GROUPS, [*groups, not any(groups)], strict=True)),
        **{cause: chance.random() < 0.3 for cause in CAUSES},
        **{name: children if name == "children" else chance.randint(0, children) for name in CHILDREN},
    }
    return {name: _blanked(chance, name, value, blank) for name, value in row.items()}


def _deprived(chance: random.Random, now: Status | None) -> set[str]:
    lowest, highest = {Status.POOR: (3, 8), Status.NEAR_POOR: (0, 2)}.get(now or Status.NOT_POOR, (0, 12))
    return set(chance.sample(INDICATORS, chance.randint(lowest, highest)))


def _move(stock: Status, previous: Status | None, now: Status | None, was_before: bool) -> str | None:
    found: Move | None = move(stock, previous, now, was_before=was_before, previous_lists_everyone=True)
    return found and found.value


_NEVER_BLANK = ("household_id", "place_key", "status", "previous", "move_poor", "move_near")


def _blanked(chance: random.Random, name: str, value: Any, blank: float) -> Any:
    return None if name not in _NEVER_BLANK and chance.random() < blank else value


def without(rows: Sequence[Row], *columns: str) -> list[Row]:
    """The same list without some columns, as when the file never had them."""
    return [{name: value for name, value in row.items() if name not in columns} for row in rows]


def report(
    rows: Sequence[Row], /, places: Sequence[Place] = PLACES, sheet: Sheet = SHEET, **changes: Any
) -> ReportData:
    """The data of a report on `rows`, with figures of the reference engine."""
    people = sorted({row["ethnicity"] for row in rows if row.get("ethnicity")})
    data = ReportData(
        place_title="Phường Đức Xuân",
        level="village",
        cutoff=date(2023, 12, 31),
        mark=PRELIMINARY,
        standard=sheet,
        standard_hash=sheet.hash,
        source_name="danh-sách-2023.xlsx",
        source_sha256="ab" * 32,
        previous_name="danh-sách-2022.xlsx",
        has_previous=True,
        lists_everyone=True,
        program_version="0.1.0",
        places=places,
        figures=figures(rows, all_measures(tables(sheet, people)), "place_key"),
        rows=rows,
    )
    return replace(data, **changes)
