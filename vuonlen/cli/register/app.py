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
target = lazy("vuonlen.cli.register.target")
journal_app = typer.Typer(no_args_is_help=True, help=_("Nhật ký: kiểm tra, neo ra ngoài, xuất."))
places_app = typer.Typer(no_args_is_help=True, help=_("Đơn vị hành chính: nạp, nhập bảng chuyển đổi, ranh giới."))
user_app = typer.Typer(no_args_is_help=True, help=_("Những người dùng đầu tiên; đóng một tài khoản."))

Json = Annotated[bool, typer.Option("--json", help=_("In kết quả dạng JSON cho máy đọc."))]
Host = Annotated[str, typer.Option(help=_("Địa chỉ mà máy chủ nghe."))]
Port = Annotated[int, typer.Option(help=_("Cổng."), min=1, max=65535)]
Processes = Annotated[
    int | None, typer.Option(help=_("Số tiến trình phục vụ (mặc định: số nhân, tối đa 4)."), min=1, max=64)
]
KeyFile = Annotated[Path | None, typer.Option(help=_("Tệp ít nhất 32 byte ngẫu nhiên, thay cho mật khẩu sao lưu."))]


class Role(StrEnum):
    """Roles of `accounts.rights.Role`, named here so that `--help` needs no Django."""

    VILLAGE_HEAD = "village_head"
    COMMUNE_OFFICER = "commune_officer"
    COMMUNE_CHAIR = "commune_chair"
    PROVINCE_OFFICER = "province_officer"
    PROVINCE_APPROVER = "province_approver"
    BANK_OFFICER = "bank_officer"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


Username = Annotated[str, typer.Argument(help=_("Tên đăng nhập."))]
PlaceCode = Annotated[str, typer.Option(help=_("Mã hiện nay của tỉnh (2 số) hoặc xã (5 số)."))]
Document = Annotated[str, typer.Option(help=_("Số quyết định giao vai trò."))]


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
    app.command("import", help=_("Đọc một danh sách và đối chiếu với sổ hộ; việc duyệt làm trên trang."))(import_list)
    app.command(help=_("Sao lưu có mã hóa, khôi phục thử rồi mới báo là xong."))(backup)
    app.command(help=_("Khôi phục một bản sao lưu."))(restore)
    app.add_typer(user_app, name="user")
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


def import_list(
    file: Annotated[Path, typer.Argument(help=_("Danh sách hộ: XLSX, XLSB, XLS, ODS, CSV hoặc Parquet."))],
    place: PlaceCode,
    reference_date: Annotated[str, typer.Option("--on", help=_("Danh sách đúng vào ngày nào (31/12/2025)."))],
    decision: Annotated[str, typer.Option(help=_("Số quyết định kèm theo danh sách."))],
    by: Annotated[str, typer.Option(help=_("Tên đăng nhập của người nhập danh sách."))],
    signed_on: Annotated[str | None, typer.Option(help=_("Ngày ký quyết định. Mặc định: ngày của danh sách."))] = None,
    issuer: Annotated[str, typer.Option(help=_("Nơi ban hành. Mặc định: UBND của nơi đó."))] = "",
    standard: Annotated[str, typer.Option(help=_("Chuẩn nghèo. Mặc định: chuẩn có hiệu lực vào ngày đó."))] = "",
    effective_on: Annotated[str | None, typer.Option(help=_("Ngày kết quả có hiệu lực, nếu khác."))] = None,
    everyone: Annotated[
        bool | None, typer.Option("--everyone/--some", help=_("Danh sách có đủ mọi hộ, hay chỉ một số hộ."))
    ] = None,
    note: Annotated[str, typer.Option(help=_("Ghi chú."))] = "",
    propose: Annotated[str, typer.Option(help=_("Gửi duyệt ngay nếu không còn gì phải trả lời, với lý do này."))] = "",
    max_rows: Annotated[int | None, typer.Option(help=_("Số dòng tối đa được đọc."), min=1)] = None,
    max_mb: Annotated[int | None, typer.Option(help=_("Dung lượng tệp tối đa, MB."), min=1)] = None,
    json: Json = False,
) -> None:
    """Read a list and compare it with the register."""
    work = ready("importing")
    options = work.Options(
        file=file, place=place, reference_date=reference_date, decision=decision, by=by, signed_on=signed_on,
        issuer=issuer, standard=standard, effective_on=effective_on, everyone=everyone, note=note, propose=propose,
        max_rows=max_rows, max_mb=max_mb, json=json,
    )  # fmt: skip
    raise typer.Exit(work.run(options))


def backup(
    to: Annotated[Path, typer.Option(help=_("Tệp sẽ ghi, tốt nhất ở máy khác."))],
    key_file: KeyFile = None,
    json: Json = False,
) -> None:
    """Back up."""
    raise typer.Exit(ready("backup", migrated=False).backup(to=to, key_file=key_file, as_json=json))


def restore(
    file: Annotated[Path, typer.Argument(help=_("Tệp sao lưu."))],
    key_file: KeyFile = None,
    to: Annotated[str, typer.Option(help=_("Thư mục hoặc postgres://… khác, để xem mà không đụng nơi này."))] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help=_("Thay dữ liệu đang có; bản cũ được giữ bên cạnh."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Không hỏi lại."))] = False,
    json: Json = False,
) -> None:
    """Restore."""
    if to:
        target.aim(to)
    work = ready("backup", migrated=False)
    raise typer.Exit(work.restore(file, key_file=key_file, replace=replace, yes=yes, as_json=json))


@user_app.command("add", help=_("Thêm một người dùng, có thể kèm vai trò; in mật khẩu dùng một lần."))
def user_add(
    username: Username,
    full_name: Annotated[str, typer.Option(help=_("Họ và tên."))],
    place: PlaceCode,
    role: Annotated[Role | None, typer.Option(help=_("Vai trò tại nơi đó."))] = None,
    document: Document = "",
    json: Json = False,
) -> None:
    """Add a user."""
    work = ready("people")
    given = role.value if role else None
    raise typer.Exit(
        work.add(username=username, full_name=full_name, place=place, role=given, document=document, as_json=json)
    )


@user_app.command("appoint", help=_("Giao vai trò khi chưa đủ hai người để đề nghị và duyệt trên trang."))
def user_appoint(
    username: Username,
    role: Annotated[Role, typer.Option(help=_("Vai trò."))],
    place: PlaceCode,
    document: Document = "",
    json: Json = False,
) -> None:
    """Appoint."""
    work = ready("people")
    raise typer.Exit(work.appoint(username=username, role=role.value, place=place, document=document, as_json=json))


@user_app.command("close", help=_("Đóng ngay một tài khoản và mọi phiên của nó."))
def user_close(
    username: Username,
    reason: Annotated[str, typer.Option(help=_("Lý do."))],
    json: Json = False,
) -> None:
    """Close."""
    raise typer.Exit(ready("people").close(username=username, reason=reason, as_json=json))


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
