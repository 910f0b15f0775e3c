"""No ID number stands in clear in any table: after lists, looks, searches, exports and proposals about their people."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.registry.intake.making import SECOND, book, bring, home, person, write
from tests.web.cast import Cast
from vuonlen.accounts.models import Reveal
from vuonlen.registry.models import Household, Person

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 200
NUMBERS = [f"0060850{number:05}" for number in range(1, 2 * COUNT + 1)]
LIKE = re.compile(r"0060850\d{5}")


def everything() -> dict[str, str]:
    """All that the database holds, table by table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = "\n".join(repr(tuple(map(plain, row))) for row in cursor.fetchall())
    return found


def plain(value: Any) -> str:
    """As text; what PostgreSQL gives as bytes or memory too."""
    raw = bytes(value) if isinstance(value, memoryview | bytearray | bytes) else None
    return raw.decode("utf-8", "replace") if raw is not None else str(value)


def lists(tmp_path: Path, year: int, status: str) -> Path:
    homes = [home(f"H{n}", f"Nông Văn {n}", number=NUMBERS[2 * n], status=status) for n in range(COUNT)]
    people = [
        one
        for n in range(COUNT)
        for one in (
            person(f"H{n}", f"Nông Văn {n}", "Chủ hộ", number=NUMBERS[2 * n]),
            person(f"H{n}", f"Hoàng Thị {n}", "Vợ", number=NUMBERS[2 * n + 1]),
        )
    ]
    return book(tmp_path / f"{year}.xlsx", homes, people)


def test_no_number_stands_in_clear_anywhere(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        write(bring(lists(tmp_path, 2022, "Hộ nghèo"), cast.officer, cast.places.bac_kan), cast)
        bring(lists(tmp_path, 2023, "Hộ cận nghèo"), cast.officer, cast.places.bac_kan, SECOND)  # waits for review
        assert Person.objects.exclude(id_number="").count() == 2 * COUNT
        use(cast)
    assert Reveal.objects.count() == 2
    found = everything()
    assert {"registry_person", "registry_intake_staged", "registry_change", "journal_entry"} <= found.keys()
    assert "Nông Văn 7" in found["registry_person"]  # names are there: the search would find what stands in clear
    assert {table: LIKE.findall(text)[:3] for table, text in found.items() if LIKE.search(text)} == {}
    assert not LIKE.search(caplog.text)
    kept = [one for one in Path(settings.FILES).rglob("*") if one.is_file()]
    assert [one for one in kept if one.parent.name == "exports"]
    assert kept
    assert not [one for one in kept if any(number.encode() in one.read_bytes() for number in NUMBERS)]


def use(cast: Cast) -> None:
    """What people do with numbers, and where one could be left behind."""
    number = NUMBERS[14]
    officer, bank = cast.client("officer"), cast.client("bank")
    one = Household.objects.get(code="H7")
    head = one.memberships.get(is_head=True).person
    assert str(head.id_number) == number
    address = f"/ho/{one.public_id}/nguoi/{head.public_id}/so-dinh-danh/"
    assert number in officer.post(address, {"purpose": "review"}).content.decode()
    assert officer.get("/ho/", {"q": number}).status_code == 200
    assert officer.post("/ho/", {"q": number}).status_code in {200, 302}
    answer = bank.post("/ho/tra-cuu/", {"number": number, "purpose": "support", "note": ""})
    assert answer.status_code == 200
    wanted = {"format": "csv", "id_numbers": "on", "purpose": "inspection", "note": ""}
    made = officer.post("/ho/trich-xuat/", wanted)
    assert made.status_code == 302
    answer = officer.get(f"{made['Location']}tai-ve/")
    assert number in b"".join(answer.streaming_content).decode("utf-8")  # type: ignore[attr-defined]
    wrong = officer.post(f"/ho/{one.public_id}/sua/", {"code": number, "reason": ""})
    assert wrong.status_code < 500
