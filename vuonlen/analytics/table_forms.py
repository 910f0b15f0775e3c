"""The printed forms as data: titles, headings and numbers of `vuonlen/rules/lists/reports.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from vuonlen.domain.poverty import Confidence
from vuonlen.rulebook.model import Text
from vuonlen.rules import LISTS

INDICATORS, ETHNICITIES = "indicators", "ethnicities"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A printed column, or with `each` a run of columns: one per indicator or ethnic group, numbered from `number`."""

    number: str
    printed: str
    head: tuple[Text, ...]
    each: str | None


@dataclass(frozen=True, slots=True)
class Form:
    id: str
    title: Text
    title_preliminary: Text
    split: tuple[str, ...]
    notes: tuple[Text, ...]
    confidence: Confidence
    columns: tuple[FormColumn, ...]


@cache
def _file() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((LISTS / "reports.yaml").read_text("utf-8"))
    return loaded


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in printed order."""
    return tuple(_form(one) for one in _file()["forms"])


@cache
def frame_words() -> Mapping[str, Text]:
    """Headings common to all forms: ordinal, place, split, households, persons."""
    return {key: Text(*pair) for key, pair in _file()["frame"].items()}


@cache
def forms_source() -> str:
    """The instrument that the forms belong to."""
    return str(_file()["source"])


def _form(one: Mapping[str, Any]) -> Form:
    return Form(
        id=one["id"],
        title=Text(*one["title"]),
        title_preliminary=Text(*one.get("title_preliminary", one["title"])),
        split=tuple(one.get("split", ("households",))),
        notes=tuple(Text(*pair) for pair in one.get("notes", ())),
        confidence=Confidence(one["confidence"]),
        columns=tuple(_column(column) for column in one["columns"]),
    )


def _column(one: Mapping[str, Any]) -> FormColumn:
    number = str(one["first"] if "each" in one else one["number"])
    head = tuple(Text(*pair) for pair in one["head"])
    return FormColumn(number, one.get("printed", number), head, one.get("each"))
