"""Many rows into a workbook, fast: XlsxWriter draws the frame, the rows are streamed into its sheet.

XlsxWriter spends most of its time on one call per cell. Here whole columns of a batch become XML at once, about
four times as fast (docs/performance.md), with the same guarantees: every text is an inline string and can never
be a formula, control characters are escaped as the format asks, and what is not a finite number is left blank.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.utility import xl_col_to_name

LAST_ROW = 1_048_576  # of a sheet, 1-based
#: Stands for the last row in the frame's filter, where the number of rows is not known yet; `fill` puts the real one.
#: Not LAST_ROW: XlsxWriter would write whole columns, which is not what a filter may name.
OPEN_END = LAST_ROW - 1
_BATCH = 4_000
_MOST_TEXT = 32_767  # characters in one cell
_KEPT_TEXTS = 50_000
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MARKUP = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_SPACE = re.compile(r"^\s|\s$|\n|  ")

Encode = Callable[[Sequence[Any], Sequence[str], str, str], list[str]]


@contextmanager
def complete(path: Path) -> Iterator[Path]:
    """A name to write to beside `path`; it becomes `path` only when everything is written."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def fill(frame: Path, target: Path, number: int, rows: Iterable[Sequence[object]], first_row: int) -> int:
    """Copy the workbook `frame` to `target` with `rows` in its sheet `number` (1 is the first); returns how many.

    first_row: 1-based. If the frame has cells in that row, they are the model: each column takes their format.
    Values: text, int, float, bool (1 or 0) or None. Raises ValueError when the rows do not fit in a sheet.
    """
    name = f"xl/worksheets/sheet{number}.xml"
    with ZipFile(frame) as old, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=2) as new:
        text = old.read(name).decode("utf-8")
        with new.open(_member(name), "w", force_zip64=True) as out:
            count = _sheet(text, out, rows, first_row)
        last = str(max(first_row + count - 1, first_row))
        for item in old.infolist():
            if item.filename != name:
                data = old.read(item)
                if item.filename == "xl/workbook.xml":  # the range of the filter stands here once more
                    data = data.replace(b"$%d" % OPEN_END, b"$" + last.encode())
                new.writestr(_member(item.filename), data)
    return count


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _FIRST_DAY)
    info.compress_type = ZIP_DEFLATED
    return info


def _sheet(text: str, out: IO[bytes], rows: Iterable[Sequence[object]], first_row: int) -> int:
    text, styles = _without_model(text, first_row)
    if "<sheetData/>" in text:
        text = text.replace("<sheetData/>", "<sheetData></sheetData>")
    head, end, tail = text.partition("</sheetData>")
    # A wrong size of the sheet would make readers that trust it drop rows; without the element they measure.
    out.write(re.sub(r"<dimension [^>]*/>", "", head).encode("utf-8"))
    count, texts = 0, _Texts()
    for batch in _batches(rows):
        if first_row + count + len(batch) - 1 > LAST_ROW:
            raise ValueError(f"more rows than a sheet holds ({LAST_ROW})")
        out.write(_batch(batch, first_row + count, styles, texts).encode("utf-8"))
        count += len(batch)
    last = str(max(first_row + count - 1, first_row))
    out.write((end + tail.replace(str(OPEN_END), last)).encode("utf-8"))
    return count


def _without_model(text: str, row: int) -> tuple[str, Mapping[str, str]]:
    """The sheet without its model row, and column letter -> style attribute."""
    found = re.search(rf'<row r="{row}"[^>]*>(.*?)</row>', text, re.DOTALL)
    if found is None:
        return text, {}
    styles = {one[1]: one[2] or "" for one in re.finditer(r'<c r="([A-Z]+)\d+"( s="\d+")?', found[1])}
    return text[: found.start()] + text[found.end() :], styles


def _batches(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    every = iter(rows)
    while batch := list(islice(every, _BATCH)):
        yield batch


def _batch(batch: Sequence[Sequence[object]], first_row: int, styles: Mapping[str, str], texts: _Texts) -> str:
    numbers = [str(number) for number in range(first_row, first_row + len(batch))]
    columns: list[list[str]] = []
    for place, values in enumerate(zip(*batch, strict=True)):
        letters = xl_col_to_name(place)
        kinds = set(map(type, values)) - {type(None)}
        if not kinds:
            continue
        start, style = f'<c r="{letters}', f'"{styles.get(letters, "")}'
        columns.append(_encoder(kinds, texts)(values, numbers, start, style))
    if not columns:
        return "".join(f'<row r="{number}"/>' for number in numbers)
    cells = map("".join, zip(*columns, strict=True))
    return "".join([f'<row r="{number}">{one}</row>' for number, one in zip(numbers, cells, strict=True)])


def _encoder(kinds: set[type], texts: _Texts) -> Encode:
    if kinds == {str}:
        return texts.column
    if kinds <= {int, bool}:
        return _whole
    if kinds <= {int, float}:
        return _numbers
    return texts.mixed


def _whole(values: Sequence[Any], numbers: Sequence[str], start: str, style: str) -> list[str]:
    middle = style + "><v>"
    return [
        "" if value is None else f"{start}{number}{middle}{value:d}</v></c>"
        for number, value in zip(numbers, values, strict=True)
    ]


def _numbers(values: Sequence[Any], numbers: Sequence[str], start: str, style: str) -> list[str]:
    middle = style + "><v>"
    return [
        "" if value is None or not math.isfinite(value) else f"{start}{number}{middle}{value!r}</v></c>"
        for number, value in zip(numbers, values, strict=True)
    ]


class _Texts:
    """Texts as XML; those met lately are not encoded again."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {"": ""}

    def column(self, values: Sequence[Any], numbers: Sequence[str], start: str, style: str) -> list[str]:
        middle, end = style + ' t="inlineStr"><is>', "</is></c>"
        if len(self.known) > _KEPT_TEXTS:
            self.known = {"": ""}
        known = self.known
        known.update({value: encoded(value) for value in {*values} - known.keys() - {None}})
        return [
            f"{start}{number}{middle}{known[value]}{end}" if value else ""
            for number, value in zip(numbers, values, strict=True)
        ]

    def mixed(self, values: Sequence[Any], numbers: Sequence[str], start: str, style: str) -> list[str]:
        found = []
        for number, value in zip(numbers, values, strict=True):
            one = value if value is None or isinstance(value, str | int | float) else str(value)
            encode = _encoder({type(one)}, self) if one is not None else _whole
            found += encode([one], [number], start, style)
        return found


def encoded(text: str) -> str:
    """One text as the element `<t>`: markup and control characters escaped, cut at the longest cell."""
    safe = text[:_MOST_TEXT]
    if _MARKUP.search(safe):
        safe = _MARKUP.sub(_escape, safe)
    return f'<t xml:space="preserve">{safe}</t>' if _SPACE.search(safe) else f"<t>{safe}</t>"


def _escape(found: re.Match[str]) -> str:
    one = found[0]
    if len(one) > 1:  # a text that looks like an escape is escaped itself
        return "_x005F" + one
    if "\ud800" <= one <= "\udfff":
        return "\ufffd"
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(one) or f"_x{ord(one):04X}_"
