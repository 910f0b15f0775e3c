"""Two ways to take down what a row means: to show it, and to write it."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from django.db import models

from vuonlen.registry.intake.comparing.scene import Scene
from vuonlen.registry.models import Act, Household, Membership
from vuonlen.registry.writing import Book

Value = str | int | bool | None
Difference = tuple[str, str, Value, Value]  # whose, field, before, after


class Pen(Protocol):
    """What `entering` writes with. who: the person a value belongs to; blank: the household."""

    def add(self, row: models.Model, home: Household | None = None) -> None: ...
    def set(self, row: models.Model, home: Household | None = None, **values: Any) -> None: ...
    def remove(self, row: models.Model, home: Household | None = None) -> None: ...
    def tell(self, who: str, field: str, before: object, after: object) -> None: ...


class Preview:
    """Writes nothing; remembers what would change."""

    def __init__(self) -> None:
        self.differences: list[Difference] = []
        self.writes = False

    def add(self, row: models.Model, home: Household | None = None) -> None:
        self.writes = True

    def set(self, row: models.Model, home: Household | None = None, **values: Any) -> None:
        self.writes = self.writes or any(getattr(row, name) != value for name, value in values.items())

    def remove(self, row: models.Model, home: Household | None = None) -> None:
        self.writes = True

    def tell(self, who: str, field: str, before: object, after: object) -> None:
        self.differences.append((who, field, _plain(before), _plain(after)))


class Ink:
    """Writes with one act into a book; what it writes of memberships, later rows of the part find in `scene`."""

    def __init__(self, book: Book, act: Act, scene: Scene) -> None:
        self._book, self._act, self._scene = book, act, scene

    def add(self, row: models.Model, home: Household | None = None) -> None:
        self._book.add(self._act, row, home)
        if isinstance(row, Membership):
            self._scene.joined(row)

    def set(self, row: models.Model, home: Household | None = None, **values: Any) -> None:
        self._book.set(self._act, row, home, **values)

    def remove(self, row: models.Model, home: Household | None = None) -> None:
        self._book.remove(self._act, row, home)
        if isinstance(row, Membership):
            self._scene.dropped(row)

    def tell(self, who: str, field: str, before: object, after: object) -> None:
        """Was shown when the list was compared."""


def _plain(value: object) -> Value:
    """As JSON can hold it."""
    if value is None or isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
