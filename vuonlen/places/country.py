"""The shipped tables of the whole country, before and since 01/07/2025. See data/README.md for where they come from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vuonlen.places.models import Level
from vuonlen.places.planting import Span, Unit

DATA = Path(__file__).parent / "data"
MERGED = date(2025, 7, 1)

#: Units of the old edition stand in the register from this day. It is not the day they were founded, which the
#: tables do not tell: it lies before the first review under the standard of 2022 (lists of 31/12/2021), so that
#: every list the register holds finds its places. Rows say so by `since_known=False`.
KNOWN_SINCE = date(2021, 1, 1)

_SOURCE = "vietnamadminunits 1.0.4 (MIT)"
BEFORE = Span(KNOWN_SINCE, MERGED, f"{_SOURCE}, ĐVHC trước 01/07/2025; ngày đầu là mốc quy ước", known=False)
SINCE = Span(MERGED, None, f"{_SOURCE}, ĐVHC từ 01/07/2025")
CONVERSION_SOURCE = f"{_SOURCE}, bảng chuyển đổi"


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of one edition; parent: code of the unit above, blank for a province."""

    level: Level
    unit: Unit
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the conversion: an old unit, or a part of it, goes on as a new one."""

    level: Level  # of the old unit; the new one is a province or a commune
    before: str
    since: str
    whole: bool

    @property
    def onto(self) -> Level:
        return Level.PROVINCE if self.level == Level.PROVINCE else Level.COMMUNE


def before() -> Iterator[Row]:
    """Provinces, then districts, then communes until 30/06/2025, each in order of code."""
    yield from (Row(Level.PROVINCE, _unit(one)) for one in _read("provinces.csv") if one["edition"] == "before")
    yield from (Row(Level.DISTRICT, _unit(one), one["province"]) for one in _read("districts.csv"))
    yield from (Row(Level.COMMUNE, _unit(one), one["district"]) for one in _read("communes_before.csv"))


def since() -> Iterator[Row]:
    """Provinces, then communes since 01/07/2025, each in order of code."""
    yield from (Row(Level.PROVINCE, _unit(one)) for one in _read("provinces.csv") if one["edition"] == "since")
    yield from (Row(Level.COMMUNE, _unit(one), one["province"]) for one in _read("communes_since.csv"))


def steps() -> Iterator[Step]:
    levels = {"province": Level.PROVINCE, "district": Level.DISTRICT, "commune": Level.COMMUNE}
    for one in _read("conversion.csv"):
        yield Step(levels[one["level"]], one["before"], one["since"], one["whole"] == "1")


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _unit(row: dict[str, str]) -> Unit:
    latitude, longitude = row["latitude"], row["longitude"]
    return Unit(
        row["code"], row["name"], float(latitude) if latitude else None, float(longitude) if longitude else None
    )
