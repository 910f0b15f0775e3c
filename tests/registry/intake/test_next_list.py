"""A second list: what changes, what stays, and that the same file changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.registry.intake.making import FIRST, SECOND, book, bring, dump, home, person, rows, write
from tests.web.cast import Cast
from vuonlen.domain.problems import Refused
from vuonlen.registry.intake import actions
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.models import Act, Assessment, Household, Membership, Person, PersonState, StatusPeriod

pytestmark = pytest.mark.django_db
AN, BINH = "006075000121", "006178000235"


def family(**more: Any) -> list[list[Any]]:
    """Mr An, Mrs Bình and their daughter Chi. more: what is otherwise for Bình."""
    told = {"born": "1978", "sex": "Nữ", "number": BINH, "insured": "Có"} | more
    return [
        person("H1", "Nông Văn An", "Chủ hộ", born=date(1975, 4, 9), sex="Nam", number=AN, insured="Không"),
        person("H1", "Lý Thị Bình", "Vợ", **told),
        person("H1", "Nông Thị Chi", "Con", born=date(2012, 9, 5), sex="Nữ", school="Có"),
    ]


@pytest.fixture
def first(tmp_path: Path, cast: Cast) -> Batch:
    path = book(tmp_path / "2022.xlsx", [home("H1", "Nông Văn An", number=AN)], family())
    return write(bring(path, cast.officer, cast.places.bac_kan), cast)


def second(tmp_path: Path, cast: Cast, homes: list[Any], persons: list[Any], on: date = SECOND) -> Batch:
    return bring(book(tmp_path / "2023.xlsx", homes, persons), cast.officer, cast.places.bac_kan, on)


def told(batch: Batch) -> set[tuple[str, str, Any, Any]]:
    return {tuple(one) for row in batch.rows.filter(kind="changed") for one in row.differences}


def test_the_same_file_again_changes_nothing(first: Batch, tmp_path: Path, cast: Cast) -> None:
    before = dump()
    again = bring(tmp_path / "2022.xlsx", cast.officer, cast.places.bac_kan)
    assert rows(again, "unchanged") == ["H1"]
    assert again.counts["rows"]["changed"] == again.counts["rows"]["new"] == 0
    with pytest.raises(Refused) as why:
        actions.propose(batch=again, by=cast.officer, reason="lần nữa")
    assert why.value.problems[0].code == "U-NOTHING"
    assert dump() == before


def test_each_change_is_told_field_by_field_and_written_so(first: Batch, tmp_path: Path, cast: Cast) -> None:
    one = home("H1", "Nông Văn An", number=AN, status="Hộ cận nghèo", income=1_900_000, village="Tân Thành")
    batch = second(tmp_path, cast, [one], family(insured="Không"))
    assert told(batch) == {
        ("", "residence", "Thôn Nà Kham, Xã Nông Thượng", "Thôn Tân Thành, Xã Nông Thượng"),
        ("", "status", "poor", "near_poor"),
        ("", "review", "", "2023-12-31"),
        ("", "income", 1_200_000, 1_900_000),
        ("", "recorded_status", "poor", "near_poor"),
        ("Lý Thị Bình", "insured", True, False),
    }
    write(batch, cast)
    household = Household.objects.get()
    assert (household.status, household.village.name, household.size) == ("near_poor", "Thôn Tân Thành", 3)
    periods = StatusPeriod.objects.order_by("valid_from").values_list("status", "valid_from", "valid_to")
    assert list(periods) == [("poor", FIRST, SECOND), ("near_poor", SECOND, None)]
    states = PersonState.objects.filter(person__name="Lý Thị Bình").order_by("valid_from")
    assert list(states.values_list("insured", "valid_from", "valid_to")) == [
        (True, FIRST, SECOND),
        (False, SECOND, None),
    ]
    assert list(Assessment.objects.order_by("reference_date").values_list("income", flat=True)) == [
        1_200_000,
        1_900_000,
    ]
    assert Person.objects.count() == 3  # nobody twice


def test_a_blank_in_the_list_leaves_what_the_register_knows(first: Batch, tmp_path: Path, cast: Cast) -> None:
    blank = family(born=None, sex=None, number=None, insured=None, ethnicity=None)
    batch = second(tmp_path, cast, [home("H1", "Nông Văn An", village=None)], blank)
    assert {field for _who, field, _was, _now in told(batch)} == {"review"}
    write(batch, cast)
    bound = Person.objects.get(name="Lý Thị Bình")
    assert (bound.birth_year, bound.sex, bound.id_number) == (1978, "female", BINH)
    assert PersonState.objects.get(person=bound).insured is True
    assert Household.objects.get().village.name == "Thôn Nà Kham"


def test_who_is_gone_leaves_and_who_is_new_joins(first: Batch, tmp_path: Path, cast: Cast) -> None:
    people = [*family()[:2], person("H1", "Nông Văn Dũng", "Con", born="2023", sex="Nam")]
    batch = second(tmp_path, cast, [home("H1", "Nông Văn An", number=AN)], people)
    assert {("Nông Thị Chi", "left", "Con", ""), ("Nông Văn Dũng", "joined", "", "Con")} <= told(batch)
    write(batch, cast)
    spans = {one.person.name: (one.valid_from, one.valid_to) for one in Membership.objects.all()}
    assert spans["Nông Thị Chi"] == (FIRST, SECOND)
    assert spans["Nông Văn Dũng"] == (SECOND, None)
    assert spans["Nông Văn An"] == (FIRST, None)


def test_a_new_head_takes_over(first: Batch, tmp_path: Path, cast: Cast) -> None:
    people = [
        person("H1", "Lý Thị Bình", "Chủ hộ", born="1978", sex="Nữ", number=BINH, insured="Có"),
        person("H1", "Nông Thị Chi", "Con", born=date(2012, 9, 5), sex="Nữ", school="Có"),
    ]
    batch = second(tmp_path, cast, [home("H1", "Lý Thị Bình", number=BINH)], people)
    assert rows(batch, "changed") == ["H1"]
    write(batch, cast)
    assert Household.objects.get().head_name == "Lý Thị Bình"
    heads = Membership.objects.filter(is_head=True).order_by("valid_from")
    assert [(one.person.name, one.valid_from, one.valid_to) for one in heads] == [
        ("Nông Văn An", FIRST, SECOND),
        ("Lý Thị Bình", SECOND, None),
    ]


def test_two_heads_change_places_on_the_same_day(first: Batch, tmp_path: Path, cast: Cast) -> None:
    """A corrected list of the same review: nothing of the wrong one remains, and no two heads overlap on the way."""
    people = family()
    people[0][2], people[1][2] = "Chồng", "Chủ hộ"
    batch = second(tmp_path, cast, [home("H1", "Lý Thị Bình", number=BINH)], people, FIRST)
    write(batch, cast)
    assert Household.objects.get().head_name == "Lý Thị Bình"
    assert [(one.person.name, one.valid_to) for one in Membership.objects.filter(is_head=True)] == [
        ("Lý Thị Bình", None)
    ]
    assert Membership.objects.count() == 3


def test_equal_twins_stay_two_persons(tmp_path: Path, cast: Cast) -> None:
    twins = [person("H1", "Nông Văn Sinh", "Con", born=date(2015, 5, 5), sex="Nam") for _ in range(2)]
    people = [person("H1", "Nông Văn An", "Chủ hộ", born="1975", sex="Nam", number=AN), *twins]
    path = book(tmp_path / "2022.xlsx", [home("H1", "Nông Văn An", number=AN)], people)
    write(bring(path, cast.officer, cast.places.bac_kan), cast)
    assert Person.objects.filter(name="Nông Văn Sinh").count() == 2
    again = bring(path, cast.officer, cast.places.bac_kan)
    assert rows(again, "unchanged") == ["H1"]

    people[2][8] = "Có"  # the second of them goes to school now
    write(second(tmp_path, cast, [home("H1", "Nông Văn An", number=AN)], people), cast)
    assert Person.objects.filter(name="Nông Văn Sinh").count() == 2
    assert Household.objects.get().size == 3
    in_school = PersonState.objects.filter(person__name="Nông Văn Sinh", in_school=True)
    assert in_school.count() == 1

    one_left = second(tmp_path, cast, [home("H1", "Nông Văn An", number=AN)], people[:2], date(2024, 12, 31))
    assert ("Nông Văn Sinh", "left", "Con", "") in told(one_left)
    write(one_left, cast)
    assert Household.objects.get().size == 2


def test_a_person_who_married_into_another_household_is_one_person(tmp_path: Path, cast: Cast) -> None:
    homes = [home("H1", "Nông Văn An", number=AN), home("H2", "Bế Văn Dũng")]
    chi = {"born": date(2000, 9, 5), "sex": "Nữ", "number": "006300000334"}
    dung = person("H2", "Bế Văn Dũng", "Chủ hộ", born="1998", sex="Nam")
    people = [person("H1", "Nông Văn An", "Chủ hộ", born="1975", number=AN), person("H1", "Nông Thị Chi", **chi), dung]
    path = book(tmp_path / "2022.xlsx", homes, people)
    write(bring(path, cast.officer, cast.places.bac_kan), cast)
    people = [people[0], dung, person("H2", "Nông Thị Chi", "Vợ", **chi)]
    batch = second(tmp_path, cast, homes, people)
    assert ("Nông Thị Chi", "moved_in", "H1", "Vợ") in told(batch)
    write(batch, cast)
    spans = Membership.objects.filter(person__name="Nông Thị Chi").order_by("valid_from")
    assert [(one.household.code, one.valid_from, one.valid_to) for one in spans] == [
        ("H1", FIRST, SECOND), ("H2", SECOND, None),
    ]  # fmt: skip
    assert not batch.rows.filter(state="conflict").exists()
    assert rows(bring(tmp_path / "2023.xlsx", cast.officer, cast.places.bac_kan, SECOND), "unchanged") == ["H1", "H2"]


def test_an_older_list_fills_what_was_before_and_leaves_what_came_after(
    first: Batch, tmp_path: Path, cast: Cast
) -> None:
    old = date(2022, 6, 30)
    people = [*family()[:2], person("H1", "Nông Thị Già", "Mẹ", born="1940", sex="Nữ")]
    batch = second(tmp_path, cast, [home("H1", "Nông Văn An", number=AN, status="Hộ cận nghèo")], people, old)
    write(batch, cast)
    household = Household.objects.get()
    assert (household.status, household.size) == ("poor", 3)
    periods = StatusPeriod.objects.order_by("valid_from").values_list("status", "valid_from", "valid_to")
    assert list(periods) == [("near_poor", old, FIRST), ("poor", FIRST, None)]
    spans = {one.person.name: (one.valid_from, one.valid_to) for one in Membership.objects.all()}
    assert spans["Nông Thị Già"] == (old, FIRST)
    assert spans["Nông Văn An"] == (old, None)
    assert spans["Nông Thị Chi"] == (FIRST, None)


def test_a_list_without_classes_is_judged_and_says_so(tmp_path: Path, cast: Cast) -> None:
    homes = [home("H1", "Nông Văn An", status=None), home("H2", "Bế Thị Hoa", status=None, income=9_000_000)]
    batch = bring(book(tmp_path / "l.xlsx", homes), cast.officer, cast.places.bac_kan)
    assert batch.counts["classes"].get("recorded", 0) == 0
    assert batch.counts["classes"]["judged"] + batch.counts["classes"].get("unknown", 0) == 2
    write(batch, cast)
    judged = dict(StatusPeriod.objects.values_list("household__code", "status"))
    assert set(judged.values()) <= {"poor", "near_poor", "not_poor"}
    assert set(Assessment.objects.values_list("recorded_status", flat=True)) == {""}


def test_every_act_of_an_import_carries_its_batch(first: Batch) -> None:
    assert set(Act.objects.values_list("batch", "verb")) == {(first.public_id, "import")}
