"""`vuonlen import`: read and compared from the command line; a command approves nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.registry.intake.making import FIRST, book, dump, home, write
from tests.web.cast import Cast
from vuonlen.cli.register import importing
from vuonlen.domain.problems import Refused
from vuonlen.journal.models import Entry
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return book(tmp_path / "ds.xlsx", [home("H1", "Nông Văn An"), home("H2", "Bế Thị Hoa")])


def options(file: Path, **more: Any) -> importing.Options:
    told: dict[str, Any] = {"place": "01843", "reference_date": "31/12/2022", "decision": "22/QĐ-UBND", "by": "officer"}
    return importing.Options(file=file, **(told | more))


def code(of: importing.Options) -> str:
    with pytest.raises(Refused) as why:
        importing.run(of)
    return why.value.problems[0].code


def test_a_list_is_read_compared_and_left_for_review(
    listed: Path, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importing.run(options(listed)) == 0
    batch = Batch.objects.get()
    assert (batch.state, batch.by, batch.place) == (Batch.State.REVIEW, cast.officer, cast.places.bac_kan)
    assert (batch.reference_date, batch.decision_number, batch.decision_issuer) == (
        FIRST, "22/QĐ-UBND", "UBND Phường Bắc Kạn",
    )  # fmt: skip
    shown = capsys.readouterr().out
    assert "Hộ mới" in shown
    assert f"/nhap-danh-sach/{batch.public_id}/" in shown
    assert not Household.objects.exists()
    assert Entry.objects.get(act="import.upload").actor == cast.officer.full_name


def test_it_can_be_proposed_at_once_and_somebody_else_decides(
    listed: Path, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importing.run(options(listed, propose="danh sách của phường", json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    batch = Batch.objects.get(public_id=told["import"])
    assert (told["state"], told["rows"]["new"]) == ("proposed", 2)
    assert batch.proposal is not None
    assert (batch.proposal.proposed_by, batch.proposal.state) == (cast.officer, "open")
    assert not Household.objects.exists()


def test_rows_that_were_refused_make_it_end_with_1(tmp_path: Path, cast: Cast) -> None:
    homes = [home("H1", "Nông Văn An"), home("H2", "Bế Thị Hoa", commune="99999", place="Xã Không Có")]
    assert importing.run(options(book(tmp_path / "ds.xlsx", homes))) == 1
    assert Batch.objects.get().counts["notes"]["refused"] == 1


def test_the_same_file_twice_changes_nothing(listed: Path, cast: Cast) -> None:
    importing.run(options(listed))
    write(Batch.objects.get(), cast)
    before = dump()
    assert importing.run(options(listed)) == 0
    assert Batch.objects.latest("pk").counts["rows"]["unchanged"] == 2
    assert code(options(listed, propose="lần nữa")) == "U-NOTHING"
    assert dump() == before


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"by": "khong-co"}, "U-USER"),
        ({"by": "neighbour"}, "U-PLACE-CODE"),  # the ward exists, but not for her
        ({"by": "chair"}, "U-PLACE-CODE"),
        ({"by": "administrator"}, "U-PLACE-CODE"),
        ({"place": "99999"}, "U-PLACE-CODE"),
        ({"place": "01852"}, "U-PLACE-CODE"),  # that was a commune until 2025
        ({"reference_date": "31-12-2022"}, "O-DATE"),
        ({"reference_date": "31/12/2099"}, "U-DATE-FUTURE"),
        ({"signed_on": "31/12/2099"}, "U-DECISION-FUTURE"),
        ({"effective_on": "31/12/2099"}, "U-EFFECT"),
        ({"standard": "vn-1900"}, "U-STANDARD"),
        ({"decision": " "}, "U-BLANK"),
    ],
    ids=lambda one: one if isinstance(one, str) else "-".join(one),
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    wrong: dict[str, Any], expected: str, listed: Path, cast: Cast
) -> None:
    assert code(options(listed, **wrong)) == expected
    assert not Batch.objects.exists()


def test_a_user_who_left_imports_nothing(listed: Path, cast: Cast) -> None:
    cast.officer.left_on = date(2026, 1, 1)
    cast.officer.save(update_fields=["left_on"])
    assert code(options(listed)) == "U-USER"


def test_a_file_that_is_not_there_and_one_that_is_no_list(tmp_path: Path, cast: Cast) -> None:
    assert code(options(tmp_path / "khong-co.xlsx")) == "O-NO-FILE"
    (tmp_path / "anh.xlsx").write_bytes(b"\x89PNG\r\n")
    assert code(options(tmp_path / "anh.xlsx")).startswith("F-")
    assert Batch.objects.get().state == Batch.State.UNREADABLE


def test_larger_limits_are_for_the_command_only(listed: Path, cast: Cast) -> None:
    assert code(options(listed, max_rows=1)) == "F-ROWS"
    assert importing.run(options(listed, max_rows=300_000, max_mb=40)) == 0
