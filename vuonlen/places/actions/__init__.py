"""Verbs of places. The caller has checked the right: places stand below the people who hold rights."""

from vuonlen.places.actions.bounding import Outlined, import_boundaries
from vuonlen.places.actions.converting import Converted, import_conversion
from vuonlen.places.actions.loading import Loaded, load_country
from vuonlen.places.actions.villages import (
    add_village,
    assign_village,
    carry_villages,
    clashes,
    end_place,
    withdraw_assignment,
)

__all__ = [
    "Converted",
    "Loaded",
    "Outlined",
    "add_village",
    "assign_village",
    "carry_villages",
    "clashes",
    "end_place",
    "import_boundaries",
    "import_conversion",
    "load_country",
    "withdraw_assignment",
]
