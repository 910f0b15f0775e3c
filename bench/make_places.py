"""Makes the tables of places that the register ships, from the data files of the package vietnamadminunits (MIT).

    python -m bench.make_places [FOLDER]

The package itself is never imported: it imports unidecode, which is GPL. Only its tables are read, by path.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

PACKAGE = "vietnamadminunits"
TARGET = Path(__file__).parents[1] / "vuonlen" / "places" / "data"

Row = tuple[Any, ...]
_FIRST = re.compile(r"(?<!\S)[^\W\d_]")  # first letter of a word
_KINDS = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Huyện", "Quận", "Phường", "Xã")


def source_files() -> Path:
    """The data folder of the installed package. Raises PackageNotFoundError where it is not installed."""
    return Path(str(distribution(PACKAGE).locate_file(f"{PACKAGE}/data")))


def spelt(name: str) -> str:
    """One way to write a name: "Thành Phố Huế" -> "Thành phố Huế", "Xã Pa ủ" -> "Xã Pa Ủ"."""
    text = _FIRST.sub(lambda found: found[0].upper() if not found[0].isascii() else found[0], " ".join(name.split()))
    for kind in _KINDS:
        if text.casefold().startswith(kind.casefold() + " "):
            return kind + text[len(kind) :]
    return text


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}".rstrip("0").rstrip(".")


def tables(folder: Path) -> dict[str, tuple[Row, list[Row]]]:
    """file -> (heading, rows in order of code)."""
    base = sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    before = [dict(row) for row in base.execute("SELECT * FROM admin_units_legacy")]
    since = [dict(row) for row in base.execute("SELECT * FROM admin_units")]
    base.close()
    converter = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    place = ("latitude", "longitude")
    return {
        "provinces.csv": (
            ("edition", "code", "name", *place),
            sorted(_provinces("before", before) | _provinces("since", since)),
        ),
        "districts.csv": (("code", "name", "province", *place), sorted(_districts(before))),
        "communes_before.csv": (("code", "name", "district", *place), _communes(before, "districtCode")),
        "communes_since.csv": (("code", "name", "province", *place), _communes(since, "provinceCode")),
        "conversion.csv": (("level", "before", "since", "whole"), sorted(_conversion(before, since, converter))),
    }


def _provinces(edition: str, rows: Iterable[dict[str, Any]]) -> set[Row]:
    return {
        (edition, row["provinceCode"], spelt(row["province"]), _number(row["provinceLat"]), _number(row["provinceLon"]))
        for row in rows
    }


def _districts(rows: Iterable[dict[str, Any]]) -> set[Row]:
    return {
        (
            row["districtCode"],
            spelt(row["district"]),
            row["provinceCode"],
            _number(row["districtLat"]),
            _number(row["districtLon"]),
        )
        for row in rows
    }


def _communes(rows: Iterable[dict[str, Any]], parent: str) -> list[Row]:
    """Rows of five island districts name no commune: those districts had none."""
    found: list[Row] = [
        (row["wardCode"], spelt(row["ward"]), row[parent], _number(row["wardLat"]), _number(row["wardLon"]))
        for row in rows
        if row["wardCode"]
    ]
    return sorted(found)


def _conversion(
    before: Sequence[dict[str, Any]], since: Sequence[dict[str, Any]], converter: dict[str, Any]
) -> set[Row]:
    """(level of the old unit, old code, new code, 1 whole or 0 a part)."""
    old = {}
    for row in before:
        unit = ("commune", row["wardCode"]) if row["wardCode"] else ("district", row["districtCode"])
        old[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"] = unit
    new = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in since}
    old_province = {row["provinceKey"]: row["provinceCode"] for row in before}
    new_province = {row["provinceKey"]: row["provinceCode"] for row in since}
    found: set[Row] = {
        ("province", old_province[one], new_province[province], 1)
        for province, ones in converter["DICT_PROVINCE"].items()
        for one in ones
    }
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        found |= {(*old[one], new[province, ward], 1) for ward, ones in wards.items() for one in ones}
    for province, parts in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        found |= {(*old[one], new[province, to["newWardKey"]], 0) for one, into in parts.items() for to in into}
    return found


def written(heading: Row, rows: Iterable[Row]) -> str:
    """The text of one file, the same on every machine."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([heading, *rows])
    return text.getvalue()


def make(target: Path) -> None:
    """Write the tables and the sums that a test compares."""
    sums = []
    for name, (heading, rows) in tables(source_files()).items():
        data = written(heading, rows).encode()
        (target / name).write_bytes(data)
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        print(f"{name}: {len(rows):,} rows, {len(data):,} bytes")
    (target / "SHA256SUMS").write_text("".join(sums), "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
