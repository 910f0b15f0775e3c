"""Whatever is sent to the forms of staff and accounts is refused with words or done, and never breaks the server."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.cast import PASSWORD, Cast
from vuonlen.accounts.models import Appointment, User

pytestmark = pytest.mark.django_db

TEXT = st.one_of(st.text(max_size=400), st.sampled_from(["", " ", "\x00", "0", "-1", "😀", "\u202e", "31/02/2026"]))
DAY = st.one_of(TEXT, st.dates().map(str), st.dates().map(lambda one: f"{one:%d/%m/%Y}"))
ROLE = st.one_of(TEXT, st.sampled_from(["village_head", "commune_officer", "administrator"]))


def tried(client: Any, address: str, told: dict[str, str]) -> int:
    with transaction.atomic():
        status = int(client.post(address, told).status_code)
        transaction.set_rollback(True)
    return status


def test_adding_a_user(cast: Cast) -> None:
    client = cast.client("chair")
    place = st.one_of(TEXT, st.just(cast.places.bac_kan.public_id), st.just(cast.places.duc_xuan.public_id))

    @settings(max_examples=60)
    @given(st.fixed_dictionaries({"full_name": TEXT, "username": TEXT, "place": place, "phone": TEXT}))
    def once(told: dict[str, str]) -> None:
        assert tried(client, "/nhan-su/them/", told) in {200, 422}

    once()


def test_proposing_a_role(cast: Cast) -> None:
    client, address = cast.client("chair"), f"/nhan-su/{cast.officer.public_id}/vai-tro/"
    place = st.one_of(TEXT, st.sampled_from([one.public_id for one in cast.places.new.values()]))
    fields = {"role": ROLE, "place": place, "valid_from": DAY, "valid_to": DAY, "document": TEXT, "reason": TEXT}

    @settings(max_examples=100)
    @given(st.fixed_dictionaries(fields))
    def once(told: dict[str, str]) -> None:
        assert tried(client, address, told) in {302, 422}

    once()
    assert Appointment.objects.filter(user=cast.officer).count() == 1


def test_withdrawing_and_closing(cast: Cast) -> None:
    client = cast.client("chair")
    held = Appointment.objects.get(user=cast.officer)
    person = st.one_of(TEXT, st.sampled_from([one.public_id for one in cast.users().values()]))

    @settings(max_examples=60)
    @given(DAY, TEXT, person)
    def once(day: str, reason: str, successor: str) -> None:
        assert tried(client, f"/nhan-su/vai-tro/{held.public_id}/thu-hoi/", {"on": day, "reason": reason}) in {302, 422}
        told = {"successor": successor, "reason": reason}
        assert tried(client, f"/nhan-su/{cast.officer.public_id}/dong/", told) in {302, 422}

    once()
    assert User.objects.get(pk=cast.officer.pk).is_active


def test_a_new_password(cast: Cast) -> None:
    client = cast.client("officer")

    @settings(max_examples=40)
    @given(st.one_of(TEXT, st.just(PASSWORD)), TEXT, st.one_of(TEXT, st.none()))
    def once(old: str, new: str, again: str | None) -> None:
        told = {"oldpassword": old, "password1": new, "password2": new if again is None else again}
        assert tried(client, "/tai-khoan/doi-mat-khau/", told) in {200, 302}

    once()
