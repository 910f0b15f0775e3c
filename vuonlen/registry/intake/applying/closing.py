"""A household that a list no longer has, closed because the officer said so."""

from __future__ import annotations

from datetime import date

from vuonlen.foundation.periods import Period
from vuonlen.registry.intake.comparing.pens import Pen
from vuonlen.registry.intake.comparing.scene import Home


def can_close(home: Home, on: date) -> bool:
    """Whether everything that is open began before the day."""
    return home.household.closed_on is None and all(one.valid_from < on for one in _open(home))


def close(home: Home, on: date, why: str, pen: Pen) -> None:
    """The household ends on the day, and with it its home, its class and its members' belonging to it."""
    for one in _open(home):
        pen.set(one, home.household, valid_to=on)
    pen.set(home.household, home.household, closed_on=on, closed_why=why)


def _open(home: Home) -> list[Period]:
    rows: list[Period] = [*home.memberships, *home.residences, *home.statuses]
    return [one for one in rows if one.valid_to is None]
