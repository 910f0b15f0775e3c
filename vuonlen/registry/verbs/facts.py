"""What is known of a person when it is typed in, and every check on it. Blank is not known and is never refused.

Sources of the ID number: law dossier of this project, Decree 137/2015/NĐ-CP Article 13, Law on Identity Article 12.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.names import fold
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.secret import keyed_hash
from vuonlen.intake.cells.identity import doubts
from vuonlen.registry.models import Membership, Person
from vuonlen.registry.verbs.texts import line, shown
from vuonlen.rulebook.lists import ethnic_groups

OLDEST = 120
SEXES = ("male", "female")
_MARKS = dict.fromkeys(map(ord, " .-\u00a0\u200b\ufeff\t"))
_DOUBTS = {"W-IDNO-PROVINCE": "V-ID-PROVINCE", "W-IDNO-SEX": "V-ID-SEX", "W-IDNO-YEAR": "V-ID-YEAR"}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as typed. Blank or None: not known."""

    name: str
    birth_year: int | None = None
    birth_date: date | None = None
    sex: str = ""
    ethnicity: str = ""
    id_number: str = ""

    @property
    def year(self) -> int | None:
        return self.birth_date.year if self.birth_date else self.birth_year

    def row(self) -> dict[str, Any]:
        """The columns of `Person`."""
        return {
            "name": self.name,
            "name_folded": fold(self.name)[:120],
            "birth_year": self.year,
            "birth_date": self.birth_date,
            "sex": self.sex,
            "ethnicity": self.ethnicity,
            "id_number": self.id_number,
            "id_hash": id_hash(self.id_number),
        }


def id_hash(number: str) -> str:
    return keyed_hash(number, purpose="id_number") if number else ""


def clean(facts: PersonFacts) -> PersonFacts:
    """The same in the form that is kept. Raises Refused."""
    return PersonFacts(
        name=line(facts.name, "name", _("họ và tên"), most=120, required="G-BLANK"),
        birth_year=facts.birth_year,
        birth_date=facts.birth_date,
        sex=_one_of(facts.sex, SEXES, "sex", _("giới tính")),
        ethnicity=_one_of(facts.ethnicity, ethnic_groups(), "ethnicity", _("dân tộc")),
        id_number=digits_of(facts.id_number),
    )


def _one_of(value: str, known: object, field: str, label: str) -> str:
    if value and value not in known:  # type: ignore[operator]
        raise Refused(Problem("G-CHOICE", cell=field, values={"field": label}))
    return value


def digits_of(raw: str) -> str:
    """The ID number as digits. A number that has lost its zeros is shown, never repaired in silence. Raises Refused."""
    told = unicodedata.normalize("NFKC", raw).translate(_MARKS)
    if not told:
        return ""
    if not (told.isascii() and told.isdigit()):
        raise Refused(Problem("G-ID-TEXT", cell="id_number"))
    if len(set(told)) == 1 or told in ("123456789", "123456789012"):
        raise Refused(Problem("G-ID-FAKE", cell="id_number", values={"digits": len(told)}))
    if len(told) in (10, 11):
        raise Refused(Problem("G-ID-ZERO", cell="id_number", values={"digits": len(told), "guess": told.zfill(12)}))
    if len(told) not in (9, 12):
        raise Refused(Problem("G-ID-LENGTH", cell="id_number", values={"digits": len(told)}))
    return told


def problems_of(facts: PersonFacts, *, on: date, by: User, besides: Person | None = None) -> list[Problem]:
    """What is wrong with clean facts, and what is doubtful. on: the day from which the person belongs here."""
    return [*_birth(facts, on), *_taken(facts, by, besides), *_doubts(facts)]


def _birth(facts: PersonFacts, on: date) -> list[Problem]:
    found = []
    day, year = facts.birth_date, facts.year
    if day and facts.birth_year and day.year != facts.birth_year:
        values = {"year": facts.birth_year, "day": shown(day)}
        found.append(Problem("G-BIRTH-DIFFERS", cell="birth_year", values=values))
    field = "birth_date" if day else "birth_year"
    if (day and day > on) or (year and year > on.year):
        values = {"day": shown(day) if day else year, "on": shown(on)}
        found.append(Problem("G-BIRTH-FUTURE", cell=field, values=values))
    elif year is not None and on.year - year > OLDEST:
        found.append(Problem("G-BIRTH-OLD", cell=field, values={"year": year, "most": OLDEST}))
    return found


def _doubts(facts: PersonFacts) -> list[Problem]:
    notes = doubts(facts.id_number, facts.sex or None, facts.year)
    return [Problem(_DOUBTS[one.code], cell="id_number", values=one.values) for one in notes]


def _taken(facts: PersonFacts, by: User, besides: Person | None) -> list[Problem]:
    """Another living person with the same number: named where the user may know, else only that there is one."""
    if not facts.id_number:
        return []
    mark = id_hash(facts.id_number)
    _wait_for(mark)
    others = Person.objects.filter(id_hash=mark, died_on__isnull=True)
    other = others.exclude(pk=besides.pk if besides else 0).order_by("pk").first()
    if other is None:
        return []
    last = Membership.objects.filter(person=other).select_related("household__commune").order_by("-valid_from").first()
    if last is None or not rights.may(by, Right.READ_HOUSEHOLDS, last.household.area_path):
        return [Problem("G-ID-TAKEN-ELSEWHERE", cell="id_number")]
    where = _("hộ {code}, {place}").format(code=last.household.code, place=last.household.commune.name)
    return [Problem("G-ID-TAKEN", cell="id_number", values={"name": other.name, "where": where})]


def _wait_for(mark: str) -> None:
    """Two who add the same number at once: the second waits, then sees the first. (SQLite has one writer anyway.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(mark[:15], 16)])


def alike(facts: PersonFacts, members: list[Membership]) -> list[Problem]:
    """A member of the same name and year: perhaps the same person twice, perhaps a twin."""
    same = [one.person for one in members if one.person.name_folded == fold(facts.name)]
    twice = [one for one in same if one.birth_year == facts.year]
    year = facts.year or _("chưa rõ")
    return [Problem("V-ALIKE", cell="name", values={"name": one.name, "year": year}) for one in twice[:1]]
