"""How a user's own headings are to be read; apart from the file format, which the reading process need not know."""

from __future__ import annotations

from dataclasses import dataclass, field

CARRY = "carry"


@dataclass(frozen=True, slots=True)
class HeadingMapping:
    """columns: heading -> our column or `carry`. blank_means_no: our yes/no columns where a blank is a no."""

    columns: dict[str, str] = field(default_factory=dict)
    blank_means_no: frozenset[str] = frozenset()
    sheets: tuple[str, ...] = ()
    heading_row: int | None = None
