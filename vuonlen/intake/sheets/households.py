"""One row per household: what follows from several cells of the row together. Nothing blank becomes a zero or a no."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake import vocabulary as v
from vuonlen.intake.cells.codes import area_of_place, cause_names, group_names
from vuonlen.intake.cells.identity import doubts
from vuonlen.intake.cells.notes import Note
from vuonlen.intake.cells.texts import fold
from vuonlen.intake.sheets.batches import Batch

#: Where the arithmetic of an imported scorecard is carried.
ARITHMETIC = "x_cách tính điểm A"
_MANY_MEMBERS = 30
#: A heading with these words that was not understood may have been meant for judging.
_LIKE_OURS = re.compile(r"\b(?:thu nhap|phan loai|diem (?:a|b|b1|b2)|nhan khau|thieu hut|khu vuc|ho ngheo|can ngheo)\b")


class ScoreTotal(Protocol):
    """points None: an answer is missing."""

    @property
    def points(self) -> float | None: ...
    @property
    def arithmetic(self) -> str: ...
    @property
    def missing(self) -> tuple[str, ...]: ...


class ScoreSheet(Protocol):
    """An imported scorecard of the income score."""

    def item_for(self, heading: str) -> str | None: ...

    def total(self, answers: dict[str, str | None], region: str | None) -> ScoreTotal: ...


@dataclass(frozen=True, slots=True)
class Settings:
    """indicators: columns that are yes/no answers of a standard. blank_means_no: columns where a blank is a no."""

    indicators: frozenset[str]
    blank_means_no: frozenset[str]
    scorecard: ScoreSheet | None
    today: date


def finish(batch: Batch, settings: Settings) -> None:
    """Completes the columns of `batch` in place and lists what does not fit."""
    _ids(batch)
    _status(batch)
    _flags(batch)
    for name in settings.blank_means_no & batch.cols.keys():
        batch.cols[name] = [False if value is None else value for value in batch.cols[name]]
    _area(batch)
    _members(batch)
    _scores(batch)
    _head_number(batch)
    if settings.scorecard:
        _scorecard(batch, settings.scorecard)


def _ids(batch: Batch) -> None:
    if "household_id" in batch.cols:
        for i, value in enumerate(batch.cols["household_id"]):
            if value is None and i not in batch.bad:
                batch.note(i, "household_id", [Note("R-ID-BLANK")], "")
        return
    name = v.HOUSEHOLD_ORDINAL if v.HOUSEHOLD_ORDINAL in batch.cols else v.ORDINAL
    who = zip(*(batch.get(one) for one in ("place_code", "place_name", "village", "head", v.BIRTH)), strict=True)
    batch.cols["household_id"] = [
        None if ordinal is None else f"{ordinal}-{_digest(parts)}"
        for ordinal, parts in zip(batch.get(name), who, strict=True)
    ]
    for i, value in enumerate(batch.cols["household_id"]):
        if value is None:
            batch.note(i, name, [Note("R-ID-BLANK")], "")
    if not any(problem.code == "W-ID-POSITION" for problem in batch.log.warnings):
        example = next(filter(None, batch.cols["household_id"]), "")
        batch.log.warnings.append(Problem("W-ID-POSITION", batch.plan.grid.name, values={"example": example}))


def _digest(parts: Sequence[object]) -> str:
    """An ordinal number alone would match another household's in next year's list; with this it does not."""
    text = "|".join("" if part is None else fold(str(part)) for part in parts)
    return hashlib.blake2s(text.encode(), digest_size=3).hexdigest()


def _status(batch: Batch) -> None:
    if v.IS_POOR not in batch.cols and v.IS_NEAR not in batch.cols:
        return
    poor, near = batch.get(v.IS_POOR), batch.get(v.IS_NEAR)
    given = batch.get("recorded_status")
    batch.cols["recorded_status"] = [
        value or (Status.POOR.value if is_poor else Status.NEAR_POOR.value if is_near else None)
        for value, is_poor, is_near in zip(given, poor, near, strict=True)
    ]
    for i, both in enumerate(zip(poor, near, strict=True)):
        if all(both):
            batch.note(i, v.IS_NEAR if v.IS_NEAR in batch.plan.names else v.IS_POOR, [Note("R-STATUS-TWO")])


def _flags(batch: Batch) -> None:
    """Groups and causes as one yes/no column per code. Where the file asks, a blank means not in the group."""
    for source, prefix, names in (
        (v.GROUPS, GROUP_PREFIX, group_names()),
        (v.CAUSES, CAUSE_PREFIX, cause_names()),
    ):
        if source in batch.cols:
            found = [value or frozenset() for value in batch.cols[source]]
            for code in set(names.values()):
                if prefix + code not in batch.plan.names:
                    batch.cols[prefix + code] = [code in codes for codes in found]
    for name in batch.plan.names:
        if name.startswith((GROUP_PREFIX, CAUSE_PREFIX)):
            batch.cols[name] = [bool(value) for value in batch.cols[name]]


def _area(batch: Batch) -> None:
    """Area type from the unit's name where the file does not give it; a contradiction is listed."""
    if "place_name" not in batch.cols:
        return
    given, places = batch.get("area_type"), batch.cols["place_name"]
    told = [None if place is None else area_of_place(place) for place in places]
    asked = "area_type" in batch.plan.names
    batch.cols["area_type"] = [value or from_name for value, from_name in zip(given, told, strict=True)]
    known = {(p.code, p.values.get("place")) for p in batch.log.warnings if p.code.startswith("W-AREA-")}
    for i, (value, place, from_name) in enumerate(zip(given, places, told, strict=True)):
        if not from_name or value == from_name:
            continue
        code = "W-AREA-PLACE" if value else "W-AREA-FROM-NAME"
        if (code, place) not in known:
            known.add((code, place))
            area = {"rural": "nông thôn", "urban": "thành thị"}[value or from_name]
            batch.note(
                i, "area_type" if value and asked else "place_name", [Note(code, {"place": place, "area": area})]
            )


def _members(batch: Batch) -> None:
    for i, value in enumerate(batch.get("members")):
        if value == 0:
            batch.note(i, "members", [Note("R-MEMBERS-ZERO")])
        elif value is not None and value > _MANY_MEMBERS:
            batch.note(i, "members", [Note("W-MEMBERS-MANY", {"n": value})])


def _scores(batch: Batch) -> None:
    if "deprivation_score" not in batch.cols:
        return
    for i, value in enumerate(batch.cols["deprivation_score"]):
        if value is not None and (value % 10 or value > 120):
            batch.note(i, "deprivation_score", [Note("W-SCORE", {"text": f"{value:g}"})])


def _head_number(batch: Batch) -> None:
    """In a list of one row per household, the ID number is the head's, and so are sex and year of birth."""
    if batch.plan.member_rows or "id_number" not in batch.cols:
        return
    sexes, births = batch.get(v.SEX), batch.get(v.BIRTH)
    for i, number in enumerate(batch.cols["id_number"]):
        if number is not None:
            found = doubts(number, sexes[i], int(births[i][:4]) if births[i] else None)
            if found:
                batch.note(i, "id_number", found)


def _scorecard(batch: Batch, scorecard: ScoreSheet) -> None:
    """Score A from the item columns; the arithmetic is carried along."""
    items = {
        one.column: item
        for one in batch.plan.columns
        if one.column.startswith("x_") and (item := scorecard.item_for(one.heading))
    }
    if not items:
        return
    region = next((one.column for one in batch.plan.columns if fold(one.heading) in ("vung", "vung kinh te")), None)
    regions = batch.get(region) if region else [None] * len(batch)
    given = batch.get("income_score")
    scores = list(given)
    told: list[str | None] = [None] * len(batch)
    remembered: dict[Any, ScoreTotal | Refused] = {}
    for i, answers in enumerate(zip(*(batch.cols[name] for name in items), strict=True)):
        key = (answers, regions[i])
        if key not in remembered:
            remembered[key] = _total(scorecard, dict(zip(items.values(), answers, strict=True)), regions[i])
        found = remembered[key]
        first = next(iter(items))
        if isinstance(found, Refused):
            batch.note(i, first, [Note("R-SCORECARD", {"detail": found.problems[0].sentence()})])
            continue
        told[i] = found.arithmetic
        if found.points is None:
            batch.note(i, first, [Note("W-SCORECARD-MISSING", {"items": ", ".join(found.missing)})])
            continue
        if given[i] is not None and abs(given[i] - found.points) > 0.005:
            values = {"given": f"{given[i]:g}", "points": f"{found.points:g}"}
            batch.note(i, "income_score", [Note("W-SCORECARD", values)])
        scores[i] = round(float(found.points), 2)
    batch.cols["income_score"], batch.cols[ARITHMETIC] = scores, told


def _total(scorecard: ScoreSheet, answers: dict[str, str | None], region: str | None) -> ScoreTotal | Refused:
    try:
        return scorecard.total(answers, region)
    except Refused as refused:
        return refused


def column_warnings(batch: Batch) -> Iterable[Problem]:
    """What is said once per column: a unit other than đồng, a heading near ours that was not understood."""
    for one in batch.plan.columns:
        if one.factor and one.factor != 1:
            unit = {1e3: "nghìn đồng", 1e6: "triệu đồng"}[one.factor]
            values = {"heading": one.heading, "unit": unit, "factor": f"{one.factor:,.0f}".replace(",", ".")}
            yield Problem("W-UNIT", batch.plan.grid.name, f"{one.letter}{batch.plan.first + 1}", values=values)
        if one.column.startswith("x_") and _LIKE_OURS.search(fold(one.heading)):
            cell = f"{one.letter}{batch.plan.first + 1}"
            yield Problem("W-HEADING-UNKNOWN", batch.plan.grid.name, cell, values={"heading": one.heading})


def inherit_place(exits: Batch, places: Set[tuple[Any, ...]], columns: Sequence[str]) -> None:
    """Exits of a workbook of one commune stand in sheets without a commune column: they belong to that commune.

    places: what the household sheet holds in `columns`. Listed once per sheet; nothing is done where units differ.
    """
    here = [exits.get(name) for name in columns]
    if len(places) != 1 or any(value is not None for values in here[:2] for value in values):
        return
    for name, value in zip(columns, next(iter(places)), strict=True):
        if value is not None:
            exits.cols[name] = [value] * len(exits)
    shown = next((value for value in reversed(next(iter(places))[:2]) if value), None)
    if shown is not None and len(exits):
        exits.log.warnings.append(Problem("W-PLACE-OF-LIST", exits.plan.grid.name, values={"place": shown}))
