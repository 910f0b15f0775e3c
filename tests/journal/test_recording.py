"""Adding to the journal: inside a transaction, without gaps, never back in time, never changed afterwards."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.journal.wall import WALL
from vuonlen.domain.problems import Refused
from vuonlen.journal.actions import SYSTEM, Act, Actor, record, record_many
from vuonlen.journal.hashing import genesis
from vuonlen.journal.models import Chain, Entry

CHAIN = "01843@2025-07-01"
LAN = Actor(7, "Nông Thị Lan", "commune_officer")


def act(number: int = 1, **more: object) -> Act:
    return Act("registry.correct", "household", f"h{number}", **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_entries_count_up_and_name_the_one_before() -> None:
    with transaction.atomic():
        first = record(CHAIN, LAN, act(1, before={"a": 1}, after={"a": 2}, fields=["a"], reason="sửa"))
        second, third = record_many(CHAIN, SYSTEM, [act(2), act(3)])
    chain = Chain.objects.get(key=CHAIN)
    assert [one.sequence for one in (first, second, third)] == [1, 2, 3]
    assert first.previous == genesis(CHAIN)
    assert (second.previous, third.previous, chain.head, chain.length) == (first.hash, second.hash, third.hash, 3)
    assert Entry.objects.get(sequence=1).place == CHAIN


@pytest.mark.django_db
def test_nothing_of_the_values_is_stored() -> None:
    with transaction.atomic():
        record(CHAIN, LAN, act(1, before={"name": "Bế Thị Bình"}, after={"name": "Bế Thị Bính"}, fields=["name"]))
    row = Entry.objects.values().get()
    assert "Bình" not in str(row)
    assert len(row["before"]) == len(row["after"]) == 64
    assert row["before"] != row["after"]


@pytest.mark.django_db
def test_equal_values_of_two_objects_look_unlike_and_of_one_object_alike() -> None:
    with transaction.atomic():
        one, again, other = record_many(CHAIN, LAN, [act(n, after={"status": "poor"}) for n in (1, 1, 2)])
    assert one.after == again.after != other.after


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written() -> None:
    with pytest.raises(TransactionManagementError):
        record(CHAIN, LAN, act())
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_no_entry() -> None:
    with transaction.atomic():
        record(CHAIN, LAN, act(1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert record_many(CHAIN, LAN, [act(2), act(3)])[1].sequence / 0
    with transaction.atomic():
        assert record(CHAIN, LAN, act(4)).sequence == 2
    assert Entry.objects.count() == Chain.objects.get().length == 2


@pytest.mark.django_db
def test_a_clock_that_went_back_a_little_is_covered_and_a_lot_is_refused() -> None:
    now = timezone.now()
    with transaction.atomic():
        with time_machine.travel(now, tick=False):
            first = record(CHAIN, LAN, act(1))
        with time_machine.travel(now - timedelta(minutes=4), tick=False):
            assert record(CHAIN, LAN, act(2)).at == first.at
        with time_machine.travel(now - timedelta(minutes=6), tick=False), pytest.raises(Refused, match="J-CLOCK"):
            record(CHAIN, LAN, act(3))
    assert Entry.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["mất \0 số", "nửa chữ \ud83d"])
def test_what_no_database_keeps_is_replaced_in_a_reason(typed: str) -> None:
    with transaction.atomic():
        entry = record(CHAIN, LAN, act(1, reason=typed))
    assert Entry.objects.get().reason == entry.reason
    assert "\0" not in entry.reason


@pytest.mark.django_db
def test_a_text_that_does_not_fit_is_told_on_either_database() -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="object_id"):
        record(CHAIN, LAN, Act("x", "household", "h" * 41))


SQLITE = ("INSERT OR REPLACE",)  # what only one of the databases can say
POSTGRESQL = ("TRUNCATE",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET reason = 'khác' WHERE sequence = 2",
        "DELETE FROM journal_entry WHERE sequence = 3",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE sequence = 2",
        "INSERT OR REPLACE INTO journal_entry SELECT id + 1000, sequence, at, actor_id, 'x', role, place, act, "
        "object_type, object_id, fields, reason, before, after, previous, hash, chain_id FROM journal_entry",
    ],
)
def test_the_database_refuses_to_change_or_take_out(statement: str) -> None:
    if statement.startswith(POSTGRESQL if connection.vendor == "sqlite" else SQLITE):
        pytest.skip(f"{connection.vendor} knows no such statement")
    with transaction.atomic():
        record_many(CHAIN, LAN, [act(n) for n in range(3)])
    before = list(Entry.objects.order_by("id").values())
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Entry.objects.order_by("id").values()) == before


@pytest.mark.django_db
def test_the_promise_of_the_database_can_be_made_again() -> None:
    with connection.cursor() as cursor:
        for statement in [*WALL.lower_wall(connection.vendor), *WALL.raise_wall(connection.vendor)]:
            cursor.execute(statement)
    with transaction.atomic():
        record(CHAIN, LAN, act())
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(reason="khác")


@pytest.mark.django_db(transaction=True)
def test_eight_who_write_at_once_make_one_chain_without_a_gap() -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def write(number: int) -> None:
        try:
            start.wait()
            for turn in range(10):
                with transaction.atomic():
                    record_many(CHAIN, LAN, [act(number * 100 + turn), act(number)])
        except BaseException as why:  # told below: a thread cannot fail a test
            failures.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failures
    entries = list(Entry.objects.order_by("sequence"))
    assert [one.sequence for one in entries] == list(range(1, 161))
    assert [one.previous for one in entries] == [genesis(CHAIN), *(one.hash for one in entries[:-1])]
    assert [one.at for one in entries] == sorted(one.at for one in entries)
    assert Chain.objects.values_list("length", "head").get() == (160, entries[-1].hash)


@pytest.mark.django_db
def test_ten_thousand_acts_take_a_few_questions() -> None:
    acts = [act(n, before={"a": n}, after={"a": n + 1}, fields=["a"]) for n in range(10_000)]
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        record_many(CHAIN, LAN, acts)
    assert len(asked) < 50
