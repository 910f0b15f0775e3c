"""One clear message for every way a command can fail, and the exit status that goes with it."""

from __future__ import annotations

import os
import sys
import traceback

import typer
from typer import _click as click  # typer carries its own click; its usage errors must be told apart here

from vuonlen.cli import console
from vuonlen.domain.problems import Refused
from vuonlen.i18n import _, language

UNUSABLE = 2


def report(problem: BaseException, *, as_json: bool) -> int:
    """Print what happened; returns the exit status. 2: the input or the options cannot be used."""
    if isinstance(problem, typer.Exit):
        return problem.exit_code
    if isinstance(problem, Refused):
        return _refused(problem, as_json=as_json)
    if isinstance(problem, click.exceptions.ClickException):
        problem.show()
        return UNUSABLE
    if isinstance(problem, (typer.Abort, KeyboardInterrupt)):
        console.err.print(_("Đã dừng; không có gì được ghi."))
        return UNUSABLE
    return _unexpected(problem, as_json=as_json)


def _refused(problem: Refused, *, as_json: bool) -> int:
    if as_json:
        told = [
            {"code": one.code, "where": one.where, "message": one.sentence(language()), "do": one.advice(language())}
            for one in problem.problems
        ]
        console.print_json({"error": "refused", "problems": told})
    console.show_problems(problem.problems, _("Không dùng được đầu vào; không có gì được ghi:"), reported=False)
    return UNUSABLE


def _unexpected(problem: BaseException, *, as_json: bool) -> int:
    if isinstance(problem, OSError):
        said = _("Không đọc hoặc ghi được {path}: {why}").format(path=problem.filename or "?", why=problem.strerror)
    else:
        said = _("Lỗi của chương trình: {why}. Không có gì được ghi. Xin gửi lại dòng này cho người bảo trì.").format(
            why=f"{type(problem).__name__}: {problem}"
        )
    if as_json:
        console.print_json({"error": "failed", "message": said})
    console.err.print(said, markup=False, soft_wrap=True)
    if os.environ.get("VUONLEN_DEBUG"):
        traceback.print_exception(problem, file=sys.stderr)
    return UNUSABLE
