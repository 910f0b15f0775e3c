"""A page for each verb: it does what it says, and tells at the field what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.registry.asking import fields, send, url
from tests.registry.making import AN, BINH, again, classify, do, family, heads, household, names, person
from tests.web.cast import Cast
from vuonlen.approval.models import Proposal
from vuonlen.registry.models import Act, Household, Person, PersonState
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.households import close_household
from vuonlen.registry.web.verbs import ON_HOUSEHOLD, ON_MEMBER

pytestmark = pytest.mark.django_db


def done(answer: Any, home: Household | None = None) -> None:
    """Sent back to the page of the household, with a word that it was done."""
    assert answer.status_code == 302, _faults(answer)
    if home is not None:
        assert answer["Location"] == reverse("registry:household", args=[home.public_id])


def _faults(answer: Any) -> object:
    return answer.context["form"].errors if answer.context else answer.content


def faults(answer: Any, field: str) -> str:
    assert answer.status_code == 200
    return " ".join(answer.context["form"].errors.get(field, []))


def test_a_household_is_added_and_its_page_opens(cast: Cast) -> None:
    client = cast.client("officer")
    typed = {
        "code": "H9", "place": cast.places.new_villages["01843"][0].public_id, "name": "Ma Văn Tư",
        "birth_date": "05/03/1980", "sex": "male", "effective_on": "01/08/2025", "reason": "theo đơn",
    }  # fmt: skip
    answer = client.post(reverse("registry:add"), typed, follow=True)
    assert "Ma Văn Tư" in answer.content.decode()
    assert Household.objects.get(code="H9").commune == cast.places.bac_kan


def test_what_was_typed_is_still_there_when_a_field_is_wrong(cast: Cast) -> None:
    client = cast.client("officer")
    answer = client.post(reverse("registry:add"), {"code": "H9", "name": "Ma Văn Tư", "birth_date": "31/02/1980"})
    assert "Ghi ngày theo dạng" in faults(answer, "birth_date")
    assert 'value="Ma Văn Tư"' in answer.content.decode()


def test_a_taken_code_is_told_at_the_code(cast: Cast) -> None:
    home = household(cast)
    typed = {
        "code": "H1", "place": home.village.public_id if home.village else "", "name": "Ma Văn Tư",
        "effective_on": "01/03/2024", "reason": "x",
    }  # fmt: skip
    answer = cast.client("officer").post(reverse("registry:add"), typed)
    assert "G-CODE-TAKEN" in faults(answer, "code")


def test_a_doubt_is_asked_about_with_a_box_to_tick(cast: Cast) -> None:
    home = family(cast)
    typed = {"name": "Lý Văn Năm", "sex": "female", "birth_year": "1975", "id_number": "006 075 000 200"}
    answer = send(cast, "add_member", home, **typed)
    assert "V-ID-SEX" in faults(answer, "id_number")
    assert 'name="confirmed"' in answer.content.decode()
    done(send(cast, "add_member", home, **typed, confirmed="on"), home)
    assert Person.objects.get(name="Lý Văn Năm").id_number == "006075000200"


def test_lost_zeros_come_back_as_a_question(cast: Cast) -> None:
    answer = send(cast, "add_member", family(cast), name="Ai Đó", id_number="6075000200")
    assert "006075000200" in faults(answer, "id_number")


def test_a_household_is_corrected(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "correct", home, code="H7", address="Số 4"), home)
    assert (again(home).code, again(home).address) == ("H7", "Số 4")


def test_a_household_is_closed_and_reopened(cast: Cast) -> None:
    home = family(cast)
    an = person(home, "An").public_id
    done(send(cast, "close", home, why="moved_away"), home)
    done(send(cast, "reopen", home, members_back=[an], head=an, effective_on="01/06/2024"), home)
    assert names(home) == ["Nông Văn An"]


def test_a_household_moves(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "move", home, place=cast.places.villages["01852"][1].public_id), home)
    assert again(home).village == cast.places.villages["01852"][1]


def test_a_household_is_split(cast: Cast) -> None:
    home = family(cast)
    chi = person(home, "Chi").public_id
    done(send(cast, "split", home, going=[chi], head=chi, code="H2"), home)
    assert names(Household.objects.get(code="H2")) == ["Nông Thị Chi"]


def test_the_head_is_changed(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "head", home, chosen=person(home, "Bình").public_id, old_relation="Chồng"), home)
    assert heads(home) == ["Hoàng Thị Bình"]


def test_a_member_is_taken_over_in_two_steps(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    first = send(cast, "take_member", other, other=f"http://testserver{url('household', home)}")
    chi = person(home, "Chi").public_id
    assert chi in first.content.decode()
    done(send(cast, "take_member", other, other="H1", who=chi, relation="Cháu"), other)
    assert "Nông Thị Chi" in names(other)


def test_a_household_of_another_officer_is_not_found_for_taking_over(cast: Cast) -> None:
    home = family(cast)
    other = household(cast, "H2", PersonFacts("Ma Văn Tư"))
    Household.objects.filter(pk=other.pk).update(area_path=cast.places.duc_xuan.path)
    answer = send(cast, "take_member", home, other=other.public_id)
    assert "Không tìm thấy hộ này" in faults(answer, "other")


def test_a_member_is_corrected_and_keeps_the_id_number(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "correct_member", home, "Bình", name="Hoàng Thị Bính"), home)
    assert person(home, "Bính").id_number == BINH.id_number


def test_the_form_of_a_member_never_holds_the_id_number(cast: Cast) -> None:
    home = family(cast)
    shown = cast.client("officer").get(url("correct_member", home, "Bình")).content.decode()
    assert BINH.id_number not in shown
    assert "0061******35" in shown


def test_an_id_number_is_taken_away(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "correct_member", home, "Bình", no_id_number="on"), home)
    one = person(home, "Bình")
    assert (one.id_number, one.id_hash) == ("", "")


def test_a_state_is_recorded(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "state", home, "An", work="employed", insured="no"), home)
    row = PersonState.objects.get()
    assert (row.work, row.insured, row.in_school) == ("employed", False, None)


def test_a_member_leaves(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "leaves", home, "An", new_head=person(home, "Bình").public_id), home)
    assert heads(home) == ["Hoàng Thị Bình"]


def test_a_death_is_recorded(cast: Cast) -> None:
    home = family(cast)
    done(send(cast, "dies", home, "Chi"), home)
    assert Person.objects.get(name="Nông Thị Chi").died_on == date(2024, 5, 1)


# ---- proposals ----------------------------------------------------------------------------------------------------


def test_a_merger_is_proposed(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    done(send(cast, "merge", other, into="H1"), other)
    assert Proposal.objects.get().kind == "registry.merge"
    assert names(home) == ["Nông Văn An", "Hoàng Thị Bình", "Nông Thị Chi"]


def test_striking_is_proposed(cast: Cast) -> None:
    done(send(cast, "strike", family(cast)))
    assert Proposal.objects.get().kind == "registry.close"


def test_a_class_is_proposed(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    typed = {"status": "near_poor", "number": "77/QĐ", "signed_on": "28/04/2024", "issuer": "UBND"}
    done(send(cast, "status", home, **typed), home)
    assert Proposal.objects.get().kind == "registry.correct_status"


@pytest.mark.parametrize("named", ["01846", "Phường Huyền Tụng", "huyen tung"])
def test_a_move_to_another_commune_is_proposed_by_name_or_code(cast: Cast, named: str) -> None:
    done(send(cast, "move_out", family(cast), to=named))
    assert Proposal.objects.get().kind == "registry.move_out"


def test_an_unknown_commune_is_told(cast: Cast) -> None:
    answer = send(cast, "move_out", family(cast), to="Xã Không Có")
    assert "G-PLACE-UNKNOWN" in faults(answer, "to")


# ---- undoing ------------------------------------------------------------------------------------------------------


def test_an_act_is_undone_from_its_page(cast: Cast) -> None:
    home = family(cast)
    send(cast, "correct", home, code="H7")
    act = Act.objects.get(verb="correct_household")
    client = cast.client("officer")
    address = reverse("registry:undo", args=[home.public_id, act.public_id])
    assert "H7 → H1" in client.get(address).content.decode()
    done(client.post(address, {"reason": "nhầm"}), home)
    assert again(home).code == "H1"


def test_undoing_the_adding_leads_to_the_list(cast: Cast) -> None:
    home = household(cast)
    act = Act.objects.get()
    address = reverse("registry:undo", args=[home.public_id, act.public_id])
    answer = cast.client("officer").post(address, {"reason": "nhầm"})
    assert answer["Location"] == reverse("registry_search:list")


def test_what_stands_on_an_act_is_named(cast: Cast) -> None:
    home = household(cast)
    send(cast, "correct", home, code="H7")
    first = Act.objects.get(verb="add_household")
    address = reverse("registry:undo", args=[home.public_id, first.public_id])
    answer = cast.client("officer").post(address, {"reason": "nhầm"})
    assert "Sửa thông tin hộ" in answer.content.decode()


def test_an_act_of_another_household_is_not_found(cast: Cast) -> None:
    home, other = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    act = Act.objects.get(household=other)
    address = reverse("registry:undo", args=[home.public_id, act.public_id])
    assert cast.client("officer").get(address).status_code == 404


# ---- ID numbers ---------------------------------------------------------------------------------------------------


def test_an_id_number_is_shown_after_saying_why(cast: Cast) -> None:
    home = household(cast)
    address = url("id_number", home, "An")
    client = cast.client("officer")
    assert AN.id_number not in client.get(address).content.decode()
    answer = client.post(address, {"purpose": "review"})
    assert AN.id_number in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_an_id_number_is_not_shown_without_a_purpose(cast: Cast) -> None:
    answer = cast.client("officer").post(url("id_number", household(cast), "An"), {"purpose": ""})
    assert AN.id_number not in answer.content.decode()


@pytest.mark.parametrize("who", ["province_officer", "neighbour", "nobody"])
def test_whoever_may_not_see_id_numbers_does_not_find_the_page(cast: Cast, who: str) -> None:
    assert cast.client(who).post(url("id_number", household(cast), "An"), {"purpose": "review"}).status_code == 404


# ---- who may open a form ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, _ in ON_HOUSEHOLD.values()])
@pytest.mark.parametrize(
    ("who", "status"), [("officer", 200), ("chair", 403), ("inspector", 403), ("neighbour", 404), ("nobody", 404)]
)
def test_forms_of_a_household(cast: Cast, name: str, who: str, status: int) -> None:
    home = family(cast)
    if name == "reopen":
        do(close_household, home, cast.officer, why="dissolved")
    assert cast.client(who).get(url(name, home)).status_code == status


@pytest.mark.parametrize("name", [name for name, _ in ON_MEMBER.values()])
@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("chair", 403), ("neighbour", 404)])
def test_forms_of_a_member(cast: Cast, name: str, who: str, status: int) -> None:
    assert cast.client(who).get(url(name, family(cast), "Chi")).status_code == status


def test_a_member_who_is_gone_leads_back_to_the_household(cast: Cast) -> None:
    home = family(cast)
    address = url("state", home, "Chi")
    send(cast, "leaves", home, "Chi")
    answer = cast.client("officer").get(address, follow=True)
    assert "không còn là thành viên" in answer.content.decode()


def test_hidden_fields_say_which_revision_was_seen(cast: Cast) -> None:
    home = family(cast)
    held = fields(cast.client("officer"), url("correct", home))
    assert (held["revision"], held["was_code"]) == (home.revision, "H1")
