"""What the official tables are written from: counted figures, and the rows they were counted on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vuonlen.analytics.measures import Figure
from vuonlen.rulebook.model import Sheet

#: Column of `ReportData.rows` that says which place a row belongs to.
PLACE_KEY = "place_key"
#: What the figures are (mark).
PRELIMINARY, OFFICIAL = "preliminary", "official"


class Place(NamedTuple):
    """One printed row: `key` as in the figures and rows, `name` as printed."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportData:
    """One review of one place under one standard.

    place_title: the place reported on ("Phường Đức Xuân"). level: what the rows are, "village" or "commune".
    mark: PRELIMINARY or OFFICIAL. lists_everyone: the list holds every household of the place, not only those
    reviewed; if not, the totals of R01 are unknown unless `totals` gives them.
    figures: place key -> measure id -> figure, by an engine of `analytics`. A place or measure not in it is unknown.
    rows: household_id, place_key and every column of the measures that the list has, for each household that is
    poor or near-poor now or before, undetermined, or an average-living farm household; any order. None: too many for
    a sheet; the tables then hold values instead of formulas over the rows.
    totals: place key -> (households, persons) of all residents, None where unknown.
    ethnicities: as given to `analytics.tables.tables`; None: the codes that the figures hold.
    """

    place_title: str
    level: str
    cutoff: date
    mark: str
    standard: Sheet
    standard_hash: str
    source_name: str
    source_sha256: str
    previous_name: str | None
    has_previous: bool
    lists_everyone: bool
    program_version: str
    places: Sequence[Place]
    figures: Mapping[str, Mapping[str, Figure]]
    rows: Iterable[Mapping[str, object]] | None
    totals: Mapping[str, tuple[int | None, int | None]] | None = None
    ethnicities: Sequence[str] | None = None
