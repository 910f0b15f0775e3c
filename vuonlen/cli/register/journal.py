"""`vuonlen journal verify | anchor | export`: the evidence, checked, bound and taken along."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone

import vuonlen.journal.standalone as beside
from vuonlen.cli import console
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _, language
from vuonlen.journal import anchors
from vuonlen.journal.export import export as write_export
from vuonlen.journal.reading import still
from vuonlen.journal.standalone.verify_journal import as_dict, lines
from vuonlen.journal.standalone.verify_journal import verify as verify_chains


def verify(*, anchors_in: Path | None = None, public_key: str = "", as_json: bool) -> int:
    """Check every chain. Exit status 0: whole, 1: something is wrong. Raises Refused for anchors that are not there."""
    if public_key and not re.fullmatch("[0-9a-f]{64}", public_key):
        raise Refused(Problem("J-PUBLIC-KEY", values={"key": public_key}))
    kept = anchors.load(anchors_in, public_key) if anchors_in else None
    with console.working(quiet=as_json) as step, still() as source:
        report = verify_chains(source, kept, step(_("Kiểm tra nhật ký")))
    if as_json:
        console.print_json(as_dict(report))
    else:
        verdict, *rest = lines(report, language())
        console.out.print(verdict, style="bold red" if report.findings else "bold green", markup=False)
        for line in rest:
            console.out.print(line, markup=False, soft_wrap=True)
    return 1 if report.findings else 0


def anchor(*, to: Path, as_json: bool) -> int:
    """Write one anchor. Exit status 1 where a chain does not go on from the anchor before: it is left out and named."""
    with still() as source:
        done = anchors.write(source, to, key=settings.KEYS.anchor, at=timezone.now())
    if as_json:
        told = [{**one._asdict(), "vi": one.sentence("vi"), "en": one.sentence("en")} for one in done.findings]
        console.print_json(
            {
                "file": str(done.path),
                "number": done.number,
                "root": done.root,
                "public_key": done.public_key,
                "chains": done.chains,
                "findings": told,
            }
        )
        return 1 if done.findings else 0
    said = _("Dấu neo {number}: {chains} chuỗi có mục mới, gốc {root}")
    told_line = said.format(number=done.number, chains=done.chains, root=done.root)
    console.out.print(told_line, markup=False, soft_wrap=True)
    console.out.print(str(done.path), markup=False, soft_wrap=True)
    if done.number == 1:
        console.out.print(
            _("Khóa công khai {key}: hãy in ra và giữ cùng biên bản, ngoài máy này.").format(key=done.public_key),
            soft_wrap=True,
        )
    for one in done.findings:
        console.err.print(_("Không neo: {why}").format(why=one.sentence(language())), markup=False, style="bold red")
    return 1 if done.findings else 0


def export(file: Path, *, as_json: bool) -> int:
    """Write the journal into a file for the stand-alone verifier."""
    with console.working(quiet=as_json) as step, still() as source:
        chains, entries = write_export(source, file, at=timezone.now(), advance=step(_("Ghi nhật ký ra tệp")))
    verifier = Path(beside.__file__).with_name("verify_journal.py")
    if as_json:
        console.print_json({"file": str(file), "chains": chains, "entries": entries, "verifier": str(verifier)})
        return 0
    said = _("Đã ghi {entries} mục của {chains} chuỗi vào {file}.").format(entries=entries, chains=chains, file=file)
    console.out.print(said, markup=False, soft_wrap=True)
    console.out.print(_("Kiểm tra ở máy khác, không cần cài Vươn Lên:"))
    console.out.print(f"  python {verifier} {file} --anchors …", markup=False, soft_wrap=True)
    return 0
