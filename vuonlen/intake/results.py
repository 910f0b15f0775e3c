"""What reading a list gives, and its form between the reading process and the caller."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vuonlen.domain.problems import Problem, Refused, Repair


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column of the file. column: our name, or `x_<heading>` for one that is only carried along."""

    column: str
    heading: str
    sheet: str
    letter: str


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list that was read. households, members: Parquet; a column that the file does not have is absent there.

    layout: "plain" (one row per household), "practice" (member rows follow their household) or "parquet".
    lists_everyone: False when the file holds only poor and near-poor households and those that left.
    rows: households that can be judged; `refused` are not among them.
    """

    source_name: str
    sha256: str
    layout: str
    lists_everyone: bool
    households: Path
    members: Path | None
    columns: tuple[FoundColumn, ...]
    repairs: tuple[Repair, ...]
    refused: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the reading process found, without the file's own name and hash."""

    layout: str
    lists_everyone: bool
    has_members: bool
    columns: tuple[FoundColumn, ...]
    repairs: tuple[Repair, ...]
    refused: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    rows: int


def save_outcome(path: Path, outcome: Outcome) -> None:
    told = {
        "layout": outcome.layout,
        "lists_everyone": outcome.lists_everyone,
        "has_members": outcome.has_members,
        "rows": outcome.rows,
        "columns": [asdict(one) for one in outcome.columns],
        "repairs": [[r.code, r.sheet, r.cell, r.column, r.before, r.after] for r in outcome.repairs],
        "refused": _told(outcome.refused),
        "warnings": _told(outcome.warnings),
    }
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8", errors="surrogatepass")


def save_refusal(path: Path, problems: Iterable[Problem]) -> None:
    path.write_text(json.dumps({"problems": _told(problems)}, ensure_ascii=False), "utf-8", errors="surrogatepass")


def load_outcome(path: Path) -> Outcome:
    """Raises Refused when the reading process refused the file."""
    told: dict[str, Any] = json.loads(path.read_text("utf-8", errors="surrogatepass"))
    if "problems" in told:
        raise Refused(*_problems(told["problems"]))
    return Outcome(
        layout=told["layout"],
        lists_everyone=told["lists_everyone"],
        has_members=told["has_members"],
        columns=tuple(FoundColumn(**one) for one in told["columns"]),
        repairs=tuple(Repair(*one) for one in told["repairs"]),
        refused=_problems(told["refused"]),
        warnings=_problems(told["warnings"]),
        rows=told["rows"],
    )


def _told(problems: Iterable[Problem]) -> list[list[Any]]:
    return [[p.code, p.sheet, p.cell, p.household_id, _plain(p.values)] for p in problems]


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}


def _problems(told: list[list[Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(*one) for one in told)
