"""Whatever is typed into a form of the register, the answer is a page: never a 500, and nothing half-written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry.asking import fields, url
from tests.registry.making import do, family
from tests.registry.rows import everything
from tests.web.cast import Cast
from vuonlen.registry.models import Act
from vuonlen.registry.verbs.households import close_household
from vuonlen.registry.web.verbs import ON_HOUSEHOLD, ON_MEMBER

pytestmark = pytest.mark.django_db

typed = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "", " ", "0", "-1", "1e9", "2147483648", "9" * 40, "\x00", "a\x00b", "\ufeff", "\u202e", "ﷺ" * 50,
            "<b>&'\"",
            "' OR 1=1 --", "29/02/2023", "31/12/9999", "01/01/0001", "00/00/0000", "06/07/2024", "{{ 7*7 }}",
            "%s %(x)s",
            "006075000121", "²³", "x" * 5000, "poor", "moved_away", "H1", "yes",
        ]
    ),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.integers().map(str),
)  # fmt: skip
some = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def attack(client: Any, address: str, held: dict[str, Any], data: st.DataObject) -> None:
    """Replace some fields of a form; the answer is a page, and what is refused leaves no trace."""
    names = st.lists(
        st.sampled_from([*sorted(held), "take_code", "was_code", "x"]), min_size=1, max_size=4, unique=True
    )
    sent = dict(held)
    for name in data.draw(names):
        sent[name] = data.draw(st.one_of(typed, st.lists(typed, max_size=3)))
    before, acts = everything(), Act.objects.count()
    with transaction.atomic():
        answer = client.post(address, sent)
        assert answer.status_code in (200, 302, 409), answer.status_code
        if answer.status_code != 302:
            assert everything() == before
            assert Act.objects.count() == acts
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", [name for name, _ in ON_HOUSEHOLD.values()])
def test_forms_of_a_household(cast: Cast, name: str) -> None:
    home = family(cast)
    if name == "reopen":
        do(close_household, home, cast.officer, why="dissolved")
    client, address = cast.client("officer"), url(name, home)
    held = fields(client, address) | {"reason": "x", "effective_on": "01/05/2024"}

    @some
    @given(st.data())
    def run(data: st.DataObject) -> None:
        attack(client, address, held, data)

    run()


@pytest.mark.parametrize("name", [name for name, _ in ON_MEMBER.values()])
def test_forms_of_a_member(cast: Cast, name: str) -> None:
    home = family(cast)
    client, address = cast.client("officer"), url(name, home, "An")
    held = fields(client, address) | {"reason": "x", "effective_on": "01/05/2024"}

    @some
    @given(st.data())
    def run(data: st.DataObject) -> None:
        attack(client, address, held, data)

    run()


def test_the_form_of_a_new_household(cast: Cast) -> None:
    client, address = cast.client("officer"), reverse("registry:add")
    held = fields(client, address) | {
        "reason": "x", "effective_on": "01/08/2025", "code": "H9", "name": "Ma Văn Tư",
        "place": cast.places.new_villages["01843"][0].public_id,
    }  # fmt: skip

    @some
    @given(st.data())
    def run(data: st.DataObject) -> None:
        attack(client, address, held, data)

    run()


def test_the_forms_of_undoing_and_of_looking_at_a_number(cast: Cast) -> None:
    home = family(cast)
    act = Act.objects.filter(verb="add_member").latest("pk")
    client = cast.client("officer")
    undo = reverse("registry:undo", args=[home.public_id, act.public_id])

    @some
    @given(st.data())
    def run(data: st.DataObject) -> None:
        attack(client, undo, {"reason": "nhầm"}, data)

    run()


@given(typed)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_day_and_the_page_of_the_history(cast: Cast, text: str) -> None:
    with transaction.atomic():
        home = family(cast)
        client = cast.client("officer")
        assert client.get(url("household", home), {"ngay": text}).status_code == 200
        assert client.get(url("history", home), {"truoc": text}).status_code == 200
        transaction.set_rollback(True)
