"""Whatever is uploaded: a clear sentence with what to do, never an error page, nothing half kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.bad_files.making import csv_file, edited, good_workbook, with_part, workbook
from tests.jobs.workers import DATABASE_QUEUE
from tests.registry.intake.making import FIRST, book, dump, home, person, silent
from tests.registry.intake.test_pages import ROOT, address, answers, text
from tests.web.cast import Cast
from vuonlen.intake.limits import Limits
from vuonlen.jobs.models import Job
from vuonlen.journal.models import Entry
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.staging.work import stage

pytestmark = pytest.mark.django_db
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def _raw(content: bytes) -> Callable[[Path], bytes]:
    return lambda _folder: content


def _cut(folder: Path) -> bytes:
    content = good_workbook(folder / "good.xlsx").read_bytes()
    return content[: len(content) // 2]


def _bomb(folder: Path) -> bytes:
    good_workbook(folder / "good.xlsx")
    return with_part(folder / "good.xlsx", folder / "b.xlsx", "xl/media/a.xml", b" " * (201 * 2**20)).read_bytes()


def _slip(folder: Path) -> bytes:
    good_workbook(folder / "good.xlsx")
    return with_part(folder / "good.xlsx", folder / "s.xlsx", "../evil.xml", b"<a/>").read_bytes()


def _nested(folder: Path) -> bytes:
    good = good_workbook(folder / "good.xlsx")
    return with_part(good, folder / "n.xlsx", "xl/embeddings/a.bin", good.read_bytes()).read_bytes()


def _entities(folder: Path) -> bytes:
    good = good_workbook(folder / "good.xlsx")

    def edit(name: str, content: bytes) -> bytes:
        return _XXE + content.split(b"?>", 1)[-1] if name == "xl/workbook.xml" else content

    return edited(good, folder / "x.xlsx", edit).read_bytes()


def _not_a_list(folder: Path) -> bytes:
    return workbook(folder / "w.xlsx", {"Chi tiêu": [["Ngày", "Số tiền"], ["1/1", 5]]}).read_bytes()


def _no_rows(folder: Path) -> bytes:
    return book(folder / "e.xlsx", []).read_bytes()


def _text_archive(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "t.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
    return (folder / "t.zip").read_bytes()


def _members_only(folder: Path) -> bytes:
    sheet = {"Thành viên": [["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ"], ["H1", "Nông Văn An", "Chủ hộ"]]}
    return workbook(folder / "m.xlsx", sheet).read_bytes()


FILES: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "a picture": ("anh.xlsx", _raw(b"\x89PNG\r\n\x1a\n" + b"\0" * 500)),
    "a document": ("baocao.docx", _text_archive),
    "a page saved as a workbook": ("ds.xls", _raw(b"<html><table><tr><td>1</td></tr></table></html>")),
    "an archive": ("ds.zip", _text_archive),
    "a workbook cut short": ("ds.xlsx", _cut),
    "a protected or old container": ("ds.xls", _raw(_OLE)),
    "a bomb": ("ds.xlsx", _bomb),
    "a path out of the archive": ("ds.xlsx", _slip),
    "an archive in the archive": ("ds.xlsx", _nested),
    "entities": ("ds.xlsx", _entities),
    "a table that is no list": ("ds.xlsx", _not_a_list),
    "a list without rows": ("ds.xlsx", _no_rows),
    "members without households": ("ds.xlsx", _members_only),
    "binary as csv": ("ds.csv", _raw(bytes(range(256)) * 20)),
    "a lone mark": ("ds.csv", _raw(b"\xef\xbb\xbf")),
    "half of a Parquet file": ("ds.parquet", _raw(b"PAR1" + b"\x15" * 200 + b"PAR1")),
    "no kind at all": ("danh sach", _raw(b"\0\1\2\3" * 40)),
    "a strange name": ("../../etc/passwd\u202excod.xlsx", _raw(b"no")),
}  # fmt: skip


def send(cast: Cast, name: str, content: bytes, **more: Any) -> HttpResponse:
    told = answers(cast, FIRST, **more)
    return cast.client("officer").post(f"{ROOT}tai-len/", told | {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_list_is_refused_with_a_reason(
    name: str, cast: Cast, tmp_path: Path, own_process: None
) -> None:
    before = dump()
    told, make = FILES[name]
    answer = send(cast, told, make(tmp_path))
    assert answer.status_code == 302
    batch = Batch.objects.get()
    assert batch.state == Batch.State.UNREADABLE
    assert batch.problems
    shown = text(cast.client("officer"), address(batch))
    assert "Không đọc được tệp. Chưa có gì được ghi." in shown
    assert batch.problems[0][0] in shown
    assert not batch.rows.exists()
    assert not batch.notes.exists()
    assert dump() == before
    assert Job.objects.get().state == "done"  # the file is at fault, not the job


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reference_date": "31/02/2023"}, "reference_date"),
        ({"reference_date": "hôm qua"}, "reference_date"),
        ({"reference_date": "31/12/2099"}, "reference_date"),
        ({"reference_date": "01/01/1900"}, "reference_date"),
        ({"signed_on": "31/12/2099"}, "signed_on"),
        ({"effective_on": "31/12/2099"}, "effective_on"),
        ({"number": ""}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"number": "a\x00b"}, "number"),
        ({"issuer": "UBND\u202e xã"}, "issuer"),
        ({"standard": "../../etc/passwd"}, "standard"),
        ({"everyone": "maybe"}, "everyone"),
        ({"place": "khong-co"}, "place"),
        ({"note": "y" * 2001}, "note"),
    ],
    ids=lambda one: "" if isinstance(one, str) else "-".join(f"{k}={v[:12]!a}" for k, v in one.items()),
)
def test_a_wrong_field_is_named_and_the_file_is_not_kept(
    fields: dict[str, str], field: str, cast: Cast, tmp_path: Path
) -> None:
    kept = _stored()
    content = book(tmp_path / "l.xlsx", [home("H1", "Nông Văn An")]).read_bytes()
    answer = send(cast, "l.xlsx", content, **fields)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Batch.objects.exists()
    assert _stored() == kept
    assert not Entry.objects.filter(act="import.upload").exists()


def _stored() -> set[str]:
    return {one.name for one in (django_settings.FILES / "imports").glob("*")}


def test_no_file_an_empty_one_and_one_that_is_too_large(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = _stored()
    answer = cast.client("officer").post(f"{ROOT}tai-len/", answers(cast, FIRST))
    assert list(answer.context["form"].errors) == ["file"]
    answer = send(cast, "rong.xlsx", b"")
    assert list(answer.context["form"].errors) == ["file"]
    answer = send(cast, "lon.xlsx", b"\0" * (Limits().max_bytes + 1))
    assert "chia danh sách theo xã" in str(answer.context["form"].errors["file"])
    assert not Batch.objects.exists()
    assert _stored() == kept


def test_rows_that_cannot_be_taken_are_named_and_the_others_go_on(cast: Cast, tmp_path: Path) -> None:
    homes = [
        home("H1", "Nông Văn An"),
        home("H2", ""),
        home("H3", "x" * 130),
        home("H4", "Bế Văn Tư", commune="01852", place="Phường Sông Cầu"),
        home("H5", "Lý Văn Năm", income="một triệu"),
        home("H6", "Ma Văn Sáu", status="rất nghèo"),
        home("H7", "=cmd|' /C calc'!A0"),
        home("H" * 60, "Vi Văn Tám"),
        home("H1", "Nông Văn Hai"),
    ]
    people = [person("H99", "Không Có Hộ"), person("H1", "Nông Văn An", "Chủ hộ", born="31/02/1990")]
    answer = send(cast, "l.xlsx", book(tmp_path / "l.xlsx", homes, people).read_bytes())
    batch = Batch.objects.get()
    assert (answer.status_code, batch.state) == (302, Batch.State.REVIEW)
    refused = text(cast.client("officer"), address(batch, "khong-nhan/"))
    told = {one.code for one in batch.notes.filter(kind="refused")}
    assert told
    assert all(code in refused for code in told)
    for part in ("moi/", "thay-doi/", "co-the-trung/", "khong-con/", "da-sua/", "can-xem/", "khong-doi/", "de-lai/"):
        text(cast.client("officer"), address(batch, part))
    assert "H3" not in batch.rows.values_list("code", flat=True)
    assert "H4" not in batch.rows.values_list("code", flat=True)


def test_a_list_in_csv_of_an_old_windows_page(cast: Cast, tmp_path: Path) -> None:
    rows = [["Mã hộ", "Mã xã", "Họ tên chủ hộ", "Phân loại hộ"], ["H1", "01852", "Nông Văn An", "Hộ nghèo"]]
    content = csv_file(tmp_path / "l.csv", rows, encoding="utf-16", delimiter="\t").read_bytes()
    send(cast, "l.csv", content)
    batch = Batch.objects.get()
    assert batch.state in (Batch.State.REVIEW, Batch.State.UNREADABLE)  # read as it is, or refused with a reason
    text(cast.client("officer"), address(batch))


@pytest.mark.parametrize("wrong", ["", "maybe", "SAME", "1"])
def test_answers_that_are_none(wrong: str, cast: Cast, tmp_path: Path) -> None:
    twice = [home("H1", "Nông Văn An"), home("H2", "Nông Văn An")]
    send(cast, "l.xlsx", book(tmp_path / "l.xlsx", twice).read_bytes())
    batch, officer = Batch.objects.get(), cast.client("officer")
    suspect = batch.suspects.get()
    for part, name in ((f"trung/{suspect.pk}/", "answer"), ("khong-con/1/", "fate")):
        answer = officer.post(address(batch, part), {name: wrong})
        assert answer.status_code in (302, 404), part
    suspect.refresh_from_db()
    assert suspect.answer == ""
    for part in ("trung/999999999999/", "khong-con/99999999999999999999/"):
        assert officer.post(address(batch, part), {"answer": "same"}).status_code == 404, part
    assert officer.get(address(batch, "moi/?after=%00xx")).status_code in (200, 400, 404)


def test_a_stored_file_that_is_gone_or_damaged_when_its_turn_comes(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.TASKS = DATABASE_QUEUE
    content = book(tmp_path / "l.xlsx", [home("H1", "Nông Văn An")]).read_bytes()
    for damage in (Path.unlink, lambda one: one.write_bytes(b"x" * 100)):
        send(cast, "l.xlsx", content)
        batch = Batch.objects.latest("pk")
        damage(settings.FILES / "imports" / batch.stored_as)
        stage(batch, silent)
        batch.refresh_from_db()
        assert (batch.state, batch.problems[0][0]) == (Batch.State.UNREADABLE, "U-FILE-LOST")
        assert "tải danh sách lên lại" in text(cast.client("officer"), address(batch)).lower()
