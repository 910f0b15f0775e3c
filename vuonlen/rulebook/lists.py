"""The official lists: ethnic groups, causes of poverty, target groups, questions by age; read once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from vuonlen.rules import LISTS


@lru_cache
def _entries(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((LISTS / f"{name}.yaml").read_text(encoding="utf-8")))


def _names(name: str, lang: str) -> dict[str, str]:
    """Code -> name; an entry without an English name has the same one in both languages."""
    key = "name_en" if lang == "en" else "name_vi"
    return {one["code"]: one.get(key, one["name_vi"]) for one in _entries(name)}


def ethnic_groups(lang: str = "vi") -> dict[str, str]:
    """Code (two digits) -> name."""
    return _names("ethnic_groups", lang)


def minority_codes() -> tuple[str, ...]:
    """Codes of the ethnic minorities (dân tộc thiểu số): every group but Kinh and foreigners."""
    return tuple(one["code"] for one in _entries("ethnic_groups") if one["is_minority"])


def poverty_causes(lang: str = "vi") -> dict[str, str]:
    """Code (C1-C8) -> name; in Vietnamese as the report form prints it."""
    return _names("poverty_causes", lang)


def target_groups(lang: str = "vi") -> dict[str, str]:
    """Code -> name; in Vietnamese as the report form prints it."""
    return _names("target_groups", lang)


def asked_at(question: str, age: int) -> bool:
    """Whether the forms ask `question` (insured, in_school, malnourished, work) of a member of this age."""
    one = next(one for one in _entries("member_questions") if one["code"] == question)
    until = one.get("under_age")
    return bool(one.get("from_age", 0) <= age and (until is None or age < until))
