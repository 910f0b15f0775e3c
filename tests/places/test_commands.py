"""`vuonlen places …`: what is printed, and the exit status."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.places.tables import changed, table, write_csv
from tests.places.test_outlines import collection, feature, polygon, square
from vuonlen.cli.register import places as commands
from vuonlen.domain.problems import Refused
from vuonlen.places import queries

pytestmark = pytest.mark.django_db


def test_load_tells_what_it_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.load(as_json=False) == 0
    assert "Đã nạp 14.149 đơn vị và 10.665 liên kết chuyển đổi; 0 đơn vị đã có sẵn." in capsys.readouterr().out
    assert commands.load(as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {"created": 0, "kept": 14_149, "successions": 0}


def test_import_tells_its_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "bang.csv", table())
    assert commands.import_conversion(path, as_json=False) == 0
    assert "6 dòng; 6 liên kết mới" in " ".join(capsys.readouterr().out.split())


def test_import_with_refused_rows_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "bang.csv", table(changed(9, F="?")))
    assert commands.import_conversion(path, as_json=False) == 1
    assert "F9 · PL-NOTE" in capsys.readouterr().err
    assert commands.import_conversion(path, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["unchanged"], [one["where"] for one in told["refused"]]) == (5, ["F9"])


def test_boundaries_are_imported_for_a_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands.import_conversion(write_csv(tmp_path / "bang.csv", table()), as_json=True)
    capsys.readouterr()
    path = tmp_path / "ranh-gioi.geojson"
    path.write_text(json.dumps(collection(feature(polygon(square())), feature(polygon(square()), "99999"))), "utf-8")
    status = commands.import_boundaries(path, key="ma_xa", on="30/06/2025", level="commune", source="", as_json=True)
    assert (status, json.loads(capsys.readouterr().out)["created"]) == (1, 1)
    place = queries.find("01843", date(2025, 6, 30))
    assert place is not None
    assert place.boundary.source == "ranh-gioi.geojson"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        commands.import_conversion(tmp_path / "khong-co.csv", as_json=False)
