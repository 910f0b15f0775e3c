"""Lines against the register and against each other. What can be read in two ways is refused, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from vuonlen.domain.names import fold
from vuonlen.places.conversion.shares import Said, said, settled
from vuonlen.places.conversion.standing import Edition, Key, Standing
from vuonlen.places.conversion.table import Line, Named, Table
from vuonlen.places.kinds import kind_of, sound
from vuonlen.places.models import Level, Share


@dataclass(frozen=True, slots=True)
class Move:
    """One line that can be used: what of an old unit goes to a new one."""

    line: Line
    before: Key
    share: Share

    @property
    def whole(self) -> bool:
        return self.share in (Share.ALL, Share.PEOPLE)


@dataclass
class Checked:
    """moves: in order of the table. doubtful: old units of refused rows, whichever way these are read."""

    moves: list[Move]
    doubtful: set[str]


def check(table: Table, standing: Standing) -> Checked:
    """Refused rows and warnings go into `table`."""
    checker = _Checker(table, standing)
    lines = checker.once(line for line in table.lines if checker.is_unit(line))
    lines = [line for line in lines if checker.successor_fits(line) and checker.predecessor_fits(line)]
    lines = checker.of_one_name(lines)
    return Checked(checker.shared(lines), checker.doubtful)


class _Checker:
    def __init__(self, table: Table, standing: Standing) -> None:
        self.table, self.standing = table, standing
        self.doubtful: set[str] = set()
        self._told: set[tuple[str, str]] = set()  # (problem, code): a spelling is told once
        self._provinces = _provinces(table.lines, standing.since)
        self._established = _established(table.lines, standing)

    def refuse(self, line: Line, code: str, column: str, /, **values: object) -> bool:
        self.table.refused.append(self.table.problem(code, line.number, column, **values))
        if line.old is not None:
            self.doubtful.add(line.old.code)
        return False

    def warn(self, line: Line, code: str, column: str, about: str, /, **values: object) -> None:
        if (code, about) not in self._told:
            self._told.add((code, about))
            self.table.warnings.append(self.table.problem(code, line.number, column, **values))

    # ---- one line ---------------------------------------------------------------------------------------------

    def is_unit(self, line: Line) -> bool:
        """A row without an old code is a whole district, or land that was no unit."""
        if said(line.note) is None:
            return self.refuse(line, "PL-NOTE", "note", note=line.note)
        if line.old is None and (line.land or line.district is None):
            self.warn(line, "PL-NO-UNIT", "old_name", f"{line.number}", name=line.land or "–")
            return False
        return True

    def once(self, lines: Iterable[Line]) -> list[Line]:
        """Each pair of codes once. The same pair with another note, or under another name, is refused."""
        pairs: dict[tuple[Key, str], list[Line]] = defaultdict(list)
        for line in lines:
            pairs[_before(line), line.new.code].append(line)
        kept = []
        for (before, since), same in pairs.items():
            first, *rest = same
            if len({(said(one.note), fold(one.old.name) if one.old else "") for one in same}) > 1:
                for one in same:
                    self.refuse(one, "PL-TWICE", "old_code", before=before[1], since=since)
                continue
            for one in rest:
                self.warn(one, "PL-SAME-ROW", "old_code", f"{one.number}")
            kept.append(first)
        return sorted(kept, key=lambda line: line.number)

    def successor_fits(self, line: Line) -> bool:
        """The new unit lies in the province that the row says, and its name is its own."""
        known = self._provinces[line.new.code]
        if known != line.province.code:
            told = {"known": known or "?", "province": f"{line.province.name} ({line.province.code})"}
            return self.refuse(line, "PL-OTHER-PROVINCE", "province", name=line.new.name, code=line.new.code, **told)
        return self._name_fits(line, line.new, self.standing.since, line.province.code, "new")

    def predecessor_fits(self, line: Line) -> bool:
        if line.old is None:
            return True
        if not self._ended(line):
            return False
        above = line.district or line.old_province
        known = self.standing.before.commune(line.old.code)
        if known is not None and known.parent is not None and known.parent.code != above.code:
            told = {"told": f"{above.name} ({above.code})", "known": f"{known.parent.name} ({known.parent.code})"}
            self.warn(line, "PL-PARENT", "district", line.old.code, name=line.old.name, code=line.old.code, **told)
        return self._name_fits(line, line.old, self.standing.before, above.code, "old")

    def _ended(self, line: Line) -> bool:
        """A unit that stands on both sides would have two parents: the register needs a new row for it."""
        assert line.old is not None
        known = self.standing.before.commune(line.old.code)
        if known is None or not known.holds(self.table.on):
            return True
        on = f"{self.table.on:%d/%m/%Y}"
        return self.refuse(line, "PL-NOT-ENDED", "old_code", name=known.name, code=known.code, on=on)

    def _name_fits(self, line: Line, told: Named, edition: Edition, above: str, side: str) -> bool:
        known = edition.commune(told.code)
        if known is not None and sound(known.name) == sound(told.name):
            return True
        named = self._established[side, above, sound(told.name)]
        others = sorted({*edition.others(above, told.name, told.code), *named} - {told.code})
        if others:
            self.doubtful.update(others if side == "old" else ())
            values = {"code": told.code, "name": told.name, "other": ", ".join(others)}
            return self.refuse(line, "PL-CODE-OR-NAME", f"{side}_code", known=known.name if known else "?", **values)
        if known is not None and known.name_folded != fold(told.name):
            problem = "PL-SPELLING" if kind_of(told.name, Level.COMMUNE) in (None, known.kind) else "PL-OTHER-KIND"
            self.warn(line, problem, f"{side}_name", told.code, code=told.code, name=told.name, known=known.name)
        return True

    # ---- several lines ----------------------------------------------------------------------------------------

    def of_one_name(self, lines: list[Line]) -> list[Line]:
        """Of codes that the register does not know, two names in the table cannot both be true."""
        names: dict[tuple[str, str], set[str]] = defaultdict(set)
        for line in lines:
            for side, one in (("old", line.old), ("new", line.new)):
                if one is not None:
                    names[side, one.code].add(fold(one.name))
        kept = []
        for line in lines:
            for side, one, edition in (
                ("old", line.old, self.standing.before),
                ("new", line.new, self.standing.since),
            ):
                if one is not None and len(names[side, one.code]) > 1 and edition.commune(one.code) is None:
                    told = " / ".join(sorted(names[side, one.code]))
                    self.refuse(line, "PL-TWO-NAMES", f"{side}_code", code=one.code, names=told)
                    break
            else:
                kept.append(line)
        return kept

    def shared(self, lines: list[Line]) -> list[Move]:
        """What of each old unit went where, told by all of its lines together."""
        by_unit: dict[Key, list[Line]] = defaultdict(list)
        for line in lines:
            by_unit[_before(line)].append(line)
        moves = []
        for before, same in by_unit.items():
            shares = settled([_said(one) for one in same])
            name = same[0].old.name if same[0].old else str(same[0].district and same[0].district.name)
            if shares is None:
                told = ", ".join(f"{one.new.name} ({one.new.code})" for one in same)
                for one in same:
                    self.refuse(one, "PL-SHARES", "note", name=name, code=before[1], successors=told)
                continue
            if shares == [Share.PART]:
                self.warn(same[0], "PL-ONLY-PART", "note", before[1], name=name, code=before[1])
            moves += [Move(one, before, share) for one, share in zip(same, shares, strict=True)]
        return sorted(moves, key=lambda move: move.line.number)


def _established(lines: Iterable[Line], standing: Standing) -> dict[tuple[str, str, str], set[str]]:
    """Units that the register lacks and of which the table is certain, one code under one name.

    (side, code of the unit above, name by its sound) -> codes. A second import finds them in the register and must not
    judge otherwise than the first.
    """
    names: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for line in lines:
        if line.old is not None and standing.before.commune(line.old.code) is None:
            names["old", line.old.code].add(((line.district or line.old_province).code, sound(line.old.name)))
        if standing.since.commune(line.new.code) is None:
            names["new", line.new.code].add((line.province.code, sound(line.new.name)))
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for (side, code), told in names.items():
        if len(told) == 1:
            found[(side, *next(iter(told)))].add(code)
    return found


def _before(line: Line) -> Key:
    if line.old is not None:
        return Level.COMMUNE, line.old.code
    assert line.district is not None
    return Level.DISTRICT, line.district.code


def _said(line: Line) -> Said:
    told = said(line.note)
    assert told is not None
    return told


def _provinces(lines: Iterable[Line], since: Edition) -> dict[str, str]:
    """The province of each new unit: the register's, else the table's if it says one; blank if it says several."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        found[line.new.code].add(line.province.code)
    told = {code: provinces.pop() if len(provinces) == 1 else "" for code, provinces in found.items()}
    for code in told:
        known = since.commune(code)
        if known is not None and known.parent is not None:
            told[code] = known.parent.code
    return told
