"""Class A: broken, protected and renamed containers: refused before anything is parsed, or read exactly."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.bad_files.making import GOOD, HEADS, csv_file, edited, good_workbook, with_part, workbook
from tests.bad_files.outcomes import codes, households, read, refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def is_the_good_list(path: Path) -> bool:
    found = read(path)
    return codes(found) == [] and [row["household_id"] for row in households(found).values()] == ["H1"]


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_truncated_workbook(tmp_path: Path, tenths: int) -> None:
    content = good_workbook(tmp_path / "good.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(content[: len(content) * tenths // 10])
    assert refused(tmp_path / "cut.xlsx") == ["F-BROKEN"]


def test_a_workbook_that_lacks_its_last_bytes(tmp_path: Path) -> None:
    (tmp_path / "cut.xlsx").write_bytes(good_workbook(tmp_path / "good.xlsx").read_bytes()[:-20])
    assert refused(tmp_path / "cut.xlsx") == ["F-BROKEN"]


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").touch()
    assert refused(tmp_path / "empty.xlsx") == ["F-EMPTY"]


def test_a_part_with_a_wrong_checksum(tmp_path: Path) -> None:
    content = bytearray(good_workbook(tmp_path / "good.xlsx").read_bytes())
    at = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[at] ^= 0xFF
    (tmp_path / "flipped.xlsx").write_bytes(content)
    assert refused(tmp_path / "flipped.xlsx") == ["F-BROKEN"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><table><tr><td>Mã hộ</td></tr></table></html>",
        "<table><tr><td>Mã hộ</td></tr></table>",
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "MIME-Version: 1.0\nContent-Type: multipart/related",
        "\ufeff<!DOCTYPE html><html/>",
    ],
)
def test_a_page_renamed_to_a_workbook(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.xls").write_text(page, "utf-8")
    assert refused(tmp_path / "page.xls") == ["F-HTML"]


def test_a_workbook_protected_by_a_password(tmp_path: Path) -> None:
    (tmp_path / "locked.xlsx").write_bytes(
        _OLE + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    )
    assert refused(tmp_path / "locked.xlsx") == ["F-PASSWORD"]


def test_an_ods_protected_by_a_password(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    locked = edited(tmp_path / "good.xlsx", tmp_path / "a.ods", lambda name, content: None)
    for name, content in (
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"\x01\x02"),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
    ):
        locked = with_part(locked, tmp_path / f"{name.replace('/', '-')}.ods", name, content)
    assert refused(locked) == ["F-PASSWORD"]


@pytest.mark.parametrize(
    ("head", "found"),
    [(b"%PDF-1.7\n", "F-TYPE"), (b"\x89PNG\r\n\x1a\n", "F-TYPE"), (b"Rar!\x1a\x07\x00", "F-TYPE"), (_OLE, "F-TYPE")],
)
def test_another_kind_of_file_under_the_name_of_a_workbook(tmp_path: Path, head: bytes, found: str) -> None:
    (tmp_path / "list.xlsx").write_bytes(head + b"\0" * 200)
    assert refused(tmp_path / "list.xlsx") == [found]


def test_random_bytes(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(bytes(range(256)) * 10)
    assert refused(tmp_path / "list.xlsx") == ["F-BROKEN"]


def test_binary_bytes_named_csv(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(bytes(range(1, 32)) * 50)
    assert refused(tmp_path / "list.csv") == ["F-TYPE"]


def test_an_archive_without_a_workbook(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    edited(tmp_path / "good.xlsx", tmp_path / "zip.xlsx", lambda name, content: content if "docProps" in name else None)
    assert refused(tmp_path / "zip.xlsx") == ["F-NO-WORKBOOK"]


def test_a_workbook_without_its_sheet(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    edited(tmp_path / "good.xlsx", tmp_path / "gap.xlsx", lambda name, content: None if "sheet1" in name else content)
    assert refused(tmp_path / "gap.xlsx") == ["F-BROKEN"]


def test_a_sheet_with_broken_xml(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    edited(
        tmp_path / "good.xlsx",
        tmp_path / "xml.xlsx",
        lambda name, content: content.replace(b"</row>", b"</rwo>", 1) if "sheet1" in name else content,
    )
    assert refused(tmp_path / "xml.xlsx") == ["F-BROKEN"]


def test_a_sheet_with_a_document_type(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    dtd = b'<!DOCTYPE worksheet [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]><worksheet'
    edited(
        tmp_path / "good.xlsx",
        tmp_path / "dtd.xlsx",
        lambda name, content: content.replace(b"<worksheet", dtd, 1) if "sheet1" in name else content,
    )
    assert refused(tmp_path / "dtd.xlsx") == ["F-BROKEN"]


def test_a_workbook_of_strict_open_xml_is_read(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")

    def strict(name: str, content: bytes) -> bytes:
        for old, new in _STRICT.items():
            content = content.replace(old, new)
        return content

    assert is_the_good_list(edited(tmp_path / "good.xlsx", tmp_path / "strict.xlsx", strict))


def test_a_workbook_with_macros_is_read_and_nothing_is_run(tmp_path: Path) -> None:
    good_workbook(tmp_path / "good.xlsx")
    content_type = (b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
    edited(tmp_path / "good.xlsx", tmp_path / "plain.xlsm", lambda name, content: content.replace(*content_type))
    assert is_the_good_list(with_part(tmp_path / "plain.xlsm", tmp_path / "list.xlsm", "xl/vbaProject.bin", _OLE))


def test_a_workbook_with_a_name_that_says_nothing_is_read(tmp_path: Path) -> None:
    assert is_the_good_list(good_workbook(tmp_path / "good.xlsx").rename(tmp_path / "danh sách hộ (bản cuối).tmp"))


def test_a_csv_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    rows = [HEADS, [str(cell) for cell in GOOD]]
    assert refused(csv_file(tmp_path / "list.xlsx", rows)) == ["F-TYPE"]


def test_an_empty_workbook(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "empty.xlsx", {"Sheet1": []})) == ["F-NO-SHEET"]


def test_a_parquet_file_without_its_end(tmp_path: Path) -> None:
    (tmp_path / "list.parquet").write_bytes(b"PAR1" + b"\0" * 500)
    assert refused(tmp_path / "list.parquet") == ["F-BROKEN"]


def test_a_parquet_file_with_a_broken_footer(tmp_path: Path) -> None:
    (tmp_path / "list.parquet").write_bytes(b"PAR1" + b"\1" * 500 + b"PAR1")
    assert refused(tmp_path / "list.parquet") == ["F-BROKEN"]


@pytest.fixture(scope="module")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good list as LibreOffice writes it: .xlsx, .xls (BIFF) and .ods."""
    base = tmp_path_factory.mktemp("office")
    office = shutil.which("soffice")
    assert office is not None, "LibreOffice is missing; ./run test installs it"
    source = good_workbook(base / "list.xlsx")
    for kind in ("xls", "ods", "xlsx"):
        command = [office, f"-env:UserInstallation=file://{base}/profile", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(base / "out"), str(source)], check=True, capture_output=True, timeout=120
        )
    return base / "out"


@pytest.mark.parametrize("name", ["list.xls", "list.ods", "list.xlsx"])
def test_what_libreoffice_writes_is_read(by_libreoffice: Path, tmp_path: Path, name: str) -> None:
    assert is_the_good_list(Path(shutil.copy(by_libreoffice / name, tmp_path / name)))


def test_an_old_workbook_renamed_to_a_new_one_is_read(by_libreoffice: Path, tmp_path: Path) -> None:
    assert is_the_good_list(Path(shutil.copy(by_libreoffice / "list.xls", tmp_path / "renamed.xlsx")))


@pytest.mark.parametrize("tenths", [2, 5, 9])
def test_a_truncated_old_workbook(by_libreoffice: Path, tmp_path: Path, tenths: int) -> None:
    content = (by_libreoffice / "list.xls").read_bytes()
    (tmp_path / "cut.xls").write_bytes(content[: len(content) * tenths // 10])
    assert refused(tmp_path / "cut.xls")[0] in {"F-BROKEN", "F-TYPE"}
