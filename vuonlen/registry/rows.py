"""Rows of the register as plain values, and back: what Change keeps and what undoing restores."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from vuonlen.foundation.secret import SealedField, seal, unseal
from vuonlen.registry.models import (
    Assessment,
    Decision,
    Household,
    Membership,
    Person,
    PersonState,
    Residence,
    StatusPeriod,
)

#: tables that acts write, each after those it points at
TABLES: dict[str, type[models.Model]] = {
    "household": Household,
    "person": Person,
    "decision": Decision,
    "membership": Membership,
    "person_state": PersonState,
    "residence": Residence,
    "status": StatusPeriod,
    "assessment": Assessment,
}
NAMES = {table: name for name, table in TABLES.items()}
#: Counted by the machine, or worked out from other rows by `current.refresh`: not part of what a person did.
DERIVED = {
    "household": frozenset(
        {
            "revision",
            "head_name",
            "head_folded",
            "head_order",
            "ethnicity",
            "size",
            "status",
            "deprived",
            "groups",
            "commune_id",
            "village_id",
            "area_path",
        }
    ),
    "person": frozenset({"name_folded"}),
}


def name_of(row: models.Model) -> str:
    return NAMES[type(row)]


@cache
def field_of(table: str, attribute: str) -> models.Field[Any, Any]:
    """The field behind a column: "place_id" or "name". Raises LookupError."""
    for one in TABLES[table]._meta.concrete_fields:
        if attribute in (one.attname, one.name):
            return one
    raise LookupError(f"{table}.{attribute}")


def told(row: models.Model, attributes: Iterable[str] | None = None) -> dict[str, Any]:
    """Values of `row` that JSON can hold, by column; sealed values stay sealed. None: all but the key."""
    table = name_of(row)
    chosen = attributes or [one.attname for one in row._meta.concrete_fields if not one.primary_key]
    return {name: plain(table, name, getattr(row, field_of(table, name).attname)) for name in chosen}


def plain(table: str, attribute: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(field_of(table, attribute), SealedField):
        return seal(value) if value else ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def read(table: str, attribute: str, value: Any) -> Any:
    """A value of `told` as the row holds it."""
    field = field_of(table, attribute)
    if value is None:
        return None
    if isinstance(field, SealedField):
        return unseal(value) if value else ""
    if isinstance(field, models.ForeignKey):
        return value
    return field.to_python(value)
