"""The one catalogue of problems: code, sentence, what to do next, in Vietnamese and English.

A problem names where it was seen (sheet and cell, or line, or field). Sentences take the values
of `Problem.values` by name. Severity decides what happens: a `file` problem stops the run and
nothing is written; a `row` problem refuses that household; a `warning` lets it pass and is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    FILE = "file"
    ROW = "row"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue."""

    code: str
    severity: Severity
    vi: str
    en: str
    do_vi: str
    do_en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault that was met. `sheet`, `cell`: as the officer sees them ("Hộ", "C12")."""

    code: str
    sheet: str = ""
    cell: str = ""
    household_id: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return CATALOGUE[self.code]

    @property
    def where(self) -> str:
        return "!".join(part for part in (self.sheet, self.cell) if part)

    def sentence(self, lang: str = "vi") -> str:
        text = self.kind.en if lang == "en" else self.kind.vi
        return text.format(**self.values)

    def advice(self, lang: str = "vi") -> str:
        text = self.kind.do_en if lang == "en" else self.kind.do_vi
        return text.format(**self.values)

    def line(self, lang: str = "vi") -> str:
        """One line: place, code, sentence, what to do."""
        return " · ".join(part for part in (self.where, self.code, self.sentence(lang), self.advice(lang)) if part)


class Refused(Exception):
    """A file or a sheet that cannot be used. Carries every fault found, the first is printed first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.line() for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Repair:
    """A value that was changed on reading, always listed. `before` and `after` as text."""

    code: str
    sheet: str
    cell: str
    column: str
    before: str
    after: str


CATALOGUE: dict[str, Kind] = {}


def _add(code: str, severity: Severity, vi: str, en: str, do_vi: str = "", do_en: str = "") -> None:
    if code in CATALOGUE:
        raise ValueError(f"problem {code} stands twice in the catalogue")
    CATALOGUE[code] = Kind(code, severity, vi, en, do_vi, do_en)
