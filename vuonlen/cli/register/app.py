"""Commands of a register and their options. Only declarations; the work is loaded when Django is ready."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Annotated

import typer

from vuonlen.cli import lazy
from vuonlen.i18n import _

setup = lazy("vuonlen.cli.register.setup")

Json = Annotated[bool, typer.Option("--json", help=_("In kết quả dạng JSON cho máy đọc."))]
Host = Annotated[str, typer.Option(help=_("Địa chỉ mà máy chủ nghe."))]
Port = Annotated[int, typer.Option(help=_("Cổng."), min=1, max=65535)]


def ready(module: str, *, migrated: bool = True, keys: bool = True) -> ModuleType:
    """A module of this folder, loaded after Django is set up. Raises Refused where the installation is not whole."""
    setup.start(migrated=migrated, keys=keys)
    return importlib.import_module(f"vuonlen.cli.register.{module}")


def declare(app: typer.Typer) -> None:
    """Put the commands of the register into `app`."""
    app.command(help=_("Mở máy chủ của sổ hộ và chương trình chạy việc nền."))(serve)
    app.command(help=_("Tạo hoặc cập nhật cơ sở dữ liệu; nơi cài đặt mới thì tạo cả khóa."))(migrate)


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Annotated[
        int | None, typer.Option(help=_("Số tiến trình phục vụ (mặc định: số nhân, tối đa 4)."))
    ] = None,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help=_("Chạy kèm việc nền."))] = True,
) -> None:
    """Serve."""
    raise typer.Exit(ready("serving").run(host=host, port=port, processes=processes, worker=worker))


def migrate(json: Json = False) -> None:
    """Migrate."""
    raise typer.Exit(ready("migrating", migrated=False, keys=False).run(as_json=json))
