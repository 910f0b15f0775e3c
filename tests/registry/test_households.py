"""Verbs of a household as a whole: add, correct, close, reopen, split, move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.registry.making import (
    AN,
    BEGAN,
    again,
    classify,
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
from vuonlen.journal.models import Entry
from vuonlen.registry.models import Household, Residence, StatusPeriod
from vuonlen.registry.queries import household_as_of
from vuonlen.registry.verbs.desk import Conflict
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.households import (
    add_household,
    close_household,
    correct_household,
    reopen_household,
)
from vuonlen.registry.verbs.joining import split_household
from vuonlen.registry.verbs.members import mark_deceased
from vuonlen.registry.verbs.moving import move_household

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


# ---- adding -------------------------------------------------------------------------------------------------------


def test_a_new_household_has_its_head_and_no_class(cast: Cast) -> None:
    home = household(cast)
    assert (home.head_name, home.size, home.status, home.revision) == ("Nông Văn An", 1, "", 1)
    assert home.commune == cast.places.nong_thuong


def test_adding_stands_in_the_journal_of_the_commune(cast: Cast) -> None:
    home = household(cast)
    entry = Entry.objects.get(object_id=home.public_id)
    assert (entry.chain.key, entry.act, entry.actor_id) == (
        cast.places.nong_thuong.key,
        "registry.add_household",
        cast.officer.pk,
    )


@pytest.mark.parametrize("who", ["chair", "inspector", "neighbour", "village_head", "administrator", "nobody"])
def test_only_an_officer_of_the_place_adds(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        add_household(
            by=getattr(cast, who), reason="x", effective_on=BEGAN, code="H1", head=AN,
            place=cast.places.villages["01852"][0],
        )  # fmt: skip
    assert not Household.objects.exists()


def test_a_code_is_given_once_in_a_commune(cast: Cast) -> None:
    household(cast)
    with pytest.raises(Refused) as refused:
        household(cast, head=PersonFacts("Ma Văn Tư"))
    assert [(one.code, one.cell) for one in refused.value.problems] == [("G-CODE-TAKEN", "code")]


def test_a_code_may_stand_again_in_another_commune(cast: Cast) -> None:
    household(cast)
    household(cast, head=PersonFacts("Ma Văn Tư"), place=cast.places.villages["01837"][0])
    assert Household.objects.filter(code="H1").count() == 2


def test_a_household_lives_where_a_place_is_on_that_day(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        household(cast, on=date(2025, 7, 1))  # the village of the old commune ended the day before
    assert codes(refused) == ["G-PLACE"]


def test_a_province_is_no_home(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        household(cast, place=cast.places.province)


# ---- correcting ---------------------------------------------------------------------------------------------------


def test_a_correction_of_the_village_holds_from_the_beginning(cast: Cast) -> None:
    home = household(cast)
    other = cast.places.villages["01852"][1]
    do(correct_household, home, cast.officer, code="H1", address="Số 4", place=other)
    assert Residence.objects.get().place == other
    assert again(home).village == other
    assert again(home).address == "Số 4"


def test_another_commune_is_a_move_and_no_correction(cast: Cast) -> None:
    home = household(cast)
    with pytest.raises(Refused) as refused:
        do(correct_household, home, cast.officer, code="H1", address="", place=cast.places.villages["01837"][0])
    assert codes(refused) == ["G-PLACE-COMMUNE"]


def test_a_correction_without_a_difference_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        do(correct_household, household(cast), cast.officer, code="H1", address="")
    assert codes(refused) == ["G-NOTHING"]


def test_whoever_was_slower_writes_nothing(cast: Cast) -> None:
    home = household(cast)
    do(correct_household, home, cast.officer2, code="H1", address="Số 4")
    with pytest.raises(Conflict):
        do(correct_household, home, cast.officer, code="H9", address="", revision=home.revision)
    assert (again(home).code, again(home).address) == ("H1", "Số 4")


# ---- closing and reopening ----------------------------------------------------------------------------------------


def test_closing_ends_home_members_and_class(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    do(close_household, home, cast.officer, on=DAY, why="moved_away")
    now = again(home)
    assert (now.closed_on, now.closed_why, names(home)) == (DAY, "moved_away", [])
    assert StatusPeriod.objects.get().valid_to == DAY
    assert Residence.objects.get().valid_to == DAY


def test_lists_still_know_a_closed_household(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    do(close_household, home, cast.officer, on=DAY, why="moved_away")
    now = again(home)
    assert (now.head_name, now.size, now.status) == ("Nông Văn An", 3, "poor")


@pytest.mark.parametrize("why", ["merged", "deceased", "entered_twice", "", "x"])
def test_an_officer_closes_only_for_some_reasons(cast: Cast, why: str) -> None:
    with pytest.raises(Refused) as refused:
        do(close_household, family(cast), cast.officer, why=why)
    assert codes(refused) == ["G-CHOICE"]


def test_nothing_is_closed_on_the_day_it_began(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        do(close_household, family(cast), cast.officer, on=BEGAN, why="dissolved")
    assert codes(refused) == ["G-BEFORE"]


def test_a_closed_household_takes_no_verb_but_reopening(cast: Cast) -> None:
    home = family(cast)
    an = person(home, "An")
    do(close_household, home, cast.officer, on=DAY, why="moved_away")
    with pytest.raises(Refused) as refused:
        do(mark_deceased, home, cast.officer, on=today(), person=an)
    assert codes(refused) == ["G-CLOSED"]


def test_an_open_household_is_not_reopened(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(reopen_household, home, cast.officer, members=[], head=person(home, "An"))
    assert codes(refused) == ["G-OPEN"]


def test_a_reopened_household_has_its_members_and_no_class(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    an, binh = person(home, "An"), person(home, "Bình")
    do(close_household, home, cast.officer, on=DAY, why="moved_away")
    back = date(2025, 3, 1)
    do(reopen_household, home, cast.officer, on=back, members=[an, binh], head=binh)
    assert periods(home, "Bình") == [(BEGAN, DAY), (back, None)]
    assert (heads(home), again(home).status, again(home).closed_on) == (["Hoàng Thị Bình"], "", None)


def test_between_closing_and_reopening_the_household_is_nowhere(cast: Cast) -> None:
    home = family(cast)
    an = person(home, "An")
    do(close_household, home, cast.officer, on=DAY, why="moved_away")
    do(reopen_household, home, cast.officer, on=date(2025, 3, 1), members=[an], head=an)
    assert not household_as_of(again(home), date(2024, 12, 1)).known


def test_nothing_is_reopened_before_it_was_closed(cast: Cast) -> None:
    home = family(cast)
    an = person(home, "An")
    do(close_household, home, cast.officer, on=DAY, why="moved_away")
    with pytest.raises(Refused) as refused:
        do(reopen_household, home, cast.officer, on=DAY - timedelta(days=1), members=[an], head=an)
    assert codes(refused) == ["G-BEFORE-START"]


# ---- splitting ----------------------------------------------------------------------------------------------------


def test_a_split_makes_a_household_of_its_own(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    chi = person(home, "Chi")
    do(split_household, home, cast.officer, on=DAY, members=[chi], head=chi, code="H2")
    new = Household.objects.get(code="H2")
    assert (names(new), new.status, names(home)) == (["Nông Thị Chi"], "", ["Nông Văn An", "Hoàng Thị Bình"])
    assert again(home).status == "poor"


def test_a_head_who_splits_off_names_the_next(cast: Cast) -> None:
    home = family(cast)
    an = person(home, "An")
    with pytest.raises(Refused) as refused:
        do(split_household, home, cast.officer, members=[an], head=an, code="H2")
    assert codes(refused) == ["G-HEAD-NEEDED"]
    do(split_household, home, cast.officer, members=[an], head=an, code="H2", new_head=person(home, "Bình"))
    assert heads(home) == ["Hoàng Thị Bình"]


def test_nobody_and_everybody_cannot_split_off(cast: Cast) -> None:
    home = family(cast)
    everybody = [person(home, name) for name in ("An", "Bình", "Chi")]
    for members, code in (([], "G-SPLIT-NONE"), (everybody, "G-SPLIT-ALL")):
        with pytest.raises(Refused) as refused:
            do(split_household, home, cast.officer, members=members, head=everybody[0], code="H2")
        assert codes(refused) == [code]


def test_the_new_head_must_be_one_of_them(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(split_household, home, cast.officer, members=[person(home, "Chi")], head=person(home, "An"), code="H2")
    assert codes(refused) == ["G-HEAD-WRONG"]


# ---- moving -------------------------------------------------------------------------------------------------------


def test_a_household_moves_to_another_village(cast: Cast) -> None:
    home = family(cast)
    there = cast.places.villages["01852"][1]
    do(move_household, home, cast.officer, on=DAY, place=there)
    assert household_as_of(again(home), DAY - timedelta(days=1)).place == cast.places.villages["01852"][0]
    assert household_as_of(again(home), DAY).place == there


def test_a_household_moves_to_another_commune_of_the_same_officer(cast: Cast) -> None:
    home = family(cast)
    do(move_household, home, cast.officer, on=DAY, place=cast.places.villages["01837"][0])
    now = again(home)
    assert (now.commune, now.registered_in) == (cast.places.old["01837"], cast.places.nong_thuong)


def test_nobody_moves_a_household_into_the_place_of_another(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(PermissionDenied):
        do(move_household, home, cast.officer, on=DAY, place=cast.places.villages["01846"][0])


def test_a_move_to_the_same_place_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        do(move_household, family(cast), cast.officer, place=cast.places.villages["01852"][0])
    assert codes(refused) == ["G-PLACE-SAME"]
