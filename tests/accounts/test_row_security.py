"""The second wall: PostgreSQL itself keeps back what the area does not cover, whatever SQL is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from tests.web.cast import Cast
from tests.web.homes import household
from vuonlen.accounts.row_security import narrowed, widen_process, widened
from vuonlen.accounts.web.area import AreaMiddleware
from vuonlen.registry.models import Household, Person

pytestmark = pytest.mark.django_db
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security is PostgreSQL's")

WALLED = (
    "registry_household", "registry_membership", "registry_person", "registry_person_state", "registry_residence",
    "registry_status", "registry_assessment", "registry_act", "registry_change",
)  # fmt: skip


def count(table: str) -> int:
    """By plain SQL: no gateway, no ORM."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def setting() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('vuonlen.paths', true)")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


@pytest.fixture
def homes(cast: Cast) -> list[Household]:
    """One in Phường Bắc Kạn, one in a village of it, one in the ward beside it, one in another province."""
    places = cast.places
    where = [places.bac_kan, places.new_villages["01843"][0], places.duc_xuan, places.far_commune]
    return [household(place, f"H{number}", id_number="") for number, place in enumerate(where)]


@postgresql
@pytest.mark.parametrize("table", WALLED)
def test_plain_sql_sees_nothing_unless_a_path_is_named(homes: list[Household], table: str) -> None:
    assert count(table) == 4
    with narrowed([]):
        assert count(table) == 0


@postgresql
@pytest.mark.parametrize("table", WALLED)
def test_plain_sql_sees_the_named_area_and_no_other(cast: Cast, homes: list[Household], table: str) -> None:
    with narrowed([cast.places.bac_kan.path]):
        assert count(table) == 2
    with narrowed([cast.places.province.path]):
        assert count(table) == 3
    with narrowed([cast.places.duc_xuan.path, cast.places.far_commune.path]):
        assert count(table) == 2
    with widened():
        assert count(table) == 4


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_server_without_the_tests_setting_sees_nothing_at_all(homes: list[Household]) -> None:
    """A connection as production opens it, with its own settings and no default."""
    plain = connection.copy()
    plain.settings_dict = {**connection.settings_dict, "OPTIONS": {}}
    try:
        with plain.cursor() as cursor:
            cursor.execute("SELECT current_setting('vuonlen.paths', true)")
            assert cursor.fetchone() == (None,)
            for table in WALLED:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), table
    finally:
        plain.close()


@postgresql
def test_the_role_of_the_tests_is_no_superuser_that_passes_every_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


#: tables that point at households or persons without a wall -> why
UNWALLED = {
    "registry_intake_staged": "what it tells is sealed, and its pages go by the area of the import",
    "registry_intake_suspect": "holds keys and a likeness, no value of a household",
}


@postgresql
def test_the_wall_stands_on_every_table_that_tells_of_a_household() -> None:
    """A new table that points at a household or a person needs a wall, or a reason above."""
    pointing = {
        model._meta.db_table
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if one.related_model in (Household, Person)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    assert set(WALLED) <= walled
    assert pointing - walled - set(UNWALLED) == set()
    assert set(UNWALLED) <= pointing - walled


@postgresql
def test_nothing_is_written_out_of_the_area(cast: Cast, homes: list[Household]) -> None:
    path = cast.places.bac_kan.path
    with narrowed([path]):
        assert Household.objects.filter(pk=homes[2].pk).update(address="x") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Household.objects.filter(pk=homes[0].pk).update(area_path=cast.places.far_commune.path)
        with pytest.raises(ProgrammingError), transaction.atomic():
            household(cast.places.duc_xuan, "H9", id_number="")


@postgresql
def test_blocks_nest_and_each_gives_back_what_was_before(cast: Cast, homes: list[Household]) -> None:
    before = setting()
    with narrowed([cast.places.bac_kan.path]):
        with widened():
            assert count("registry_household") == 4
        assert count("registry_household") == 2
        with pytest.raises(RuntimeError), widened():
            raise RuntimeError
        assert count("registry_household") == 2
    assert setting() == before


@postgresql
def test_a_transaction_that_breaks_inside_a_block_leaves_the_outer_setting(cast: Cast) -> None:
    with narrowed([cast.places.bac_kan.path]):
        with pytest.raises(DatabaseError), transaction.atomic(), widened(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert setting() == cast.places.bac_kan.path
        with pytest.raises(DatabaseError), widened(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert setting() == cast.places.bac_kan.path
        with pytest.raises(RuntimeError), transaction.atomic(), widened():
            raise RuntimeError
        assert setting() == cast.places.bac_kan.path


@pytest.mark.parametrize("paths", [[""], ["0001", ""], ["*"], ["0001,*"], ["0001'"]])
def test_what_is_no_path_is_never_set(db: None, paths: list[str]) -> None:
    with pytest.raises(ValueError, match="not paths"), narrowed(paths):
        pass


def test_on_sqlite_the_blocks_do_nothing(cast: Cast, homes: list[Household]) -> None:
    if connection.vendor == "postgresql":
        assert connections.settings["default"]["OPTIONS"]["options"] == "-c vuonlen.paths=*"
        widen_process()  # already wide: must not drop the connection of this test
    else:
        widen_process()
        with narrowed([]):
            assert Household.objects.count() == 4
    assert Household.objects.count() == 4


# ---- requests -----------------------------------------------------------------------------------------------------


def answer(cast: Cast, who: str, view: Any) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/")
    request.user = getattr(cast, who)
    return AreaMiddleware(view)(request)


@postgresql
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("officer", 2), ("village_head", 1), ("neighbour", 1), ("province_officer", 3), ("inspector", 3),
        ("bank", 2), ("administrator", 0), ("nobody", 0), ("far_officer", 1),
    ],
)  # fmt: skip
def test_a_view_that_forgets_the_gateway_still_sees_only_the_area(
    cast: Cast, homes: list[Household], who: str, expected: int
) -> None:
    def careless(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{count('registry_household')} {Person.objects.count()}")

    assert answer(cast, who, careless).content.decode() == f"{expected} {expected}"
    assert count("registry_household") == 4


@postgresql
def test_an_answer_that_is_written_after_the_view_returned_stays_in_the_area(
    cast: Cast, homes: list[Household]
) -> None:
    def parts() -> Iterator[str]:
        for _ in range(3):
            yield f"{count('registry_household')} "

    response = answer(cast, "officer", lambda _request: StreamingHttpResponse(parts()))
    told = b"".join(response)  # type: ignore[arg-type]
    assert told == b"2 2 2 "
    assert count("registry_household") == 4


@postgresql
def test_an_answer_that_nobody_reads_to_the_end_leaves_no_setting_behind(cast: Cast, homes: list[Household]) -> None:
    before = setting()
    response = answer(cast, "officer", lambda _request: StreamingHttpResponse(iter(["a", "b"])))
    next(iter(response))
    assert setting() == before


@postgresql
def test_a_request_that_fails_gives_the_connection_back_as_it_was(cast: Cast) -> None:
    before = setting()

    def broken(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        answer(cast, "officer", broken)
    assert setting() == before
