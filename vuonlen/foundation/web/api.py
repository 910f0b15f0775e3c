"""What the parts of the API share: how a fault is told, and how ids, days and page tokens are written."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, StringConstraints

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

PublicId = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{12}$")]
Token = Annotated[str, StringConstraints(max_length=2000)]


def _written(value: Any) -> Any:
    """Without this, "0" would be taken for the first of January 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written 2025-12-31")
    return value


Day = Annotated[date, BeforeValidator(_written)]


class Fault(Schema):
    """Why there is no answer."""

    detail: str


class Wrong(Schema):
    """Which parts of the question could not be read."""

    detail: list[dict[str, Any]]


#: answers that every address may give besides its own
FAULTS: dict[int, Any] = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 422: Wrong, 429: Fault}
