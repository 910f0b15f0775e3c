"""What a staged list shows, in words: without ID numbers in clear, and without what a role may not see."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.protected import mask
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Problem
from vuonlen.registry.intake.listed import Listed, ListedPerson
from vuonlen.registry.intake.models import Note, Staged, Suspect
from vuonlen.registry.models import Household
from vuonlen.registry.queries import open_members
from vuonlen.registry.telling import words

Rights = Collection[Right]
_DIGITS = re.compile(r"(?<!\d)\d[\d .]{6,18}\d(?!\d)")
_HIDDEN = _("(không thuộc quyền xem)")

#: field of a difference -> where the words of the register have it
_WORDED = {
    "residence": ("residence", "place_id"),
    "code": ("household", "code"),
    "name": ("person", "name"),
    "birth": ("person", "birth_date"),
    "sex": ("person", "sex"),
    "ethnicity": ("person", "ethnicity"),
    "id_number": ("person", "id_number"),
    "relation": ("membership", "relation"),
    "head": ("membership", "is_head"),
    "insured": ("person_state", "insured"),
    "in_school": ("person_state", "in_school"),
    "malnourished": ("person_state", "malnourished"),
    "status": ("status", "status"),
    "review": ("assessment", "reference_date"),
    **{
        one: ("assessment", one)
        for one in (
            "area_type", "members", "income", "income_score", "deprivation_score", "deprived", "not_deprived",
            "groups", "causes", "recorded_status",
        )
    },
}  # fmt: skip
_OWN = {
    "joined": _("vào hộ"),
    "left": _("không còn trong hộ"),
    "moved_in": _("chuyển đến từ hộ"),
    "member_since": _("là thành viên từ"),
    "reopened": _("mở lại hộ đã đóng ngày"),
}
#: fields whose values are words already
_AS_IS = frozenset({"residence", "code", "id_number", "name", "relation", "deprived", "not_deprived"})
WHY = {
    "code": _("cùng mã hộ, nhưng người trong hộ khác"),
    "id_number": _("cùng số định danh của chủ hộ"),
    "member_id": _("số định danh của một thành viên"),
    "name": _("tên, năm sinh chủ hộ và nơi ở gần giống"),
}


@dataclass(frozen=True, slots=True)
class PersonShown:
    name: str
    relation: str
    birth: str
    sex: str
    number: str


@dataclass(frozen=True, slots=True)
class HomeShown:
    """A household beside another: of the file, or of the register."""

    code: str
    head: str
    place: str
    status: str
    persons: list[PersonShown]
    url: str = ""


def person(one: ListedPerson) -> PersonShown:
    born = f"{one.birth_date:%d/%m/%Y}" if one.birth_date else str(one.birth_year or "")
    return PersonShown(one.name, one.relation, born, words.sex(one.sex), mask(one.id_number))


def of_file(row: Staged) -> HomeShown:
    one = Listed.read(row.content)
    place = ", ".join(part for part in (one.village_name, row.commune.name) if part)
    return HomeShown(one.code, one.head.name, place, one.status, [person(each) for each in one.persons])


def of_register(home: Household, url: str) -> HomeShown:
    place = f"{home.village.name}, {home.commune.name}" if home.village else home.commune.name
    persons = []
    for row in open_members(home):
        one = row.person
        born = f"{one.birth_date:%d/%m/%Y}" if one.birth_date else str(one.birth_year or "")
        persons.append(PersonShown(one.name, row.relation, born, words.sex(one.sex), mask(one.id_number)))
    return HomeShown(home.code, home.head_name, place, home.status, persons, url)


def differences(row: Staged, rights: Rights) -> list[tuple[str, str, str]]:
    """(label, was, now), household first."""
    told = []
    for who, field, before, after in row.differences or []:
        label = _label(field)
        if who:
            label = f"{who}: {label}"
        values = [_HIDDEN, _HIDDEN] if _protected(field, rights) else [_value(field, one) for one in (before, after)]
        told.append((label, str(values[0]), str(values[1])))
    return told


def _label(field: str) -> str:
    return words.field(*_WORDED[field]) if field in _WORDED else str(_OWN[field])


def _protected(field: str, rights: Rights) -> bool:
    needed = words.PROTECTED.get(".".join(_WORDED.get(field, ("", field))))
    return needed is not None and needed not in rights


def _value(field: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if field in _AS_IS:
        return str(value)
    if field in ("reopened", "member_since", "review", "birth"):
        return "/".join(reversed(str(value).split("-")))
    return words.told(*_WORDED[field], value) if field in _WORDED else str(value)


def problem(note: Note) -> Problem:
    """A note as an entry of the catalogue, with numbers that may be ID numbers masked."""
    values = {name: hidden(one) if isinstance(one, str) else one for name, one in note.content.items()}
    for name in ("recorded", "judged"):
        if name in values:
            values[name] = words.status(str(values[name]))
    return Problem(note.code, note.sheet, note.cell, note.household_code, values)


def repair(note: Note) -> tuple[Note, Problem, str, str]:
    """A repaired cell: why, before, after."""
    _column, before, after = note.content
    return note, Problem(note.code), hidden(before), hidden(after)


def hidden(text: str) -> str:
    """Long runs of digits keep their ends only. (Amounts of money with separators are short enough to stay.)"""

    def covered(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        if len(digits) not in (8, 9, 10, 11, 12):
            return found[0]
        return f"{digits[:4]}{'*' * (len(digits) - 6)}{digits[-2:]}"

    return _DIGITS.sub(covered, text)


def why(one: Suspect) -> str:
    return str(WHY.get(one.why, one.why))
