"""The page of a household asks a fixed number of questions, however many members, periods and acts it has."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.query_counts import asked, check
from tests.registry.asking import url
from tests.registry.making import assess, classify, do, family, person
from tests.web.cast import Cast
from vuonlen.domain.poverty import Status
from vuonlen.registry.models import Household
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.households import correct_household
from vuonlen.registry.verbs.members import add_member, correct_member_state

pytestmark = pytest.mark.django_db


def full(cast: Cast) -> Household:
    """A household with something of everything."""
    home = family(cast)
    classify(home)
    assess(home, deprived="I01")
    do(correct_member_state, home, cast.officer, person=person(home, "An"), work="employed")
    do(correct_household, home, cast.officer, code="H1", address="Số 4")
    return home


@pytest.mark.parametrize("name", ["registry:household", "registry:history", "registry:correct", "registry:add_member"])
def test_a_page_keeps_to_its_number_of_questions(cast: Cast, name: str) -> None:
    home = full(cast)
    check(name, cast.client("officer"), url(name.removeprefix("registry:"), home))


def test_more_of_everything_asks_no_more(cast: Cast) -> None:
    home = full(cast)
    client, address = cast.client("officer"), url("household", home)
    before = len(asked(client, address))
    for number in range(8):
        do(add_member, home, cast.officer, facts=PersonFacts(f"Con {number}", 2010 + number), relation="Con")
        classify(home, list(Status)[number % 3], date(2024, 1, 1) + timedelta(days=number), number=f"{number}/QĐ")
        assess(home, date(2024, 1, 1) + timedelta(days=number), deprived="I02")
    assert len(asked(client, address)) == before


def test_an_earlier_day_asks_no_more_than_today(cast: Cast) -> None:
    home = full(cast)
    client, address = cast.client("officer"), url("household", home)
    assert len(asked(client, f"{address}?ngay=31/12/2023")) <= len(asked(client, address))
