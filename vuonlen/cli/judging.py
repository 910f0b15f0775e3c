"""`vuonlen judge`: read, judge, compare, write, tell."""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vuonlen.analytics.engines import polars_review
from vuonlen.analytics.engines.polars_review import Judged
from vuonlen.cli import console, inputs, outputs, summary
from vuonlen.cli.console import Advance
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _
from vuonlen.intake.results import ListRead
from vuonlen.rulebook.lists import minority_codes
from vuonlen.rulebook.model import Sheet

Step = Callable[[str], Advance]


@dataclass(frozen=True, slots=True)
class Options:
    """As typed; see `vuonlen judge --help`."""

    file: Path
    standards: Sequence[str] | None = None
    previous: Path | None = None
    previous_standard: str | None = None
    history: Sequence[Path] | None = None
    matches: Path | None = None
    out: Path = Path("result")
    cutoff: str | None = None
    official: bool = False
    rows: str | None = None
    everyone: bool | None = None
    title: str | None = None
    mapping: Path | None = None
    scorecard: Path | None = None
    max_rows: int | None = None
    max_mb: int | None = None
    json: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One standard's result: what is told and what was written."""

    judged: Judged
    told: dict[str, Any]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one run as they were read: today's, the one before, the earlier ones."""

    now: ListRead
    before: ListRead | None
    history: tuple[ListRead, ...]
    everyone: bool
    confirmed: tuple[tuple[str, str], ...]

    @property
    def older(self) -> tuple[ListRead, ...]:
        return (*((self.before,) if self.before else ()), *self.history)


def run(options: Options) -> int:
    """Exit status: 0 done, 1 done with refused rows. Raises Refused for input that cannot be used."""
    outcomes, lists = judge(options)
    if options.json:
        told = [one.told for one in outcomes]
        console.print_json(told[0] if len(told) == 1 else told)
    else:
        summary.show([one.told for one in outcomes])
        console.out.print(_("Kết quả ở thư mục {out}").format(out=options.out), markup=False)
    if not options.json:
        console.show_problems(lists.now.refused, _("Dòng không nhận được:"))
        console.show_problems(lists.now.warnings, _("Cần xem lại:"))
        for older in lists.older:
            title = _("Dòng không nhận được trong {name}, nên hộ đó không được so sánh:")
            console.show_problems(older.refused, title.format(name=older.source_name))
    return 1 if any(one.refused for one in (lists.now, *lists.older)) else 0


def judge(options: Options) -> tuple[list[Outcome], Lists]:
    """Judge the list under every standard asked for and write the results; nothing is half-written."""
    cutoff = inputs.day(options.cutoff)
    sheets = inputs.sheets(options.standards or (), cutoff)
    if options.out.exists() and not options.out.is_dir():
        raise Refused(Problem("O-OUT-FILE", values={"path": options.out}))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".vuonlen-", dir=options.out.parent) as folder,
        console.working(quiet=options.json) as step,
    ):
        work = Path(folder)
        lists = _read(options, sheets, work, step)
        ready = work / "ready"
        outcomes = [_one_standard(options, sheet, sheets, lists, cutoff, work, ready, step) for sheet in sheets]
        if len(outcomes) > 1:
            outputs.write_comparisons(outcomes[0].judged, [one.judged for one in outcomes[1:]], ready)
        _publish(ready, options.out)
    return outcomes, lists


def _read(options: Options, sheets: Sequence[Sheet], work: Path, step: Step) -> Lists:
    older = [inputs.sheets((options.previous_standard,), date.today())[0]] if options.previous_standard else []

    def read(path: Path, name: str) -> ListRead:
        return inputs.household_list(
            path,
            work / name,
            [*sheets, *older],
            options,
            step(_("Đọc {name}").format(name=path.name)),
        )

    now = read(options.file, "now")
    before = read(options.previous, "before") if options.previous else None
    history = tuple(read(path, f"history-{n}") for n, path in enumerate(options.history or ()))
    everyone = now.lists_everyone if options.everyone is None else options.everyone
    return Lists(now, before, history, everyone, _confirmed(options.matches))


def _confirmed(path: Path | None) -> tuple[tuple[str, str], ...]:
    if path is None:
        return ()
    with inputs.existing(path).open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        if not {"household_id", "previous_id"} <= set(lines.fieldnames or ()):
            raise Refused(Problem("O-MATCHES", values={"path": path}))
        return tuple((line["household_id"], line["previous_id"]) for line in lines)


def _one_standard(
    options: Options,
    sheet: Sheet,
    sheets: Sequence[Sheet],
    lists: Lists,
    cutoff: date,
    work: Path,
    ready: Path,
    step: Step,
) -> Outcome:
    advance = step(_("Xét theo chuẩn {id}").format(id=sheet.id))
    folder = work / f"judged-{_slug(sheet)}"
    folder.mkdir()
    judged = _judge(lists.now, folder / "now.parquet", sheet, options.rows)
    advance(1, 3)
    judged = _compare(judged, lists, options, folder)
    advance(2, 3)
    told = summary.told(judged, lists.now, cutoff, official=options.official, everyone=lists.everyone)
    told["refused_in_older_lists"] = {one.source_name: len(one.refused) for one in lists.older}
    target = ready / _slug(sheet) if len(sheets) > 1 else ready
    target.mkdir(parents=True, exist_ok=True)
    context = outputs.Context(judged, lists.now, lists.before, cutoff, options.official, lists.everyone, options.title)
    files = outputs.write_all(context, told, target, step)
    advance(3, 3)
    return Outcome(judged, {**told, "files": files}, files)


def _slug(sheet: Sheet) -> str:
    """A folder name that two sheets of one run cannot share."""
    plain = "".join(one if one.isalnum() or one in "-_" else "-" for one in sheet.id)
    return plain or hashlib.sha256(sheet.id.encode()).hexdigest()[:8]


def _judge(read: ListRead, out: Path, sheet: Sheet, rows: str | None) -> Judged:
    return polars_review.judge_list(read.households, out, sheet, minority=minority_codes(), level=rows)


def _compare(judged: Judged, lists: Lists, options: Options, folder: Path) -> Judged:
    if lists.before is None:
        # A list that names the class before for some households only cannot tell who stayed and who is new.
        if not polars_review.answered_everywhere(judged, "previous_status"):
            return judged
        return polars_review.compare(judged, folder / "moved.parquet", before=None, lists_everyone=False)
    old_sheet = judged.sheet
    if options.previous_standard:
        old_sheet = inputs.sheets((options.previous_standard,), date.today())[0]
    before = _judge(lists.before, folder / "before.parquet", old_sheet, judged.level)
    history = [
        _judge(one, folder / f"history-{n}.parquet", old_sheet, judged.level) for n, one in enumerate(lists.history)
    ]
    return polars_review.compare(
        judged,
        folder / "moved.parquet",
        before=before,
        lists_everyone=lists.before.lists_everyone,
        history=history,
        confirmed=lists.confirmed,
    )


def _publish(ready: Path, out: Path) -> None:
    """Results appear by rename, file by file, only when all of them are complete."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(ready.rglob("*")):
        target = out / path.relative_to(ready)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            path.replace(target)
    shutil.rmtree(ready, ignore_errors=True)
