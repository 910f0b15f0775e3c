"""The one way to write: rows, changes and journal together, guarded by the revision that was read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from vuonlen.domain.names import fold
from vuonlen.foundation.paths import step
from vuonlen.journal.models import Entry
from vuonlen.places.models import Kind, Level, Place
from vuonlen.registry.current import refresh
from vuonlen.registry.models import Act, Change, Decision, Household, Membership, Person, Residence, StatusPeriod
from vuonlen.registry.reversing import CannotReverse, reverse, reverse_batch
from vuonlen.registry.rows import TABLES, told
from vuonlen.registry.writing import Book, ChangedMeanwhile

pytestmark = pytest.mark.django_db
BEGIN = date(2022, 1, 1)


@pytest.fixture
def commune() -> Place:
    province = Place.objects.create(
        code="06", level=Level.PROVINCE, kind=Kind.PROVINCE, name="Tỉnh Bắc Kạn", name_folded="tinh bac kan",
        path=step(1), valid_from=date(2021, 1, 1),
    )  # fmt: skip
    return Place.objects.create(
        code="01852", level=Level.COMMUNE, kind=Kind.RURAL_COMMUNE, name="Xã Nông Thượng", name_folded="xa nong thuong",
        parent=province, path=step(1) + step(1), valid_from=date(2021, 1, 1), area_type="rural",
    )  # fmt: skip


def add(commune: Place, code: str = "H1", name: str = "Nguyễn Văn An", batch: str = "") -> Household:
    """A household with its head, its home and its class, as an import writes them."""
    home = Household(code=code, registered_in=commune, commune=commune, area_path=commune.path)
    head = Person(name=name, name_folded=fold(name), birth_year=1970, sex="male", id_number="006070123456")
    paper = Decision.objects.filter(number="1/QĐ").first()
    book = Book(by=None, batch=batch)
    act = book.act("add_household", home, reason="danh sách", effective_on=BEGIN)
    book.add(act, home)
    book.add(act, head, home)
    book.add(act, Membership(household=home, person=head, relation="Chủ hộ", is_head=True, valid_from=BEGIN), home)
    book.add(act, Residence(household=home, place=commune, area_path=commune.path, valid_from=BEGIN), home)
    if paper is None:
        paper = Decision(number="1/QĐ", signed_on=BEGIN, issuer="UBND", place=commune, area_path=commune.path)
        book.add(act, paper)
    book.add(
        act, StatusPeriod(household=home, status="poor", standard="vn-2022", decision=paper, valid_from=BEGIN), home
    )
    with transaction.atomic():
        book.write()
        refresh([home])
    return home


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the register, sealed values opened, without what counts writing itself."""
    found = {}
    for name, table in TABLES.items():
        rows = [(row, told(row)) for row in table._default_manager.order_by("pk")]
        for row, values in rows:
            values.pop("revision", None)
            if isinstance(row, Person):
                values["id_number"] = row.id_number
        found[name] = [{"pk": row.pk, **values} for row, values in rows]
    return found


def test_rows_that_point_at_each_other_are_added_together(commune: Place) -> None:
    home = add(commune)
    assert Membership.objects.get().person.name == "Nguyễn Văn An"
    assert home.statuses.get().decision.number == "1/QĐ"


def test_the_newest_state_stands_on_the_household(commune: Place) -> None:
    home = Household.objects.get(pk=add(commune).pk)
    assert (home.head_name, home.status, home.size, home.commune_id) == ("Nguyễn Văn An", "poor", 1, commune.pk)


def test_each_act_stands_in_the_chain_of_its_commune(commune: Place) -> None:
    home = add(commune)
    entry = Entry.objects.get()
    assert (entry.chain.key, entry.act, entry.object_id) == (commune.key, "registry.add_household", home.public_id)


def test_the_journal_and_the_history_hold_no_id_number(commune: Place) -> None:
    add(commune)
    person = Person.objects.get()
    book = Book(by=None)
    act = book.act("correct_member", Household.objects.get(), reason="sai số")
    assert book.set(act, person, id_number="006070999999")
    with transaction.atomic():
        book.write()
    told_everywhere = str(list(Change.objects.values_list("before", "after"))) + str(list(Entry.objects.values()))
    assert "006070123456" not in told_everywhere
    assert "006070999999" not in told_everywhere


def test_setting_what_already_stands_is_no_change(commune: Place) -> None:
    add(commune)
    person = Person.objects.get()
    book = Book(by=None)
    assert not book.set(book.act("correct_member", None), person, name=person.name)


def test_the_second_of_two_writers_writes_nothing(commune: Place) -> None:
    home = add(commune)
    first, second = Household.objects.get(pk=home.pk), Household.objects.get(pk=home.pk)
    for one, address in ((first, "nhà sàn"), (second, "cạnh trường")):
        book = Book(by=None)
        book.set(book.act("correct_household", one), one, address=address)
        if one is first:
            with transaction.atomic():
                book.write()
        else:
            with pytest.raises(ChangedMeanwhile) as why, transaction.atomic():
                book.write()
            assert why.value.households == [second]
    assert Household.objects.get(pk=home.pk).address == "nhà sàn"
    assert Entry.objects.count() == 2


def test_undoing_restores_every_row(commune: Place) -> None:
    home = add(commune)
    before = everything()
    person, stay = Person.objects.get(), home.residences.get()
    home = Household.objects.get(pk=home.pk)
    book = Book(by=None)
    act = book.act("move_household", home, reason="chuyển", effective_on=date(2023, 5, 1))
    book.set(act, person, home, name="Nguyễn Văn Ân", id_number="006070000001")
    book.set(act, stay, home, valid_to=date(2023, 5, 1))
    book.add(act, Residence(household=home, place=commune, area_path=commune.path, valid_from=date(2023, 5, 1)), home)
    with transaction.atomic():
        book.write()
        refresh([home])
    assert everything() != before
    reverse(act=act, by=None, reason="nhầm hộ")
    assert everything() == before


def test_undoing_the_adding_of_a_household_takes_it_away_and_keeps_its_history(commune: Place) -> None:
    home = add(commune)
    key = home.pk
    act = Act.objects.get()
    reverse(act=act, by=None, reason="nhập nhầm")
    assert not Household.objects.exists()
    assert Act.objects.filter(household_id=key).count() == 2


def test_undoing_the_undoing_brings_everything_back(commune: Place) -> None:
    add(commune)
    before = everything()
    undone = reverse(act=Act.objects.get(), by=None, reason="nhập nhầm")
    reverse(act=undone, by=None, reason="không nhầm")
    assert everything() == before


def test_an_act_on_which_a_later_one_stands_is_not_undone(commune: Place) -> None:
    home = Household.objects.get(pk=add(commune).pk)
    adding = Act.objects.get()
    book = Book(by=None)
    later = book.act("correct_member", home, reason="sai tên")
    book.set(later, Person.objects.get(), home, name="Nguyễn Văn Ân")
    with transaction.atomic():
        book.write()
    before = everything()
    with pytest.raises(CannotReverse) as why:
        reverse(act=adding, by=None, reason="nhầm")
    assert [one.act_id for one in why.value.changes] == [later.pk]
    assert everything() == before


def test_edits_of_different_fields_are_undone_apart(commune: Place) -> None:
    home = Household.objects.get(pk=add(commune).pk)
    acts = []
    for values in ({"name": "Nguyễn Văn Ân"}, {"birth_year": 1971}):
        book = Book(by=None)
        act = book.act("correct_member", home)
        book.set(act, Person.objects.get(), home, **values)
        with transaction.atomic():
            book.write()
        acts.append(act)
    reverse(act=acts[0], by=None, reason="tên cũ đúng")
    person = Person.objects.get()
    assert (person.name, person.birth_year) == ("Nguyễn Văn An", 1971)


def test_an_act_is_undone_once(commune: Place) -> None:
    add(commune)
    act = Act.objects.get()
    reverse(act=act, by=None, reason="nhầm")
    with pytest.raises(CannotReverse):
        reverse(act=act, by=None, reason="nhầm")


def test_an_import_is_undone_as_a_whole(commune: Place) -> None:
    kept = add(commune, "H0", "Hoàng Thị Bưởi")
    before = everything()
    for number in range(1, 6):
        add(commune, f"H{number}", batch="b1")
    assert reverse_batch(batch="b1", by=None, reason="tệp sai") == 5
    assert everything() == before
    assert Household.objects.get() == kept


def test_an_import_on_which_something_stands_stays_whole(commune: Place) -> None:
    homes = [add(commune, f"H{number}", batch="b1") for number in range(3)]
    home = Household.objects.get(pk=homes[1].pk)
    book = Book(by=None)
    book.set(book.act("correct_household", home), home, address="đầu làng")
    with transaction.atomic():
        book.write()
    before = everything()
    with pytest.raises(CannotReverse):
        reverse_batch(batch="b1", by=None, reason="tệp sai")
    assert everything() == before


def test_the_database_refuses_two_classes_at_once(commune: Place) -> None:
    home = add(commune)
    second = StatusPeriod(
        household=home, status="near_poor", standard="vn-2022", decision=Decision.objects.get(),
        valid_from=date(2023, 1, 1),
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        save_and_check(second)


def test_the_database_refuses_a_second_head(commune: Place) -> None:
    home = add(commune)
    other = Person.objects.create(name="Lý Thị Mai", name_folded="ly thi mai")
    with pytest.raises(IntegrityError):
        save_and_check(Membership(household=home, person=other, is_head=True, valid_from=date(2023, 1, 1)))


def save_and_check(row: StatusPeriod | Membership) -> None:
    """As at the end of a transaction: PostgreSQL looks at periods only then."""
    with transaction.atomic():
        row.save()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
