"""Ranges of paths: everything under a place and nothing else, on either database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.cast import Places
from vuonlen.foundation.paths import STEP, ancestors, step, under, under_any
from vuonlen.places.models import Place


@given(st.integers(1, 36**STEP - 1), st.integers(1, 36**STEP - 1))
def test_steps_sort_as_their_numbers(one: int, other: int) -> None:
    assert (step(one) < step(other)) == (one < other)


@pytest.mark.parametrize("number", [0, -1, 36**STEP])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="children"):
        step(number)


def test_ancestors_begin_at_the_root() -> None:
    assert list(ancestors("000100020003")) == ["0001", "00010002"]


@pytest.mark.django_db
def test_under_a_place_is_what_begins_with_its_path(places: Places) -> None:
    every = dict(Place.objects.values_list("pk", "path"))
    for path in every.values():
        found = set(Place.objects.filter(under(path)).values_list("pk", flat=True))
        assert found == {pk for pk, other in every.items() if other.startswith(path)}


@pytest.mark.django_db
def test_under_none_is_nothing(places: Places) -> None:
    assert not Place.objects.filter(under_any([])).exists()


@pytest.mark.django_db
def test_under_several_places_each_row_comes_once(places: Places) -> None:
    chosen = [places.city.path, places.nong_thuong.path, places.bac_kan.path]
    found = list(Place.objects.filter(under_any(chosen)).values_list("path", flat=True))
    assert len(found) == len(set(found))
    assert set(found) == {
        one for one in Place.objects.values_list("path", flat=True) if any(one.startswith(path) for path in chosen)
    }
