"""From a name to the keys that find it, and from words that someone types to the ranges of keys that they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vuonlen.domain.names import fold
from vuonlen.registry.search.models import LONGEST

_REST = "<"  # after it stand the words that come before; sorts below letters, above the blank
LAST = "\U0010ffff"  # sorts after every letter, in bytes
WORDS = 8  # a name of more words is found by its first eight


def keys_of(folded: Iterable[str]) -> set[str]:
    """Every key of some folded names."""
    return {key for name in folded for key in _turns(name.split())}


def _turns(words: list[str]) -> Iterator[str]:
    for first in range(min(len(words), WORDS)):
        key = " ".join(words[first:])
        yield (f"{key}{_REST}{' '.join(words[:first])}" if first else key)[:LONGEST]


@dataclass(frozen=True, slots=True)
class Range:
    """Keys from `low` up to, and without, `high`."""

    low: str
    high: str


def wanted(text: str) -> list[Range]:
    """What `text` may mean, the likeliest first: the words as they follow each other in a name; its first words
    and its last ("nguyen an" for Nguyễn Văn An); its last words before its first ("an nguyen van")."""
    words = fold(text).split()[:WORDS]
    if not words:
        return []
    told = [" ".join(words)]
    told += [f"{' '.join(words[cut:])}{_REST}{' '.join(words[:cut])}" for cut in range(1, len(words))]
    told += [f"{' '.join(words[:cut])}{_REST}{' '.join(words[cut:])}" for cut in range(len(words) - 1, 0, -1)]
    return [Range(one[:LONGEST], one[:LONGEST] + LAST) for one in dict.fromkeys(told)]
