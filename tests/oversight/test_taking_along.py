"""A chain that an inspector takes along: whole, told of in the journal, and verified without any of our code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tests.web.cast import Cast
from vuonlen.journal import anchors
from vuonlen.journal.actions import SYSTEM, Act, record, record_many
from vuonlen.journal.models import Chain, Entry
from vuonlen.journal.reading import Database
from vuonlen.journal.standalone import verify_journal
from vuonlen.oversight.actions import take_along

PAGE = "/nhat-ky/mang-di/"


@pytest.fixture
def written(cast: Cast) -> Cast:
    with transaction.atomic():
        acts = [Act("registry.correct", "household", f"h{n}", reason=f"lý do {n}") for n in range(40)]
        record_many(cast.places.bac_kan.key, SYSTEM, acts)
        record_many(cast.places.duc_xuan.key, SYSTEM, acts)
    return cast


def taken(cast: Cast, who: str, to: Path) -> Path:
    answer: Any = cast.client(who).post(PAGE, {"noi": cast.places.bac_kan.key})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    to.write_bytes(b"".join(answer.streaming_content))
    return to


def verified(file: Path, *words: str | Path) -> tuple[int, dict[str, object], str]:
    """Exit status, report, words: by the script alone."""
    script = [sys.executable, "-I", "-S", verify_journal.__file__, str(file), *map(str, words)]
    told, said = (
        subprocess.run([*script, *more], capture_output=True, text=True, check=False) for more in (["--json"], [])
    )
    return told.returncode, json.loads(told.stdout), said.stdout


def test_it_holds_one_chain_and_the_taking_itself(written: Cast, tmp_path: Path) -> None:
    file = taken(written, "inspector", tmp_path / "a.jsonl")
    status, report, said = verified(file)
    key = written.places.bac_kan.key
    assert (status, report["entries"], report["extract"]) == (0, 41, [key])
    assert f"Đây là bản trích: chỉ kiểm tra {key}" in said
    assert "duc" not in file.read_text("utf-8").lower()
    newest = Entry.objects.get(chain__key=key, sequence=41)
    assert (newest.act, newest.actor_id, newest.role) == ("oversight.take_along", written.inspector.pk, "inspector")


def test_anchors_of_all_chains_fit_an_extract_of_one(written: Cast, tmp_path: Path) -> None:
    anchors.write(Database(), tmp_path / "neo", key=settings.KEYS.anchor, at=timezone.now())
    file = taken(written, "chair", tmp_path / "a.jsonl")
    status, report, _said = verified(file, "--anchors", tmp_path / "neo")
    assert (status, report["findings"]) == (0, [])
    lines = file.read_text("utf-8").splitlines()
    gone = [one for one in lines if '"sequence":30,' not in one]
    file.write_text("\n".join(gone) + "\n", "utf-8")
    status, report, _said = verified(file, "--anchors", tmp_path / "neo")
    assert (status, [one["sequence"] for one in report["findings"]]) == (1, [30])  # type: ignore[attr-defined]


def test_a_file_that_leaves_chains_out_without_saying_so_is_not_whole(written: Cast, tmp_path: Path) -> None:
    anchors.write(Database(), tmp_path / "neo", key=settings.KEYS.anchor, at=timezone.now())
    file = taken(written, "chair", tmp_path / "a.jsonl")
    file.write_text(file.read_text("utf-8").replace(',"extract":true', "", 1), "utf-8")
    status, report, _said = verified(file, "--anchors", tmp_path / "neo")
    assert (status, [one["kind"] for one in report["findings"]]) == (1, ["chain-gone"])  # type: ignore[attr-defined]


def test_an_extract_without_any_chain_does_not_pass_for_the_journal(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"vuonlen_journal":1,"time":"2026-11-24T00:00:00.000000Z","chains":0,"extract":true}\n', "utf-8")
    _status, report, said = verified(file)
    assert report["extract"] == []
    assert "Đây là bản trích: chỉ kiểm tra –" in said


def test_a_chain_out_of_reach_is_not_taken(written: Cast) -> None:
    with transaction.atomic():
        record("system", SYSTEM, Act("backup.made", "backup", "a.backup"))
    before = Entry.objects.count()
    for key in (written.places.duc_xuan.key, "system", "", "không có"):
        assert written.client("chair").post(PAGE, {"noi": key}).status_code == 404
        with pytest.raises(PermissionDenied):
            take_along(by=written.chair, key=key)
    for who in ("village_head", "bank", "administrator", "nobody"):
        assert written.client(who).post(PAGE, {"noi": written.places.bac_kan.key}).status_code == 403
    assert Entry.objects.count() == before
    assert written.client("chair").get(PAGE).status_code == 405


def test_a_chain_is_offered_where_one_is_chosen(written: Cast) -> None:
    every = written.client("inspector").get("/nhat-ky/").content.decode()
    one = written.client("inspector").get(f"/nhat-ky/?noi={written.places.bac_kan.key}").content.decode()
    assert "Tải cả chuỗi về" not in every
    assert "Tải cả chuỗi về" in one
    assert Chain.objects.count() == 2
