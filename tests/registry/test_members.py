"""Verbs of members and heads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.registry.making import (
    BEGAN,
    BINH,
    again,
    do,
    family,
    heads,
    household,
    names,
    periods,
    person,
    today,
)
from tests.web.cast import Cast
from vuonlen.domain.problems import Refused
from vuonlen.registry.models import Membership, PersonState
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.heads import change_head
from vuonlen.registry.verbs.members import (
    add_member,
    correct_member,
    correct_member_state,
    mark_deceased,
    member_leaves,
    take_member,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_a_member_joins_from_a_day(cast: Cast) -> None:
    home = household(cast)
    do(add_member, home, cast.officer, on=DAY, facts=BINH, relation="Vợ")
    assert periods(home, "Bình") == [(DAY, None)]
    assert again(home).size == 2


def test_a_name_is_kept_in_one_form(cast: Cast) -> None:
    home = household(cast)
    do(add_member, home, cast.officer, facts=PersonFacts("  Hoa\u0300ng   Thị\u00a0Bình "))
    assert person(home, "Bình").name == "Hoàng Thị Bình"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (PersonFacts("   "), "G-BLANK"),
        (PersonFacts("Ai\x07Đó"), "G-CONTROL"),
        (PersonFacts("A" * 121), "G-LONG"),
        (PersonFacts("Ai Đó", sex="x"), "G-CHOICE"),
        (PersonFacts("Ai Đó", ethnicity="99"), "G-CHOICE"),
        (PersonFacts("Ai Đó", birth_date=date(2024, 5, 2)), "G-BIRTH-FUTURE"),
        (PersonFacts("Ai Đó", birth_year=2025), "G-BIRTH-FUTURE"),
        (PersonFacts("Ai Đó", birth_year=1903), "G-BIRTH-OLD"),
        (PersonFacts("Ai Đó", birth_date=date(1990, 1, 1), birth_year=1991), "G-BIRTH-DIFFERS"),
    ],
)
def test_bad_facts_are_refused_at_their_field(cast: Cast, facts: PersonFacts, code: str) -> None:
    home = household(cast)
    with pytest.raises(Refused) as refused:
        do(add_member, home, cast.officer, on=DAY, facts=facts)
    assert codes(refused) == [code]
    assert refused.value.problems[0].cell
    assert names(home) == ["Nông Văn An"]


def test_somebody_of_120_is_believed(cast: Cast) -> None:
    home = household(cast)
    do(add_member, home, cast.officer, on=DAY, facts=PersonFacts("Cụ Già", birth_year=1904))
    assert "Cụ Già" in names(home)


def test_a_second_of_the_same_name_and_year_is_asked_about(cast: Cast) -> None:
    home = family(cast)
    twin = PersonFacts("Nông Thị Chi", birth_date=date(2013, 9, 5), sex="female")
    with pytest.raises(Refused) as refused:
        do(add_member, home, cast.officer, facts=twin)
    assert codes(refused) == ["V-ALIKE"]
    do(add_member, home, cast.officer, facts=twin, confirmed=True)
    assert names(home).count("Nông Thị Chi") == 2


def test_nobody_joins_before_the_household_begins(cast: Cast) -> None:
    home = household(cast)
    with pytest.raises(Refused) as refused:
        do(add_member, home, cast.officer, on=BEGAN - timedelta(days=1), facts=BINH)
    assert codes(refused) == ["G-BEFORE-START"]


def test_nothing_is_true_from_tomorrow_on(cast: Cast) -> None:
    home = household(cast)
    with pytest.raises(Refused) as refused:
        do(add_member, home, cast.officer, on=today() + timedelta(days=1), facts=BINH)
    assert codes(refused) == ["G-FUTURE"]


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_reason_is_asked_for(cast: Cast, reason: str) -> None:
    home = household(cast)
    with pytest.raises(Refused) as refused:
        do(add_member, home, cast.officer, facts=BINH, reason=reason)
    assert codes(refused) == ["G-REASON"]


# ---- heads --------------------------------------------------------------------------------------------------------


def test_another_head_from_a_day(cast: Cast) -> None:
    home = family(cast)
    do(change_head, home, cast.officer, on=DAY, person=person(home, "Bình"), old_relation="Chồng")
    assert heads(home) == ["Hoàng Thị Bình"]
    assert periods(home, "An") == [(BEGAN, DAY), (DAY, None)]
    assert Membership.objects.get(household=home, person__name="Nông Văn An", valid_to=None).relation == "Chồng"
    assert again(home).head_name == "Hoàng Thị Bình"


def test_another_head_on_the_day_the_household_began_replaces_the_first(cast: Cast) -> None:
    home = family(cast)
    do(change_head, home, cast.officer, on=BEGAN, person=person(home, "Bình"))
    assert heads(home) == ["Hoàng Thị Bình"]
    assert periods(home, "An") == [(BEGAN, None)]


def test_the_head_cannot_be_made_head(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(change_head, home, cast.officer, person=person(home, "An"))
    assert codes(refused) == ["G-HEAD-SAME"]


def test_a_head_from_before_they_joined_is_refused(cast: Cast) -> None:
    home = household(cast)
    do(add_member, home, cast.officer, on=DAY, facts=BINH)
    with pytest.raises(Refused) as refused:
        do(change_head, home, cast.officer, on=DAY - timedelta(days=1), person=person(home, "Bình"))
    assert codes(refused) == ["G-BEFORE"]
    assert heads(home) == ["Nông Văn An"]


# ---- leaving and dying --------------------------------------------------------------------------------------------


def test_a_member_leaves(cast: Cast) -> None:
    home = family(cast)
    do(member_leaves, home, cast.officer, on=DAY, person=person(home, "Chi"))
    assert names(home) == ["Nông Văn An", "Hoàng Thị Bình"]
    assert periods(home, "Chi") == [(BEGAN, DAY)]


@pytest.mark.parametrize("verb", [member_leaves, mark_deceased])
def test_a_head_who_goes_names_the_next(cast: Cast, verb: object) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(verb, home, cast.officer, person=person(home, "An"))
    assert [(one.code, one.cell) for one in refused.value.problems] == [("G-HEAD-NEEDED", "new_head")]
    do(verb, home, cast.officer, person=person(home, "An"), new_head=person(home, "Bình"))
    assert heads(home) == ["Hoàng Thị Bình"]


def test_whoever_goes_cannot_be_the_next_head(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(member_leaves, home, cast.officer, person=person(home, "An"), new_head=person(home, "An"))
    assert codes(refused) == ["G-HEAD-WRONG"]


def test_the_last_member_does_not_just_leave(cast: Cast) -> None:
    home = household(cast)
    with pytest.raises(Refused) as refused:
        do(member_leaves, home, cast.officer, person=person(home, "An"))
    assert codes(refused) == ["G-LAST"]


def test_a_household_with_nobody_left_is_closed(cast: Cast) -> None:
    home = household(cast)
    do(mark_deceased, home, cast.officer, on=DAY, person=person(home, "An"))
    now = again(home)
    assert (now.closed_on, now.closed_why) == (DAY, "deceased")
    assert now.head_name == "Nông Văn An"  # lists still say whose household it was


def test_nobody_dies_on_the_day_they_joined(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(mark_deceased, home, cast.officer, on=BEGAN, person=person(home, "Chi"))
    assert codes(refused) == ["G-BEFORE"]


def test_whoever_died_is_no_member_to_act_on(cast: Cast) -> None:
    home = family(cast)
    binh = person(home, "Bình")
    do(mark_deceased, home, cast.officer, on=DAY, person=binh)
    with pytest.raises(Refused) as refused:
        do(change_head, home, cast.officer, on=today(), person=binh)
    assert codes(refused) == ["G-NOT-MEMBER"]


def test_whoever_died_is_not_taken_over(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    binh = person(home, "Bình")
    do(mark_deceased, home, cast.officer, on=DAY, person=binh)
    with pytest.raises(Refused) as refused:
        do(take_member, other, cast.officer, on=today(), person=binh)
    assert codes(refused) == ["G-DEAD"]


# ---- from one household to another --------------------------------------------------------------------------------


def test_a_member_is_taken_over_from_another_household(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    do(take_member, other, cast.officer, on=DAY, person=person(home, "Chi"), relation="Cháu")
    assert "Nông Thị Chi" not in names(home)
    assert "Nông Thị Chi" in names(other)
    assert (again(home).size, again(other).size) == (2, 2)


def test_taking_over_raises_the_revision_of_both(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    before = again(home).revision
    do(take_member, other, cast.officer, on=DAY, person=person(home, "Chi"))
    assert again(home).revision == before + 1


def test_a_head_is_not_taken_over(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    with pytest.raises(Refused) as refused:
        do(take_member, other, cast.officer, person=person(home, "An"))
    assert codes(refused) == ["G-MEMBER-ELSEWHERE"]


def test_nobody_takes_over_from_a_household_that_is_not_theirs(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    with pytest.raises(PermissionDenied):
        do(take_member, other, cast.neighbour, person=person(home, "Chi"))


def test_whoever_left_can_come_back(cast: Cast) -> None:
    home = family(cast)
    chi = person(home, "Chi")
    do(member_leaves, home, cast.officer, on=DAY, person=chi)
    do(take_member, home, cast.officer, on=date(2025, 1, 1), person=chi, relation="Con")
    assert periods(home, "Chi") == [(BEGAN, DAY), (date(2025, 1, 1), None)]


def test_nobody_comes_back_before_they_left(cast: Cast) -> None:
    home = family(cast)
    chi = person(home, "Chi")
    do(member_leaves, home, cast.officer, on=DAY, person=chi)
    with pytest.raises(Refused) as refused:
        do(take_member, home, cast.officer, on=DAY - timedelta(days=1), person=chi)
    assert codes(refused) == ["G-MEMBER-UNTIL"]


# ---- correcting ---------------------------------------------------------------------------------------------------


def test_a_correction_holds_from_the_beginning(cast: Cast) -> None:
    home = family(cast)
    facts = PersonFacts("Nông Thị Chí", birth_date=date(2013, 9, 6), sex="female")
    do(correct_member, home, cast.officer, person=person(home, "Chi"), facts=facts, relation="Cháu")
    assert periods(home, "Chí") == [(BEGAN, None)]
    assert person(home, "Chí").birth_year == 2013


def test_a_corrected_head_is_renamed_in_lists(cast: Cast) -> None:
    home = household(cast)
    facts = PersonFacts("Nông Văn Ân", birth_year=1975, sex="male", id_number="006075000121")
    do(correct_member, home, cast.officer, person=person(home, "An"), facts=facts)
    assert (again(home).head_name, again(home).head_folded) == ("Nông Văn Ân", "nong van an")


def test_a_correction_without_a_difference_is_refused(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(correct_member, home, cast.officer, person=person(home, "Bình"), facts=BINH, relation="Vợ")
    assert codes(refused) == ["G-NOTHING"]


def states(home: object, name: str) -> list[tuple[date, date | None, str]]:
    rows = PersonState.objects.filter(person__name__endswith=name).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to", "work"))


def test_a_state_holds_until_the_next(cast: Cast) -> None:
    home = household(cast)
    an = person(home, "An")
    do(correct_member_state, home, cast.officer, on=DAY, person=an, work="employed")
    do(correct_member_state, home, cast.officer, on=date(2025, 1, 1), person=an, work="not_employed")
    later = date(2025, 1, 1)
    assert states(home, "An") == [(DAY, later, "employed"), (later, None, "not_employed")]


def test_a_state_of_an_earlier_day_holds_until_the_one_already_there(cast: Cast) -> None:
    home = household(cast)
    an = person(home, "An")
    do(correct_member_state, home, cast.officer, on=date(2025, 1, 1), person=an, work="not_employed")
    do(correct_member_state, home, cast.officer, on=DAY, person=an, work="employed")
    later = date(2025, 1, 1)
    assert states(home, "An") == [(DAY, later, "employed"), (later, None, "not_employed")]


def test_a_state_of_the_same_day_replaces_it(cast: Cast) -> None:
    home = household(cast)
    an = person(home, "An")
    do(correct_member_state, home, cast.officer, on=DAY, person=an, work="employed")
    do(correct_member_state, home, cast.officer, on=DAY, person=an, work="not_employed", insured=False)
    assert states(home, "An") == [(DAY, None, "not_employed")]


def test_unknown_is_kept_apart_from_no(cast: Cast) -> None:
    home = household(cast)
    do(correct_member_state, home, cast.officer, on=DAY, person=person(home, "An"), insured=False)
    row = PersonState.objects.get()
    assert (row.insured, row.in_school, row.malnourished) == (False, None, None)
