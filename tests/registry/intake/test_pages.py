"""An import through its pages: brought, read, reviewed, settled, sent, approved by somebody else, seen, undone."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.jobs.workers import DATABASE_QUEUE
from tests.registry.intake.making import FIRST, SECOND, book, bring, dump, home, person, silent, write
from tests.web.cast import Cast
from vuonlen.approval.actions import approve
from vuonlen.jobs.models import Job
from vuonlen.journal.models import Entry
from vuonlen.registry.intake import actions
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.staging.work import stage
from vuonlen.registry.models import Household, Person

pytestmark = pytest.mark.django_db
AN, HOA, TAM = "006075000121", "006180000232", "006090000343"
ROOT = "/nhap-danh-sach/"


def answers(cast: Cast, on: date, **more: Any) -> dict[str, str]:
    told = {
        "place": cast.places.bac_kan.public_id, "reference_date": f"{on:%d/%m/%Y}", "standard": "",
        "number": f"{on:%y}/QĐ-UBND", "signed_on": f"{on:%d/%m/%Y}", "issuer": "UBND phường Bắc Kạn",
        "effective_on": "", "everyone": "all", "note": "",
    }  # fmt: skip
    return told | more


def send(client: Client, path: Path, told: dict[str, str]) -> HttpResponse:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(f"{ROOT}tai-len/", told | {"file": file})


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def address(batch: Batch, part: str = "") -> str:
    return f"{ROOT}{batch.public_id}/{part}"


@pytest.fixture
def known(tmp_path: Path, cast: Cast) -> Batch:
    """Four households of 2022, in the register."""
    homes = [
        home("H1", "Nông Văn An", number=AN), home("H2", "Bế Thị Hoa", number=HOA),
        home("H3", "Lý Văn Tám", number=TAM), home("H4", "Ma Thị Chín"),
    ]  # fmt: skip
    return write(bring(book(tmp_path / "2022.xlsx", homes), cast.officer, cast.places.bac_kan), cast)


@pytest.fixture
def next_list(tmp_path: Path) -> Path:
    """H1 changed; H2 as it was but for the review; H4 gone; H5 new; H7 like H3; one row refused, one repaired."""
    homes = [
        home("H1", "Nông Văn An", number=AN, status="Hộ cận nghèo", income=1_900_000),
        home("H2", "Bế Thị Hoa", number=int(HOA)),  # typed as a number: its zeros are gone
        home("H5", "Bàn Văn Năm", village="Tân Thành"),
        home("H6", "Đinh Văn Sáu", commune="99999", place="Xã Không Có"),
        home("H7", "Lý Văn Tám"),
    ]
    return book(tmp_path / "2023.xlsx", homes)


def test_the_whole_way(known: Batch, next_list: Path, cast: Cast) -> None:
    officer, chair = cast.client("officer"), cast.client("chair")
    assert "Tải danh sách lên" in text(officer, f"{ROOT}tai-len/")
    answer = send(officer, next_list, answers(cast, SECOND))
    batch = Batch.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, address(batch))
    assert batch.state == Batch.State.REVIEW
    assert batch.job is not None
    assert batch.job.kind == "registry.read_list"

    changed = text(officer, address(batch, "thay-doi/"))
    assert re.search(r"1\.200\.000.{0,80}1\.900\.000", changed)  # field by field
    assert "Bàn Văn Năm" in text(officer, address(batch, "moi/"))
    refused = text(officer, address(batch, "khong-nhan/"))
    assert "99999" in refused
    assert "R-COMMUNE-OUTSIDE" in refused
    assert "kiểm tra mã và tên xã" in refused
    repaired = text(officer, address(batch, "da-sua/"))
    assert re.search(r"Hộ!F3", repaired)
    assert HOA not in repaired
    pair = text(officer, address(batch, "co-the-trung/"))
    assert "Trong tệp" in pair
    assert "Trong sổ hộ" in pair
    assert pair.count("Lý Văn Tám") >= 3
    assert "Ma Thị Chín" in text(officer, address(batch, "khong-con/"))
    shown = text(officer, address(batch))
    assert "trả lời 1 cặp" in shown
    assert "xem và xác nhận" in shown

    officer.post(address(batch, "gui-duyet/"), {"reason": "đủ"})
    batch.refresh_from_db()
    assert batch.state == Batch.State.REVIEW  # not before all is answered
    suspect = batch.suspects.get()
    officer.post(address(batch, f"trung/{suspect.pk}/"), {"answer": "different"})
    officer.post(address(batch, "xac-nhan/"))
    gone = batch.rows.get(kind="missing", code="H4")
    officer.post(address(batch, f"khong-con/{gone.ordinal}/"), {"fate": "moved_away"})
    officer.post(address(batch, "gui-duyet/"), {"reason": "đã đối chiếu"})
    batch.refresh_from_db()
    assert batch.state == Batch.State.PROPOSED
    assert batch.proposal is not None

    decide = f"/duyet/{batch.proposal.public_id}/"
    assert officer.post(f"{decide}duyet/", {"reason": "tự duyệt"}).status_code in (403, 404, 409, 422)
    assert Household.objects.count() == 4
    assert "2023.xlsx" in text(chair, decide)
    assert chair.post(f"{decide}duyet/", {"reason": "đúng"}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == Batch.State.APPLIED

    one = Household.objects.get(code="H5")
    assert "Bàn Văn Năm" in text(officer, f"/ho/{one.public_id}/")
    closed = Household.objects.get(code="H4")
    assert (closed.closed_on, closed.closed_why) == (SECOND, "moved_away")
    assert Household.objects.get(code="H1").status == "near_poor"
    assert not Household.objects.filter(code="H6").exists()
    assert Person.objects.filter(name="Lý Văn Tám").count() == 2


def test_the_same_file_again_is_told_and_cannot_be_sent(known: Batch, tmp_path: Path, cast: Cast) -> None:
    before = dump()
    officer = cast.client("officer")
    send(officer, tmp_path / "2022.xlsx", answers(cast, FIRST))
    batch = Batch.objects.latest("pk")
    shown = text(officer, address(batch))
    assert "Chính tệp này đã được tải lên trước đây" in shown
    assert "Danh sách không khác gì sổ hộ" in shown
    assert "H1" in text(officer, address(batch, "khong-doi/"))
    sent = officer.post(address(batch, "gui-duyet/"), {"reason": "lần nữa"}, follow=True)
    assert "U-NOTHING" in sent.content.decode()
    assert dump() == before


def test_undone_as_a_whole_while_nothing_later_depends_on_it(known: Batch, tmp_path: Path, cast: Cast) -> None:
    before = dump()
    officer, chair = cast.client("officer"), cast.client("chair")
    path = book(tmp_path / "l.xlsx", [home("H1", "Nông Văn An", number=AN, income=1_500_000), home("H8", "Vi Văn Tám")])
    batch = write(bring(path, cast.officer, cast.places.bac_kan, SECOND), cast)
    third = date(2024, 12, 31)
    later = book(tmp_path / "later.xlsx", [home("H8", "Vi Văn Tám", income=1_700_000)])
    last = write(bring(later, cast.officer, cast.places.bac_kan, third), cast)

    blocked = officer.get(address(batch, "hoan-tac/")).content.decode()
    assert "Chưa hoàn tác được" in blocked
    assert officer.post(address(batch, "hoan-tac/"), {"reason": "nhầm"}).status_code == 200
    batch.refresh_from_db()
    assert batch.state == Batch.State.APPLIED
    for one in (last, batch):  # newest first
        assert officer.post(address(one, "hoan-tac/"), {"reason": "nhầm tệp"}).status_code == 302
        one.refresh_from_db()
        assert one.state == Batch.State.UNDOING
        assert one.undo_proposal is not None
        own = officer.post(f"/duyet/{one.undo_proposal.public_id}/duyet/", {"reason": "tự duyệt"})
        assert own.status_code in (403, 404, 409, 422)
        assert chair.post(f"/duyet/{one.undo_proposal.public_id}/duyet/", {"reason": "đúng"}).status_code == 302
        one.refresh_from_db()
        assert one.state == Batch.State.UNDONE
    assert dump() == before
    assert officer.get(address(batch, "hoan-tac/")).status_code == 404  # only once


def test_a_refused_list_is_reviewed_again(
    known: Batch, tmp_path: Path, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    before = dump()
    officer, chair = cast.client("officer"), cast.client("chair")
    path = book(tmp_path / "l.xlsx", [home("H9", "Vi Văn Chín")])
    send(officer, path, answers(cast, SECOND))
    batch = Batch.objects.latest("pk")
    officer.post(address(batch, "gui-duyet/"), {"reason": "đã đối chiếu"})
    batch.refresh_from_db()
    assert batch.proposal is not None
    chair.post(f"/duyet/{batch.proposal.public_id}/tu-choi/", {"reason": "thiếu chữ ký"})
    assert "chờ xem lại" in text(officer, address(batch))
    assert dump() == before
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(address(batch, "bo/"), {"reason": "sai tệp"})
    batch.refresh_from_db()
    assert batch.state == Batch.State.WITHDRAWN
    assert not (settings.FILES / "imports" / batch.stored_as).exists()
    assert "đã bỏ" in text(officer, address(batch))


def test_the_original_is_kept_sealed_with_its_hash_and_each_reading_is_told(
    known: Batch, tmp_path: Path, cast: Cast
) -> None:
    content = (tmp_path / "2022.xlsx").read_bytes()
    officer = cast.client("officer")
    assert hashlib.sha256(content).hexdigest() == known.sha256
    assert known.sha256 in text(officer, address(known))
    stored = (settings.FILES / "imports" / known.stored_as).read_bytes()
    assert b"PK\x03\x04" not in stored
    assert content not in stored
    entries = Entry.objects.filter(act="import.read_original").count()
    answer = officer.post(address(known, "tep/"))
    assert answer.content == content
    assert Entry.objects.filter(act="import.read_original").count() == entries + 1
    assert cast.client("inspector").post(address(known, "tep/")).status_code == 404

    (settings.FILES / "imports" / known.stored_as).write_bytes(stored[:-1])
    assert "U-FILE-LOST" in officer.post(address(known, "tep/"), follow=True).content.decode()


@pytest.mark.parametrize("name", ["neighbour", "neighbour_chair", "far_officer", "bank", "administrator", "nobody"])
def test_whoever_is_not_of_the_place_finds_nothing(known: Batch, name: str, cast: Cast) -> None:
    client = cast.client(name)
    for part in ("", "moi/", "thay-doi/", "co-the-trung/", "khong-nhan/", "hoan-tac/", "khong-co-that/"):
        assert client.get(address(known, part)).status_code == 404, part
    for part in ("gui-duyet/", "bo/", "xac-nhan/", "trung/1/", "khong-con/1/", "hoan-tac/", "tep/"):
        assert client.post(address(known, part), {"reason": "x", "answer": "same"}).status_code == 404, part
    listed = client.get(ROOT)
    assert listed.status_code == 404 or known.public_id not in listed.content.decode()


def test_a_list_cannot_be_brought_for_another_commune(tmp_path: Path, cast: Cast) -> None:
    path = book(tmp_path / "l.xlsx", [home("H1", "Nông Văn An")])
    answer = send(cast.client("neighbour"), path, answers(cast, FIRST))
    assert answer.status_code == 200
    assert "place" in answer.context["form"].errors
    assert not Batch.objects.exists()


def test_equal_twins_are_shown_and_stay_two(tmp_path: Path, cast: Cast) -> None:
    twins = [person("H1", "Nông Văn Sinh", "Con", born=date(2015, 5, 5), sex="Nam") for _ in range(2)]
    people = [person("H1", "Nông Văn An", "Chủ hộ", born="1975", sex="Nam", number=AN), *twins]
    path = book(tmp_path / "2022.xlsx", [home("H1", "Nông Văn An", number=AN)], people)
    officer = cast.client("officer")
    send(officer, path, answers(cast, FIRST))
    batch = Batch.objects.latest("pk")
    assert text(officer, address(batch, "moi/")).count("Nông Văn Sinh") == 2
    write(batch, cast)
    assert Person.objects.filter(name="Nông Văn Sinh").count() == 2


def test_progress_of_reading_and_of_writing(tmp_path: Path, cast: Cast, settings: Any) -> None:
    settings.TASKS = DATABASE_QUEUE  # the jobs wait for a worker
    officer = cast.client("officer")
    send(officer, book(tmp_path / "l.xlsx", [home("H1", "Nông Văn An")]), answers(cast, FIRST))
    batch = Batch.objects.latest("pk")
    assert batch.job is not None
    shown = officer.get(address(batch)).content.decode()
    assert "Đang đọc tệp" in shown
    assert f"/viec/{batch.job.public_id}/" in shown
    Job.objects.filter(pk=batch.job.pk).update(state="running", progress=30, total=100, message="Đang đọc tệp")
    assert "30 / 100" in text(officer, address(batch))
    assert officer.get(f"/viec/{batch.job.public_id}/").status_code == 200
    assert cast.client("neighbour").get(f"/viec/{batch.job.public_id}/").status_code == 404

    stage(batch, silent)
    Job.objects.filter(pk=batch.job.pk).update(state="done", finished_at=timezone.now())
    proposal = actions.propose(batch=batch, by=cast.officer, reason="đã đối chiếu")
    assert "Đang ghi vào sổ hộ" not in text(officer, address(batch))
    job = approve(proposal=proposal, by=cast.chair).job
    assert job is not None
    assert "Đang ghi vào sổ hộ" in text(officer, address(batch))
    Job.objects.filter(pk=job.pk).update(state="failed", finished_at=timezone.now())
    assert "chạy lại thì ghi tiếp" in text(officer, address(batch))


def test_a_list_whose_reading_broke_off_for_good_can_be_given_up(tmp_path: Path, cast: Cast, settings: Any) -> None:
    settings.TASKS = DATABASE_QUEUE
    officer = cast.client("officer")
    send(officer, book(tmp_path / "l.xlsx", [home("H1", "Nông Văn An")]), answers(cast, FIRST))
    batch = Batch.objects.latest("pk")
    officer.post(address(batch, "bo/"), {"reason": "không cần"})
    batch.refresh_from_db()
    assert batch.state == Batch.State.UPLOADED  # a worker may be at it
    Job.objects.update(state="failed", finished_at=timezone.now())
    assert "Việc đọc tệp đã dừng giữa chừng" in text(officer, address(batch))
    officer.post(address(batch, "bo/"), {"reason": "không cần"})
    stage(batch, silent)  # by whoever found it before
    batch.refresh_from_db()
    assert batch.state == Batch.State.WITHDRAWN
    assert not batch.rows.exists()
