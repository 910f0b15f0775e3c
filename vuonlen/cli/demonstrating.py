"""`vuonlen demo-data` and `vuonlen demo`: the Bắc Kạn demonstration (synthetic data)."""

from __future__ import annotations

from pathlib import Path

from vuonlen.cli import console, judging, summary
from vuonlen.demo.bac_kan import write_lists
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _

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
    for options in years:
        console.out.print(f"  {options.out / 'bang-tong-hop.xlsx'}", markup=False)
    return status


def _quietly(out: Path) -> int:
    with console.working(quiet=True) as step:
        DATA_SETS["bac-kan"](out, on_progress=step(""))
    return 0
