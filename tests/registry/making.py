"""Households for tests, made through the verbs and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from tests.web.cast import Cast
from vuonlen.accounts.models import User
from vuonlen.domain.poverty import Status
from vuonlen.places.models import Place
from vuonlen.registry.current import refresh
from vuonlen.registry.models import Act, Assessment, Decision, Household, Membership, Person, StatusPeriod
from vuonlen.registry.queries import open_members
from vuonlen.registry.verbs.facts import PersonFacts
from vuonlen.registry.verbs.households import add_household
from vuonlen.registry.verbs.members import add_member

BEGAN = date(2023, 3, 1)
AN = PersonFacts("Nông Văn An", birth_date=date(1975, 4, 9), sex="male", ethnicity="02", id_number="006075000121")
BINH = PersonFacts("Hoàng Thị Bình", birth_year=1978, sex="female", ethnicity="07", id_number="006178000235")
CHI = PersonFacts("Nông Thị Chi", birth_date=date(2013, 9, 5), sex="female", ethnicity="02")


def today() -> date:
    return timezone.localdate()


def household(
    cast: Cast, code: str = "H1", head: PersonFacts = AN, place: Place | None = None, on: date = BEGAN
) -> Household:
    """A household of one, in the first old village of Xã Nông Thượng."""
    act = add_household(
        by=cast.officer, reason="rà soát", effective_on=on, code=code, head=head,
        place=place or cast.places.villages["01852"][0],
    )  # fmt: skip
    return again(act.household)


def family(cast: Cast, code: str = "H1", on: date = BEGAN) -> Household:
    """Mr An, Mrs Bình and their daughter Chi."""
    home = household(cast, code, on=on)
    for facts, relation in ((BINH, "Vợ"), (CHI, "Con")):
        do(add_member, home, cast.officer, on=on, facts=facts, relation=relation)
        home = again(home)
    return home


def do(verb: Any, home: Household, by: User, on: date = date(2024, 5, 1), **rest: Any) -> Act:
    """One verb on the household as it is now."""
    told = {"household": home, "by": by, "reason": "theo giấy tờ", "effective_on": on, "revision": again(home).revision}
    act: Act = verb(**(told | rest))
    return act


def again(home: Household | None) -> Household:
    assert home is not None
    return Household.objects.get(pk=home.pk)


def person(home: Household, name: str) -> Person:
    """The member whose name ends so."""
    return next(one.person for one in open_members(home) if one.person.name.endswith(name))


def names(home: Household) -> list[str]:
    return [one.person.name for one in open_members(home)]


def heads(home: Household) -> list[str]:
    return [one.person.name for one in open_members(home) if one.is_head]


def classify(
    home: Household, status: Status = Status.POOR, on: date = date(2023, 12, 31), number: str = "12/QĐ-UBND"
) -> StatusPeriod:
    """A class by a decision, as an import writes it."""
    place = home.commune
    paper, _ = Decision.objects.get_or_create(
        number=number, signed_on=on, place=place, defaults={"issuer": "UBND xã Nông Thượng", "area_path": place.path}
    )
    StatusPeriod.objects.filter(household=home, valid_to=None).update(valid_to=on)
    made = StatusPeriod.objects.create(household=home, status=status, standard="vn-2022", decision=paper, valid_from=on)
    refresh([home])
    return made


def assess(home: Household, on: date = date(2023, 12, 31), **values: Any) -> Assessment:
    """What one review found."""
    made = Assessment.objects.create(household=home, reference_date=on, standard="vn-2022", **values)
    refresh([home])
    return made


def periods(home: Household, name: str) -> list[tuple[date, date | None]]:
    """Memberships of one person in `home`."""
    rows = Membership.objects.filter(household=home, person__name__endswith=name).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to"))
