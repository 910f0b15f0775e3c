"""What docs/security.md promises, written there by hand: the tests expect that, whatever the program says of itself."""

from __future__ import annotations

from tests.architecture.tree import ROOT
from vuonlen.accounts.rights import Right, Role

TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")


def table(heading: str) -> list[list[str]]:
    """Cells of the table under a heading, without its head."""
    return _lines(heading)[2:]


def head(heading: str) -> list[str]:
    return _lines(heading)[0]


def _lines(heading: str) -> list[list[str]]:
    part = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def rights() -> dict[Role, frozenset[Right]]:
    """The table "Who may do what"."""
    roles = [Role(name) for name in head("Who may do what")[1:]]
    rows = table("Who may do what")
    return {
        role: frozenset(Right(row[0]) for row in rows if row[number] == "×") for number, role in enumerate(roles, 1)
    }
