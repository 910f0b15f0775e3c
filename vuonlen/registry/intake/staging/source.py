"""A list as it was read, household by household: placed in commune and village, judged, or refused with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import vuonlen.domain.problems.reading.lists  # noqa: F401  (fills the catalogue)
from vuonlen.analytics.engines.polars_lists import ListRows, Row, check_parquet, judged_classes
from vuonlen.analytics.engines.polars_review import indicator_columns, judge_list
from vuonlen.domain.names import fold
from vuonlen.domain.problems import Problem, Refused, Repair
from vuonlen.intake.limits import Limits
from vuonlen.intake.reading import read_list
from vuonlen.intake.results import ListRead
from vuonlen.registry.intake.listed import Listed, Reader, Unusable, code_of
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.staging.communes import Communes, Villages
from vuonlen.rulebook.lists import ethnic_groups, minority_codes
from vuonlen.rulebook.load import find
from vuonlen.rulebook.model import Sheet

Told = tuple[int, Listed | Problem]  # ordinal from 1, and the household or why it is refused


def read(batch: Batch, path: Path, sheet: Sheet, on_progress: Callable[[int, int], None]) -> ListRead:
    """The file as tables beside `path`. Raises Refused when nothing of it can be used."""
    limits = limits_of(batch)
    codes = frozenset(indicator_columns(sheet))
    found = read_list(path, path.parent, indicator_codes=codes, limits=limits, on_progress=on_progress)
    if found.layout == "parquet":
        if found.rows > limits.max_rows:
            raise Refused(Problem("F-ROWS", values={"tab": "Parquet", "rows": found.rows, "most": limits.max_rows}))
        faults = check_parquet(found.households, codes)
        if faults:
            raise Refused(*faults)
    return replace(found, source_name=batch.file_name)


def limits_of(batch: Batch) -> Limits:
    usual = Limits()
    if batch.max_rows is None and batch.max_mb is None:
        return usual
    return usual.raised(batch.max_rows or usual.max_rows, batch.max_mb or usual.max_bytes // 2**20)


class Source:
    """The rows of a list for one import. They are read anew at each pass, so that a long list is never held whole."""

    def __init__(self, batch: Batch, found: ListRead, sheet: Sheet) -> None:
        self.indicators = frozenset(indicator_columns(sheet))
        self._rows = ListRows(found.households, found.members, self.indicators)
        judged = found.households.with_name("judged.parquet")
        judge_list(found.households, judged, sheet, minority=minority_codes())
        self._judged = judged_classes(judged)
        self.columns = self._rows.columns
        self.member_columns = self._rows.member_columns
        self._reader = Reader(self.columns, sorted(self.indicators), frozenset(ethnic_groups()))
        self._communes = Communes(batch.place, batch.reference_date)
        self._villages = Villages(self._communes.valid, batch.reference_date)
        self.places = {**self._communes.valid, **self._villages.places}
        self.repairs: dict[tuple[str, str], Repair] = {}
        self.villages: Counter[tuple[int, str]] = Counter()  # not known yet: households by commune and folded name
        self.village_names: dict[tuple[int, str], str] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def chunks(self, size: int) -> Iterator[list[Told]]:
        """The same rows at every call."""
        ordinal = 0
        for chunk in self._rows.chunks(size):
            told: list[Told] = []
            for row, members in chunk:
                ordinal += 1
                try:
                    told.append((ordinal, self._household(row, members)))
                except Unusable as why:
                    told.append((ordinal, why.problem))
            yield told

    def _household(self, row: Row, members: list[Row]) -> Listed:
        code = code_of(row)
        given = str(row.get("place_code") or "").strip(), str(row.get("place_name") or "").strip()
        commune, repair = self._communes.find(given[0][:200], given[1][:200], code)
        if repair is not None:
            self.repairs.setdefault(given, repair)
        one = self._reader.household(row, members, commune.pk, self._judged.get(row["household_id"], ""))
        if not fold(one.village_name):
            one.village_name = ""  # only signs: no name
        one.village = self._villages.find(commune.pk, one.village_name)
        return one

    def note_village(self, one: Listed) -> None:
        """Counts a village that approving will create."""
        if one.village is None and one.village_name:
            key = (one.commune, fold(one.village_name))
            self.villages[key] += 1
            self.village_names.setdefault(key, one.village_name)


def standard(batch: Batch) -> Sheet:
    """Raises Refused."""
    return find(batch.standard)
