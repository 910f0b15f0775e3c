"""A commune that was split, in the area of the cast's province."""

from __future__ import annotations

import pytest

from tests.web.cast import Places
from vuonlen.journal.actions import SYSTEM
from vuonlen.places import actions
from vuonlen.places.models import Kind, Place, Share, Succession


@pytest.fixture
def split(places: Places) -> Place:
    """Xã Nông Thượng as if it had gone in parts to two units; two of its villages wait."""
    old = places.nong_thuong
    Succession.objects.filter(predecessor=old).update(whole=False, share=Share.PART)
    assert old.valid_to is not None
    Succession.objects.create(
        predecessor=old, successor=places.new["01849"], whole=False, share=Share.PART, on=old.valid_to
    )
    for name in ("Thôn Nà Bản", "Thôn Khuổi Cuồng"):
        actions.add_village(commune=old, name=name, kind=Kind.VILLAGE, by=SYSTEM)
    return old


@pytest.fixture
def waiting(split: Place) -> list[Place]:
    return list(Place.objects.filter(parent=split, successions__isnull=True).order_by("path"))
