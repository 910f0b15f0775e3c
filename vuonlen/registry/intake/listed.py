"""A household as a list tells it, in types; and its form in the staging tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX
from vuonlen.domain.names import fold
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.domain.problems import Problem
from vuonlen.foundation.secret import keyed_hash
from vuonlen.intake.cells.codes import is_head

Row = Mapping[str, Any]
_FIRST_YEAR, _MOST_MONEY, _MOST_POINTS, _MOST_MEMBERS = 1850, 10**15, Decimal("999999.99"), 32_000
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEXES = ("male", "female")
_LONGEST = {"household_id": 40, "head": 120, "village": 120, "name": 120, "relation": 60, "id_number": 12}


class Unusable(Exception):
    """A household that cannot be taken. Carries the problem."""

    def __init__(self, problem: str, /, **values: object) -> None:
        super().__init__(problem)
        self.problem = Problem(problem, household_id=str(values.get("code", ""))[:100], values=values)


@dataclass(slots=True)
class ListedPerson:
    """One person. Blank and None: the list does not say."""

    name: str
    relation: str = ""
    head: bool = False
    birth_year: int | None = None
    birth_date: date | None = None
    sex: str = ""
    ethnicity: str = ""
    id_number: str = ""
    insured: bool | None = None
    in_school: bool | None = None
    malnourished: bool | None = None
    id_shared: bool = False  # the number stands in several households of the file
    id_hash: str = ""

    def told(self) -> list[Any]:
        born = self.birth_date.isoformat() if self.birth_date else None
        return [
            self.name, self.relation, self.head, self.birth_year, born, self.sex, self.ethnicity, self.id_number,
            self.insured, self.in_school, self.malnourished, self.id_shared,
        ]  # fmt: skip

    @classmethod
    def read(cls, told: Sequence[Any]) -> ListedPerson:
        one = cls(*told)
        one.birth_date = date.fromisoformat(told[4]) if told[4] else None
        one.id_hash = hashed(one.id_number)
        return one


@dataclass(slots=True)
class Listed:
    """One household. commune, village: keys of places; village_name: where no village of that name is known yet."""

    code: str
    commune: int
    village: int | None = None
    village_name: str = ""
    named: bool = False  # the list names the members, not only the head
    members: int | None = None
    area_type: str = ""
    income: int | None = None
    income_score: Decimal | None = None
    deprivation_score: Decimal | None = None
    deprived: str = ""
    not_deprived: str = ""
    groups: str = ""
    causes: str = ""
    recorded: str = ""
    judged: str = ""
    persons: list[ListedPerson] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The class that the decision makes true: the list's own, else the one its answers give; blank: none."""
        found = self.recorded or self.judged
        return "" if found == Status.UNDETERMINED else found

    @property
    def head(self) -> ListedPerson:
        return next(one for one in self.persons if one.head)

    def told(self) -> list[Any]:
        scores = [None if one is None else str(one) for one in (self.income_score, self.deprivation_score)]
        return [
            self.code, self.commune, self.village, self.village_name, self.named, self.members, self.area_type,
            self.income, *scores, self.deprived, self.not_deprived, self.groups, self.causes, self.recorded,
            self.judged, [one.told() for one in self.persons],
        ]  # fmt: skip

    @classmethod
    def read(cls, told: Sequence[Any]) -> Listed:
        one = cls(*told)
        one.income_score, one.deprivation_score = (None if n is None else Decimal(n) for n in told[8:10])
        one.persons = [ListedPerson.read(person) for person in told[16]]
        return one


def hashed(number: str) -> str:
    return keyed_hash(number, purpose="id_number") if number else ""


class Reader:
    """Rows of one list as `Listed`. What the register could not hold is refused here, not by the database."""

    def __init__(self, columns: frozenset[str], indicators: Sequence[str], ethnic: frozenset[str]) -> None:
        self._ethnic = ethnic
        self._indicators = sorted(columns.intersection(indicators))
        self._groups = sorted(one for one in columns if one.startswith(GROUP_PREFIX))
        self._causes = sorted(one for one in columns if one.startswith(CAUSE_PREFIX))

    def household(self, row: Row, members: Sequence[Row], commune: int, judged: str) -> Listed:
        """Raises Unusable."""
        code = row["household_id"]
        return Listed(
            code=code,
            commune=commune,
            village_name=_text(row, "village", code),
            named=bool(members),
            members=_whole(row, "members", code, _MOST_MEMBERS),
            area_type=_one_of(row, "area_type", code, tuple(AreaType)),
            income=_money(row, code),
            income_score=_points(row, "income_score", code),
            deprivation_score=_points(row, "deprivation_score", code),
            deprived=" ".join(one for one in self._indicators if row[one] is True),
            not_deprived=" ".join(one for one in self._indicators if row[one] is False),
            groups=" ".join(one.removeprefix(GROUP_PREFIX) for one in self._groups if row[one]),
            causes=" ".join(one.removeprefix(CAUSE_PREFIX) for one in self._causes if row[one]),
            recorded=_one_of(row, "recorded_status", code, tuple(Status)),
            judged=judged,
            persons=self._persons(row, members, code),
        )

    def _persons(self, row: Row, members: Sequence[Row], code: str) -> list[ListedPerson]:
        head = ListedPerson(
            name=_text(row, "head", code),
            relation="Chủ hộ",
            head=True,
            ethnicity=self._ethnicity(row, code),
            id_number=_text(row, "id_number", code),
        )
        head.id_hash = hashed(head.id_number)
        if not members:
            if not head.name:
                raise Unusable("R-HEAD-UNKNOWN", code=code)
            return [head]
        persons = [self._person(one, code) for one in members]
        _name_head(persons, head, code)
        return persons

    def _person(self, row: Row, code: str) -> ListedPerson:
        name = _text(row, "name", code)
        if not name:
            raise Unusable("R-VALUE", code=code, field="name")
        year = row.get("birth_year")
        if year is not None and not _FIRST_YEAR <= year <= date.today().year:
            raise Unusable("R-VALUE", code=code, field="birth_year")
        relation = _text(row, "relation", code)
        number = _text(row, "id_number", code)
        return ListedPerson(
            name=name,
            relation=relation,
            head=is_head(relation or None),
            birth_year=year,
            birth_date=_day(row.get("birth_date"), year, code),
            sex=_one_of(row, "sex", code, _SEXES),
            ethnicity=self._ethnicity(row, code),
            id_number=number,
            insured=row.get("has_insurance"),
            in_school=row.get("in_school"),
            malnourished=row.get("malnourished"),
            id_hash=hashed(number),
        )

    def _ethnicity(self, row: Row, code: str) -> str:
        found = row.get("ethnicity") or ""
        if found and found not in self._ethnic:
            raise Unusable("R-VALUE", code=code, field="ethnicity")
        return str(found)


def _name_head(persons: list[ListedPerson], head: ListedPerson, code: str) -> None:
    """One of the members is the head; what the row of the household says of the head fills that member's blanks."""
    found = [one for one in persons if one.head]
    if not found and not any(one.relation for one in persons):
        by_number = [one for one in persons if head.id_hash and one.id_hash == head.id_hash]
        by_name = [one for one in persons if head.name and fold(one.name) == fold(head.name)]
        found = by_number or by_name
    if len(found) != 1:
        raise Unusable("R-HEAD-UNKNOWN", code=code)
    one = found[0]
    one.head = True
    one.ethnicity = one.ethnicity or head.ethnicity
    if not one.id_number and not any(head.id_hash and other.id_hash == head.id_hash for other in persons):
        one.id_number, one.id_hash = head.id_number, head.id_hash


def printable(text: str) -> bool:
    """No control characters, and none that turn the reading direction: a name must be what it looks like."""
    return text.isprintable() or not any(
        one in _TURNING or unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn") for one in text
    )


def _text(row: Row, name: str, code: str) -> str:
    text = str(row.get(name) or "").strip()
    if len(text) > _LONGEST[name]:
        raise Unusable("R-LONG", code=code[:40], field=name, most=_LONGEST[name])
    if not printable(text):
        raise Unusable("R-VALUE", code=code, field=name)
    return text


def _one_of(row: Row, name: str, code: str, allowed: Sequence[str]) -> str:
    found = row.get(name) or ""
    if found and found not in allowed:
        raise Unusable("R-VALUE", code=code, field=name)
    return str(found)


def _whole(row: Row, name: str, code: str, most: int) -> int | None:
    found = row.get(name)
    if found is not None and not 0 <= found <= most:
        raise Unusable("R-VALUE", code=code, field=name)
    return found


def _money(row: Row, code: str) -> int | None:
    found = row.get("income")
    if found is None:
        return None
    if not 0 <= found <= _MOST_MONEY:
        raise Unusable("R-VALUE", code=code, field="income")
    return round(found)


def _points(row: Row, name: str, code: str) -> Decimal | None:
    found = row.get(name)
    if found is None:
        return None
    points = Decimal(str(found)).quantize(Decimal("0.01")) if abs(found) <= _MOST_POINTS else None
    if points is None or points < 0:
        raise Unusable("R-VALUE", code=code, field=name)
    return points


def _day(text: Any, year: int | None, code: str) -> date | None:
    """The day of birth; left out where the year says otherwise (the reader has warned of it)."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except (ValueError, TypeError) as why:
        raise Unusable("R-VALUE", code=code, field="birth_date") from why
    return day if year is None or day.year == year else None


def code_of(row: Row) -> str:
    """The household id, if it can be one. Raises Unusable."""
    code = _text(row, "household_id", str(row.get("household_id") or ""))
    if not code:
        raise Unusable("R-VALUE", code="", field="household_id")
    return code


def all_hashes(one: Listed) -> Iterator[str]:
    return (person.id_hash for person in one.persons if person.id_hash)
