"""The navigation, in the order shown: (name of the address, right that shows it)."""

from __future__ import annotations

#: an entry is shown to whoever holds the right somewhere; the words stand in the template that draws it
NAVIGATION: list[tuple[str, str]] = []
