"""Draws that give the same result on every machine: one generator per household, seeded by its name."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

K = TypeVar("K", str, int)


def generator(*parts: object) -> Random:
    """A generator of its own for these parts; the order in which households are made does not matter to it."""
    return Random(":".join(str(part) for part in parts))


def pick(rng: Random, weights: Mapping[K, float]) -> K:
    """One key by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def pick_some(rng: Random, weights: Mapping[K, float], count: int) -> list[K]:
    """`count` different keys by weight; all of them when there are fewer."""
    left = {key: weight for key, weight in weights.items() if weight > 0}
    chosen: list[K] = []
    while left and len(chosen) < count:
        key = pick(rng, left)
        chosen.append(key)
        del left[key]
    return chosen
