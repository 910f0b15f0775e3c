"""Areas as paths of the tree: everything at and below each of them."""

from __future__ import annotations

from collections.abc import Iterable


def fewest(paths: Iterable[str]) -> tuple[str, ...]:
    """The same area with as few paths as it takes, in order."""
    kept: list[str] = []
    for one in sorted(set(paths)):
        if not kept or not one.startswith(kept[-1]):
            kept.append(one)
    return tuple(kept)


def both(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """What lies in both areas."""
    found = set()
    others = set(other)
    for path in one:
        found |= {path for start in others if path.startswith(start)}
        found |= {deeper for deeper in others if deeper.startswith(path)}
    return fewest(found)
