"""Rows of the lists: the answers of a household and of its members, as an officer would have typed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from vuonlen.demo.chance import generator
from vuonlen.demo.households import Household
from vuonlen.demo.people import Person
from vuonlen.demo.recipe import Recipe

Cell = str | int | date | None
_YES, _NO = "Có", "Không"
_SEX = {"male": "Nam", "female": "Nữ"}
_MAJORITY = "Kinh"
_HOUSEHOLD = (
    "Mã hộ",
    "Mã xã/phường",
    "Tên xã/phường",
    "Thôn/tổ",
    "Khu vực",
    "Họ tên chủ hộ",
    "Số CCCD chủ hộ",
    "Số nhân khẩu",
    "Thu nhập bình quân đầu người (đồng/tháng)",
    "Điểm A",
    "Điểm B",
)
_GROUPS = (
    "Dân tộc",
    "Hộ dân tộc thiểu số",
    "Hộ không có khả năng lao động",
    "Hộ có thành viên là người có công với cách mạng",
)
_TAIL = (
    "Hộ làm nông, lâm, ngư nghiệp",
    "Số trẻ em dưới 16 tuổi",
    "Số trẻ em không có BHYT",
    "Số trẻ em suy dinh dưỡng",
    "Số trẻ em không đi học",
    "Ghi chú",
)
MEMBER_HEADINGS = (
    "Mã hộ",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Dân tộc",
    "Có BHYT",
    "Đang đi học",
    "Suy dinh dưỡng",
)


class Rows:
    """Rows of the list of one year."""

    def __init__(self, recipe: Recipe, year: int) -> None:
        self._recipe = recipe
        self._year = year
        self._ages = recipe.ages
        self._later = year == recipe.years.later

    def headings(self) -> list[str]:
        recipe = self._recipe
        asked = [f"{code} {name}" for code, name in recipe.indicators.items()]
        if self._later:
            asked.append(f"{recipe.waste.code} {recipe.waste.name}")
        causes = [f"{code} {name}" for code, name in recipe.causes.items()]
        return [*_HOUSEHOLD, *asked, *_GROUPS, *causes, *_TAIL]

    def household(self, home: Household) -> list[Cell]:
        """One row; raises KeyError when the household is not in the list of this year."""
        answers = home.answers[self._year]
        here = home.present(self._year)
        counts = self._children(home, here)
        scored = answers.score is not None
        return [
            home.id,
            *self._place(home),
            here[0].name,
            self._id_number(here[0]),
            len(here),
            answers.income,
            answers.score,
            self._recipe.points_per_deprivation * len(answers.deprived) if scored else None,
            *(None if code in answers.blank else int(code in answers.deprived) for code in self._recipe.indicators),
            *((self._waste(home),) if self._later else ()),
            home.group,
            int(home.group != _MAJORITY),
            int(
                home.no_capacity
                or not any(self._ages.adult_from <= one.age(self._year) < self._ages.old_from for one in here)
            ),
            int(home.merit),
            *((int(code in home.causes) if answers.low else None) for code in self._recipe.causes),
            _YES if home.farm else _NO,
            *counts,
            home.note if self._year == self._recipe.years.second else None,
        ]

    def members(self, home: Household) -> Iterator[list[Cell]]:
        here = home.present(self._year)
        insured, school, thin = self._concerned(home, here)
        for one in here:
            child = one.age(self._year) < self._ages.adult_from
            yield [
                home.id,
                one.name,
                one.relation,
                one.born,
                _SEX[one.sex],
                self._id_number(one),
                home.group,
                _NO if one.serial in insured else _YES,
                self._in_school(one, school),
                (_YES if one.serial in thin else _NO) if child else None,
            ]

    def _place(self, home: Household) -> tuple[str, str, str, str]:
        unit, names = self._recipe.units[home.unit], self._recipe.area_names
        if not self._later:
            return home.unit, unit.name, home.village, names[unit.area]
        later = unit.later
        village = later.village.format(village=home.village, bare=home.village.split(" ", 1)[1])
        return later.code, later.name, village, names["rural" if later.area == "rural" else "urban"]

    def _id_number(self, person: Person) -> str:
        return person.id_number(self._recipe.id_province, self._recipe.id_tail)

    def _waste(self, home: Household) -> int | None:
        waste, answers = self._recipe.waste, home.answers[self._year]
        rng = generator(self._recipe.seed, home.id, waste.code)
        if rng.random() >= waste.asked.of(answers.low or answers.score is not None):
            return None
        return int(rng.random() < waste.deprived[self._recipe.units[home.unit].later.area])

    def _children(self, home: Household, here: Sequence[Person]) -> tuple[int, int, int, int]:
        """Persons under 16: all, without health insurance, malnourished, of school age and not in school."""
        uninsured, out_of_school, thin = self._concerned(home, here)
        children = [one for one in here if one.age(self._year) < self._ages.adult_from]
        return (
            len(children),
            sum(one.serial in uninsured for one in children),
            len(thin),
            len(out_of_school),
        )

    def _concerned(self, home: Household, here: Sequence[Person]) -> tuple[set[int], set[int], set[int]]:
        """Serial numbers of the members without insurance, of children not in school, of malnourished children."""
        lacks, year = home.answers[self._year].deprived, self._year
        insurable = [one for one in here if one.age(year) >= self._ages.insured_from]
        pupils = [one for one in here if self._ages.school_from <= one.age(year) < self._ages.adult_from]
        children = [one for one in here if one.age(year) < self._ages.adult_from]
        return (
            _unlucky(insurable, "I04" in lacks),
            _unlucky(pupils, "I06" in lacks),
            _unlucky(children, "I03" in lacks),
        )

    def _in_school(self, person: Person, out_of_school: set[int]) -> str | None:
        age = person.age(self._year)
        if self._ages.school_from <= age < self._ages.adult_from:
            return _NO if person.serial in out_of_school else _YES
        return _YES if self._ages.adult_from <= age <= self._ages.student_until and person.luck > 0.3 else None


def _unlucky(members: Sequence[Person], lacks: bool) -> set[int]:
    """One member, now and then two, always the same ones while they are there."""
    if not lacks:
        return set()
    by_luck = sorted(members, key=lambda one: one.luck)
    return {one.serial for one in by_luck[: 2 if by_luck[0].luck < 0.15 else 1]}
