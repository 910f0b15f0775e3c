"""The files of the project as the tests of the house see them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pathspec

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "vuonlen"


@cache
def files() -> tuple[Path, ...]:
    """Every file of the checkout that .gitignore does not name, without asking git: a copy without .git counts too."""
    ignored = pathspec.GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text("utf-8").splitlines())

    def walk(folder: Path) -> Iterator[Path]:
        for entry in sorted(folder.iterdir()):
            name = entry.relative_to(ROOT).as_posix()
            if name == ".git" or ignored.match_file(name + "/" if entry.is_dir() else name):
                continue
            if entry.is_dir():
                yield from walk(entry)
            else:
                yield entry

    return tuple(walk(ROOT))


def modules(folder: Path = PACKAGE) -> list[Path]:
    return [file for file in files() if file.suffix == ".py" and file.is_relative_to(folder)]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), filename=str(file))
