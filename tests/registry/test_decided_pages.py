"""What two persons decide, on the pages: the officer sends the form, the chair approves; undoing goes the same way."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.registry.asking import fields, send, url
from tests.registry.making import again, classify, family, household, names
from tests.registry.rows import everything
from tests.web.cast import Cast
from vuonlen.approval.models import Proposal
from vuonlen.domain.poverty import Status
from vuonlen.registry.models import Act, Household
from vuonlen.registry.verbs.facts import PersonFacts

pytestmark = pytest.mark.django_db


def proposed(cast: Cast, route: str, home: Household, /, **typed: Any) -> Proposal:
    """Sent by the officer; nothing has happened yet."""
    before = everything()
    answer = send(cast, route, home, **typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert everything() == before
    return Proposal.objects.latest("pk")


def approve(cast: Cast, who: str, proposal: Proposal) -> int:
    client = cast.client(who)
    assert client.get(reverse("approval:proposal", args=[proposal.public_id])).status_code == 200
    typed = {"reason": "đã đối chiếu", **fields_of(client, proposal)}
    return int(client.post(reverse("approval:approve", args=[proposal.public_id]), typed).status_code)


def fields_of(client: Any, proposal: Proposal) -> dict[str, Any]:
    """Hidden fields of the page of a proposal."""
    context = client.get(reverse("approval:proposal", args=[proposal.public_id])).context
    form = context.get("form")
    return {name: form[name].value() or "" for name in form.fields if name != "reason"} if form else {}


def undo_on_pages(cast: Cast, home: Household, verb: str) -> None:
    act = Act.objects.filter(verb=verb).latest("pk")
    address = reverse("registry:undo", args=[home.public_id, act.public_id])
    client = cast.client("officer")
    assert "cần người khác duyệt" in client.get(address).content.decode()
    assert client.post(address, fields(client, address) | {"reason": "nhầm"}).status_code == 302
    assert approve(cast, "chair", Proposal.objects.latest("pk")) == 302


def shown(cast: Cast, home: Household) -> str:
    return cast.client("officer").get(url("household", home)).content.decode()


def test_a_merger(cast: Cast) -> None:
    home, into = family(cast), household(cast, "H2", PersonFacts("Ma Văn Tư"))
    before = everything()
    proposal = proposed(cast, "merge", home, into="H2", effective_on="01/09/2024")
    assert approve(cast, "officer", proposal) != 302
    assert again(home).closed_on is None
    assert approve(cast, "chair", proposal) == 302
    assert "nhập vào hộ khác" in shown(cast, home)
    assert names(into) == ["Ma Văn Tư", "Nông Văn An", "Hoàng Thị Bình", "Nông Thị Chi"]
    undo_on_pages(cast, home, "merge_households")
    assert everything() == before
    assert "đã hoàn tác" in shown(cast, into)


def test_a_double_entry(cast: Cast) -> None:
    home = family(cast)
    proposal = proposed(cast, "strike", home)
    assert approve(cast, "chair", proposal) == 302
    assert "Hộ đã đóng từ ngày 01/05/2024: ghi trùng." in shown(cast, home)
    undo_on_pages(cast, home, "strike_household")
    assert again(home).closed_on is None


def test_a_class(cast: Cast) -> None:
    home = family(cast)
    classify(home)
    typed = {"status": Status.NEAR_POOR.value, "number": "15/QĐ-UBND", "signed_on": "02/05/2024", "issuer": "UBND"}
    proposal = proposed(cast, "status", home, **typed)
    assert approve(cast, "chair", proposal) == 302
    told = shown(cast, home)
    assert "15/QĐ-UBND" in told
    assert "(quyết định sửa)" in told
    assert again(home).status == Status.NEAR_POOR
    undo_on_pages(cast, home, "correct_status")
    assert again(home).status == Status.POOR


def test_a_move_to_another_commune(cast: Cast) -> None:
    home = family(cast)
    proposal = proposed(cast, "move_out", home, to="Phường Đức Xuân", effective_on="01/08/2025")
    assert approve(cast, "chair", proposal) != 302  # has no right where the household goes
    assert approve(cast, "approver", proposal) == 302
    assert again(home).commune == cast.places.duc_xuan
    assert cast.client("officer").get(url("household", home)).status_code == 404
    assert cast.client("neighbour").get(url("household", home)).status_code == 200
