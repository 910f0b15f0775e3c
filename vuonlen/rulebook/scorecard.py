"""Scorecards of the income score (điểm A): items with points by region, imported, never shipped.

The items of Circular 07/2021, Annex III, were not found in any public copy; a province brings its own
file, each item with a `verified` flag. A tick is a yes/no answer; options that exclude each other share a parent.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import vuonlen.domain.problems.judging.cards  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused
from vuonlen.rulebook import scorecard_file

_YES = {"x", "1", "co", "true", "yes", "✓", "v", "dung"}
_NO = {"0", "khong", "false", "no", "sai"}
#: The heading to fill, in `ScoreTotal.missing` where points differ by region and that of the household is not known.
REGION = "vùng"


@dataclass(frozen=True, slots=True)
class Item:
    """One trait and its points in one region ("" for every region)."""

    code: str
    name: str
    points: Decimal
    region: str
    parent: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ScoreTotal:
    """points None: an answer is missing. arithmetic: the sum as a person checks it."""

    points: float | None
    arithmetic: str
    missing: tuple[str, ...]
    unverified: bool


class Scorecard:
    """Items by code, for one or several regions."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.by_code: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            self.by_code[item.code].append(item)
        self.regions = {plain(item.region): item.region for group in self.by_code.values() for item in group}
        self._headings = self._names() | {plain(code): code for code in self.by_code}

    def item_for(self, heading: str) -> str | None:
        """Code of the item that a heading names, by code or name; tones and case do not matter.

        None also for a name that several items share, such as "Không có": only the code tells them apart.
        """
        return self._headings.get(plain(heading))

    def total(self, answers: Mapping[str, str | bool | None], region: str | None) -> ScoreTotal:
        """Points of a household. `answers`: item code -> tick; an item without points in `region` is not asked.

        Raises Refused for two ticked options of one parent, a tick that is neither yes nor no, a region that the
        card does not know, and a ticked item that has no points there.
        """
        ticked = {code: _tick(code, answers.get(code)) for code in self.by_code}
        if not plain(region or "") and any(self.regions):
            return ScoreTotal(None, "", (REGION, *(code for code, tick in ticked.items() if tick is None)), False)
        here = self._here(region or "")
        for code, tick in ticked.items():
            if tick and code not in here:
                raise Refused(Problem("S-CARD-NO-POINTS", values={"item": code, "region": region}))
        used = [item for code, item in here.items() if ticked[code]]
        chosen = _one_of_each(used)
        missing = tuple(code for code, item in here.items() if ticked[code] is None and item.parent not in chosen)
        total = sum((item.points for item in used), Decimal(0))
        arithmetic = " + ".join(f"{item.code} {_show(item.points)}" for item in used) or "0"
        return ScoreTotal(
            points=None if missing else float(total),
            arithmetic=arithmetic if missing else f"{arithmetic} = {_show(total)}",
            missing=missing,
            unverified=any(not item.verified for item in used),
        )

    def _here(self, region: str) -> dict[str, Item]:
        """The items that have points in the region; those of the region itself go before those of every region."""
        asked = plain(region)
        named = ", ".join(sorted(name for key, name in self.regions.items() if key))
        if named and asked not in self.regions:
            raise Refused(Problem("S-CARD-REGION", values={"region": region, "known": named}))
        found: dict[str, Item] = {}
        for code, group in self.by_code.items():
            by_region = {plain(item.region): item for item in group}
            item = by_region.get(asked) or by_region.get("")
            if item is not None:
                found[code] = item
        return found

    def _names(self) -> dict[str, str]:
        named: dict[str, set[str]] = defaultdict(set)
        for code, group in self.by_code.items():
            for item in group:
                named[plain(item.name)].add(code)
        return {name: next(iter(codes)) for name, codes in named.items() if len(codes) == 1}


def load_scorecard(path: Path) -> Scorecard:
    """A scorecard from CSV or YAML. Raises Refused with every fault, each with its line."""
    faults: list[Problem] = []
    items: list[Item] = []
    seen: set[tuple[str, str]] = set()
    for line, row in scorecard_file.rows(path, faults):
        here = [Problem(code, path.name, f"dòng {line}", values=values) for code, values in scorecard_file.wrong(row)]
        faults.extend(here)
        if here:
            continue
        region, parent = row.get("region", ""), row.get("parent", "")
        item = Item(
            row["item"],
            row["name"],
            Decimal(row["points"].replace(",", ".")),
            region,
            parent,
            plain(row.get("verified", "")) in _YES,
        )
        key = (plain(item.code), plain(region))
        if key in seen:
            faults.append(Problem("S-CARD-TWICE", path.name, f"dòng {line}", values={"item": item.code}))
        seen.add(key)
        items.append(item)
    if faults:
        raise Refused(*faults)
    if not items:
        raise Refused(Problem("S-CARD-EMPTY", path.name))
    return Scorecard(items)


def plain(text: str) -> str:
    """Without tones, case and needless spaces, so that NFC, NFD and "Có"/"co" are one word."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(one for one in folded if not unicodedata.combining(one)).split())


def _one_of_each(used: Iterable[Item]) -> set[str]:
    """Parents of which an option is ticked. Raises Refused where two are."""
    chosen: dict[str, Item] = {}
    for item in used:
        if item.parent and item.parent in chosen:
            raise Refused(Problem("S-CARD-TWO", values={"items": f"{chosen[item.parent].code}, {item.code}"}))
        if item.parent:
            chosen[item.parent] = item
    return set(chosen)


def _tick(code: str, answer: str | bool | None) -> bool | None:
    """A dash or a question mark may mean no or unknown: refused, as in a list of households."""
    if answer is None or isinstance(answer, bool):
        return answer
    text = plain(answer)
    if not text:
        return None
    if text not in _YES and text not in _NO:
        raise Refused(Problem("S-CARD-TICK", values={"item": code, "answer": answer}))
    return text in _YES


def _show(points: Decimal) -> str:
    return f"{points.normalize():f}".replace(".", ",")
