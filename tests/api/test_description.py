"""Whatever its description allows and forbids, the API answers as described, for every role, and never with a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from tests.registry.search.conftest import Village
from tests.web.cast import sign_in
from vuonlen.config.api import api
from vuonlen.config.wsgi import application
from vuonlen.registry.models import Household

pytestmark = pytest.mark.django_db
ROLES = ["officer", "province_officer", "village_head", "bank"]


@pytest.fixture(params=ROLES)
def described(request: pytest.FixtureRequest, village: Village, settings):  # type: ignore[no-untyped-def]
    settings.API_CALLS_A_MINUTE = 1_000_000
    client = sign_in(Client(), getattr(village.cast, request.param))
    cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())

    told = client.get("/api/openapi.json").json()
    del told["components"]["securitySchemes"]  # the tool would draw cookies of its own
    for one in told["paths"].values():
        del one["get"]["security"]

    def signed_in(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/api/openapi.json":
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(told).encode()]
        return application(environ | {"HTTP_COOKIE": cookies}, start_response)

    for one in (request_started, request_finished):  # they would close the connection that holds the test's rows
        one.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", signed_in)
    for one in (request_started, request_finished):
        one.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"])
def test_every_operation(described: Any, mode: GenerationMode) -> None:
    """All checks of the tool but one: the cookie is always there (test_answers asks without it)."""
    asked = []
    for one in described.get_all_operations():
        operation = one.ok()

        @settings(max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(excluded_checks=[schemathesis.checks.ignored_auth])

        ask()
        asked.append(operation.label)
    assert len(asked) == 6


def test_the_description_is_for_those_who_are_signed_in(village: Village) -> None:
    assert Client().get("/api/openapi.json").status_code == 401
    told = village.cast.client("officer").get("/api/openapi.json").json()
    assert set(told["paths"]) == {
        "/api/places",
        "/api/households",
        "/api/households/{public_id}",
        "/api/households/{public_id}/statuses",
        "/api/proposals",
        "/api/jobs/{public_id}",
    }
    assert all(set(one) == {"get"} for one in told["paths"].values())


def test_nothing_in_it_writes(village: Village) -> None:
    client = village.cast.client("officer")
    for verb in ("post", "put", "patch", "delete"):
        assert getattr(client, verb)("/api/households").status_code == 405
    assert Household.objects.count() == 4
    assert len(api.get_openapi_schema(path_prefix="/api/")["paths"]) == 6
