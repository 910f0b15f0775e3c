"""`python -m tests.architecture.write_map`: put new modules on docs/map.md, in the words of their docstrings.

What a person wrote on the map stays; entries of files that are gone are taken off.
"""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT, files, name_of

MAP = ROOT / "docs" / "map.md"
ENTRY = re.compile(r"^- `(?P<path>[^`]+)` — (?P<what>.+)$", re.MULTILINE)
_UNTOLD = {"apps.py": "names the application for Django", "__init__.py": "marks the folder for Django"}
BEGIN, END = "## The package\n", "\n## "


def modules() -> list[Path]:
    """Modules that belong on the map: all but migrations, which Django names and orders."""
    found = [one for one in files() if one.is_relative_to(PACKAGE) and one.suffix == ".py"]
    return [one for one in found if "migrations" not in one.parts]


def layers() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    lines = next(one for one in contracts if one["id"] == "map")["layers"]
    return [name.strip() for line in lines for name in line.split("|") if name.strip() != "__main__"]


def words(file: Path) -> str:
    """The first sentence of the docstring, as a part of a list."""
    told = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    if not told:
        return _UNTOLD[file.name]
    first = " ".join(told.split("\n\n")[0].split()).rstrip(".")
    return first[:1].lower() + first[1:] if first[1:2].islower() else first


def entry(path: str, file: Path, known: dict[str, str]) -> str:
    return f"- `{path}` — {known.get(path) or words(file)}"


def section(folder: Path, known: dict[str, str]) -> list[str]:
    lines = []
    inside = [one for one in modules() if one.is_relative_to(folder)]
    for place in sorted({one.parent for one in inside}):
        init = place / "__init__.py"
        if init in inside:
            lines.append(entry(name_of(place) + "/", init, known))
        here = sorted(one for one in inside if one.parent == place and one.name != "__init__.py")
        lines += [entry(name_of(one), one, known) for one in here]
    data = [name for name in known if name.startswith(f"{name_of(folder)}/") and not name.endswith((".py", "/"))]
    return lines + [f"- `{name}` — {known[name]}" for name in sorted(data) if (ROOT / name).exists()]


def package(known: dict[str, str]) -> str:
    parts = [[entry("vuonlen/", PACKAGE / "__init__.py", known)]]
    parts[0] += [entry(name_of(one), one, known) for one in sorted(PACKAGE.glob("*.py")) if one.name != "__init__.py"]
    for name in layers():
        parts.append([f"### {name}", "", *section(PACKAGE / name, known)])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def write() -> None:
    text = MAP.read_text("utf-8")
    known = {match["path"]: match["what"] for match in ENTRY.finditer(text)}
    before, rest = text.split(BEGIN, 1)
    after = rest[rest.index(END) :] if END in rest else ""
    MAP.write_text(f"{before}{BEGIN}\n{package(known)}{after}", "utf-8")


if __name__ == "__main__":
    write()
