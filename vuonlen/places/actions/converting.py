"""Import the conversion table of the statistics office: missing units, and what became of each old one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.actions import SYSTEM, Act, Actor, record
from vuonlen.places.conversion.checking import Checked, Move, check
from vuonlen.places.conversion.standing import Key, Standing, read
from vuonlen.places.conversion.table import Named, Table, read_table
from vuonlen.places.country import KNOWN_SINCE
from vuonlen.places.kinds import kind_of
from vuonlen.places.models import Level, Share, Succession
from vuonlen.places.planting import BATCH, Planter, Span, Unit, counted, save

Progress = Callable[[int, int], None]
MOST_REFUSED = 0.2  # of the rows: more, and the file is another table or has its columns swapped


@dataclass(frozen=True, slots=True)
class Converted:
    """places: units that were missing. The other counts are of successions."""

    on: date
    sha256: str
    rows: int
    places: int
    created: int
    changed: int
    unchanged: int
    withdrawn: int
    refused: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def import_conversion(*, path: Path, by: Actor = SYSTEM, on_progress: Progress | None = None) -> Converted:
    """Import a conversion table, CSV or workbook. Raises Refused where nothing of it can be used."""
    advance = on_progress or (lambda done, total: None)
    advance(0, 4)
    table = read_table(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    advance(1, 4)
    with transaction.atomic():
        standing = read(table.on)
        checked = check(table, standing)
        advance(2, 4)
        planted = _Planted(table, standing)
        moves = planted.usable(checked.moves)
        _mostly_good(table)
        planted.save(moves)
        advance(3, 4)
        created, changed, unchanged = _write(table, standing, moves, path.name)
        withdrawn = _withdraw(table, standing, moves, checked)
        counts = {"places": planted.count, "created": created, "changed": changed, "withdrawn": withdrawn}
        if any(counts.values()):
            counted()
            record(
                "system", by, Act("places.import_conversion", "file", digest[:40], after=counts | {"sha256": digest})
            )
    advance(4, 4)
    return Converted(
        on=table.on, sha256=digest, rows=table.rows, unchanged=unchanged,
        refused=tuple(table.refused), warnings=tuple(table.warnings), **counts,
    )  # fmt: skip


def _mostly_good(table: Table) -> None:
    rows = {problem.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for problem in table.refused}
    if len(rows) > MOST_REFUSED * table.rows:
        told = {"refused": len(rows), "rows": table.rows}
        raise Refused(Problem("PL-MOSTLY-REFUSED", table.sheet, values=told), *table.refused)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A unit that a line names. column: where. above: the unit over it in the same edition."""

    side: str
    level: Level
    unit: Named
    above: Key | None
    column: str

    @property
    def key(self) -> tuple[str, Level, str]:
        return self.side, self.level, self.unit.code


class _Planted:
    """Units that the table names and the register lacks, level by level."""

    def __init__(self, table: Table, standing: Standing) -> None:
        self.table = table
        self.editions = {"old": standing.before, "new": standing.since}
        self.standing = standing
        self.count = 0
        self._planter = Planter()

    def usable(self, moves: Sequence[Move]) -> list[Move]:
        """Moves whose missing units can be named: the kind of a unit stands in its name."""
        names = self._missing(moves)
        good = []
        for move in moves:
            nameless = [one for one in _wanted(move) if (found := names.get(one.key)) and not _kind(found)]
            if not nameless:
                good.append(move)
                continue
            for one in nameless:
                problem = self.table.problem("PL-KIND", move.line.number, one.column, name=one.unit.name)
                self.table.refused.append(problem)
        return good

    def save(self, moves: Iterable[Move]) -> None:
        """Every unit of the moves stands in the register afterwards."""
        missing = sorted(self._missing(moves).items())
        for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
            fresh = []
            for _, one in [(key, one) for key, one in missing if one.level == level]:
                edition = self.editions[one.side]
                parent = edition.units[one.above] if one.above else None
                unit = Unit(one.unit.code, one.unit.name)
                place = self._planter.grown(unit, level, parent, self._span(one))
                edition.add(place, parent)
                fresh.append(place)
            save(fresh)
            self.count += len(fresh)

    def _missing(self, moves: Iterable[Move]) -> dict[tuple[str, Level, str], _Wanted]:
        """Of several spellings of one unit, the first that tells its kind."""
        found: dict[tuple[str, Level, str], _Wanted] = {}
        for move in moves:
            for one in _wanted(move):
                if (one.level, one.unit.code) in self.editions[one.side].units:
                    continue
                if one.key not in found or (not _kind(found[one.key]) and _kind(one)):
                    found[one.key] = one
        return found

    def _span(self, one: _Wanted) -> Span:
        source, key = _source(self.table), (one.level, one.unit.code)
        if one.side == "new":
            return Span(self.table.on, self.standing.free_until(key), source)
        earliest = min(KNOWN_SINCE, date(self.table.on.year - 1, 1, 1))
        return Span(self.standing.free_from(key, earliest), self.table.on, source, known=False)


def _kind(one: _Wanted) -> bool:
    return kind_of(one.unit.name, one.level) is not None


def _wanted(move: Move) -> list[_Wanted]:
    """Units that a line names, each after the one above it."""
    line = move.line
    old_province: Key = (Level.PROVINCE, line.old_province.code)
    found = [
        _Wanted("new", Level.PROVINCE, line.province, None, "province"),
        _Wanted("new", Level.COMMUNE, line.new, (Level.PROVINCE, line.province.code), "new_name"),
        _Wanted("old", Level.PROVINCE, line.old_province, None, "old_province"),
    ]
    above = old_province
    if line.district is not None:
        found.append(_Wanted("old", Level.DISTRICT, line.district, old_province, "district"))
        above = (Level.DISTRICT, line.district.code)
    if line.old is not None:
        found.append(_Wanted("old", Level.COMMUNE, line.old, above, "old_name"))
    return found


def _source(table: Table) -> str:
    return f"Bảng chuyển đổi ĐVHC từ ngày {table.on:%d/%m/%Y}"


def _write(table: Table, standing: Standing, moves: Sequence[Move], name: str) -> tuple[int, int, int]:
    """Successions as the table says: how many are new, changed, unchanged."""
    source = f"{_source(table)}: {name}"[:200]
    there = {(one.predecessor_id, one.successor_id): one for one in Succession.objects.filter(on=table.on)}
    fresh, changed, unchanged = [], [], 0
    for move in moves:
        before = standing.before.units[move.before]
        since = standing.since.units[Level.COMMUNE, move.line.new.code]
        known = there.get((before.pk, since.pk))
        if known is None:
            fresh.append(
                Succession(
                    predecessor=before, successor=since, whole=move.whole, share=move.share, on=table.on, source=source
                )
            )
        elif (known.whole, known.share) != (move.whole, move.share):
            known.whole, known.share, known.source = move.whole, move.share, source
            changed.append(known)
        else:
            unchanged += 1
    Succession.objects.bulk_create(fresh, batch_size=BATCH)
    Succession.objects.bulk_update(changed, ["whole", "share", "source"], batch_size=200)
    _link_provinces(table, standing, moves, source)
    return len(fresh), len(changed), unchanged


def _link_provinces(table: Table, standing: Standing, moves: Sequence[Move], source: str) -> None:
    """A province whose communes all went to one province went there itself."""
    into: dict[str, set[str]] = defaultdict(set)
    for move in moves:
        into[move.line.old_province.code].add(move.line.province.code)
    told = set(Succession.objects.filter(on=table.on).values_list("predecessor_id", flat=True))
    rows = []
    for old, new in into.items():
        before = standing.before.units[Level.PROVINCE, old]
        if len(new) == 1 and before.pk not in told:
            since = standing.since.units[Level.PROVINCE, next(iter(new))]
            if since.pk != before.pk:
                rows.append(
                    Succession(
                        predecessor=before, successor=since, whole=True, share=Share.ALL, on=table.on, source=source
                    )
                )
    Succession.objects.bulk_create(rows)


def _withdraw(table: Table, standing: Standing, moves: Sequence[Move], checked: Checked) -> int:
    """Successions of the table's own units that it does not name go: another source had them.

    Only into provinces that the table tells of, and never of a unit one of whose rows was refused.
    """
    told: dict[int, set[int]] = defaultdict(set)
    provinces = set()
    for move in moves:
        since = standing.since.units[Level.COMMUNE, move.line.new.code]
        provinces.add(since.parent_id)
        if move.before[1] not in checked.doubtful:
            told[standing.before.units[move.before].pk].add(since.pk)
    rows = Succession.objects.filter(on=table.on, successor__parent__in=provinces)
    gone = [
        pk
        for pk, before, since in rows.values_list("pk", "predecessor_id", "successor_id")
        if before in told and since not in told[before]
    ]
    Succession.objects.filter(pk__in=gone).delete()
    return len(gone)
