"""Pages by key: "the 25 rows after this one", as fast at row 1,000,000 as at row 1, forward and back.

The place in the list travels sealed: it holds names, and nobody can make one up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, Expression, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from vuonlen.foundation.secret import Undecipherable, seal, unseal

Row = TypeVar("Row")
ORDER = ("area_path", "head_order", "id")
_PURPOSE = "page"
_LONGEST = 2000


class BadToken(Exception):
    """A place in a list that this server did not give out, or gave out for another list."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows in order. next, previous: tokens for the pages beside, empty where the list ends."""

    rows: list[Row]
    next: str
    previous: str


def page(
    queryset: QuerySet[Any],
    *,
    order: Sequence[str] = ORDER,
    after: str = "",
    before: str = "",
    size: int = 25,
    strict: bool = False,
) -> Page[Any]:
    """One page of `queryset`. order: fields that are never NULL, "-" in front for descending, the last one unique.

    A token that is not ours gives the first page, or BadToken when strict (then answer 400).
    """
    try:
        key = read(after or before, order)
    except BadToken:
        if strict:
            raise
        after = before = ""
        key = None
    backward = bool(before) and not after
    walked = reverse(order) if backward else tuple(order)
    rows = queryset.order_by(*walked)
    if key is not None:
        rows = rows.filter(beyond(walked, key))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_next, has_previous = (bool(before), more) if backward else (more, key is not None)
    return Page(
        found,
        write(order, found[-1]) if found and has_next else "",
        write(order, found[0]) if found and has_previous else "",
    )


def beyond(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows that come after `key` in `order`, told so that an index on `order` serves it on both databases."""
    names = [one.lstrip("-") for one in order]
    down = [one.startswith("-") for one in order]
    sign = "<" if down[0] else ">"
    bound = Q(**{f"{names[0]}__{'lte' if down[0] else 'gte'}": key[0]})  # lets PostgreSQL drop a looser bound
    first = bound & Q(Beyond([F(names[0])], [Value(key[0])], f"{sign}="))
    if len(set(down)) == 1:
        return bound & Q(Beyond([F(one) for one in names], [Value(one) for one in key], sign))
    told = Q()
    for end in range(len(names) - 1, -1, -1):
        step = Q(**{f"{names[end]}__{'lt' if down[end] else 'gt'}": key[end]})
        told = step if not told else step | (Q(**{names[end]: key[end]}) & told)
    return first & told


def until(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows up to and with `key`; every field of `order` in one direction."""
    sign = ">=" if order[0].startswith("-") else "<="
    return Q(Beyond([F(one.lstrip("-")) for one in order], [Value(one) for one in key], sign))


def reverse(order: Sequence[str]) -> tuple[str, ...]:
    return tuple(one[1:] if one.startswith("-") else f"-{one}" for one in order)


class Beyond(Expression):
    """`(a, b, c) > (x, y, z)`: one walk of the index, where a chain of OR would be sorted.

    HAZARD: SQLite begins its walk at the first lower bound it meets, not at the tightest: a list narrowed by
    `foundation.paths.under` would be walked from the start of the area for every page. It is told which one to take.
    """

    conditional = True
    output_field = BooleanField()

    def __init__(self, left: Sequence[Combinable], right: Sequence[Combinable], sign: str) -> None:
        super().__init__(output_field=BooleanField())
        self.left, self.right, self.sign = list(left), list(right), sign

    def get_source_expressions(self) -> list[Any]:
        return [*self.left, *self.right]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        half = len(exprs) // 2
        self.left, self.right = list(exprs[:half]), list(exprs[half:])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        told: list[str] = []
        values: list[Any] = []
        for side in (self.left, self.right):
            parts = [compiler.compile(one) for one in side]
            told.append(", ".join(text for text, _ in parts))
            values += [value for _, held in parts for value in held]
        text = f"({told[0]}) {self.sign} ({told[1]})"
        return f"likelihood({text}, 0.0001)" if connection.vendor == "sqlite" else text, tuple(values)


# ---- tokens -------------------------------------------------------------------------------------------------------


def write(order: Sequence[str], row: Any) -> str:
    """The token of `row` (an object, or a dict of `.values()`)."""
    values = [_value(row, one.lstrip("-")) for one in order]
    return seal(json.dumps([_PURPOSE, list(order), [_plain(one) for one in values]], ensure_ascii=False))


def read(token: str, order: Sequence[str]) -> list[Any] | None:
    """The values of a token; None for the empty one. Raises BadToken."""
    if not token:
        return None
    try:
        if len(token) > _LONGEST:
            raise BadToken
        purpose, names, values = json.loads(unseal(token))
    except (Undecipherable, ValueError, TypeError) as why:
        raise BadToken from why
    if purpose != _PURPOSE or names != list(order):
        raise BadToken
    return [_KINDS[kind](text) for kind, text in values]


_KINDS: dict[str, Callable[[Any], Any]] = {
    "t": str,
    "i": int,
    "b": bool,
    "d": date.fromisoformat,
    "s": datetime.fromisoformat,
    "n": Decimal,
}


def _plain(value: Any) -> tuple[str, Any]:
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, int):
        return "i", value
    if isinstance(value, str):
        return "t", str(value)
    if isinstance(value, datetime):
        return "s", value.isoformat()
    if isinstance(value, date):
        return "d", value.isoformat()
    if isinstance(value, Decimal):
        return "n", str(value)
    raise TypeError(f"a page cannot be ordered by {value!r}")


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row
