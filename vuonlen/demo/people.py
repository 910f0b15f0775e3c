"""The persons of an invented household: names, birth dates, numbers. Nobody of them exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from vuonlen.demo.recipe import Names

MALE, FEMALE = "male", "female"
#: Digit of the personal identification number for the century of birth and the sex.
_CENTURY_DIGIT = {(19, MALE): 0, (19, FEMALE): 1, (20, MALE): 2, (20, FEMALE): 3}
_HEAD_IS_MALE, _IS_MALE = 0.72, 0.51
_WHOLE_YEAR = (0, 365)


@dataclass(slots=True)
class Person:
    """joined, left: the first year with the person in the list, and the first without (None: still here).

    fixed: someone whom an answer of the household rests on, who does not leave. luck: 0 to 1, decides which of the
    members an answer concerns. serial: a number of its own among all persons of the demonstration.
    """

    name: str
    sex: str
    born: date
    relation: str
    luck: float
    serial: int
    fixed: bool = True
    joined: int = 0
    left: int | None = None

    def here(self, year: int) -> bool:
        return self.joined <= year and (self.left is None or year < self.left)

    def age(self, year: int) -> int:
        """Full years at the end of `year`."""
        return year - self.born.year

    def id_number(self, province: str, tail: str) -> str:
        """Twelve digits: province, century and sex, year of birth, then `tail` and the serial number."""
        digit = _CENTURY_DIGIT[self.born.year // 100, self.sex]
        return f"{province}{digit}{self.born.year % 100:02d}{tail}{self.serial:0{6 - len(tail)}d}"


class PersonMaker:
    """Makes persons; each has the next serial number."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._serial = 0

    def make(
        self,
        rng: Random,
        group: str,
        span: tuple[int, int],
        relation: str,
        *,
        sex: str = "",
        family: str = "",
        fixed: bool = True,
        joined: int = 0,
        days: tuple[int, int] = _WHOLE_YEAR,
    ) -> Person:
        """A person of an ethnic group born in the years of `span`.

        family: family name, drawn when not given. days: days of the year of birth, from 0.
        """
        self._serial += 1
        chosen = sex or (MALE if rng.random() < (_HEAD_IS_MALE if relation == "Chủ hộ" else _IS_MALE) else FEMALE)
        return Person(
            name=self._name(rng, group, chosen, family),
            sex=chosen,
            born=date(rng.randint(*span), 1, 1) + timedelta(days=rng.randrange(*days)),
            relation=relation,
            luck=rng.random(),
            serial=self._serial,
            fixed=fixed,
            joined=joined,
        )

    def spouse(self, rng: Random, group: str, head: Person) -> Person:
        """Of the other sex and about the head's age."""
        span = (head.born.year - 5, min(2003, head.born.year + 5))
        sex, relation = (FEMALE, "Vợ") if head.sex == MALE else (MALE, "Chồng")
        return self.make(rng, group, span, relation, sex=sex)

    def _name(self, rng: Random, group: str, sex: str, family: str) -> str:
        names = self._names
        return " ".join(
            (
                family or rng.choice(names.family[group]),
                rng.choice(_of_group(names.middle[sex], group)),
                rng.choice(_of_group(names.given[sex], group)),
            )
        )


def _of_group(names: Mapping[str, Sequence[str]], group: str) -> Sequence[str]:
    return names.get(group) or names["*"]
