"""Names of the columns that compiled expressions add to a frame, per method."""

from __future__ import annotations

from vuonlen.rulebook.model import Indicator, Method


def under_column(method: Method) -> str:
    """Whether the household is under the line of this method (bool, null: unknown)."""
    return f"under_{method.id}"


def near_column(method: Method) -> str:
    """Whether the household is under the near-poor line of this method (bool, null: unknown)."""
    return f"under_near_{method.id}"


def low_column(method: Method) -> str:
    """Deprivations in the method's units if every blank is "no"."""
    return f"low_{method.id}"


def high_column(method: Method) -> str:
    """Deprivations in the method's units if every blank is "yes"."""
    return f"high_{method.id}"


def status_column(method: Method) -> str:
    return f"status_{method.id}"


def borrowed_column(indicator: Indicator) -> str:
    """Whether the answer would come from another column than the indicator's own (bool)."""
    return f"borrowed_{indicator.code}"
