"""Documents tell the truth: their links lead somewhere, and the examples print what they show."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, name_of

DOCUMENTS = [file for file in files() if file.suffix == ".md"]
LINK = re.compile(r"\]\((?!\w+:|#)(?P<target>[^)#\s]+)")
PROMPT = "$ ./run vuonlen "
EXAMPLE = re.compile(r"^```\n(?P<command>" + re.escape(PROMPT) + r".+)\n(?P<shown>(?:.*\n)*?)```$", re.MULTILINE)
WIDTH = "140"


def examples() -> list[tuple[str, str, str]]:
    return [
        (name_of(file), match["command"].removeprefix(PROMPT), match["shown"])
        for file in DOCUMENTS
        for match in EXAMPLE.finditer(file.read_text("utf-8"))
    ]


def printed(arguments: list[str]) -> str:
    """What the command prints on a terminal of `WIDTH` columns, without trailing blanks."""
    done = subprocess.run(
        [sys.executable, "-m", "vuonlen", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": WIDTH, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines()) + "\n"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    targets = [match["target"] for match in LINK.finditer(document.read_text("utf-8"))]
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_each_readme_has_an_example(readme: str) -> None:
    assert [name for name, _command, _shown in examples() if name == readme]


@pytest.mark.parametrize(("document", "command", "shown"), examples())
def test_an_example_prints_what_the_document_shows(document: str, command: str, shown: str) -> None:
    assert printed(shlex.split(command)) == shown, document


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_each_readme_begins_with_the_two_commands(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    first, second = text.split("```")[1].strip().splitlines()
    assert first.startswith("./run demo ")
    assert second.startswith("./run test ")
