"""What an invented household lacks, year by year: as much as its band says, and mostly what it lacked before."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from vuonlen.demo.chance import pick, pick_some
from vuonlen.demo.recipe import Band

DEPENDANTS = "I02"


def draw(
    rng: Random,
    band: Band,
    weights: Mapping[str, float],
    before: frozenset[str],
    *,
    dependants: bool,
    keeps: float,
) -> frozenset[str]:
    """Indicator codes that the household is deprived of in one year.

    weights: how much each indicator weighs in this unit; the one on dependants is not among them, because it hangs on
    who lives there: `dependants`. before: the year before; each stays with the chance `keeps` while there is room.
    """
    fixed = {DEPENDANTS} if dependants else set()
    count = max(pick(rng, band.deprived), len(fixed)) - len(fixed)
    stays = [code for code in sorted(before & weights.keys()) if rng.random() < keeps]
    if len(stays) > count:
        stays = rng.sample(stays, count)
    others = {code: weight for code, weight in weights.items() if code not in stays}
    return frozenset(fixed.union(stays, pick_some(rng, others, count - len(stays))))


def blanks(rng: Random, band: Band, codes: list[str], deprived: frozenset[str]) -> frozenset[str]:
    """Indicator codes left without an answer; none in most households, never one that is deprived."""
    if rng.random() >= band.chances.blanks:
        return frozenset()
    open_codes = [code for code in codes if code not in deprived]
    room = len(open_codes) if band.any_blanks else min(len(open_codes), max(band.deprived) - len(deprived))
    wanted = len(open_codes) if band.any_blanks and rng.random() < 0.25 else rng.randint(1, 3)
    return frozenset(rng.sample(open_codes, max(0, min(wanted, room))))
