"""Cells that a workbook library hands over as blanks: Excel errors, and formulas that nobody calculated.

Reading every part to its end also checks its checksum, that it has no DTD, and that its XML is whole: the workbook
library stops at a broken tag without a word, which would lose the rows below it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from vuonlen.domain.problems import Problem, Refused

_PIECE = 2**20
_OVERLAP = 4096
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*?\bt="e"[^>]*>(?:(?!</(?:\w+:)?c>).){0,2000}?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_ERROR_TYPE_FIRST = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\bt="e"[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).){0,2000}?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_NOT_CALCULATED = re.compile(
    rb'<(?:\w+:)?c\b((?:(?!\bt="str")[^>])*?\br="([A-Z]{1,3}\d{1,7})"(?:(?!\bt="str")[^>])*)>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


@dataclass(slots=True)
class Scan:
    """By sheet name: (row, column) from 0 -> the error shown there; cells of formulas without a value."""

    errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    not_calculated: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def scan(path: Path, max_inflated: int) -> Scan:
    """Raises Refused for a part that is damaged, has a DTD, or opens to more than it declares."""
    found = Scan()
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = _sheets(archive)
            left = max_inflated
            for one in archive.infolist():
                left = _scan_part(archive, one, sheets.get(one.filename.lstrip("/")), found, left)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, NotImplementedError) as error:
        detail = re.sub(r"\s+", " ", str(error))[:120]
        raise Refused(Problem("F-BROKEN", values={"name": path.name, "detail": detail})) from error
    return found


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part -> sheet name, for workbooks whose parts are XML."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {}
    for tag in _RELATION.findall(archive.read(names["xl/_rels/workbook.xml.rels"])):
        told = dict(re.findall(rb'(\w+)="([^"]*)"', tag))
        if b"Id" in told and b"Target" in told:
            target = told[b"Target"].decode("utf-8", "replace").lstrip("/")
            targets[told[b"Id"]] = target if target.startswith("xl/") else "xl/" + target
    book = archive.read(names["xl/workbook.xml"])
    return {targets[key]: _unescaped(name) for name, key in _SHEET.findall(book) if key in targets}


def _unescaped(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    for written, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(written, letter)
    return text


def _scan_part(archive: zipfile.ZipFile, one: zipfile.ZipInfo, sheet: str | None, found: Scan, left: int) -> int:
    before, first = b"", True
    is_xml = one.filename.lower().endswith((".xml", ".rels"))
    parser = expat.ParserCreate() if is_xml else None
    for piece in _pieces(archive, one):
        left -= len(piece)
        if left < 0:
            raise Refused(Problem("F-ZIP-INFLATED", values={"most": "…"}))
        if is_xml and first and b"<!DOCTYPE" in piece[:_OVERLAP]:
            raise Refused(Problem("F-BROKEN", values={"name": one.filename, "detail": "DOCTYPE"}))
        first = False
        if parser:
            parser.Parse(piece, False)
        if sheet is not None and (b'"e"' in piece or b"<f" in piece or b":f" in piece):
            _scan_piece(before + piece, sheet, found)
        before = piece[-_OVERLAP:]
    if parser and not first:
        parser.Parse(b"", True)
    return left


def _pieces(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(one) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _scan_piece(text: bytes, sheet: str, found: Scan) -> None:
    if b't="e"' in text:
        for pattern in (_ERROR, _ERROR_TYPE_FIRST):
            for cell, error in pattern.findall(text):
                found.errors.setdefault(sheet, {})[_place(cell)] = error.decode("utf-8", "replace")
    if b"<f" in text or b":f" in text:
        for _, cell in _NOT_CALCULATED.findall(text):
            there = found.not_calculated.setdefault(sheet, [])
            if _place(cell) not in there[-500:]:
                there.append(_place(cell))


def _place(cell: bytes) -> tuple[int, int]:
    letters = re.match(rb"[A-Z]+", cell)
    assert letters is not None
    column = 0
    for letter in letters[0]:
        column = column * 26 + letter - 64
    return int(cell[letters.end() :]) - 1, column - 1
