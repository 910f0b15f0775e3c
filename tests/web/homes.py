"""A household for tests that do not care how it came to be there: one row of each kind. Invented people."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from vuonlen.domain.names import fold, order_key
from vuonlen.foundation.secret import keyed_hash
from vuonlen.places.models import Level, Place
from vuonlen.registry.models import (
    Act,
    Assessment,
    Change,
    Decision,
    Household,
    Membership,
    Person,
    PersonState,
    Residence,
    StatusPeriod,
)

SINCE = date(2025, 7, 1)
ID_NUMBER = "006085000045"


def household(place: Place, code: str = "H1", name: str = "Hoàng Văn Bắc", id_number: str = ID_NUMBER) -> Household:
    """A poor household of one person at a village or commune, with its whole history."""
    village = place if place.level == Level.VILLAGE else None
    commune = place.parent if village is not None and place.parent is not None else place
    home = Household.objects.create(
        code=code, registered_in=commune, commune=commune, village=village, area_path=place.path, head_name=name,
        head_folded=fold(name), head_order=order_key(name), ethnicity="02", size=1, status="poor",
    )  # fmt: skip
    head = Person.objects.create(
        name=name, name_folded=fold(name), birth_year=1985, sex="male", ethnicity="02", id_number=id_number,
        id_hash=keyed_hash(id_number, purpose="id_number") if id_number else "",
    )  # fmt: skip
    Membership.objects.create(household=home, person=head, relation="Chủ hộ", is_head=True, valid_from=SINCE)
    PersonState.objects.create(person=head, insured=True, valid_from=SINCE)
    Residence.objects.create(household=home, place=place, area_path=place.path, valid_from=SINCE)
    paper, _ = Decision.objects.get_or_create(
        place=commune, number="15/QĐ-UBND", signed_on=SINCE, defaults={"issuer": "UBND", "area_path": commune.path}
    )
    StatusPeriod.objects.create(household=home, status="poor", standard="vn-2022", decision=paper, valid_from=SINCE)
    Assessment.objects.create(household=home, reference_date=SINCE, standard="vn-2022", recorded_status="poor")
    act = Act.objects.create(verb="add_household", at=timezone.now(), household=home, effective_on=SINCE)
    Change.objects.create(act=act, household=home, model="household", row=home.pk, kind="add")
    return home
