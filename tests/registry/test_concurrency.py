"""Two at once: one effect, never half of each."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connections

from tests.registry.asking import fields, url
from tests.registry.making import BINH, again, do, family, household, names, person
from tests.web.cast import Cast
from vuonlen.domain.problems import Refused
from vuonlen.registry.models import Act, Membership, Person
from vuonlen.registry.verbs.desk import Conflict
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.households import correct_household
from vuonlen.registry.verbs.members import add_member, member_leaves, take_member

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run them together; what each ended with, in order of name."""
    start = threading.Barrier(len(calls))
    ended: list[str] = []

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            call()
            ended.append("done")
        except (Conflict, Refused) as why:
            ended.append(type(why).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return sorted(ended)


def test_of_two_corrections_on_one_revision_one_is_done(cast: Cast) -> None:
    home = family(cast)
    calls = [
        lambda by=by, code=code: do(correct_household, home, by, code=code, address="", revision=home.revision)
        for by, code in ((cast.officer, "H7"), (cast.officer2, "H8"))
    ]
    assert at_once(*calls) == ["Conflict", "done"]
    assert Act.objects.filter(verb="correct_household").count() == 1
    assert again(home).revision == home.revision + 1


def test_of_two_forms_sent_at_once_the_second_sees_the_first_field_by_field(cast: Cast) -> None:
    home = family(cast)
    address = url("correct", home)
    clients = {who: cast.client(who) for who in ("officer", "officer2")}
    answers: dict[str, Any] = {}

    def send(who: str) -> None:
        data = forms[who] | {"reason": f"của {who}", "code": f"H-{who}", "effective_on": "01/05/2024"}
        answers[who] = clients[who].post(address, data)

    forms = {who: fields(one, address) for who, one in clients.items()}
    at_once(*(partial(send, who) for who in clients))
    assert sorted(one.status_code for one in answers.values()) == [302, 409]
    late = next(who for who, one in answers.items() if one.status_code == 409)
    first = next(who for who in answers if who != late)
    (code,) = answers[late].context["differences"]
    assert (code.was, code.theirs, code.mine, code.clash) == ("H1", f"H-{first}", f"H-{late}", True)
    assert f"của {first}" in answers[late].content.decode()
    assert again(home).code == f"H-{first}"


def test_one_number_is_given_to_one_person(cast: Cast) -> None:
    homes = [household(cast, code, PersonFacts(f"Người {code}")) for code in ("H1", "H2")]
    calls = [lambda home=home: do(add_member, home, cast.officer, facts=BINH) for home in homes]
    assert at_once(*calls) == ["Refused", "done"]
    assert Person.objects.filter(name=BINH.name).count() == 1


def test_one_person_goes_to_one_household(cast: Cast) -> None:
    home = family(cast)
    chi = person(home, "Chi")
    do(member_leaves, home, cast.officer, person=chi)
    others = [household(cast, code, PersonFacts(f"Người {code}")) for code in ("H2", "H3")]
    calls = [lambda one=one: do(take_member, one, cast.officer, person=chi) for one in others]
    assert at_once(*calls) == ["Refused", "done"]
    assert Membership.objects.filter(person=chi, valid_to=None).count() == 1


def test_one_code_is_given_to_one_household(cast: Cast) -> None:
    calls = [lambda name=name: household(cast, "H1", PersonFacts(name)) for name in ("Ma Văn Tư", "Lý Văn Năm")]
    assert at_once(*calls) == ["Refused", "done"]


def test_many_at_once_each_have_their_effect(cast: Cast) -> None:
    homes = [household(cast, f"H{number}", PersonFacts(f"Người {number}")) for number in range(6)]
    calls = [lambda home=home: do(add_member, home, cast.officer, facts=PersonFacts("Vợ", 1980)) for home in homes]
    assert at_once(*calls) == ["done"] * 6
    assert all(len(names(home)) == 2 for home in homes)


def test_the_database_itself_refuses_a_second_head(cast: Cast) -> None:
    rows = Membership.objects.filter(household=family(cast), person__name="Nông Thị Chi")
    with pytest.raises(IntegrityError, match="registry_membership_head"):
        rows.update(is_head=True)
