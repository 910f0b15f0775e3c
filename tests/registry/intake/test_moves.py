"""A person who moves between two households of one and the same list moves; nobody is set aside or entered twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.registry.intake.making import FIRST, SECOND, again, book, bring, dump, home, person, rows, write
from tests.web.cast import Cast
from vuonlen.approval.actions import approve
from vuonlen.registry.intake import actions
from vuonlen.registry.intake.applying import work
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.models import Household, Membership, Person, PersonState

pytestmark = pytest.mark.django_db
AN, CHI, DUNG, EM = "006075000121", "006300000334", "006098000445", "006312000556"
THIRD = date(2024, 12, 31)


def an(code: str = "H1") -> list[Any]:
    return person(code, "Nông Văn An", "Chủ hộ", born="1975", sex="Nam", number=AN)


def chi(code: str, relation: str = "Con", **more: Any) -> list[Any]:
    return person(code, "Nông Thị Chi", relation, born=date(2000, 9, 5), sex="Nữ", number=CHI, **more)


def dung(code: str, relation: str = "Chủ hộ") -> list[Any]:
    return person(code, "Bế Văn Dũng", relation, born="1998", sex="Nam", number=DUNG)


@pytest.fixture(params=[1, 500], ids=["each row a transaction", "one transaction"])
def part(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many rows are written together must not matter."""
    monkeypatch.setattr(work, "PART", request.param)


@pytest.fixture
def first(tmp_path: Path, cast: Cast, part: None) -> Batch:
    """Mr An and his daughter Chi, who is insured."""
    homes = [home("H1", "Nông Văn An", number=AN)]
    path = book(tmp_path / "2022.xlsx", homes, [an(), chi("H1", insured="Có")])
    return write(bring(path, cast.officer, cast.places.bac_kan), cast)


def listed(tmp_path: Path, cast: Cast, order: str, people: list[Any], on: date) -> Batch:
    """A list with the household of An and the one that Dũng founds, in that order or the other."""
    homes = [home("H1", "Nông Văn An", number=AN), home("H2", "Bế Văn Dũng", number=DUNG)]
    path = book(tmp_path / f"{on}.xlsx", homes if order == "from, to" else homes[::-1], people)
    return bring(path, cast.officer, cast.places.bac_kan, on)


def spans(name: str) -> list[tuple[str, date, date | None]]:
    found = Membership.objects.filter(person__name=name).order_by("valid_from", "pk")
    return [(one.household.code, one.valid_from, one.valid_to) for one in found]


@pytest.mark.parametrize("order", ["from, to", "to, from"])
def test_into_a_household_that_the_list_founds(first: Batch, order: str, tmp_path: Path, cast: Cast) -> None:
    people = [an(), dung("H2"), chi("H2", "Vợ", insured="Không")]
    batch = write(listed(tmp_path, cast, order, people, SECOND), cast)
    assert (rows(batch, "new"), rows(batch, "changed")) == (["H2"], ["H1"])
    assert not batch.rows.exclude(state="done").exists()
    assert spans("Nông Thị Chi") == [("H1", FIRST, SECOND), ("H2", SECOND, None)]
    assert Person.objects.count() == 3
    insured = PersonState.objects.filter(person__name="Nông Thị Chi").order_by("valid_from")
    assert list(insured.values_list("insured", "valid_from", "valid_to")) == [
        (True, FIRST, SECOND), (False, SECOND, None),
    ]  # fmt: skip
    sizes = dict(Household.objects.values_list("code", "size"))
    assert sizes == {"H1": 1, "H2": 2}
    once_more = bring(tmp_path / f"{SECOND}.xlsx", cast.officer, cast.places.bac_kan, SECOND)
    assert set(rows(once_more, "unchanged")) == {"H1", "H2"}


@pytest.mark.parametrize("order", ["from, to", "to, from"])
def test_and_back_as_a_whole(first: Batch, order: str, tmp_path: Path, cast: Cast) -> None:
    before = dump()
    batch = write(listed(tmp_path, cast, order, [an(), dung("H2"), chi("H2", "Vợ")], SECOND), cast)
    approve(proposal=actions.propose_undo(batch=batch, by=cast.officer, reason="nhầm tệp"), by=cast.chair)
    assert again(batch).state == Batch.State.UNDONE
    assert dump() == before


@pytest.mark.parametrize("order", ["from, to", "to, from"])
def test_in_a_corrected_list_of_the_same_day(first: Batch, order: str, tmp_path: Path, cast: Cast) -> None:
    """The wrong list had Chi in her father's household: of that nothing remains, and she is still one person."""
    batch = write(listed(tmp_path, cast, order, [an(), dung("H2"), chi("H2", "Vợ", insured="Không")], FIRST), cast)
    assert not batch.rows.exclude(state="done").exists()
    assert spans("Nông Thị Chi") == [("H2", FIRST, None)]
    assert Person.objects.filter(name="Nông Thị Chi").count() == 1
    assert list(PersonState.objects.values_list("insured", "valid_from", "valid_to")) == [(False, FIRST, None)]


@pytest.mark.parametrize("order", ["from, to", "to, from"])
def test_the_head_of_one_joins_the_other(first: Batch, order: str, tmp_path: Path, cast: Cast) -> None:
    """Chi leads what was her father's household; he goes to live with Dũng."""
    homes = [home("H1", "Nông Thị Chi", number=CHI), home("H2", "Bế Văn Dũng", number=DUNG)]
    people = [chi("H1", "Chủ hộ"), dung("H2"), an("H2")]
    people[2][2] = "Bố vợ"
    path = book(tmp_path / "l.xlsx", homes if order == "from, to" else homes[::-1], people)
    batch = write(bring(path, cast.officer, cast.places.bac_kan, SECOND), cast)
    assert not batch.rows.exclude(state="done").exists()
    assert spans("Nông Văn An") == [("H1", FIRST, SECOND), ("H2", SECOND, None)]
    heads = dict(Household.objects.values_list("code", "head_name"))
    assert heads == {"H1": "Nông Thị Chi", "H2": "Bế Văn Dũng"}


@pytest.mark.parametrize("order", ["from, to", "to, from"])
def test_in_a_list_that_names_only_the_heads(first: Batch, order: str, tmp_path: Path, cast: Cast) -> None:
    homes = [home("H1", "Nông Thị Chi", number=CHI), home("H2", "Nông Văn An", number=AN)]
    path = book(tmp_path / "l.xlsx", homes if order == "from, to" else homes[::-1])
    batch = bring(path, cast.officer, cast.places.bac_kan, SECOND)
    batch = write(batch, cast)
    assert (rows(batch, "new"), rows(batch, "changed")) == (["H2"], ["H1"])
    assert not batch.rows.exclude(state="done").exists()
    assert spans("Nông Văn An") == [("H1", FIRST, SECOND), ("H2", SECOND, None)]
    assert spans("Nông Thị Chi") == [("H1", FIRST, SECOND), ("H1", SECOND, None)]
    heads = Membership.objects.filter(valid_to__isnull=True, is_head=True)
    assert dict(heads.values_list("household__code", "person__name")) == {"H1": "Nông Thị Chi", "H2": "Nông Văn An"}
    assert Person.objects.count() == 2


def test_who_left_in_one_list_and_comes_back_in_the_next_is_the_same_person(
    first: Batch, tmp_path: Path, cast: Cast
) -> None:
    homes = [home("H1", "Nông Văn An", number=AN)]
    path = book(tmp_path / "2023.xlsx", homes, [an(), person("H1", "Nông Văn Em", born="2012", sex="Nam", number=EM)])
    write(bring(path, cast.officer, cast.places.bac_kan, SECOND), cast)
    assert spans("Nông Thị Chi") == [("H1", FIRST, SECOND)]
    path = book(tmp_path / "2024.xlsx", homes, [an(), chi("H1")])
    write(bring(path, cast.officer, cast.places.bac_kan, THIRD), cast)
    assert spans("Nông Thị Chi") == [("H1", FIRST, SECOND), ("H1", THIRD, None)]
    assert Person.objects.filter(name="Nông Thị Chi").count() == 1


def test_whoever_lives_in_another_area_now_is_not_taken_from_there(first: Batch, tmp_path: Path, cast: Cast) -> None:
    """Chi went to another ward of the province. A list of the ward cannot fetch her back; it is told so."""
    homes = [home("H9", "Bế Văn Dũng", number=DUNG, commune="01849", place="Xã Phong Quang")]
    path = book(tmp_path / "province.xlsx", homes, [dung("H9"), chi("H9", "Vợ")])
    day = date(2025, 12, 31)
    batch = bring(path, cast.province_officer, cast.places.province, day)
    proposal = actions.propose(batch=batch, by=cast.province_officer, reason="đã đối chiếu")
    approve(proposal=proposal, by=cast.approver)
    assert spans("Nông Thị Chi") == [("H1", FIRST, day), ("H9", day, None)]

    later = date(2026, 6, 30)
    homes = [home("H1", "Nông Văn An", number=AN, commune="01843", place="Phường Bắc Kạn")]
    path = book(tmp_path / "ward.xlsx", homes, [an(), chi("H1")])
    batch = bring(path, cast.officer, cast.places.bac_kan, later)
    assert "W-ID-ELSEWHERE" in batch.notes.filter(kind="warning").values_list("code", flat=True)
    write(batch, cast)
    assert Person.objects.filter(name="Nông Thị Chi").count() == 2
    assert spans("Nông Thị Chi") == [("H1", FIRST, day), ("H9", day, None), ("H1", later, None)]


def test_a_household_that_somebody_changed_meanwhile_is_left_as_it_is(first: Batch, tmp_path: Path, cast: Cast) -> None:
    batch = listed(tmp_path, cast, "from, to", [an(), dung("H2"), chi("H2", "Vợ")], SECOND)
    proposal = actions.propose(batch=batch, by=cast.officer, reason="đã đối chiếu")
    Household.objects.filter(code="H1").update(revision=7)
    approve(proposal=proposal, by=cast.chair)
    batch = again(batch)
    assert batch.state == Batch.State.APPLIED
    assert sorted(batch.rows.filter(state="conflict").values_list("code", flat=True)) == ["H1", "H2"]
    assert spans("Nông Thị Chi") == [("H1", FIRST, None)]
