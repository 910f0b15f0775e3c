"""Two who change one household at once: the second sees what changed, field by field, and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registry.asking import fields, url
from tests.registry.making import again, do, family, names, person
from tests.web.cast import Cast
from vuonlen.registry.models import Household
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.households import correct_household
from vuonlen.registry.verbs.members import correct_member, member_leaves

pytestmark = pytest.mark.django_db


def opened(cast: Cast, route: str, home: Household, name: str = "") -> tuple[Any, str, dict[str, Any]]:
    """A form that the officer has open."""
    client, address = cast.client("officer"), url(route, home, name)
    return client, address, fields(client, address) | {"reason": "theo giấy tờ", "effective_on": "01/05/2024"}


def test_the_second_sees_was_theirs_and_mine(cast: Cast) -> None:
    home = family(cast)
    client, address, data = opened(cast, "correct", home)
    do(correct_household, home, cast.officer2, code="H2", address="Số 4", reason="xem sổ")
    answer = client.post(address, data | {"code": "H3"})
    assert answer.status_code == 409
    found = {one.name: one for one in answer.context["differences"]}
    assert (found["code"].was, found["code"].theirs, found["code"].mine, found["code"].clash) == (
        "H1",
        "H2",
        "H3",
        True,
    )
    assert (found["address"].theirs, found["address"].clash) == ("Số 4", False)
    assert cast.officer2.full_name in answer.content.decode()
    assert "xem sổ" in answer.content.decode()
    assert again(home).code == "H2"


def resend(client: Any, address: str, answer: Any, **chosen: str) -> Any:
    """Send the form of the page again, as it stands there."""
    form = answer.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return client.post(address, data | chosen)


@pytest.mark.parametrize(("take", "code"), [("mine", "H3"), ("theirs", "H2")])
def test_each_field_is_taken_from_either(cast: Cast, take: str, code: str) -> None:
    home = family(cast)
    client, address, data = opened(cast, "correct", home)
    do(correct_household, home, cast.officer2, code="H2", address="Số 4")
    answer = client.post(address, data | {"code": "H3", "place": cast.places.villages["01852"][1].public_id})
    assert resend(client, address, answer, take_code=take).status_code == 302
    now = again(home)
    assert (now.code, now.address, now.village) == (code, "Số 4", cast.places.villages["01852"][1])


def test_what_i_left_alone_takes_their_value(cast: Cast) -> None:
    home = family(cast)
    client, address, data = opened(cast, "correct_member", home, "Chi")
    do(
        correct_member,
        home,
        cast.officer2,
        person=person(home, "Chi"),
        facts=PersonFacts("Nông Thị Chi", 2012, sex="female"),
    )
    answer = client.post(address, data | {"name": "Nông Thị Chí"})
    assert answer.status_code == 409
    resend(client, address, answer)
    one = person(home, "Chí")
    assert (one.birth_year, one.birth_date, one.ethnicity) == (2012, None, "")


def test_a_third_change_in_between_is_shown_again(cast: Cast) -> None:
    home = family(cast)
    client, address, data = opened(cast, "correct", home)
    do(correct_household, home, cast.officer2, code="H2", address="")
    answer = client.post(address, data | {"code": "H3"})
    do(correct_household, home, cast.officer2, code="H4", address="")
    again_late = resend(client, address, answer, take_code="mine")
    assert again_late.status_code == 409
    (one,) = again_late.context["differences"]
    assert (one.was, one.theirs, one.mine) == ("H2", "H4", "H3")


def test_a_verb_without_common_fields_tells_what_was_done(cast: Cast) -> None:
    home = family(cast)
    client, address, data = opened(cast, "close", home)
    do(member_leaves, home, cast.officer2, person=person(home, "Chi"))
    answer = client.post(address, data | {"why": "dissolved"})
    assert answer.status_code == 409
    assert "Thành viên rời hộ" in answer.content.decode()
    assert again(home).closed_on is None
    assert resend(client, address, answer, effective_on="01/06/2024").status_code == 302


def test_a_member_who_left_meanwhile_is_told_with_what_was_typed(cast: Cast) -> None:
    home = family(cast)
    client, address, data = opened(cast, "correct_member", home, "Chi")
    do(member_leaves, home, cast.officer2, person=person(home, "Chi"))
    answer = client.post(address, data | {"name": "Nông Thị Chí"})
    assert answer.status_code == 409
    assert "Thành viên rời hộ" in answer.content.decode()
    assert "<dd>Nông Thị Chí</dd>" in answer.content.decode()
    assert "Nông Thị Chi" not in names(home)


def test_an_id_number_of_theirs_is_shown_masked(cast: Cast) -> None:
    home = family(cast)
    client, address, data = opened(cast, "correct_member", home, "Chi")
    facts = PersonFacts("Nông Thị Chi", 2013, sex="female", id_number="006313000777")
    do(correct_member, home, cast.officer2, person=person(home, "Chi"), facts=facts)
    shown = client.post(address, data | {"name": "Nông Thị Chí"}).content.decode()
    assert "006313000777" not in shown
    assert "0063******77" in shown
