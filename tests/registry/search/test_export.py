"""An export holds exactly what its owner may see, says whose it is, and can be read again as a list."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.registry import making
from tests.registry.search.conftest import Village, plain_file
from tests.reporting import office
from vuonlen.analytics.engines.storage import read_rows
from vuonlen.intake.reading import read_list
from vuonlen.jobs.models import Job
from vuonlen.journal.models import Entry
from vuonlen.registry.models import Household, Person
from vuonlen.registry.search.exporting import actions
from vuonlen.registry.search.exporting.actions import Wanted, export
from vuonlen.registry.search.exporting.writing import content, path_of, remove_old
from vuonlen.registry.search.filters import Filters
from vuonlen.registry.search.models import Export
from vuonlen.registry.verbs.facts import PersonFacts

pytestmark = pytest.mark.django_db
NUMBER = "006075000121"
ALL = Filters()


def sheets(export: Export) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(plain_file(export))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def columns(rows: list[list[object]]) -> dict[str, list[object]]:
    return {str(name): [row[place] for row in rows[2:]] for place, name in enumerate(rows[1])}


def test_what_is_in_the_file(village: Village) -> None:
    told = sheets(export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ")))
    homes, members = columns(told["Hộ"]), columns(told["Thành viên"])
    assert sorted(homes["Mã hộ"]) == ["NT-1", "NT-2"]
    at = homes["Mã hộ"].index("NT-1")
    assert homes["Họ tên chủ hộ"][at] == "Nông Văn An"
    assert homes["Phân loại"][at] == "Hộ nghèo"
    assert homes["Dân tộc"][at] == "Tày"
    assert homes["Thu nhập bình quân đầu người (đồng/tháng)"][at] == 900_000
    assert homes["Nhóm đối tượng"][at] == "DTTS; NCC"
    assert next(values[at] for name, values in homes.items() if name.startswith("I01 ")) == "x"
    assert next(values[at] for name, values in homes.items() if name.startswith("I02 ")) == "không"
    assert next(values[at] for name, values in homes.items() if name.startswith("I03 ")) == ""
    assert homes["Giấy tờ (số đã che)"][at] == "0060******21"
    assert sorted(members["Họ và tên"]) == ["Bế Văn Bình", "Hoàng Thị Bình", "Nông Thị Chi", "Nông Văn An"]
    assert "Có BHYT" in members


def test_who_sees_what(village: Village) -> None:
    told = sheets(export(by=village.cast.province_officer, wanted=Wanted(ALL, "toàn bộ")))
    assert sorted(columns(told["Hộ"])["Mã hộ"]) == ["DX-1", "NT-1", "NT-2"]
    members = columns(told["Thành viên"])
    assert not {"Có BHYT", "Suy dinh dưỡng", "Khuyết tật"} & set(members)
    assert NUMBER not in str(told)


def test_id_numbers_need_a_right_and_a_purpose(village: Village) -> None:
    wanted = Wanted(ALL, "toàn bộ", id_numbers=True, purpose="review")
    told = sheets(export(by=village.cast.officer, wanted=wanted))
    assert NUMBER in columns(told["Hộ"])["Số CCCD chủ hộ"]
    with pytest.raises(actions.Refused, match="Q-PURPOSE"):
        export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ", id_numbers=True))
    with pytest.raises(actions.PermissionDenied):
        export(by=village.cast.province_officer, wanted=wanted)


@pytest.mark.parametrize("who", ["village_head", "bank", "inspector", "administrator", "nobody"])
def test_who_may_not(village: Village, who: str) -> None:
    with pytest.raises(actions.PermissionDenied):
        export(by=getattr(village.cast, who), wanted=Wanted(ALL, "toàn bộ"))
    assert village.cast.client(who).get("/ho/trich-xuat/").status_code == 403


def test_each_row_and_each_page_says_whose_it_is(village: Village) -> None:
    one = export(by=village.cast.officer, wanted=Wanted(Filters(status="poor"), "phân loại: Hộ nghèo"))
    told = sheets(one)
    for rows in told.values():
        line = str(rows[0][0])
        assert f"Hoàng Thị Bích (officer) · lúc {timezone.localtime(one.at):%d/%m/%Y %H:%M}" in line
        assert "phân loại: Hộ nghèo" in line
        assert one.public_id in line
        assert set(columns(rows)["Số bản trích"]) == {one.public_id}
    with zipfile.ZipFile(plain_file(one)) as book:
        assert one.public_id in book.read("docProps/core.xml").decode()
        for number in (1, 2):
            sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert f"officer) · {timezone.localtime(one.at):%d/%m/%Y %H:%M}" in sheet.split("<headerFooter>")[1]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_our_own_reader_reads_it_again(village: Village, tmp_path: Path, form: str, full: bool) -> None:
    wanted = Wanted(ALL, "phân loại: Hộ nghèo; địa bàn: Xã Nông Thượng", form, full, "review" if full else "")
    one = export(by=village.cast.officer, wanted=wanted)
    found = read_list(plain_file(one), tmp_path)
    assert (found.rows, found.refused) == (2, ())
    rows = {row["household_id"]: row for row in read_rows(found.households)}
    assert set(rows) == {"NT-1", "NT-2"}
    an = rows["NT-1"]
    assert (an["head"], an["ethnicity"], an["recorded_status"], an["members"]) == ("Nông Văn An", "02", "poor", 3)
    assert (an["income"], an["I01"], an["I02"], an["I03"]) == (900_000, True, False, None)
    assert (an["place_code"], an["group_NCC"]) == ("01843", True)
    assert an.get("id_number") == (NUMBER if full else None)
    if form == "xlsx":
        assert found.members is not None
        people = {row["name"]: row for row in read_rows(found.members)}
        assert len(people) == 4
        assert people["Nông Văn An"]["relation"] == "Chủ hộ"
        assert people["Nông Văn An"]["birth_date"] == "1975-04-09"
        assert people["Hoàng Thị Bình"]["birth_year"] == 1978


def test_two_communes_may_have_given_one_code(village: Village, tmp_path: Path) -> None:
    Household.objects.filter(code="DX-1").update(code="NT-1")
    one = export(by=village.cast.province_officer, wanted=Wanted(ALL, "toàn bộ"))
    assert sorted(columns(sheets(one)["Hộ"])["Mã hộ"]) == ["01840-NT-1", "01852-NT-1", "NT-2"]
    assert read_list(plain_file(one), tmp_path).rows == 3


EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tTab", '=HYPERLINK("http://x","y")', "\u202e=1"]


def test_a_spreadsheet_finds_no_formula(village: Village, tmp_path: Path) -> None:
    for number, name in enumerate(EVIL):
        head = PersonFacts(f"Ma Thị {'ABCDEFG'[number]}", birth_year=1990)
        home = making.household(village.cast, f"=E{number}", head, village.cast.places.villages["01852"][0])
        Person.objects.filter(memberships__household=home).update(name=name)
        Household.objects.filter(pk=home.pk).update(head_name=name, address=name)
    wanted = Wanted(ALL, "=1+1", id_numbers=True, purpose="review")
    one = export(by=village.cast.officer, wanted=wanted)
    made = plain_file(one)
    saved = office.recalculated([made], tmp_path)[made.name]
    with zipfile.ZipFile(saved) as opened:
        parts = [opened.read(name).decode() for name in opened.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(parts) == 2
    assert not any("<f>" in part or "<f " in part for part in parts)
    for name, row in (("Hộ", "Số CCCD chủ hộ"), ("Thành viên", "Số CCCD")):
        assert NUMBER in columns(office.grid(saved, name))[row]  # a text still, with its zeros
    told = sheets(one)
    assert EVIL[0] in columns(told["Hộ"])["Họ tên chủ hộ"]

    text = plain_file(export(by=village.cast.officer, wanted=Wanted(ALL, "=1+1", "csv"))).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert "'" + EVIL[0] in [row[5] for row in rows[1:]]


def test_it_is_journaled_counted_and_removed(village: Village, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EXPORTS_A_DAY = 2
    one = export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ", id_numbers=True, purpose="inspection"))
    entry = Entry.objects.get(act="search.export")
    assert (entry.object_id, entry.fields, entry.reason) == (one.public_id, "id_number", "Thanh tra, kiểm tra")
    export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ"))
    with pytest.raises(actions.Refused, match="Q-EXPORTS"):
        export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ"))
    Export.objects.filter(pk=one.pk).update(at=timezone.now() - timedelta(hours=25))
    remove_old()
    one.refresh_from_db()
    assert one.state == "removed"
    assert not path_of(one).exists()
    assert actions.left_today(village.cast.officer) == 1


def test_a_long_list_is_written_by_a_job(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    one = export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ"))
    job = Job.objects.get()
    one.refresh_from_db()
    assert (job.state, one.state, one.households, one.persons) == ("done", "ready", 2, 4)
    assert job.result_url == f"/ho/trich-xuat/{one.public_id}/"


def test_an_empty_list_is_refused(village: Village) -> None:
    with pytest.raises(actions.Refused, match="Q-EMPTY"):
        export(by=village.cast.officer, wanted=Wanted(Filters(ethnicity="05"), "dân tộc: Khơ-me"))
    assert not Export.objects.exists()


def test_through_the_pages(village: Village) -> None:
    client = village.cast.client("officer")
    page = client.get("/ho/trich-xuat/?phan-loai=poor").content.decode()
    assert "phân loại: Hộ nghèo" in page
    answer = client.post("/ho/trich-xuat/?phan-loai=poor", {"format": "csv"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    one = Export.objects.get()
    assert f"/ho/trich-xuat/{one.public_id}/tai-ve/" in page
    file = client.get(f"/ho/trich-xuat/{one.public_id}/tai-ve/")
    assert "Nông Văn An" in b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert Entry.objects.filter(act="search.download", object_id=one.public_id).count() == 1
    for who in ("officer2", "chair", "province_officer"):
        assert village.cast.client(who).get(f"/ho/trich-xuat/{one.public_id}/").status_code == 404
        assert village.cast.client(who).get(f"/ho/trich-xuat/{one.public_id}/tai-ve/").status_code == 404
    assert client.post("/ho/trich-xuat/", {"format": "exe"}).status_code == 200
    assert Export.objects.count() == 1


def test_on_the_disk_it_cannot_be_read(village: Village) -> None:
    one = export(by=village.cast.officer, wanted=Wanted(ALL, "mọi hộ", "csv"))
    kept = path_of(one).read_bytes()
    assert "Nông Văn" in plain_file(one).read_text("utf-8-sig")
    assert "Nông Văn".encode() not in kept
    assert path_of(one).stat().st_mode & 0o077 == 0


def test_a_file_that_is_not_what_was_written_is_not_handed_out(village: Village) -> None:
    one, other = (export(by=village.cast.officer, wanted=Wanted(ALL, "mọi hộ", kind)) for kind in ("csv", "xlsx"))
    path_of(one).write_bytes(path_of(other).read_bytes())
    assert village.cast.client("officer").get(f"/ho/trich-xuat/{one.public_id}/tai-ve/").status_code == 404
    assert content(one) is None
