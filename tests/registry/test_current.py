"""The newest state on the row of a household, worked out from the periods."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.registry.making import AN, again, assess, classify, do, family, household, person
from tests.registry.rows import derived
from tests.web.cast import Cast
from vuonlen.domain.poverty import Status
from vuonlen.registry.current import refresh
from vuonlen.registry.models import Household
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.joining import merge_households
from vuonlen.registry.verbs.members import correct_member

pytestmark = pytest.mark.django_db


def test_it_can_be_worked_out_again_from_nothing(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    assess(home, deprived="I01 I05", groups="DTTS")
    kept = derived(again(home))
    Household.objects.update(
        head_name="x", head_folded="x", head_order="x", ethnicity="", size=None, status="", deprived=""
    )
    refresh([again(home)])
    assert derived(again(home)) == kept
    assert (kept["status"], kept["deprived"], kept["groups"], kept["size"]) == ("poor", "I01 I05", "DTTS", 3)


def test_the_newest_review_counts(cast: Cast) -> None:
    home = household(cast)
    assess(home, date(2024, 12, 31), deprived="I02")
    assess(home, date(2023, 12, 31), deprived="I01")
    assert again(home).deprived == "I02"


def test_a_list_that_names_only_the_head_still_says_how_many_live_there(cast: Cast) -> None:
    home = household(cast)
    assess(home, members=5)
    assert again(home).size == 5


def test_members_who_are_listed_count_more_than_a_number(cast: Cast) -> None:
    home = family(cast)
    assess(home, members=5)
    assert again(home).size == 3


def test_a_class_that_ended_without_another_is_none(cast: Cast) -> None:
    home = household(cast)
    row = classify(home, Status.POOR)
    row.valid_to = date(2024, 12, 31)
    row.save()
    refresh([again(home)])
    assert again(home).status == ""


def test_ethnicity_is_that_of_the_head(cast: Cast) -> None:
    home = family(cast)
    assert again(home).ethnicity == "02"
    head = PersonFacts(AN.name, birth_date=AN.birth_date, sex="male", ethnicity="09", id_number=AN.id_number)
    do(correct_member, home, cast.officer, person=home.memberships.get(is_head=True).person, facts=head)
    assert again(home).ethnicity == "09"


def test_many_households_cost_as_many_questions_as_one(cast: Cast) -> None:
    homes = [household(cast, f"H{number}", PersonFacts(f"Người {number}")) for number in range(12)]
    counts = []
    for part in (homes[:1], homes):
        Household.objects.update(head_name="x")
        rows = [again(one) for one in part]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            refresh(rows)
        counts.append(sum(one["sql"].startswith("SELECT") for one in asked))
    assert counts[0] == counts[1]


def test_a_closed_household_learns_the_corrected_name_of_its_last_head(cast: Cast) -> None:
    alone, home = household(cast, "H2", PersonFacts("Ma Văn Tư")), family(cast)
    merged = date(2024, 5, 1)
    do(merge_households, alone, cast.chair, on=merged, into=home, revision_into=again(home).revision)
    do(correct_member, home, cast.officer, person=person(home, "Tư"), facts=PersonFacts("Ma Văn Từ"))
    assert again(alone).head_name == "Ma Văn Từ"
