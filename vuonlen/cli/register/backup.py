"""`vuonlen backup` and `vuonlen restore`."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import typer

from vuonlen.backup import making, restoring
from vuonlen.backup.sealing import Secret
from vuonlen.cli import console
from vuonlen.config import environment
from vuonlen.domain.figures import number
from vuonlen.domain.problems import Problem, Refused
from vuonlen.foundation.templatetags.shown import moment
from vuonlen.i18n import _, language

PASSPHRASE = "VUONLEN_BACKUP_PASSPHRASE"


def backup(*, to: Path, key_file: Path | None = None, as_json: bool) -> int:
    """Make a backup, restore it for a trial, and only then say that it is done."""
    secret = _secret(key_file, new=True)
    with console.working(quiet=as_json) as step:
        made = making.make(to, secret, step)
    manifest = made.manifest
    if as_json:
        console.print_json(
            {
                "file": str(made.path),
                "bytes": made.size,
                "time": manifest.time,
                "engine": manifest.engine,
                "tables": manifest.facts.tables,
                "files": len(manifest.members) - 1,
                "journal": {"chains": made.chains, "entries": made.entries},
                "proven": True,
            }
        )
        return 0
    told = _("Đã sao lưu vào {file} ({mb} MB).").format(file=made.path, mb=number(made.size / 2**20, language(), 1))
    console.out.print(told, style="bold green", markup=False, soft_wrap=True)
    console.out.print(
        _("Đã khôi phục thử và đối chiếu: {rows} dòng trong {tables} bảng, {files} tệp, {entries} mục nhật ký.").format(
            rows=_shown(sum(manifest.facts.tables.values())),
            tables=len(manifest.facts.tables),
            files=_shown(len(manifest.members) - 1),
            entries=_shown(made.entries),
        ),
        soft_wrap=True,
    )
    console.out.print(
        _(
            "Bản sao lưu không chứa tệp khóa {path}: hãy cất một bản của tệp khóa và mật khẩu sao lưu ở nơi khác."
        ).format(path=environment.keys_file()),
        markup=False,
        soft_wrap=True,
    )
    return 0


def restore(
    file: Path, *, key_file: Path | None = None, replace: bool = False, yes: bool = False, as_json: bool
) -> int:
    """Open, prove, then put in place. Raises Refused before anything is touched."""
    if not file.is_file():
        raise Refused(Problem("B-NOT-BACKUP", values={"path": file}))
    if not restoring.target_is_empty():
        if not replace:
            raise Refused(Problem("B-NOT-EMPTY", values={"target": restoring.target_name()}))
        if not yes:
            asked = _("Thay toàn bộ dữ liệu ở {target} bằng bản sao lưu này?").format(target=restoring.target_name())
            typer.confirm(asked, abort=True, err=True)
    secret = _secret(key_file, new=False)
    with console.working(quiet=as_json) as step:
        done = restoring.restore(file, secret, keys_file=environment.keys_file(), replace=replace, step=step)
    if as_json:
        console.print_json(
            {
                "file": str(file),
                "time": done.manifest.time,
                "journal": {"chains": done.chains, "entries": done.entries},
                "files_added": done.files,
                "old_database": done.aside or None,
                "migrations_waiting": done.waiting,
            }
        )
        return 0
    at = moment(datetime.fromisoformat(done.manifest.time))
    told = _("Đã khôi phục bản sao lưu lúc {at}: {entries} mục nhật ký, {files} tệp được thêm.")
    told = told.format(at=at, entries=_shown(done.entries), files=_shown(done.files))
    console.out.print(told, style="bold green", markup=False, soft_wrap=True)
    for line in _next_steps(done):
        console.out.print(line, markup=False, soft_wrap=True)
    return 0


def _next_steps(done: restoring.Restored) -> list[str]:
    lines = []
    if done.aside:
        lines.append(_("Dữ liệu cũ được giữ tại {aside}; chỉ bỏ khi chắc chắn không cần nữa.").format(aside=done.aside))
    if done.waiting:
        lines.append(_("Bản sao lưu của phiên bản cũ hơn: hãy chạy `vuonlen migrate`."))
    lines.append(_("Các mục nhật ký sau bản sao lưu không còn; từ nay hãy neo vào một thư mục mới."))
    return lines


def _secret(key_file: Path | None, *, new: bool) -> Secret:
    """A key file, the environment, or the terminal. new: asked for twice."""
    if key_file is not None:
        return Secret.key_file(key_file)
    told = os.environ.get(PASSPHRASE, "")
    if not told and sys.stdin.isatty():
        told = typer.prompt(_("Mật khẩu sao lưu"), hide_input=True, confirmation_prompt=new, err=True)
    if not told:
        raise Refused(Problem("B-NO-SECRET"))
    return Secret.passphrase(told)


def _shown(count: int) -> str:
    return number(count, language())
