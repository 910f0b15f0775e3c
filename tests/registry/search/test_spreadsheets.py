"""An exported file in a real spreadsheet: texts stay texts, whatever somebody typed into a name."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.registry import making
from tests.registry.search.conftest import Village, plain_file
from tests.reporting import office
from vuonlen.jobs.models import Job
from vuonlen.registry.models import Household, Person
from vuonlen.registry.search.exporting import actions, writing
from vuonlen.registry.search.exporting.actions import Wanted, export
from vuonlen.registry.search.exporting.files import Mark, plain, writer
from vuonlen.registry.search.filters import Filters
from vuonlen.registry.verbs.facts import PersonFacts

ALL = Filters()
EVIL = ["=1+1", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "＝1+1",
        '=HYPERLINK("http://x","y")', '";=1+1;"', "=1+1\n=2+2"]  # fmt: skip
NUMBERS = re.compile(r"Số nhân khẩu|Thu nhập|Điểm [AB]")
needs_office = pytest.mark.skipif(not office.installed(), reason="LibreOffice is not installed")


def taken_for_formulas(text: str, folder: Path) -> int:
    """Formulas that LibreOffice makes of a CSV when it is told to take formulas for what they are."""
    file = folder / "list.csv"
    file.write_text(text, encoding="utf-8")
    asked = "--infilter=CSV:59,34,76,1,,0,false,true,false,false,false,0,true"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", asked, "--convert-to", "xlsx", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    with zipfile.ZipFile(folder / "list.xlsx") as book:
        return len(re.findall(r"<f[ >]", book.read("xl/worksheets/sheet1.xml").decode()))


@needs_office
@pytest.mark.django_db
def test_a_csv_holds_no_formula(village: Village, tmp_path: Path) -> None:
    for number, name in enumerate(EVIL):
        head = PersonFacts(f"Ma Thị {'ABCDEFGHIKLMN'[number]}", birth_year=1990)
        home = making.household(village.cast, f"E{number}", head, village.cast.places.villages["01852"][0])
        Person.objects.filter(memberships__household=home).update(name=name)
        Household.objects.filter(pk=home.pk).update(head_name=name, code=f"={number}+1")
    text = plain_file(export(by=village.cast.officer, wanted=Wanted(ALL, "=1+1", "csv"))).read_text("utf-8-sig")
    assert "HYPERLINK" in text
    (tmp_path / "ours").mkdir()
    (tmp_path / "bare").mkdir()
    assert taken_for_formulas(text, tmp_path / "ours") == 0
    assert taken_for_formulas(text.replace("'=", "=").replace("'+", "+"), tmp_path / "bare") >= len(EVIL)


@pytest.mark.django_db
def test_every_text_of_a_workbook_is_a_text(village: Village) -> None:
    """Of both sheets: a cell is a text in the format "@", or a number under a heading of numbers."""
    one = export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ", id_numbers=True, purpose="review"))
    with zipfile.ZipFile(plain_file(one)) as book:
        formats = re.findall(r'<xf numFmtId="(\d+)"', book.read("xl/styles.xml").decode().split("<cellXfs")[1])
        sheets = [ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2)]
    names = CalamineWorkbook.from_path(plain_file(one))
    for sheet, name in zip(sheets, names.sheet_names, strict=True):
        headings = names.get_sheet_by_name(name).to_python()[1]
        cells = sheet.findall(".//{*}c")
        assert len(cells) > 20
        for cell in cells:
            assert cell.find("{*}f") is None
            column = re.sub(r"\d", "", cell.attrib["r"])
            heading = str(headings[_number(column)])
            if cell.attrib.get("t") in {"inlineStr", "s"}:
                assert formats[int(cell.attrib["s"])] == "49"  # "@"
            else:
                assert NUMBERS.match(heading), (cell.attrib, heading)


def _number(column: str) -> int:
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


@given(text=st.text(max_size=40))
def test_no_text_begins_as_a_formula(text: str) -> None:
    told = plain(text)
    assert told in (text, f"'{text}")
    assert not told.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not told.startswith(("\t", "\r", "\n"))


def broken_off(path: Path) -> None:
    with writer(path, Mark("x", "x", "x", "x"), ["A"], ["B"]) as out:
        out.households(["1"])
        raise ZeroDivisionError


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_file_that_was_not_finished_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(ZeroDivisionError):
        broken_off(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_long_export_tells_how_far_it_is(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PART", 1)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    one = export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ"))
    job = Job.objects.get()
    one.refresh_from_db()
    assert (job.state, job.progress, job.total, one.job) == ("done", 2, 2, job.public_id)
    told: list[tuple[int, int]] = []
    writing.write(one, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.django_db
def test_what_its_owner_may_see_is_asked_again_when_it_is_written(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A role that ended between asking and writing gives no rows."""
    one = export(by=village.cast.officer, wanted=Wanted(ALL, "toàn bộ"))
    village.cast.officer.appointments.all().delete()
    with pytest.raises(actions.Refused, match="Q-EMPTY"):
        writing.write(one)
