"""Every address × every role × own place, sibling, parent, child, other province, none. See tests/web/matrix.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.web import world as worlds
from tests.web.matrix import MATRIX, Row
from tests.web.world import RELATIONS, Person, World
from vuonlen.accounts.rights import Role

pytestmark = pytest.mark.django_db  # each test within the transaction of `world`

LOGIN = "/tai-khoan/dang-nhap/"
NOBODYS = "zzzzzzzzzzzz"  # looks like a public id and is none


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once: each request is undone, and all of it in the end."""
    with django_db_blocker.unblock(), _undone():
        made = worlds.build()
        for person in made.people:
            person.sign_in()
        yield made


@contextmanager
def _undone() -> Iterator[None]:
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # the reading of an ID number wants the outermost one
    with block:
        yield
        transaction.set_rollback(True)


def routes(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Names of all addresses; those without a name by their pattern, so that they fail too."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name or f"(no name) {one.pattern}"])


def test_each_address_has_a_row_and_each_row_an_address() -> None:
    known = set(routes())
    without = sorted(known - set(MATRIX))
    assert not without, f"addresses without a row in tests/web/matrix.py (it says how to add one): {without}"
    assert sorted(set(MATRIX) - known) == []


def test_the_matrix_asks_as_every_role_at_every_distance(world: World) -> None:
    people = world.people
    assert len(people) == len(Role) * len(RELATIONS) + 2
    assert {one.name for one in people} >= {f"{role.value}, {where}" for role in Role for where in RELATIONS}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_who_gets_what(world: World, name: str) -> None:
    row = MATRIX[name]
    address = reverse(name, kwargs=dict(row.args(world)))
    wrong = []
    for person in world.people:
        for method in row.methods:
            status = ask(person.client(), method, address, row).status_code
            expected = row.expect(world, person, row.allowed(method))
            if status not in expected:
                wrong.append(f"{method} as {person.name}: {status}, not {sorted(expected)}")
    assert not wrong, f"{name} ({address})\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_a_stranger_is_led_to_sign_in(world: World, name: str) -> None:
    row = MATRIX[name]
    address = reverse(name, kwargs=dict(row.args(world)))
    for method in row.methods:
        response = ask(Client(), method, address, row)
        if row.public:
            assert response.status_code in row.allowed(method)
        elif row.machine:
            assert response.status_code == 401
        else:
            assert (response.status_code, response["Location"].split("?")[0]) == (302, LOGIN)


# ---- what does not exist for one looks as what does not exist at all ----------------------------------------------


def _hidden() -> list[str]:
    """Addresses with an object, which somebody of another place gets 404 for."""
    return sorted(name for name, row in MATRIX.items() if not row.public and "args" in _own_fields(row))


def _own_fields(row: Row) -> set[str]:
    return {"args"} if row.args.__name__ != "no_args" else set()


@pytest.mark.parametrize("name", _hidden())
def test_out_of_the_area_answers_as_if_there_were_nothing(world: World, name: str) -> None:
    row = MATRIX[name]
    given = dict(row.args(world))
    there = reverse(name, kwargs=given)
    try:
        nowhere = reverse(name, kwargs={key: _other(value) for key, value in given.items()})
    except NoReverseMatch:
        pytest.fail(f"{name}: the id {NOBODYS} does not fit its address")
    compared = 0
    for person in _sharp(world.people):
        for method in row.methods:
            if row.expect(world, person, row.allowed(method)) != frozenset({404}):
                continue
            real, none = (ask(person.client(), method, one, row) for one in (there, nowhere))
            assert none.status_code == 404
            assert _words(real, there) == _words(none, nowhere), person.name
            compared += 1
    assert compared or row.expect(world, world.people[0], frozenset()) == frozenset(), name


def _sharp(people: list[Person]) -> list[Person]:
    """One with many rights in another place, one with all of the province elsewhere, and one without any."""
    names = {"commune_officer, sibling", "commune_chair, sibling", "province_officer, other province", "no role"}
    return [one for one in people if one.name in names]


def _other(value: Any) -> Any:
    return NOBODYS if isinstance(value, str) and len(value) == len(NOBODYS) else 999_999 if value != "da-sua" else value


def _words(response: Any, address: str) -> str:
    """The page without what differs between any two requests: tokens, nonces, and its own address."""
    text = response.content.decode().replace(address, "")
    text = re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content|nonce)="[^"]*"', "", text)
    return re.sub(r"\s+", " ", text)


def ask(client: Client, method: str, address: str, row: Row) -> Any:
    """One request, undone afterwards: what one person did is not there for the next."""
    with _undone():
        response = client.get(address, row.data) if method == "get" else client.post(address, row.data)
        if response.streaming:
            b"".join(response.streaming_content)
    return response
