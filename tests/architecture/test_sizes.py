"""The sizes that keep a house readable: file, function, class, folder; no import inside a function."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.tree import name_of, parsed
from tests.architecture.write_map import modules

FILE, FUNCTION, CLASS, FOLDER = 400, 40, 200, 12

#: offender -> why it may be larger. The offender is named as the failing test prints it.
EXEMPTIONS: dict[str, str] = {
    "vuonlen/journal/standalone/verify_journal.py: file": "one file that an inspector can carry away and read alone",
}

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Lines from `def` or `class` to its end; decorators stand above."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def too_large(file: str, text: str) -> list[str]:
    """Offenders of one file, as `file: what (size > limit)`."""
    found = []
    if (length := text.count("\n")) > FILE:
        found.append(f"{file}: file ({length} > {FILE} lines)")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, _FUNCTIONS) and lines(node) > FUNCTION:
            found.append(f"{file}: function {node.name} ({lines(node)} > {FUNCTION} lines)")
        if isinstance(node, ast.ClassDef) and lines(node) > CLASS:
            found.append(f"{file}: class {node.name} ({lines(node)} > {CLASS} lines)")
    return found


def imports_inside(file: str, tree: ast.Module) -> list[str]:
    return [
        f"{file}: import inside {function.name}, line {node.lineno}"
        for function in ast.walk(tree)
        if isinstance(function, _FUNCTIONS)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def crowded(files: list[Path]) -> list[str]:
    """Folders with too many modules; `__init__.py` only marks the folder and is not counted."""
    count = Counter(name_of(file.parent) for file in files if file.name != "__init__.py")
    return [f"{folder}: folder ({n} > {FOLDER} modules)" for folder, n in sorted(count.items()) if n > FOLDER]


def subject(offender: str) -> str:
    return offender.rsplit(" (", 1)[0]


def offenders() -> list[str]:
    found = crowded(modules())
    for file in modules():
        found += too_large(name_of(file), file.read_text("utf-8"))
    return found


def test_nothing_is_larger_than_the_sizes_of_the_house() -> None:
    found = [one for one in offenders() if subject(one) not in EXEMPTIONS]
    assert not found, "\n".join(found)


def test_each_exemption_is_still_needed_and_has_a_reason() -> None:
    needed = {subject(one) for one in offenders()}
    assert [one for one in EXEMPTIONS if one not in needed] == []
    assert all(len(reason.split()) >= 4 for reason in EXEMPTIONS.values())


def test_no_import_stands_inside_a_function() -> None:
    assert [one for file in modules() for one in imports_inside(name_of(file), parsed(file))] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("x = 1\n" * 401, "a.py: file (401 > 400 lines)"),
        ("def long():\n" + "    x = 1\n" * 40, "a.py: function long (41 > 40 lines)"),
        ("class Long:\n" + "    x = 1\n" * 200, "a.py: class Long (201 > 200 lines)"),
    ],
)
def test_an_offender_is_named_with_its_size(text: str, named: str) -> None:
    assert too_large("a.py", text) == [named]


def test_an_import_inside_a_method_is_found() -> None:
    tree = ast.parse("class A:\n    def b(self):\n        import os\n")
    assert imports_inside("a.py", tree) == ["a.py: import inside b, line 3"]
