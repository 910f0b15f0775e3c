"""The file of a scorecard, CSV or YAML, as rows of text with their lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from vuonlen.domain.problems import Problem
from vuonlen.rulebook.sheets.yaml_lines import read

COLUMNS = ("item", "name", "points", "region", "parent", "verified")
NEEDED = ("item", "name", "points")
MOST_BYTES = 2_000_000
_POINTS = re.compile(r"-?\d{1,9}([.,]\d{1,6})?", re.ASCII)
Row = Mapping[str, str]


def rows(path: Path, faults: list[Problem]) -> Iterator[tuple[int, Row]]:
    """Line and cells of each item. Faults of the file as a whole go to `faults`."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        faults.append(Problem("S-NO-FILE", values={"path": str(path)}))
        return
    if len(content) > MOST_BYTES:
        faults.append(Problem("S-TOO-LARGE", path.name, values={"most": MOST_BYTES}))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Problem("S-NOT-UTF8", path.name))
        return
    found = _yaml(text, path, faults) if path.suffix.lower() in (".yaml", ".yml") else _csv(text, path, faults)
    yield from found


def wrong(row: Row) -> Iterator[tuple[str, dict[str, object]]]:
    """Codes and values of what is wrong with one row."""
    unknown = [name for name in row if name not in COLUMNS]
    if unknown:
        yield "S-CARD-COLUMN", {"columns": ", ".join(unknown), "known": ", ".join(COLUMNS)}
    absent = [name for name in NEEDED if not row.get(name)]
    if absent:
        yield "S-CARD-NEEDED", {"columns": ", ".join(absent)}
    elif not _POINTS.fullmatch(row["points"]):
        yield "S-CARD-POINTS", {"item": row["item"], "points": row["points"]}


def _csv(text: str, path: Path, faults: list[Problem]) -> Iterator[tuple[int, Row]]:
    first = text.split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        heading = [name.strip().lower() for name in next(lines, [])]
        if not any(heading):
            return
        odd = [name for number, name in enumerate(heading) if name not in COLUMNS or name in heading[:number]]
        absent = [name for name in NEEDED if name not in heading]
        if odd:
            values = {"columns": ", ".join(odd), "known": ", ".join(COLUMNS)}
            faults.append(Problem("S-CARD-COLUMN", path.name, "dòng 1", values=values))
        if absent:
            faults.append(Problem("S-CARD-HEADING", path.name, "dòng 1", values={"columns": ", ".join(absent)}))
        if odd or absent:
            return
        for cells in lines:
            cells = [cell.strip() for cell in cells]
            extra = [cell for cell in cells[len(heading) :] if cell]
            if extra:  # an unquoted "12,5" would otherwise be read as 12
                line = f"dòng {lines.line_num}"
                faults.append(Problem("S-CARD-WIDE", path.name, line, values={"cells": ", ".join(extra)}))
            elif any(cells):
                yield lines.line_num, dict(zip(heading, cells, strict=False))
    except csv.Error as problem:
        faults.append(Problem("S-CARD-BROKEN", path.name, f"dòng {lines.line_num}", values={"why": str(problem)}))


def _yaml(text: str, path: Path, faults: list[Problem]) -> Iterator[tuple[int, Row]]:
    marked = read(text)
    faults.extend(Problem(one.code, path.name, one.cell, values=one.values) for one in marked.faults)
    if marked.faults or marked.data is None:
        return
    data = marked.data if isinstance(marked.data, list) else [marked.data]
    for number, row in enumerate(data):
        line = marked.line((number,))
        if isinstance(row, dict) and not any(isinstance(value, dict | list) for value in row.values()):
            yield line, {key: "" if value is None else str(value).strip() for key, value in row.items()}
        else:
            faults.append(Problem("S-ITEMS", path.name, f"dòng {line}", values={"where": "…", "got": str(row)[:40]}))
