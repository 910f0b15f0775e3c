"""Scorecards of the income score (điểm A): items with points by region, imported, never shipped.

The items of Circular 07/2021, Annex III, were not found in any public copy; a province brings its own
file, each item with a `verified` flag. A tick is a yes/no answer; options that exclude each other share a parent.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from vuonlen.domain import problems_sheets  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused

COLUMNS = ("item", "name", "points", "region", "parent", "verified")
_YES = {"x", "1", "có", "co", "true", "yes", "✓", "v", "đúng", "dung"}
_NO = {"0", "không", "khong", "false", "no", "sai", "-"}
_LONGEST = 2_000_000


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
        self._headings = {
            _plain(one): item.code
            for group in self.by_code.values()
            for item in group
            for one in (item.code, item.name)
        }

    def item_for(self, heading: str) -> str | None:
        """Code of the item that a heading names (by code or name; tones and case do not matter)."""
        return self._headings.get(_plain(heading))

    def total(self, answers: Mapping[str, str | bool | None], region: str | None) -> ScoreTotal:
        """Points of a household. `answers`: item code -> tick. Raises Refused for two ticked options of one parent."""
        ticked = {code: _tick(code, answers.get(code)) for code in self.by_code}
        chosen: dict[str, str] = {}
        for code, tick in ticked.items():
            parent = self._item(code, region).parent
            if tick and parent:
                if parent in chosen:
                    raise _fault(code, f"chọn cả {chosen[parent]} và {code}")
                chosen[parent] = code
        used = [self._item(code, region) for code, tick in ticked.items() if tick]
        missing = tuple(
            code for code, tick in ticked.items() if tick is None and self._item(code, region).parent not in chosen
        )
        total = sum((item.points for item in used), Decimal(0))
        arithmetic = " + ".join(f"{item.code} {_show(item.points)}" for item in used) or "0"
        return ScoreTotal(
            points=None if missing else float(total),
            arithmetic=f"{arithmetic} = {_show(total)}" if not missing else arithmetic,
            missing=missing,
            unverified=any(not item.verified for item in used),
        )

    def _item(self, code: str, region: str | None) -> Item:
        group = self.by_code[code]
        for item in group:
            if item.region in ("", region or ""):
                return item
        if len(group) == 1:
            return group[0]
        raise _fault(code, f"không có điểm cho vùng {region or '…'}")


def load_scorecard(path: Path) -> Scorecard:
    """A scorecard from CSV or YAML. Raises Refused with the line of the fault."""
    content = path.read_bytes()
    if len(content) > _LONGEST:
        raise _fault(path.name, "tệp quá lớn")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _fault(path.name, "tệp không phải UTF-8") from None
    rows = list(_yaml_rows(text) if path.suffix in (".yaml", ".yml") else _csv_rows(text))
    if not rows:
        raise _fault(path.name, "không có mục nào")
    seen: set[tuple[str, str]] = set()
    items = []
    for line, row in rows:
        item = _item(line, row)
        if (item.code, item.region) in seen:
            raise _fault(f"dòng {line}", f"mục {item.code} có hai lần")
        seen.add((item.code, item.region))
        items.append(item)
    return Scorecard(items)


def _csv_rows(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    first = text.split("\n", 1)[0]
    lines = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    absent = [name for name in ("item", "name", "points") if name not in (lines.fieldnames or ())]
    if absent:
        raise _fault("dòng 1", f"thiếu cột {', '.join(absent)}")
    for row in lines:
        yield lines.line_num, {key: (value or "").strip() for key, value in row.items() if key}


def _yaml_rows(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise _fault("YAML", " ".join(str(problem).split())[:200]) from None
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise _fault("YAML", "cần một danh sách các mục")
    for number, row in enumerate(data, start=1):
        yield number, {str(key): "" if value is None else str(value) for key, value in row.items()}


def _item(line: int, row: Mapping[str, str]) -> Item:
    unknown = [key for key in row if key not in COLUMNS]
    if unknown:
        raise _fault(f"dòng {line}", f"cột lạ {', '.join(unknown)}")
    if not row.get("item") or not row.get("name"):
        raise _fault(f"dòng {line}", "thiếu item hoặc name")
    try:
        points = Decimal(row.get("points", "").replace(",", "."))
    except InvalidOperation:
        raise _fault(f"dòng {line}", f"points không phải số: {row.get('points', '')}") from None
    if not points.is_finite():
        raise _fault(f"dòng {line}", f"points không phải số: {row['points']}")
    verified = row.get("verified", "").strip().lower() in _YES
    return Item(row["item"], row["name"], points, row.get("region", ""), row.get("parent", ""), verified)


def _tick(code: str, answer: str | bool | None) -> bool | None:
    if answer is None or isinstance(answer, bool):
        return answer
    text = answer.strip().lower()
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise _fault(code, f"không hiểu câu trả lời {answer!r}")


def _show(points: Decimal) -> str:
    return f"{points.normalize():f}".replace(".", ",")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(one for one in folded if not unicodedata.combining(one)).split())


def _fault(where: str, why: str) -> Refused:
    return Refused(Problem("S-CARD", values={"where": where, "why": why}))
