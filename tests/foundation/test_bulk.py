"""Bulk insertion keeps what Django would have kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from tests.web.cast import Places
from vuonlen.foundation.bulk import insert, reserve
from vuonlen.places.models import Place
from vuonlen.registry.models import Act, Assessment, Change, Household, Membership, Person, Residence

pytestmark = pytest.mark.django_db
DAY = date(2022, 12, 31)


def home(places: Places, code: str = "H1") -> Household:
    place = places.nong_thuong
    return Household(code=code, registered_in=place, commune=place, area_path=place.path)


def test_every_kind_of_value_comes_back(places: Places) -> None:
    one = home(places)
    person = Person(
        name="Nông Văn Ốc'\"\\;{,}", name_folded="x", birth_date=date(1931, 2, 28), birth_year=1931,
        id_number="006031000001",
    )  # fmt: skip
    insert([one])
    insert([person])
    found = Assessment(
        household=one, reference_date=DAY, standard="vn-2022", income=2**40, income_score=Decimal("131.50"),
        deprived="I01 I04",
    )  # fmt: skip
    insert([found])
    at = datetime(2022, 12, 31, 17, 5, 6, 123456, tzinfo=UTC)
    act = Act(verb="add", at=at, effective_on=DAY, household=one)
    insert([act])
    insert([Change(act=act, household=one, model="person", row=7, kind="set", before={"name": "Ốc"}, after=None)])
    assert Person.objects.get().id_number == "006031000001"
    assert (Person.objects.get().name, Person.objects.get().birth_date) == (person.name, date(1931, 2, 28))
    read = Assessment.objects.get()
    assert (read.income, read.income_score, read.deprivation_score) == (2**40, Decimal("131.50"), None)
    assert (Act.objects.get().at, Act.objects.get().household) == (at, one)
    change = Change.objects.get()
    assert (change.before, change.after) == ({"name": "Ốc"}, None)


def test_id_numbers_are_sealed_in_the_column(places: Places) -> None:
    insert([Person(name="A", name_folded="a", id_number="006031000001")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM registry_person")
        stored = cursor.fetchone()[0]
    assert stored
    assert "006031000001" not in stored


def test_rows_may_point_at_rows_that_were_inserted_before(places: Places) -> None:
    one, person = home(places), Person(name="A", name_folded="a")
    link = Membership(household=one, person=person, is_head=True, valid_from=DAY)
    insert([one])
    insert([person])
    insert([link])
    assert Membership.objects.get().household_id == one.pk
    assert link.household is one


def test_keys_follow_those_that_django_gives(places: Places) -> None:
    first = home(places, "H1")
    first.save()
    insert([home(places, f"H{number}") for number in range(2, 5)])
    last = home(places, "H5")
    last.save()
    keys = list(Household.objects.order_by("code").values_list("pk", flat=True))
    assert len(set(keys)) == 5
    assert keys == sorted(keys)


def test_keys_are_not_given_again_after_deletion(places: Places) -> None:
    insert([home(places)])
    gone = Household.objects.get().pk
    Household.objects.all().delete()
    insert([home(places)])
    assert Household.objects.get().pk > gone


def test_the_database_still_refuses(places: Places) -> None:
    insert([home(places, "H1")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([home(places, "H2"), home(places, "H1")])
    assert Household.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_key_is_reserved() -> None:
    with pytest.raises(TransactionManagementError):
        reserve(Place, 1)


def test_thousands_of_rows(places: Places) -> None:
    homes = [home(places, f"H{number}") for number in range(3000)]
    insert(homes)
    place = places.nong_thuong
    insert([Residence(household=one, place=place, area_path=place.path, valid_from=DAY) for one in homes])
    assert Residence.objects.filter(household__code="H2999").count() == 1
    assert Residence.objects.count() == 3000
