"""The history of a household in words: each act with its own entry of the journal, each row by its name."""

from __future__ import annotations

from datetime import date

import pytest

from tests.registry.asking import url
from tests.registry.making import BEGAN, again, do, family, household, person
from tests.web.cast import Cast
from vuonlen.accounts.rights import Right
from vuonlen.journal.models import Entry
from vuonlen.registry.models import Act, Household
from vuonlen.registry.telling.history import MOST, ActTold, history
from vuonlen.registry.verbs.heads import change_head
from vuonlen.registry.verbs.households import close_household, correct_household, reopen_household
from vuonlen.registry.verbs.members import correct_member_state, member_leaves
from vuonlen.registry.verbs.undoing import undo

pytestmark = pytest.mark.django_db


def newest(home: Household) -> ActTold:
    return history(home, list(Right))[0]


def lines(told: ActTold) -> list[str]:
    return [f"{one.kind} {one.subject}" for one in told.changes]


def test_each_act_names_its_own_entry_on_every_page(cast: Cast) -> None:
    home = household(cast)
    one = person(home, "An")
    for number in range(MOST + 2):
        work = "employed" if number % 2 else "not_employed"
        do(correct_member_state, home, cast.officer, on=BEGAN, person=one, work=work)
    first = history(home, [])
    rest = history(home, [], before=first[-1].act.pk)
    total = Entry.objects.filter(object_id=home.public_id).count()
    assert len(first) == MOST
    assert [told.sequence for told in [*first, *rest]] == list(range(total, 0, -1))


def test_one_act_alone_names_its_own_entry(cast: Cast) -> None:
    home = household(cast)
    for work in ("employed", "not_employed"):
        do(correct_member_state, home, cast.officer, on=BEGAN, person=person(home, "An"), work=work)
    earlier = Act.objects.filter(verb="correct_member_state").earliest("pk")
    shown = cast.client("officer").get(url("household", home)).content.decode()
    assert f"{cast.places.nong_thuong.key} #2" in shown
    assert history(home, [])[1].act == earlier
    assert history(home, [])[1].sequence == 2


def test_where_acts_and_entries_do_not_number_alike_none_is_named(cast: Cast) -> None:
    home = household(cast)
    act = Act.objects.get(verb="add_household")
    Act.objects.create(verb="add_household", at=act.at, household=home)
    assert [told.sequence for told in history(home, [])] == [None, None]


def test_rows_that_came_together_stand_on_one_line(cast: Cast) -> None:
    home = family(cast)
    do(change_head, home, cast.officer, person=person(home, "Bình"))
    assert lines(newest(home)) == [
        "set Thành viên: Nông Văn An",
        "set Thành viên: Hoàng Thị Bình",
        "add Thành viên: Nông Văn An, Hoàng Thị Bình",
    ]


def test_a_period_without_an_end_is_not_told_as_unknown(cast: Cast) -> None:
    home = family(cast)
    do(member_leaves, home, cast.officer, person=person(home, "Chi"))
    (field,) = newest(home).changes[0].fields
    assert (field.label, field.before, field.after) == ("đến trước ngày", "(còn hiệu lực)", "01/05/2024")


def test_a_correction_tells_no_day_from_which_it_holds(cast: Cast) -> None:
    home = household(cast)
    do(correct_household, home, cast.officer, code="H7", address="")
    mended, added = history(home, list(Right))
    assert (mended.since, added.since) == (None, BEGAN)


def test_rows_that_an_undoing_took_away_keep_their_names(cast: Cast) -> None:
    home = family(cast)
    members = [person(home, name) for name in ("An", "Chi")]
    do(close_household, home, cast.officer, why="dissolved")
    opened = do(reopen_household, home, cast.officer, on=date(2024, 8, 1), members=members, head=members[0])
    undo(act=opened, by=cast.officer, reason="nhầm")
    undone = history(again(home), list(Right))[1]
    assert undone.undone
    assert "add Thành viên: Nông Văn An, Nông Thị Chi" in lines(undone)
    assert f"add Nơi ở: {cast.places.villages['01852'][0].name}" in lines(undone)
