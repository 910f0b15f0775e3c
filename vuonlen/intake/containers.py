"""The container of a file, checked before anything is parsed: what it really is, whatever its name says.

A ratio of packed to unpacked bytes does not show a costly workbook (12:1 is ordinary), so the unpacked bytes
themselves are capped, and rows and memory again while parsing.
"""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake.limits import Limits

WORKBOOK, CSV, PARQUET = "workbook", "csv", "parquet"
_MB = 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
_OTHERS = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"SQLite format 3": "SQLite",
    **dict.fromkeys(_ARCHIVES[1:], "archive"),
}
_MARKUP = re.compile(
    rb"^\s*(?:<!--|<\?xml|<!doctype|<html|<table|<head|<body|<meta|<style|<script|mime-version:)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Container:
    """kind: WORKBOOK, CSV or PARQUET. zipped: its parts can be listed and scanned (XLSX, XLSM, XLSB, ODS)."""

    kind: str
    zipped: bool = False


def check_container(path: Path, limits: Limits) -> Container:
    """What the file is. Raises Refused for one that is too large, unsafe, protected, or no list at all."""
    size = path.stat().st_size
    if size == 0:
        raise Refused(Problem("F-EMPTY", values={"name": path.name}))
    with path.open("rb") as stream:
        head = stream.read(4096)
        stream.seek(max(0, size - 4))
        tail = stream.read(4)
    if head[:4] == b"PAR1":
        if tail != b"PAR1" or size < 12:
            raise _broken(path, "Parquet")
        return Container(PARQUET)
    if size > limits.max_bytes:
        raise Refused(Problem("F-SIZE", values={"mb": -(-size // _MB), "most": limits.max_bytes // _MB}))
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        _check_zip(path, limits)
        return Container(WORKBOOK, zipped=True)
    if head.startswith(_OLE):
        return _check_ole(path)
    return _check_text(path, head)


def _broken(path: Path, detail: str) -> Refused:
    return Refused(Problem("F-BROKEN", values={"name": path.name, "detail": detail}))


def _check_zip(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(members, limits)
            names = {one.filename for one in members}
            for one in members:
                _check_member(archive, one)
            _check_workbook(archive, names, path)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as error:
        raise _broken(path, re.sub(r"\s+", " ", str(error))[:120]) from error


def _check_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.max_zip_members:
        raise Refused(Problem("F-ZIP-MEMBERS", values={"members": len(members), "most": limits.max_zip_members}))
    if sum(one.file_size for one in members) > limits.max_inflated:
        raise Refused(Problem("F-ZIP-INFLATED", values={"most": limits.max_inflated // _MB}))
    for one in members:
        parts = one.filename.replace("\\", "/").split("/")
        link = stat.S_ISLNK(one.external_attr >> 16)
        if (
            link
            or ".." in parts
            or one.filename.startswith(("/", "\\"))
            or ":" in parts[0]
            or "\0" in one.orig_filename
        ):
            raise Refused(Problem("F-ZIP-PATH", values={"member": one.filename[:80]}))


def _check_member(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> None:
    if one.flag_bits & 1:
        raise Refused(Problem("F-PASSWORD", values={"name": Path(str(archive.filename)).name}))
    if one.is_dir() or one.filename.lower().endswith((".xml", ".rels", ".png", ".jpeg", ".jpg", ".emf")):
        return
    with archive.open(one) as stream:
        if stream.read(8).startswith(_ARCHIVES):
            raise Refused(Problem("F-ZIP-NESTED", values={"member": one.filename[:80]}))


def _check_workbook(archive: zipfile.ZipFile, names: set[str], path: Path) -> None:
    lower = {name.lower().lstrip("/") for name in names}
    if {"xl/workbook.xml", "xl/workbook.bin"} & lower:
        return
    if "content.xml" in lower and "mimetype" in names:
        if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Refused(Problem("F-PASSWORD", values={"name": path.name}))
        if b"spreadsheet" in archive.read("mimetype"):
            return
    if "[content_types].xml" in lower and b"spreadsheetml" in archive.read("[Content_Types].xml"):
        return
    raise Refused(Problem("F-NO-WORKBOOK", values={"name": path.name}))


def _check_ole(path: Path) -> Container:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused(Problem("F-PASSWORD", values={"name": path.name}))
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise Refused(Problem("F-TYPE", values={"name": path.name, "found": "OLE"}))
    return Container(WORKBOOK)


def _check_text(path: Path, head: bytes) -> Container:
    for magic, found in _OTHERS.items():
        if head.startswith(magic):
            raise Refused(Problem("F-TYPE", values={"name": path.name, "found": found}))
    text = head
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace").encode()
    if _MARKUP.match(text.lstrip(b"\xef\xbb\xbf")):
        raise Refused(Problem("F-HTML", values={"name": path.name}))
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise (
            _broken(path, path.suffix)
            if _is_binary(text)
            else Refused(Problem("F-TYPE", values={"name": path.name, "found": path.suffix or "?"}))
        )
    if _is_binary(text):
        raise Refused(Problem("F-TYPE", values={"name": path.name, "found": "binary"}))
    return Container(CSV)


def _is_binary(head: bytes) -> bool:
    """More control bytes than a text has. UTF-16 without a mark has a zero in every other place."""
    if head[1:200:2].count(0) > 40 or head[0:200:2].count(0) > 40:
        return False
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    return controls > len(head) // 50 + 2
