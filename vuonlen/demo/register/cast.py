"""The users of the demonstration, from `cast.yaml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from django.contrib.auth.hashers import make_password
from pydantic import BaseModel, ConfigDict, Field

from vuonlen.accounts.models import Appointment, User
from vuonlen.accounts.rights import Role
from vuonlen.domain.names import fold
from vuonlen.places.models import Level, Place

CAST = Path(__file__).with_name("cast.yaml")


class Player(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    username: str
    name: str
    role: Role
    place: str  # Place.key
    village: str = ""  # part of the name of a village of that place


class Cast(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    password: str
    document: str
    begins: date = Field(alias="from")
    users: list[Player]


def load() -> Cast:
    return Cast.model_validate(yaml.safe_load(CAST.read_text("utf-8")))


def create(cast: Cast) -> dict[str, User]:
    """Users with their roles, by user name. Raises Place.DoesNotExist for a place that is not there."""
    password = make_password(cast.password)  # slow by design: once for all
    users = {}
    for one in cast.users:
        place = _place(one)
        user, _ = User.objects.update_or_create(
            username=one.username,
            defaults={"full_name": one.name, "password": password, "place": place, "demo": True},
        )
        Appointment.objects.get_or_create(
            user=user, role=one.role, place=place, valid_from=cast.begins, defaults={"document": cast.document}
        )
        users[one.username] = user
    return users


def _place(one: Player) -> Place:
    code, day = one.place.split("@")
    place = Place.objects.exclude(level=Level.VILLAGE).get(code=code, valid_from=date.fromisoformat(day))
    if not one.village:
        return place
    words = fold(one.village)
    return next(row for row in place.children.order_by("code") if words in row.name_folded)
