"""The kinds of the tests, and a proposal that waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.approval.things import KINDS
from tests.web.cast import Cast
from vuonlen.approval.actions import propose
from vuonlen.approval.models import Proposal


@pytest.fixture(autouse=True)
def kinds(settings: Any) -> None:
    settings.PROPOSAL_KINDS = KINDS


@pytest.fixture
def village(cast: Cast) -> Callable[..., Proposal]:
    """Propose one village more in Phường Bắc Kạn, by the officer unless told otherwise."""

    def put(name: str = "Thôn Mới", by: Any = None, place: Any = None, **values: Any) -> Proposal:
        where = place or cast.places.bac_kan
        told: dict[str, Any] = {
            "kind": "test.village",
            "title": f"Thêm {name}",
            "payload": {"commune": cast.places.bac_kan.pk, "name": name},
            "reason": "Tách thôn theo NQ 12",
        } | values
        return propose(by=by or cast.officer, place=where, **told)

    return put
