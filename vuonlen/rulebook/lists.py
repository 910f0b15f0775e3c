"""The official lists: ethnic groups, causes of poverty, target groups; read once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from vuonlen.rules import LISTS


@lru_cache
def _entries(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((LISTS / f"{name}.yaml").read_text(encoding="utf-8")))


def ethnic_groups() -> dict[str, str]:
    """Code (two digits) -> Vietnamese name."""
    return {one["code"]: one["name_vi"] for one in _entries("ethnic_groups")}


def minority_codes() -> tuple[str, ...]:
    """Codes of the ethnic minorities (dân tộc thiểu số): every group but Kinh and foreigners."""
    return tuple(one["code"] for one in _entries("ethnic_groups") if one["is_minority"])


def poverty_causes() -> dict[str, str]:
    """Code (C1-C8) -> name as the report form prints it."""
    return {one["code"]: one["name_vi"] for one in _entries("poverty_causes")}


def target_groups() -> dict[str, str]:
    """Code -> name as the report form prints it."""
    return {one["code"]: one["name_vi"] for one in _entries("target_groups")}
