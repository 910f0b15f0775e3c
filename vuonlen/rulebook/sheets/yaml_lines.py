"""YAML as plain data with the line of every node, so that a fault can be shown where it stands.

Composed, never constructed by tags: no object is built from the file; anchors, aliases and tags are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from vuonlen.domain.problems import Problem

_PLAIN = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null",
    "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:map",
    "tag:yaml.org,2002:seq",
}
Path = tuple[str | int, ...]
DEEPEST = 32
_LONGEST_WHOLE = 16


@dataclass(slots=True)
class Marked:
    """Plain data, the line (from 1) of every path in it, and the faults of the YAML itself."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Line of `path`, or of the closest part of it that exists."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


def read(text: str) -> Marked:
    """Never raises for bad YAML: the fault is in `faults`."""
    marked = Marked()
    try:
        marked.faults.extend(_refused(text))
        node = None if marked.faults else yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as problem:
        marked.faults.append(_broken(problem, text))
        return marked
    if node is not None:
        marked.data = _plain(node, (), marked)
    return marked


def _refused(text: str) -> Iterator[Problem]:
    """Names for reuse, and nesting so deep that composing it would exhaust the stack (events need no stack)."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Problem("S-TAG", cell=_cell(event), values={"tag": "&, *"})
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                yield Problem("S-DEEP", cell=_cell(event), values={"most": DEEPEST})
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _broken(problem: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(problem, "problem_mark", None)
    position = getattr(problem, "position", 0)  # of a character that YAML does not allow
    line = mark.line + 1 if mark else text.count("\n", 0, position) + 1
    why = getattr(problem, "problem", None) or getattr(problem, "reason", None) or problem
    return Problem("S-YAML", cell=f"dòng {line}", values={"why": " ".join(str(why).split())})


def _plain(node: yaml.Node, path: Path, marked: Marked) -> Any:
    marked.lines.setdefault(path, node.start_mark.line + 1)
    if node.tag not in _PLAIN:
        marked.faults.append(Problem("S-TAG", cell=_cell(node), values={"tag": node.tag}))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, marked)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, (*path, number), marked) for number, one in enumerate(node.value)]
    return _scalar(node, marked)


def _mapping(node: yaml.MappingNode, path: Path, marked: Marked) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            marked.faults.append(Problem("S-KEY-UNKNOWN", cell=_cell(key), values={"key": "[…]"}))
            continue
        name = str(key.value)
        if name in found:
            marked.faults.append(Problem("S-KEY-TWICE", cell=_cell(key), values={"key": name}))
            continue
        marked.lines[(*path, name)] = key.start_mark.line + 1
        found[name] = _plain(value, (*path, name), marked)
    return found


def _scalar(node: yaml.Node, marked: Marked) -> Any:
    kind, text = node.tag.rpartition(":")[2], str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind == "int" and text.lstrip("+-").isdigit() and len(text) <= _LONGEST_WHOLE:
        return int(text)
    if kind == "timestamp":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text  # 2022-13-01 stays text and is refused where a day is wanted
    return text  # floats stay text: they are read exactly, as fractions


def _cell(node: yaml.Node | yaml.Event) -> str:
    mark = node.start_mark
    return f"dòng {mark.line + 1 if mark else 1}"
