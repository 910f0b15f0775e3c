"""What a list asks of the database does not grow with the register: no counts, few questions, one walk of an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from tests.query_counts import asked, check
from tests.registry import making
from tests.registry.search.conftest import ON, Village
from vuonlen.accounts.row_security import narrowed
from vuonlen.registry.models import Household
from vuonlen.registry.search import queries as q
from vuonlen.registry.search.filters import Filters
from vuonlen.registry.search.walking import WINDOWS, walk
from vuonlen.registry.verbs.facts import PersonFacts

pytestmark = pytest.mark.django_db
LISTS = {
    "registry_search:list": "/ho/",
    "registry_search:list by name": "/ho/?xep=ten",
    "registry_search:list filtered": "/ho/?phan-loai=poor&thieu-hut=I01&nhom=NCC&dan-toc=02",
    "registry_search:list of a day": "/ho/?ngay=2024-06-01&phan-loai=poor",
    "registry_search:search": "/ho/?tim=nong+van+an",
    "registry_search:search in a place": "/ho/?tim=an+nong+thuong",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_to_its_number_of_questions(village: Village, name: str) -> None:
    check(name, village.cast.client("officer"), LISTS[name])


@pytest.mark.parametrize("name", LISTS)
def test_more_households_ask_no_more_and_nobody_counts(village: Village, name: str) -> None:
    client = village.cast.client("officer")
    before = len(asked(client, LISTS[name]))
    for number in range(6):
        head = PersonFacts("Nông Văn An", birth_year=1960 + number, ethnicity="02")
        home = making.household(village.cast, f"X{number}", head, village.an.village, on=ON)
        making.classify(home, making.Status.POOR)
        making.assess(home, deprived="I01", groups="NCC")
    told = asked(client, LISTS[name])
    assert len(told) <= before
    for one in told:
        assert not re.search(r"\bCOUNT\(", one, re.IGNORECASE), one
        skipped = re.search(r"OFFSET (\d+)", one)
        assert not skipped or int(skipped[1]) <= max(WINDOWS), one


# ---- plans --------------------------------------------------------------------------------------------------------


@contextmanager
def no_scan() -> Iterator[None]:
    """PostgreSQL reads a small table whole, and sorts it, unless it is told that this is dear."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for one in ("seqscan", "sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{one} = off")
        yield


@pytest.mark.parametrize(
    "filters, index",
    [
        (Filters(), "registry_household_list"),
        (Filters(status="poor"), "registry_household_list"),
        (Filters(order="ten"), "registry_household_name"),
        (Filters(words="nong van an"), "registry_search_name_walk"),
        (Filters(words="nong van an", status="poor"), "registry_search_name_walk"),
        (Filters(day=date(2024, 6, 1)), "registry_household_list"),
    ],
    ids=["list", "filtered", "by name", "search", "search filtered", "of a day"],
)
def test_a_page_walks_one_index_in_order(village: Village, filters: Filters, index: str) -> None:
    """Of a whole province, in which nothing is narrow enough to be read whole."""
    reading = q.read_as(village.cast.province_officer, filters, 25)
    assert reading.walk is not None
    told = reading.walk
    for stretch in told.stretches:
        span = {f"{told.order[0]}__gte": stretch.low}
        span |= {f"{told.order[0]}__lt": stretch.high} if stretch.high else {told.order[0]: stretch.low}
        order = told.order if stretch.high else told.order[1:]
        with no_scan():
            plan = told.rows.filter(**span).order_by(*order)[:26].explain()
        assert index in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


def test_the_second_wall_leaves_the_same_rows(village: Village) -> None:
    """On PostgreSQL the database itself keeps back what is not of the area; the gateway asks for no more than that."""
    user = village.cast.officer
    for filters in (Filters(), Filters(words="nong"), Filters(order="ten")):
        reading = q.read_as(user, filters, 25)
        assert reading.walk is not None
        wide = [one.pk for one in walk(reading.walk).rows]
        with narrowed(q._scope(user)):
            assert [one.pk for one in walk(reading.walk).rows] == wide
    if connection.vendor == "postgresql":
        with narrowed(q._scope(user)):
            assert set(Household.objects.values_list("code", flat=True)) == {"NT-1", "NT-2"}
