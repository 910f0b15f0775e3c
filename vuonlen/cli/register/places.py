"""`vuonlen places …`: load the country, import the conversion table and outlines. Django is ready by then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import vuonlen.domain.problems.places  # noqa: F401  (fills the catalogue)
from vuonlen.cli import console
from vuonlen.cli.inputs import day, existing
from vuonlen.domain.figures import number
from vuonlen.domain.problems import Problem
from vuonlen.i18n import _, language
from vuonlen.places import actions
from vuonlen.places.models import Level

LEVELS = {"province": Level.PROVINCE, "district": Level.DISTRICT, "commune": Level.COMMUNE, "village": Level.VILLAGE}


def load(*, as_json: bool) -> int:
    """Load every province, district and commune of both editions."""
    with console.working(quiet=as_json) as step:
        loaded = actions.load_country(on_progress=step(_("Nạp danh mục hành chính")))
    counts = {"created": loaded.created, "kept": loaded.kept, "successions": loaded.successions}
    if as_json:
        console.print_json(counts)
        return 0
    told = _("Đã nạp {created} đơn vị và {successions} liên kết chuyển đổi; {kept} đơn vị đã có sẵn.")
    console.out.print(told.format(**_numbers(counts)), soft_wrap=True)
    return 0


def import_conversion(file: Path, *, as_json: bool) -> int:
    """Import the conversion table of the statistics office. Exit status 1 where rows were refused."""
    with console.working(quiet=as_json) as step:
        done = actions.import_conversion(path=existing(file), on_progress=step(_("Nhập bảng chuyển đổi")))
    counts = {
        "rows": done.rows,
        "places": done.places,
        "created": done.created,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "withdrawn": done.withdrawn,
    }
    if as_json:
        console.print_json(counts | {"on": done.on, "sha256": done.sha256} | _problems(done.refused, done.warnings))
        return 1 if done.refused else 0
    told = _(
        "Bảng chuyển đổi ngày {on}: {rows} dòng; {created} liên kết mới, {changed} thay đổi, {unchanged} giữ nguyên, "
        "{withdrawn} bị rút; {places} đơn vị mới."
    )
    console.out.print(told.format(on=f"{done.on:%d/%m/%Y}", **_numbers(counts)), soft_wrap=True)
    return _tell(done.refused, done.warnings)


def import_boundaries(file: Path, *, key: str, on: str | None, level: str, source: str, as_json: bool) -> int:
    """Import outlines. Exit status 1 where features were refused."""
    with console.working(quiet=as_json) as step:
        done = actions.import_boundaries(
            path=existing(file),
            key=key,
            on=day(on),
            level=LEVELS[level],
            source=source,
            on_progress=step(_("Nhập ranh giới")),
        )
    counts = {
        "features": done.features,
        "created": done.created,
        "changed": done.changed,
        "unchanged": done.unchanged,
    }
    if as_json:
        console.print_json(counts | _problems(done.refused, done.warnings))
        return 1 if done.refused else 0
    told = _("{features} đối tượng: {created} ranh giới mới, {changed} thay đổi, {unchanged} giữ nguyên.")
    console.out.print(told.format(**_numbers(counts)), soft_wrap=True)
    return _tell(done.refused, done.warnings)


def _numbers(counts: dict[str, int]) -> dict[str, str]:
    return {name: number(count, language()) for name, count in counts.items()}


def _problems(refused: Sequence[Problem], warnings: Sequence[Problem]) -> dict[str, list[dict[str, Any]]]:
    lang = language()
    return {
        name: [
            {"code": one.code, "where": one.where, "message": one.sentence(lang), "do": one.advice(lang)}
            for one in problems
        ]
        for name, problems in (("refused", refused), ("warnings", warnings))
    }


def _tell(refused: Sequence[Problem], warnings: Sequence[Problem]) -> int:
    title = _("{n} dòng không dùng được:").format(n=number(len(refused), language()))
    console.show_problems(refused, title, reported=False)
    title = _("{n} điều cần xem lại:").format(n=number(len(warnings), language()))
    console.show_problems(warnings, title, reported=False)
    return 1 if refused else 0
