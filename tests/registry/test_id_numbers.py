"""ID numbers as they are typed: what is kept, what is refused, what must be confirmed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.registry import making
from tests.registry.making import BINH, again, do, family, household, person
from tests.web.cast import Cast
from vuonlen.domain.problems import Refused
from vuonlen.registry.models import Person
from vuonlen.registry.verbs.facts import PersonFacts, digits_of
from vuonlen.registry.verbs.members import add_member, correct_member, mark_deceased, member_leaves

TYPED = """
typed               | kept or refused
006075000121        | 006075000121
 006 075 000 121    | 006075000121
006.075.000-121     | 006075000121
００６０７５０００１２１ | 006075000121
095012345           | 095012345
                    |
6075000121          | G-ID-ZERO
06075000121         | G-ID-ZERO
60750001            | G-ID-LENGTH
0060750001210       | G-ID-LENGTH
7                   | G-ID-FAKE
000000000000        | G-ID-FAKE
123456789           | G-ID-FAKE
123456789012        | G-ID-FAKE
00607500012x        | G-ID-TEXT
6.075E+09           | G-ID-TEXT
không có            | G-ID-TEXT
²³⁴⁵⁶⁷⁸⁹⁰¹²³a       | G-ID-TEXT
"""


def _cases(table: str) -> list[tuple[str, str]]:
    rows = [line.split("|") for line in table.strip().splitlines()[1:]]
    return [(typed, kept.strip()) for typed, kept in rows]


@pytest.mark.parametrize(("typed", "kept"), _cases(TYPED))
def test_what_is_typed(typed: str, kept: str) -> None:
    if not kept.startswith("G-"):
        assert digits_of(typed) == kept
        return
    with pytest.raises(Refused) as refused:
        digits_of(typed)
    assert [(one.code, one.cell) for one in refused.value.problems] == [(kept, "id_number")]


def test_lost_zeros_are_shown_and_never_repaired_in_silence() -> None:
    with pytest.raises(Refused) as refused:
        digits_of("6075000121")
    assert "006075000121" in refused.value.problems[0].sentence()


#: number, sex, year of birth -> what must be confirmed. Digits 1-3 province, 4 century and sex, 5-6 year.
DOUBTED = """
006075000121 | male   | 1975 |
006075000121 |        |      |
006175000121 | female | 1975 |
006204000121 | male   | 2004 |
006304000121 | female | 2004 |
006175000121 | male   | 1975 | V-ID-SEX
006075000121 | female | 1975 | V-ID-SEX
006204000121 | female | 2004 | V-ID-SEX
006075000121 | male   | 1976 | V-ID-YEAR
006004000121 | male   | 2004 | V-ID-YEAR
900075000121 | male   | 1975 | V-ID-PROVINCE
003075000121 | male   | 1975 | V-ID-PROVINCE
900175000121 | male   | 1976 | V-ID-PROVINCE V-ID-SEX V-ID-YEAR
095012345    | male   | 1975 |
"""


@pytest.mark.django_db
@pytest.mark.parametrize("line", DOUBTED.strip().splitlines())
def test_contradictions_are_asked_about_and_pass_when_confirmed(cast: Cast, line: str) -> None:
    number, sex, year, codes = (one.strip() for one in line.split("|"))
    home = household(cast, head=PersonFacts("Ma Văn Tư"))
    facts = PersonFacts("Lý Văn Năm", int(year) if year else None, None, sex, "", number)
    if codes:
        with pytest.raises(Refused) as refused:
            do(add_member, home, cast.officer, facts=facts)
        assert [one.code for one in refused.value.problems] == codes.split()
    do(add_member, home, cast.officer, facts=facts, confirmed=True)
    assert Person.objects.get(name="Lý Văn Năm").id_number == number


# ---- the same number twice ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_number_of_a_living_person_of_the_area_is_refused_and_names_them(cast: Cast) -> None:
    home = family(cast)
    with pytest.raises(Refused) as refused:
        do(add_member, home, cast.officer, facts=PersonFacts("Ai Đó", id_number=BINH.id_number))
    (one,) = [one for one in refused.value.problems if one.code == "G-ID-TAKEN"]
    assert "Hoàng Thị Bình, hộ H1, Xã Nông Thượng" in one.sentence()


@pytest.mark.django_db
def test_a_number_of_a_person_elsewhere_is_refused_without_a_word_about_them(cast: Cast) -> None:
    home = family(cast)
    other = _neighbours(cast)
    with pytest.raises(Refused) as refused:
        do(add_member, other, cast.neighbour, facts=PersonFacts("Ai Đó", id_number=BINH.id_number))
    (one,) = [one for one in refused.value.problems if one.code.startswith("G-ID")]
    assert one.code == "G-ID-TAKEN-ELSEWHERE"
    assert not one.values
    assert home.code not in one.line()


def _neighbours(cast: Cast) -> making.Household:
    act = making.add_household(
        by=cast.neighbour, reason="rà soát", effective_on=making.BEGAN, code="N1", head=PersonFacts("Bế Văn Bảy"),
        place=cast.places.villages["01846"][0],
    )  # fmt: skip
    return again(act.household)


@pytest.mark.django_db
def test_a_number_of_somebody_who_left_still_belongs_to_them(cast: Cast) -> None:
    home = family(cast)
    do(member_leaves, home, cast.officer, person=person(home, "Bình"))
    with pytest.raises(Refused) as refused:
        do(add_member, home, cast.officer, on=date(2024, 6, 1), facts=PersonFacts("Ai Đó", id_number=BINH.id_number))
    assert "G-ID-TAKEN" in [one.code for one in refused.value.problems]


@pytest.mark.django_db
def test_a_number_of_a_dead_person_can_be_typed_again(cast: Cast) -> None:
    home = family(cast)
    do(mark_deceased, home, cast.officer, person=person(home, "Bình"))
    facts = PersonFacts("Hoàng Thị Bính", 1978, sex="female", id_number=BINH.id_number)
    do(add_member, home, cast.officer, on=date(2024, 6, 1), facts=facts)
    assert "Hoàng Thị Bính" in making.names(home)


@pytest.mark.django_db
def test_correcting_oneself_is_no_clash(cast: Cast) -> None:
    home = family(cast)
    binh = person(home, "Bình")
    facts = PersonFacts("Hoàng Thị Bình", 1978, sex="female", ethnicity="02", id_number=BINH.id_number)
    do(correct_member, home, cast.officer, person=binh, facts=facts)
    assert Person.objects.get(pk=binh.pk).ethnicity == "02"


@pytest.mark.django_db
def test_correcting_to_the_number_of_another_is_refused(cast: Cast) -> None:
    home = family(cast)
    facts = PersonFacts("Nông Thị Chi", id_number=BINH.id_number)
    with pytest.raises(Refused) as refused:
        do(correct_member, home, cast.officer, person=person(home, "Chi"), facts=facts, confirmed=True)
    assert "G-ID-TAKEN" in [one.code for one in refused.value.problems]
