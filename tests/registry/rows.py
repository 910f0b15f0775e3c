"""All rows of the register as plain values, to compare what stood before with what stands after."""

from __future__ import annotations

from typing import Any

from vuonlen.registry.models import Household, Person
from vuonlen.registry.rows import TABLES, told


def everything() -> dict[str, list[dict[str, Any]]]:
    """By table, in order of key. Sealed values are opened; the revision only counts writing and is left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, table in TABLES.items():
        rows = []
        for row in table._default_manager.order_by("pk"):
            values = told(row)
            values.pop("revision", None)
            if isinstance(row, Person):
                values["id_number"] = row.id_number
            rows.append({"pk": row.pk, **values})
        found[name] = rows
    return found


def derived(home: Household) -> dict[str, Any]:
    """The newest state as it stands on the row."""
    names = ("commune_id", "village_id", "area_path", "head_name", "head_folded", "ethnicity", "size", "status")
    return {name: getattr(home, name) for name in (*names, "head_order", "deprived", "groups")}
