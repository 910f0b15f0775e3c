"""Forms of the register, filled in as a browser would."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.registry.making import again, person
from tests.web.cast import Cast
from vuonlen.registry.models import Household


def url(route: str, home: Household, name: str = "") -> str:
    keys = [home.public_id, person(home, name).public_id] if name else [home.public_id]
    return reverse(f"registry:{route}", args=keys)


def fields(client: Client, address: str) -> dict[str, Any]:
    """What the form holds when it is opened, hidden fields too."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    form = answer.context["form"]
    found = {}
    for name in form.fields:
        value = form[name].value()
        found[name] = "" if value is None else form.fields[name].prepare_value(value)
    return found


def send(cast: Cast, route: str, home: Household, name: str = "", /, **typed: Any) -> Any:
    """Open a form and send it with `typed` on top of what it held."""
    client = cast.client("officer")
    address = url(route, again(home), name)
    data = fields(client, address) | {"reason": "theo giấy tờ", "effective_on": "01/05/2024"} | typed
    return client.post(address, data)
