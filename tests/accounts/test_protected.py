"""ID numbers: masked, opened with a purpose, counted, and every look an entry of the journal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from tests.web.cast import Cast
from tests.web.homes import ID_NUMBER, household
from vuonlen.accounts.models import Reveal
from vuonlen.accounts.protected import Protected, Purpose, left_today, mask, reveal
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.registry.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast: Cast) -> Household:
    return household(cast.places.bac_kan)


def number_of(home: Household) -> Protected:
    person = home.memberships.get().person
    return Protected(
        "id_number", "person", person.public_id, home.area_path, home.commune.key, lambda: str(person.id_number)
    )


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("001085000045", "0010******45"),
        ("095123456", "*******56"),
        ("", ""),
        ("0", "********"),
        ("12345678", "********"),
        ("1234567890", "********"),
        ("12345678901", "********"),
        ("1234567890123", "********"),
        ("00108500004x", "********"),
        ("٠٠١٠٨٥٠٠٠٠٤٥", "********"),
    ],
)
def test_the_mask(number: str, shown: str) -> None:
    assert mask(number) == shown


@pytest.mark.parametrize("length", range(1, 20))
def test_the_mask_hides_six_digits_of_a_whole_number_and_everything_of_others(length: int) -> None:
    shown = mask("9" * length)
    assert shown.count("9") <= (6 if length == 12 else 2)
    assert shown.count("*") >= 6


def test_a_look_gives_the_number_and_leaves_its_reason_twice(cast: Cast, home: Household) -> None:
    what = number_of(home)
    assert reveal(by=cast.officer, what=what, purpose=Purpose.REVIEW, note="hộ cận ngưỡng") == ID_NUMBER
    row = Reveal.objects.get()
    assert (row.user, row.field, row.object_id) == (cast.officer, "id_number", what.object_id)
    assert row.purpose == "Đối chiếu giấy tờ khi rà soát: hộ cận ngưỡng"
    entry = Entry.objects.get()
    assert (entry.act, entry.object_id, entry.actor_id) == ("accounts.reveal", what.object_id, cast.officer.pk)
    assert (entry.role, entry.reason, entry.fields) == ("commune_officer", row.purpose, "id_number")
    assert entry.chain.key == cast.places.bac_kan.key


def test_neither_record_holds_the_number(cast: Cast, home: Household) -> None:
    reveal(by=cast.officer, what=number_of(home), purpose=Purpose.REVIEW)
    for row in (*Reveal.objects.values(), *Entry.objects.values()):
        assert ID_NUMBER not in str(row)


@pytest.mark.parametrize(
    "who", ["village_head", "province_officer", "bank", "administrator", "neighbour", "far_officer", "nobody"]
)
def test_without_the_right_at_that_place_nothing_is_told(cast: Cast, home: Household, who: str) -> None:
    def never() -> str:
        raise AssertionError("opened without the right")

    what = number_of(home)
    shut = Protected(what.field, what.object_type, what.object_id, what.path, what.chain, never)
    with pytest.raises(PermissionDenied):
        reveal(by=getattr(cast, who), what=shut, purpose=Purpose.REVIEW)
    assert not Reveal.objects.exists()


@pytest.mark.parametrize("who", ["officer", "chair", "approver", "inspector"])
def test_those_who_may(cast: Cast, home: Household, who: str) -> None:
    assert reveal(by=getattr(cast, who), what=number_of(home), purpose=Purpose.INSPECTION) == ID_NUMBER


@pytest.mark.parametrize(
    ("purpose", "note", "code"),
    [
        ("", "", "N-PURPOSE"),
        ("curiosity", "muốn xem thử cho biết", "N-PURPOSE"),
        ("other", "", "N-PURPOSE-NOTE"),
        ("other", "   xem   ", "N-PURPOSE-NOTE"),
    ],
)
def test_a_purpose_is_needed(cast: Cast, home: Household, purpose: str, note: str, code: str) -> None:
    with pytest.raises(Refused) as why:
        reveal(by=cast.officer, what=number_of(home), purpose=purpose, note=note)
    assert [one.code for one in why.value.problems] == [code]
    assert not Reveal.objects.exists()


def test_at_the_ceiling_the_look_is_refused_and_the_refusal_is_an_entry(
    cast: Cast, home: Household, settings: Any
) -> None:
    settings.REVEALS_A_DAY = 2
    what = number_of(home)
    for _ in range(2):
        reveal(by=cast.officer, what=what, purpose=Purpose.REVIEW)
    assert left_today(cast.officer) == 0
    with pytest.raises(Refused) as why:
        reveal(by=cast.officer, what=what, purpose=Purpose.REVIEW)
    assert why.value.problems[0].code == "N-CEILING"
    assert Reveal.objects.count() == 2
    assert list(Entry.objects.order_by("id").values_list("act", flat=True)) == [
        "accounts.reveal", "accounts.reveal", "accounts.reveal_refused",
    ]  # fmt: skip
    assert reveal(by=cast.officer2, what=what, purpose=Purpose.REVIEW) == ID_NUMBER


def test_the_ceiling_counts_the_day_here_and_begins_anew(cast: Cast, home: Household, settings: Any) -> None:
    settings.REVEALS_A_DAY = 1
    reveal(by=cast.officer, what=number_of(home), purpose=Purpose.REVIEW)
    Reveal.objects.update(at=timezone.now() - timedelta(days=1))
    assert left_today(cast.officer) == 1


@pytest.mark.django_db(transaction=True)
def test_a_look_inside_a_transaction_of_the_caller_is_refused(cast: Cast, home: Household) -> None:
    """The caller could otherwise undo the entry of a refusal."""
    with transaction.atomic(), pytest.raises(RuntimeError):
        reveal(by=cast.officer, what=number_of(home), purpose=Purpose.REVIEW)


@pytest.mark.django_db(transaction=True)
def test_looks_at_the_same_moment_do_not_pass_the_ceiling_together(cast: Cast, home: Household, settings: Any) -> None:
    settings.REVEALS_A_DAY = 3
    what = number_of(home)
    start = Barrier(8)

    def look() -> bool:
        start.wait()
        try:
            reveal(by=cast.officer, what=what, purpose=Purpose.REVIEW)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        given = [one.result() for one in [pool.submit(look) for _ in range(8)]]
    assert sum(given) == Reveal.objects.count() == 3
    assert Entry.objects.filter(act="accounts.reveal_refused").count() == 5
