"""`vuonlen demo-data` and `vuonlen demo-judge`: the Bắc Kạn demonstration (synthetic data)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vuonlen.cli import console, judging, summary
from vuonlen.demo.bac_kan import write_lists
from vuonlen.domain.figures import number, percent
from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _, language

DATA_SETS = {"bac-kan": write_lists}


def write(name: str, out: Path, *, as_json: bool) -> int:
    """Write the lists of one demonstration. Raises Refused for a name that is not known."""
    if name not in DATA_SETS:
        raise Refused(Problem("O-NO-DEMO", values={"name": name, "known": ", ".join(DATA_SETS)}))
    with console.working(quiet=as_json) as step:
        files = DATA_SETS[name](out, on_progress=step(_("Ghi dữ liệu minh họa")))
    if as_json:
        console.print_json({"files": [str(one) for one in files], "synthetic": True})
    else:
        console.out.print(_("DỮ LIỆU MINH HỌA (tổng hợp, không phải người thật):"))
        for one in files:
            console.out.print(f"  {one}", markup=False)
    return 0


def run(out: Path, *, as_json: bool) -> int:
    """Write the lists, judge both years, print the result and where the workbook is."""
    status = write("bac-kan", out, as_json=False) if not as_json else _quietly(out)
    title = _("Thành phố Bắc Kạn (dữ liệu minh họa)")
    years = (
        judging.Options(
            title=title, file=out / "danh-sach-2022.xlsx", standards=("vn-2022",), cutoff="31/12/2022", out=out / "2022"
        ),
        judging.Options(
            title=title,
            file=out / "danh-sach-2023.xlsx",
            standards=("vn-2022",),
            previous=out / "danh-sach-2022.xlsx",
            history=(out / "danh-sach-2021.xlsx",),
            cutoff="31/12/2023",
            out=out / "2023",
        ),
    )
    told = []
    for options in years:
        outcomes, lists = judging.judge(options)
        told += [one.told for one in outcomes]
        status = max(status, 1 if lists.now.refused else 0)
    if as_json:
        console.print_json(told)
        return status
    summary.show(told)
    _show_change(told)
    console.out.print(_("Các biểu tổng hợp:"))
    for options in years:
        console.out.print(f"  {options.out / 'bang-tong-hop.xlsx'}", markup=False)
    _show_next(out)
    return status


def _show_change(told: Sequence[dict[str, Any]]) -> None:
    """The two years in one line, from the counts that were just made."""
    lang = language()
    poor = [one["counts"][Status.POOR.value] for one in told]
    shown = [
        f"{number(count, lang)} ({percent(count, one['households'], lang)})"
        for count, one in zip(poor, told, strict=True)
    ]
    change = summary.signed(poor[-1] - poor[0], lang)
    line = _("Hộ nghèo: {before} → {now}, thay đổi {change} hộ").format(before=shown[0], now=shown[-1], change=change)
    console.out.print(line, style="bold", markup=False)


def _show_next(out: Path) -> None:
    """Commands worth trying on the lists that were written."""
    later = out / "danh-sach-2026.xlsx"
    console.out.print(_("Thử tiếp:"))
    for command in (
        f"./run vuonlen judge {later} --standard vn-2022 --standard vn-2027 --out {out / '2026'}",
        f"./run vuonlen check {out / 'danh-sach-2023.xlsx'}",
        "./run vuonlen standards diff vn-2022 vn-2027",
    ):
        console.out.print(f"  {command}", markup=False, soft_wrap=True)


def _quietly(out: Path) -> int:
    with console.working(quiet=True) as step:
        DATA_SETS["bac-kan"](out, on_progress=step(""))
    return 0
