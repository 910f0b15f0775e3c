"""Areas as paths: the same ground with as few paths as it takes, and what lies in two areas."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from vuonlen.registry.search.areas import both, fewest

LEAVES = ["".join(one) for one in product("AB", repeat=4)]
AREA = st.lists(st.text(alphabet="AB", min_size=1, max_size=4), max_size=6)


def ground(paths: list[str] | tuple[str, ...]) -> set[str]:
    return {leaf for leaf in LEAVES if any(leaf.startswith(one) for one in paths)}


@given(paths=AREA)
def test_the_same_ground_with_no_path_to_spare(paths: list[str]) -> None:
    kept = fewest(paths)
    assert ground(kept) == ground(paths)
    assert list(kept) == sorted(kept)
    assert not any(one != other and one.startswith(other) for one, other in product(kept, kept))


@given(one=AREA, other=AREA)
def test_what_lies_in_both(one: list[str], other: list[str]) -> None:
    told = both(one, other)
    assert ground(told) == ground(one) & ground(other)
    assert told == fewest(told)


@given(area=AREA)
def test_nothing_lies_in_no_area(area: list[str]) -> None:
    assert both(area, []) == both([], area) == ()
