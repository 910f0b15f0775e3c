"""Households of Phường Bắc Kạn, of the ward beside it and of another province, made through the verbs."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.registry import making
from tests.web.cast import Cast
from vuonlen.domain.poverty import Status
from vuonlen.registry.mergers import carry
from vuonlen.registry.models import Household
from vuonlen.registry.search.exporting.writing import content
from vuonlen.registry.search.models import Export
from vuonlen.registry.verbs.facts import PersonFacts

ON = date(2025, 8, 1)


def plain_file(export: Export) -> Path:
    """The export as its owner fetches it: on the disk it stands encrypted."""
    told = content(export)
    assert told is not None
    path = Path(tempfile.mkdtemp()) / f"{export.public_id}.{export.format}"
    path.write_bytes(told)
    return path


@dataclass
class Village:
    """Who lives where. an, binh: in Xã Nông Thượng since 2023, today Phường Bắc Kạn; far: in another province."""

    cast: Cast
    an: Household
    binh: Household
    neighbour: Household
    far: Household


@pytest.fixture
def village(cast: Cast) -> Village:
    places = cast.places
    an = making.family(cast, "NT-1")
    head = PersonFacts("Bế Văn Bình", birth_year=1980, sex="male", ethnicity="02", id_number="006080000777")
    binh = making.household(cast, "NT-2", head, places.villages["01852"][1])
    making.classify(an, Status.POOR)
    making.classify(binh, Status.NEAR_POOR)
    making.assess(an, deprived="I01 I04", not_deprived="I02", groups="DTTS NCC", income=900_000, members=3)
    carry(commune=places.nong_thuong, by=cast.province_officer)
    other = PersonFacts("Nông Văn Ấn", birth_year=1970, sex="male", ethnicity="02", id_number="006070000888")
    neighbour = _add(cast.neighbour, places.new_villages["01840"][0], "DX-1", other)
    stranger = PersonFacts("Quan Văn An", birth_year=1960, sex="male", ethnicity="01", id_number="004060000999")
    far_place = places.far_commune.children.get()
    far = _add(cast.far_officer, far_place, "CB-1", stranger)
    return Village(cast, making.again(an), making.again(binh), making.again(neighbour), making.again(far))


def _add(by, place, code, head):  # type: ignore[no-untyped-def]
    act = making.add_household(by=by, reason="rà soát", effective_on=ON, code=code, head=head, place=place)
    return act.household
