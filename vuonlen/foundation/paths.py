"""Paths in the tree of places: four characters a level, so that everything under a place is one range of an index.

LIKE 'x%' uses no index on SQLite and the wrong one under a Vietnamese collation on PostgreSQL; a range of bytes
uses the same plain index on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

STEP = 4
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AFTER_ALL = "~"  # sorts after every digit and letter of a path, in bytes
LONGEST = STEP * 6


class PathField(models.CharField[str, str]):
    """A path, compared by bytes on either database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        told = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            told["collation"] = "C"
        return told


def step(number: int) -> str:
    """One level of a path: 1 -> "0001". Raises ValueError past 36**4 children."""
    if not 0 < number < 36**STEP:
        raise ValueError(f"a place cannot have {number} children")
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text.rjust(STEP, "0")


def ancestors(path: str) -> Iterator[str]:
    """Paths above `path`, the root first, without itself."""
    return (path[:end] for end in range(STEP, len(path), STEP))


def under(path: str, field: str = "path") -> models.Q:
    """`field` at `path` or below it."""
    return models.Q(**{f"{field}__gte": path, f"{field}__lt": path + _AFTER_ALL})


def under_any(paths: Iterable[str], field: str = "path") -> models.Q:
    """At or below any of `paths`; with none of them, nothing at all (default deny)."""
    kept: list[str] = []
    for one in sorted(set(paths)):  # a path below one that is already kept adds nothing
        if not kept or not one.startswith(kept[-1]):
            kept.append(one)
    if not kept:
        return models.Q(pk__in=[])
    whole = under(kept[0], field)
    for one in kept[1:]:
        whole |= under(one, field)
    return whole
