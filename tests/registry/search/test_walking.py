"""A walk gives every row of its stretches once, in order, forward and back, wherever it rests on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vuonlen.foundation.keyset import BadToken
from vuonlen.foundation.paths import step
from vuonlen.places.models import Kind, Level, Place
from vuonlen.registry.search import walking
from vuonlen.registry.search.walking import Found, Stretch, Walk, walk

pytestmark = pytest.mark.django_db
PROVINCES, COMMUNES, NAMES = 4, 30, ("an", "binh", "binh yen", "chi")
ORDERS = [("path", "name_folded", "id"), ("name_folded", "path", "id")]
RANGES = [Stretch(step(one), step(one) + "~") for one in range(1, PROVINCES + 1)]
WHOLE = [Stretch("", "\U0010ffff")]
FIXED = [Stretch(one) for one in NAMES]


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "WINDOWS", (3, 5))  # small ones, so that a walk rests often
    Place.objects.bulk_create(
        Place(
            code=f"{above:02d}{number:03d}",
            level=Level.COMMUNE,
            kind=Kind.RURAL_COMMUNE,
            name="Xã",
            name_folded=NAMES[(number * 7 + above) % len(NAMES)],
            path=step(above) + step(number),
            valid_from=date(2000 + number % 10, 1, 1),
        )
        for above, number in product(range(1, PROVINCES + 1), range(1, COMMUNES + 1))
    )


def wanted(told: Walk) -> list[int]:
    """What a plain query says."""
    inside = Q(pk__in=[])
    for one in told.stretches:
        first = told.order[0]
        span = Q(**{f"{first}__gte": one.low, f"{first}__lt": one.high}) if one.high else Q(**{first: one.low})
        inside |= span & one.where
    rows = told.rows.filter(inside).filter(told.filters)
    return list(rows.order_by(*told.order).values_list("pk", flat=True))


def forward(told: Walk) -> tuple[list[int], list[Found]]:
    seen: list[int] = []
    pages: list[Found] = []
    after = ""
    while True:
        pages.append(walk(told, after=after))
        seen += [one.pk for one in pages[-1].rows]
        after = pages[-1].next
        if not after:
            return seen, pages
        assert len(pages) < 400


def back(told: Walk, last: Found) -> list[int]:
    seen = [one.pk for one in last.rows]
    steps = 0
    while last.previous:
        last = walk(told, before=last.previous)
        assert last.next
        rows = [one.pk for one in last.rows]
        if rows and rows[0] in seen:  # nothing stood before: whoever rested on the way is led to the first page
            assert rows == [one.pk for one in walk(told).rows] == seen[: len(rows)]
            return seen
        seen = rows + seen
        steps += 1
        assert steps < 400
    return seen


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    case=st.sampled_from([(ORDERS[0], RANGES), (ORDERS[1], FIXED), (ORDERS[1], WHOLE)]),
    chosen=st.sets(st.integers(0, 3)),
    size=st.sampled_from([1, 2, 7, 25, 200]),
    years=st.sets(st.integers(2000, 2009), max_size=4),
    where=st.sampled_from([Q(), Q(path__gte=step(2), path__lt=step(3) + "~")]),
    held=st.booleans(),
)
def test_every_row_once_forward_and_back(
    places: None,
    case: tuple[tuple[str, ...], list[Stretch]],
    chosen: set[int],
    size: int,
    years: set[int],
    where: Q,
    held: bool,
) -> None:
    order, stretches = case
    kept = [Stretch(one.low, one.high, where) for number, one in enumerate(stretches) if number in chosen or not chosen]
    filters = Q(valid_from__year__in=years) if years else Q()
    told = Walk(Place.objects.all(), order, kept, filters, size)
    if held:
        told = replace(told, kept=[Place.objects.get(pk=one) for one in wanted(told)])
    seen, pages = forward(told)
    assert seen == wanted(told)
    assert all(len(one.rows) <= size for one in pages)
    if held or not years:
        assert not any(one.cut for one in pages)
        assert all(len(one.rows) == size for one in pages[:-1])
    assert back(told, pages[-1]) == seen


def test_a_walk_rests_where_few_rows_pass(places: None) -> None:
    """The page is short and says so; the next one goes on from there, and the way back is open."""
    told = Walk(Place.objects.all(), ORDERS[0], RANGES, Q(path=step(4) + step(30)), 5)
    _, pages = forward(told)
    assert [one.cut for one in pages[:-1]] == [True] * (len(pages) - 1)
    assert len(pages) == 13  # 120 rows, ten at a time, and nothing after them
    assert not pages[0].previous
    assert all(one.previous for one in pages[1:])


def test_no_row_at_all_is_no_dead_end(places: None) -> None:
    told = Walk(Place.objects.all(), ORDERS[0], RANGES, Q(path="nowhere"), 5)
    seen, pages = forward(told)
    assert seen == []
    assert pages[-1].previous
    assert back(told, pages[-1]) == []


@pytest.mark.parametrize("held", [False, True])
def test_who_goes_back_to_rows_that_are_gone_sees_the_first_page(places: None, held: bool) -> None:
    told = Walk(Place.objects.all(), ORDERS[0], RANGES, size=5)
    second = walk(told, after=walk(told).next)
    Place.objects.filter(path__lt=second.rows[0].path).delete()
    if held:
        told = replace(told, kept=list(Place.objects.order_by(*ORDERS[0])))
    found = walk(told, before=second.previous)
    assert [one.pk for one in found.rows] == [one.pk for one in second.rows]
    assert not found.previous
    assert found.next


def test_a_row_that_came_in_meanwhile_is_met_on_the_way_back(places: None) -> None:
    told = Walk(Place.objects.all(), ORDERS[0], RANGES, size=5)
    second = walk(told, after=walk(told).next)
    new = Place.objects.get(path=step(1) + step(9))
    new.path = step(1) + step(3) + step(1)
    new.save()
    found = walk(told, before=second.previous)
    assert new.pk in [one.pk for one in found.rows]
    assert found.previous  # six rows stand before the second page now
    assert walk(told, after=found.next).rows[0].pk == second.rows[0].pk


def test_a_token_of_another_walk_is_refused(places: None) -> None:
    token = walk(Walk(Place.objects.all(), ORDERS[0], RANGES, size=5)).next
    with pytest.raises(BadToken):
        walk(Walk(Place.objects.all(), ORDERS[1], WHOLE, size=5), after=token)
