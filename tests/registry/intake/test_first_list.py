"""A list for an empty register: what each row becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.registry.intake.making import FIRST, book, bring, home, person, rows, write
from tests.web.cast import Cast
from vuonlen.registry.current import newest
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.models import Assessment, Household, Membership, PersonState, StatusPeriod

AN = "006075000121"
pytestmark = pytest.mark.django_db


def family(path: Path) -> Path:
    return book(
        path / "danh-sach.xlsx",
        [home("H1", "Nông Văn An", number=AN, size=3), home("H2", "Bế Thị Hoa", village="Nà Pái mới")],
        [
            person(
                "H1", "Nông Văn An", "Chủ hộ", born=date(1975, 4, 9), sex="Nam", number="006075000121", insured="Không"
            ),
            person("H1", "Lý Thị Bình", "Vợ", born="1978", sex="Nữ", insured="Có"),
            person("H1", "Nông Thị Chi", "Con", born=date(2012, 9, 5), sex="Nữ", school="Có", thin="Không"),
        ],
    )


def test_a_household_with_members_state_class_and_review(tmp_path: Path, cast: Cast) -> None:
    batch = bring(family(tmp_path), cast.officer, cast.places.bac_kan)
    assert batch.state == Batch.State.REVIEW
    assert rows(batch, "new") == ["H1", "H2"]
    assert not Household.objects.exists()  # nothing before somebody approves

    batch = write(batch, cast)
    assert batch.state == Batch.State.APPLIED
    one = Household.objects.get(code="H1")
    assert (one.registered_in, one.commune) == (cast.places.nong_thuong, cast.places.nong_thuong)
    assert (one.head_name, one.size, one.status, one.village.name) == ("Nông Văn An", 3, "poor", "Thôn Nà Kham")
    members = {row.person.name: row for row in Membership.objects.filter(household=one)}
    assert {name: (row.relation, row.is_head, row.valid_from) for name, row in members.items()} == {
        "Nông Văn An": ("Chủ hộ", True, FIRST),
        "Lý Thị Bình": ("Vợ", False, FIRST),
        "Nông Thị Chi": ("Con", False, FIRST),
    }
    assert members["Nông Văn An"].person.birth_date == date(1975, 4, 9)
    assert members["Lý Thị Bình"].person.birth_date is None
    assert members["Lý Thị Bình"].person.birth_year == 1978
    states = {row.person.name: (row.insured, row.in_school, row.malnourished) for row in PersonState.objects.all()}
    assert states == {
        "Nông Văn An": (False, None, None),
        "Lý Thị Bình": (True, None, None),
        "Nông Thị Chi": (None, True, False),
    }
    status = StatusPeriod.objects.get(household=one)
    assert (status.status, status.standard, status.decision.number) == ("poor", "vn-2022", "22/QĐ-UBND")
    review = Assessment.objects.get(household=one)
    assert (review.reference_date, review.income, review.deprived, review.not_deprived) == (FIRST, 1_200_000, "I04", "")
    assert review.recorded_status == "poor"


def test_a_list_that_names_only_the_head_still_says_how_many_live_there(tmp_path: Path, cast: Cast) -> None:
    path = book(tmp_path / "l.xlsx", [home("H1", "Nông Văn An", size=4)])
    write(bring(path, cast.officer, cast.places.bac_kan), cast)
    one = Household.objects.get()
    assert (one.size, Membership.objects.count()) == (4, 1)


def test_a_village_that_nobody_knows_is_made_when_the_list_is_approved(tmp_path: Path, cast: Cast) -> None:
    batch = bring(family(tmp_path), cast.officer, cast.places.bac_kan)
    assert [name for _, name, _ in batch.villages] == ["Nà Pái mới"]
    write(batch, cast)
    village = Household.objects.get(code="H2").village
    assert village is not None
    assert (village.name, village.parent) == ("Nà Pái mới", cast.places.nong_thuong)


def test_the_newest_state_is_the_one_that_the_periods_give(tmp_path: Path, cast: Cast) -> None:
    write(bring(family(tmp_path), cast.officer, cast.places.bac_kan), cast)
    homes = list(Household.objects.all())
    for one, state in zip(homes, newest(homes).values(), strict=True):
        assert {name: getattr(one, name) for name in state} == state
