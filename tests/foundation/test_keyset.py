"""Pages by key reach every row once, forward and back, whatever the mix of directions, and refuse foreign tokens."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vuonlen.foundation.keyset import ORDER, BadToken, beyond, page, read, write
from vuonlen.foundation.paths import step, under
from vuonlen.foundation.secret import seal
from vuonlen.places.models import Kind, Level, Place
from vuonlen.registry.models import Household

pytestmark = pytest.mark.django_db
NAMES = ["An Bình", "Bình Yên", "Đức Hoà", "Ân Thi"]


@pytest.fixture
def places() -> list[Place]:
    made = [
        Place(
            code=f"{number:05d}",
            level=Level.COMMUNE,
            kind=Kind.RURAL_COMMUNE,
            name=NAMES[number % len(NAMES)],
            name_folded=NAMES[number % len(NAMES)].lower(),
            path=step(1 + number % 3) + step(number + 1),
            valid_from=date(2020 + number % 5, 1, 1),
        )
        for number in range(60)
    ]
    Place.objects.bulk_create(made)
    return list(Place.objects.all())


ORDERS = [
    ("path", "name", "id"),
    ("-path", "-name", "-id"),
    ("name", "-valid_from", "id"),
    ("-valid_from", "name", "-id"),
    ("level", "id"),
]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
@pytest.mark.parametrize("size", [1, 7, 60, 100])
def test_every_row_once_forward_and_back(places: list[Place], order: tuple[str, ...], size: int) -> None:
    wanted = [one.pk for one in Place.objects.order_by(*order)]
    seen, token, last = [], "", ""
    while True:
        one = page(Place.objects.all(), order=order, after=token, size=size)
        seen += [row.pk for row in one.rows]
        assert bool(one.previous) == bool(token)
        last = one.previous or last
        if not one.next:
            break
        token = one.next
    assert seen == wanted

    back: list[int] = [row.pk for row in one.rows]
    token = one.previous
    while token:
        one = page(Place.objects.all(), order=order, before=token, size=size)
        back = [row.pk for row in one.rows] + back
        assert one.next
        token = one.previous
    assert back == wanted


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "' OR 1=1 --",
        "\x00",
        "\ud800",
        "🏠" * 50,
        "A" * 5000,
        seal("[]"),
        seal("001099000001"),
        seal('["page",1,2]'),
    ],
    # A sealed text differs every time: named here, or two workers would not collect the same tests.
    ids=["short", "sql", "nul", "surrogate", "astral", "long", "sealed-empty", "sealed-number", "sealed-words"],
)
def test_a_foreign_token_gives_the_first_page_or_is_refused(places: list[Place], token: str) -> None:
    first = page(Place.objects.all(), order=("path", "id"), size=5)
    assert page(Place.objects.all(), order=("path", "id"), after=token, size=5).rows == first.rows
    with pytest.raises(BadToken):
        page(Place.objects.all(), order=("path", "id"), before=token, size=5, strict=True)


def test_a_token_of_another_order_is_foreign(places: list[Place]) -> None:
    token = page(Place.objects.all(), order=("name", "id"), size=5).next
    with pytest.raises(BadToken):
        page(Place.objects.all(), order=("path", "id"), after=token, strict=True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.integers(0, 300), change=st.characters())
def test_a_changed_token_means_nothing_else(places: list[Place], where: int, change: str) -> None:
    order = ("path", "id")
    token = write(order, places[7])
    where %= len(token)
    try:
        told = read(token[:where] + change + token[where + 1 :], order)
    except BadToken:
        return
    assert told == [places[7].path, places[7].pk]  # the last letters of base64 hold bits that nobody reads


def test_a_token_tells_nothing(places: list[Place]) -> None:
    places[0].name = "Nguyễn Văn An"
    token = write(("name", "id"), places[0])
    assert "Nguy" not in token
    assert token != write(("name", "id"), places[0])


@pytest.mark.parametrize("down", ["", "-"])
def test_the_walk_begins_at_the_key(down: str) -> None:
    """Narrowed by an area and paged by the same column: the index is entered at the key, not at the edge."""
    order = tuple(f"{down}{one}" for one in ORDER)
    key = [step(1) + step(7), "n", 5]
    rows = Household.objects.filter(under(step(1), "area_path")).filter(beyond(order, key)).order_by(*order)[:26]
    if connection.vendor == "sqlite":
        plan = rows.explain()
        assert f"(area_path,head_order){'<' if down else '>'}(?,?)" in plan
        assert "TEMP B-TREE" not in plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        plan = rows.explain()
        assert "Index Cond" in plan
        assert "ROW(" in plan
        assert "Sort" not in plan
