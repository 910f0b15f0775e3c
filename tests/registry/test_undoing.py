"""Undoing: every row back to what it was, with a reason, while nothing later stands on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.registry.making import BEGAN, BINH, again, do, family, household, names, person
from tests.registry.rows import everything
from tests.web.cast import Cast
from vuonlen.domain.problems import Refused
from vuonlen.registry import mergers
from vuonlen.registry.models import Act, Household
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.heads import change_head
from vuonlen.registry.verbs.households import close_household, correct_household
from vuonlen.registry.verbs.joining import split_household
from vuonlen.registry.verbs.members import (
    add_member,
    correct_member,
    correct_member_state,
    mark_deceased,
    member_leaves,
    take_member,
)
from vuonlen.registry.verbs.moving import move_household
from vuonlen.registry.verbs.undoing import undo

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)

#: each verb on the family, with what it needs
VERBS: dict[str, Callable[[Household, Cast], Act]] = {
    "add_member": lambda home, cast: do(add_member, home, cast.officer, facts=PersonFacts("Bé Mới", 2024)),
    "correct_member": lambda home, cast: do(
        correct_member, home, cast.officer, person=person(home, "Bình"), facts=PersonFacts("Hoàng Bính"), relation=""
    ),
    "correct_member_state": lambda home, cast: do(
        correct_member_state, home, cast.officer, person=person(home, "An"), work="employed"
    ),
    "member_leaves": lambda home, cast: do(
        member_leaves, home, cast.officer, person=person(home, "An"), new_head=person(home, "Bình")
    ),
    "mark_deceased": lambda home, cast: do(
        mark_deceased, home, cast.officer, person=person(home, "An"), new_head=person(home, "Bình")
    ),
    "change_head": lambda home, cast: do(change_head, home, cast.officer, person=person(home, "Bình")),
    "change_head_from_the_first_day": lambda home, cast: do(
        change_head, home, cast.officer, on=BEGAN, person=person(home, "Bình")
    ),
    "split_household": lambda home, cast: do(
        split_household, home, cast.officer, members=[person(home, "An")], head=person(home, "An"), code="H2",
        new_head=person(home, "Bình"),
    ),
    "move_household": lambda home, cast: do(
        move_household, home, cast.officer, place=cast.places.villages["01837"][0], address="Số 9"
    ),
    "close_household": lambda home, cast: do(close_household, home, cast.officer, why="dissolved"),
    "correct_household": lambda home, cast: do(correct_household, home, cast.officer, code="H7", address="Số 1"),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_undoing_puts_every_row_back(cast: Cast, verb: str) -> None:
    home = family(cast)
    before = everything()
    act = VERBS[verb](home, cast)
    assert everything() != before
    undo(act=act, by=cast.officer, reason="ghi nhầm hộ")
    assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_undoing_the_undoing_does_it_again(cast: Cast, verb: str) -> None:
    home = family(cast)
    act = VERBS[verb](home, cast)
    after = everything()
    undone = undo(act=act, by=cast.officer, reason="ghi nhầm hộ")
    undo(act=undone, by=cast.officer, reason="không nhầm")
    assert everything() == after


def test_adding_a_household_is_undone(cast: Cast) -> None:
    undo(act=Act.objects.get(household=household(cast)), by=cast.officer, reason="ghi nhầm")
    assert not Household.objects.exists()


def test_taking_over_is_undone_in_both_households(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    before = everything()
    act = do(take_member, other, cast.officer, person=person(home, "Chi"))
    undo(act=act, by=cast.officer, reason="nhầm người")
    assert everything() == before


def test_what_stands_on_it_must_be_undone_first(cast: Cast) -> None:
    home = household(cast)
    act = do(add_member, home, cast.officer, facts=BINH)
    later = do(change_head, home, cast.officer, on=date(2025, 1, 1), person=person(home, "Bình"))
    with pytest.raises(Refused) as refused:
        undo(act=act, by=cast.officer, reason="nhầm")
    (one,) = refused.value.problems
    assert one.code == "G-UNDO-BLOCKED"
    assert "Đổi chủ hộ" in one.sentence()
    undo(act=later, by=cast.officer, reason="nhầm")
    undo(act=act, by=cast.officer, reason="nhầm")
    assert names(home) == ["Nông Văn An"]


def test_what_does_not_stand_on_it_stays(cast: Cast) -> None:
    home = family(cast)
    act = do(correct_household, home, cast.officer, code="H7", address="")
    do(add_member, home, cast.officer, facts=PersonFacts("Bé Mới", 2024))
    undo(act=act, by=cast.officer, reason="nhầm")
    assert (again(home).code, len(names(home))) == ("H1", 4)


def test_nothing_is_undone_twice(cast: Cast) -> None:
    home = family(cast)
    act = do(correct_household, home, cast.officer, code="H7", address="")
    undo(act=act, by=cast.officer, reason="nhầm")
    with pytest.raises(Refused) as refused:
        undo(act=act, by=cast.officer, reason="nhầm")
    assert [one.code for one in refused.value.problems] == ["G-UNDONE"]


def test_undoing_asks_why(cast: Cast) -> None:
    act = do(correct_household, family(cast), cast.officer, code="H7", address="")
    with pytest.raises(Refused) as refused:
        undo(act=act, by=cast.officer, reason=" ")
    assert [one.code for one in refused.value.problems] == ["G-REASON"]


@pytest.mark.parametrize("who", ["neighbour", "chair", "inspector", "nobody"])
def test_only_who_may_edit_undoes(cast: Cast, who: str) -> None:
    act = do(correct_household, family(cast), cast.officer, code="H7", address="")
    with pytest.raises(PermissionDenied):
        undo(act=act, by=getattr(cast, who), reason="nhầm")


def test_what_touched_the_household_of_another_is_not_undone_from_one_side(cast: Cast) -> None:
    home = family(cast)
    act: Any = do(move_household, home, cast.officer, place=cast.places.villages["01837"][0])
    Household.objects.filter(pk=home.pk).update(area_path=cast.places.far_commune.path)
    with pytest.raises(PermissionDenied):
        undo(act=act, by=cast.officer, reason="nhầm")


def test_an_act_of_an_import_is_undone_with_the_import(cast: Cast) -> None:
    act = do(correct_household, family(cast), cast.officer, code="H7", address="")
    Act.objects.filter(pk=act.pk).update(batch="b1")
    with pytest.raises(Refused) as refused:
        undo(act=Act.objects.get(pk=act.pk), by=cast.officer, reason="nhầm")
    assert [one.code for one in refused.value.problems] == ["G-UNDO-IMPORT"]


def test_where_a_household_went_with_its_unit_is_undone_by_whoever_manages_places(cast: Cast) -> None:
    home = family(cast)
    mergers.carry(commune=cast.places.nong_thuong, by=cast.province_officer, reason="NQ 1683")
    act = Act.objects.get(verb="carry")
    address = reverse("registry:undo", args=[home.public_id, act.public_id])
    assert again(home).commune == cast.places.bac_kan
    for who, status, offered in (("officer", 403, False), ("neighbour", 404, None), ("province_officer", 200, True)):
        client = cast.client(who)
        assert client.get(address).status_code == status
        if offered is not None:
            page = client.get(reverse("registry:household", args=[home.public_id])).content.decode()
            assert (address in page) is offered
    with pytest.raises(PermissionDenied):
        undo(act=act, by=cast.officer, reason="nhầm")
    assert cast.client("province_officer").post(address, {"reason": "nghị quyết được sửa"}).status_code == 302
    assert again(home).commune == cast.places.nong_thuong
    assert list(mergers.waiting(cast.province_officer)) == [home]
