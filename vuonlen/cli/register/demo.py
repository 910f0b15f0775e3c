"""`vuonlen demo`: the Bắc Kạn demonstration in a database of its own, opened on this machine."""

from __future__ import annotations

from pathlib import Path

from vuonlen.cli import console
from vuonlen.cli.register import migrating, serving
from vuonlen.demo.register import load
from vuonlen.domain.figures import number, percent
from vuonlen.i18n import _, language


def run(*, out: Path, host: str, port: int, serve: bool) -> int:
    """Load what is not loaded yet, print the cast, serve. Raises Refused for a port in use."""
    if serve:
        serving.check_address(host, port)
    migrating.quietly()
    with console.working(quiet=False) as step:
        told = load.load(out, step)
    _show(told)
    if not serve:
        return 0
    return serving.run(host=host, port=port, processes=None, ready=lambda: _open(host, port))


def _show(told: load.Loaded) -> None:
    lang = language()
    console.out.print(_("DỮ LIỆU MINH HỌA (tổng hợp, không phải người thật):"))
    for year in told.years:
        line = _("  31/12/{year}: {poor} hộ nghèo ({rate}) trong {all} hộ, {persons} người").format(
            year=year.year,
            poor=number(year.poor, lang),
            rate=percent(year.poor, year.households, lang),
            all=number(year.households, lang),
            persons=number(year.persons, lang),
        )
        console.out.print(line, markup=False)
    console.table(
        _("Người dùng minh họa, mật khẩu chung: {password}").format(password=told.cast.password),
        [_("Tên đăng nhập"), _("Họ tên"), _("Vai trò")],
        [[one.username, one.name, str(one.role.label)] for one in told.cast.users],
        left=3,
    )
    console.out.print(_("Tệp để nhập thử: {path}").format(path=told.trial_list), markup=False, soft_wrap=True)


def _open(host: str, port: int) -> None:
    console.out.print(_("Mở trình duyệt ở http://{host}:{port} (Ctrl-C để dừng)").format(host=host, port=port))
