"""`vuonlen migrate`: keys for a new installation, then the tables."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from vuonlen.cli import console
from vuonlen.cli.register.setup import unapplied
from vuonlen.config import environment
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import _


def run(*, as_json: bool) -> int:
    """Bring the database up to date. Raises Refused where data stand under keys that are lost."""
    made, waiting = quietly()
    if as_json:
        console.print_json({"applied": waiting, "keys_written": made})
        return 0
    if made:
        path = environment.keys_file()
        console.out.print(_("Đã ghi tệp khóa mới: {path}").format(path=path), markup=False, soft_wrap=True)
        console.out.print(
            _("Hãy cất một bản của tệp này ở nơi khác với bản sao lưu: mất nó thì không đọc lại được số định danh."),
            soft_wrap=True,
        )
    told = _("Đã chạy {count} bước cập nhật.") if waiting else _("Cơ sở dữ liệu đã mới nhất, không có gì phải làm.")
    console.out.print(told.format(count=len(waiting)))
    return 0


def quietly() -> tuple[bool, list[str]]:
    """As `run`, without a word. Returns whether keys were written, and the steps that were applied."""
    environment.home().mkdir(mode=0o700, parents=True, exist_ok=True)
    made = _keys()
    waiting = unapplied()
    call_command("migrate", verbosity=0, interactive=False)
    return made, waiting


def _keys() -> bool:
    """Write the keys of a new installation. Data without their keys are never given others."""
    if settings.KEYS_ARE_SAVED:
        return False
    path = environment.keys_file()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if path.exists() or "registry_person" in tables:
        raise Refused(Problem("I-KEYS-LOST", values={"path": path}))
    environment.save_keys(path, settings.KEYS)
    return True
