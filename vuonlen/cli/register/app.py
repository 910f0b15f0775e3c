"""Commands of a register and their options. Only declarations; the work is loaded when Django is ready."""

from __future__ import annotations

import importlib
import os
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from vuonlen.cli import lazy
from vuonlen.i18n import _

setup = lazy("vuonlen.cli.register.setup")
journal_app = typer.Typer(no_args_is_help=True, help=_("Nhật ký: kiểm tra, neo ra ngoài, xuất."))
places_app = typer.Typer(no_args_is_help=True, help=_("Đơn vị hành chính: nạp, nhập bảng chuyển đổi, ranh giới."))

Json = Annotated[bool, typer.Option("--json", help=_("In kết quả dạng JSON cho máy đọc."))]
Host = Annotated[str, typer.Option(help=_("Địa chỉ mà máy chủ nghe."))]
Port = Annotated[int, typer.Option(help=_("Cổng."), min=1, max=65535)]
Processes = Annotated[
    int | None, typer.Option(help=_("Số tiến trình phục vụ (mặc định: số nhân, tối đa 4)."), min=1, max=64)
]


class Unit(StrEnum):
    """Levels of places that can have an outline."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


def ready(module: str, *, migrated: bool = True, keys: bool = True) -> ModuleType:
    """A module of this folder, loaded after Django is set up. Raises Refused where the installation is not whole."""
    setup.start(migrated=migrated, keys=keys)
    return importlib.import_module(f"vuonlen.cli.register.{module}")


def declare(app: typer.Typer) -> None:
    """Put the commands of the register into `app`."""
    app.command(help=_("Minh họa Bắc Kạn: nạp sổ hộ minh họa và mở trên máy này."))(demo)
    app.command(help=_("Mở máy chủ của sổ hộ và chương trình chạy việc nền."))(serve)
    app.command(help=_("Tạo hoặc cập nhật cơ sở dữ liệu; nơi cài đặt mới thì tạo cả khóa."))(migrate)
    app.command(help=_("Chạy việc nền cho đến khi được bảo dừng."))(worker)
    app.add_typer(journal_app, name="journal")
    app.add_typer(places_app, name="places")


def demo(
    out: Annotated[Path, typer.Option(help=_("Thư mục của dữ liệu minh họa."))] = Path("demo"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help=_("Mở máy chủ sau khi nạp."))] = True,
) -> None:
    """The demonstration has a database of its own, whatever the environment says of a real one."""
    os.environ |= {"VUONLEN_HOME": str((out / "register").resolve()), "VUONLEN_DEMO": "1"}
    for name in ("DATABASE_URL", "VUONLEN_KEYS_FILE", "VUONLEN_HTTPS"):
        os.environ.pop(name, None)
    work = ready("demo", migrated=False, keys=False)
    raise typer.Exit(work.run(out=out, host=host, port=port, serve=serving))


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = None,
    with_worker: Annotated[bool, typer.Option("--worker/--no-worker", help=_("Chạy kèm việc nền."))] = True,
) -> None:
    """Serve."""
    raise typer.Exit(ready("serving").run(host=host, port=port, processes=processes, worker=with_worker))


def migrate(json: Json = False) -> None:
    """Migrate."""
    raise typer.Exit(ready("migrating", migrated=False, keys=False).run(as_json=json))


def worker(
    once: Annotated[bool, typer.Option("--once", help=_("Chỉ làm hết các việc đang đợi rồi dừng."))] = False,
) -> None:
    """Work."""
    raise typer.Exit(ready("worker").run(once=once))


@journal_app.command("verify", help=_("Tính lại mọi chuỗi nhật ký; nêu mục sai đầu tiên."))
def journal_verify(
    anchors: Annotated[Path | None, typer.Option(help=_("Thư mục các neo đã ghi ra ngoài."))] = None,
    public_key: Annotated[str, typer.Option(help=_("Khóa công khai của các neo, giữ ở nơi khác."))] = "",
    json: Json = False,
) -> None:
    """Verify."""
    raise typer.Exit(ready("journal").verify(anchors_in=anchors, public_key=public_key, as_json=json))


@journal_app.command("anchor", help=_("Ghi một neo của mọi chuỗi ra ngoài cơ sở dữ liệu; nên chạy mỗi giờ."))
def journal_anchor(
    to: Annotated[Path, typer.Option(help=_("Thư mục, tốt nhất ở máy khác."))], json: Json = False
) -> None:
    """Anchor."""
    raise typer.Exit(ready("journal").anchor(to=to, as_json=json))


@journal_app.command("export", help=_("Xuất nhật ký ra tệp để kiểm tra bằng chương trình độc lập."))
def journal_export(file: Annotated[Path, typer.Argument(help=_("Tệp sẽ ghi."))], json: Json = False) -> None:
    """Export."""
    raise typer.Exit(ready("journal").export(file, as_json=json))


@places_app.command("load", help=_("Nạp toàn bộ tỉnh, huyện, xã cũ và mới."))
def places_load(json: Json = False) -> None:
    """Load."""
    raise typer.Exit(ready("places").load(as_json=json))


@places_app.command("import", help=_("Nhập bảng chuyển đổi của cơ quan thống kê (CSV hoặc XLSX)."))
def places_import(file: Annotated[Path, typer.Argument(help=_("Bảng chuyển đổi."))], json: Json = False) -> None:
    """Import the conversion table."""
    raise typer.Exit(ready("places").import_conversion(file, as_json=json))


@places_app.command("boundaries", help=_("Nhập ranh giới từ tệp GeoJSON."))
def places_boundaries(
    file: Annotated[Path, typer.Argument(help=_("Tệp GeoJSON."))],
    key: Annotated[str, typer.Option(help=_("Tên thuộc tính chứa mã đơn vị."))],
    on: Annotated[str | None, typer.Option(help=_("Ngày mà các mã có hiệu lực. Mặc định: hôm nay."))] = None,
    level: Annotated[Unit, typer.Option(help=_("Cấp của các đơn vị trong tệp."))] = Unit.COMMUNE,
    source: Annotated[str, typer.Option(help=_("Nguồn của ranh giới."))] = "",
    json: Json = False,
) -> None:
    """Import outlines."""
    work = ready("places")
    raise typer.Exit(
        work.import_boundaries(file, key=key, on=on, level=level.value, source=source or file.name, as_json=json)
    )
