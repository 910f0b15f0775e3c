"""The commands and their options. Only declarations: the work is in the modules named by `lazy`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vuonlen.cli import lazy
from vuonlen.cli.register import app as register
from vuonlen.i18n import _

judging = lazy("vuonlen.cli.judging")
explaining = lazy("vuonlen.cli.explaining")
checking = lazy("vuonlen.cli.checking")
standards_work = lazy("vuonlen.cli.standards")
demonstrating = lazy("vuonlen.cli.demonstrating")
failing = lazy("vuonlen.cli.failing")

app = typer.Typer(
    name="vuonlen",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=_("Vươn Lên: ai nghèo, vì sao, thay đổi gì so với năm trước, và các biểu tổng hợp phải nộp."),
    epilog=_("Ngôn ngữ: --lang vi (mặc định) hoặc --lang en, đặt ở đâu cũng được."),
)
standards_app = typer.Typer(no_args_is_help=True, help=_("Các chuẩn nghèo: danh sách, nội dung, so sánh, kiểm tra."))
app.add_typer(standards_app, name="standards")
register.declare(app)

Json = Annotated[bool, typer.Option("--json", help=_("In kết quả dạng JSON cho máy đọc."))]
ListFile = Annotated[Path, typer.Argument(help=_("Danh sách hộ: XLSX, XLSB, XLS, ODS, CSV hoặc Parquet."))]
Mapping = Annotated[Path | None, typer.Option(help=_("Tệp YAML ghi nhớ các tên cột lạ (docs/household-file.md)."))]
MaxRows = Annotated[int | None, typer.Option(help=_("Số dòng tối đa được đọc (mặc định 200.000)."), min=1)]
MaxMb = Annotated[int | None, typer.Option(help=_("Dung lượng tệp tối đa, MB (mặc định 20)."), min=1)]


class Rows(StrEnum):
    """What one row of a table is."""

    VILLAGE = "village"
    COMMUNE = "commune"


Scorecard = Annotated[Path | None, typer.Option(help=_("Bảng điểm A theo từng mục (CSV hoặc YAML)."))]


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit status."""
    command = typer.main.get_command(app)
    try:
        status = command.main(args=arguments, prog_name="vuonlen", standalone_mode=False)
    except Exception as problem:  # every failure of a command becomes one clear message and a status
        return int(failing.report(problem, as_json="--json" in arguments))
    return status if isinstance(status, int) else 0


Standards = Annotated[
    list[str] | None,
    typer.Option(
        "--standard",
        help=_("Mã chuẩn hoặc tệp YAML; nhắc lại để xét theo nhiều chuẩn. Mặc định: chuẩn đang hiệu lực."),
    ),
]
Previous = Annotated[Path | None, typer.Option(help=_("Danh sách kỳ trước, để tính biến động."))]
PreviousStandard = Annotated[str | None, typer.Option(help=_("Chuẩn của kỳ trước nếu khác."))]
History = Annotated[
    list[Path] | None, typer.Option(help=_("Danh sách các năm trước nữa, để nhận ra tái nghèo; nhắc lại được."))
]
Matches = Annotated[
    Path | None, typer.Option(help=_("Tệp CSV các cặp hộ đã được người xác nhận (household_id, previous_id)."))
]
OutDir = Annotated[Path, typer.Option(help=_("Thư mục ghi kết quả."))]
Cutoff = Annotated[str | None, typer.Option(help=_("Ngày chốt số liệu, ví dụ 31/12/2023. Mặc định: hôm nay."))]
Official = Annotated[bool, typer.Option("--official", help=_("Đánh dấu CHÍNH THỨC (mặc định: SƠ BỘ)."))]
Level = Annotated[Rows | None, typer.Option(help=_("Mỗi dòng của biểu là: village (thôn, tổ) hoặc commune (xã)."))]
Everyone = Annotated[
    bool | None,
    typer.Option("--everyone/--reviewed", help=_("Danh sách có mọi hộ dân cư, hay chỉ các hộ được rà soát.")),
]
Title = Annotated[str | None, typer.Option(help=_("Tên địa bàn in trên biểu; mặc định: tên xã, hoặc tên tệp."))]


@app.command(help=_("Xét từng hộ trong danh sách theo chuẩn nghèo và ghi các biểu tổng hợp."))
def judge(
    file: ListFile,
    standards: Standards = None,
    previous: Previous = None,
    previous_standard: PreviousStandard = None,
    history: History = None,
    matches: Matches = None,
    out: OutDir = Path("result"),
    cutoff: Cutoff = None,
    official: Official = False,
    rows: Level = None,
    everyone: Everyone = None,
    title: Title = None,
    mapping: Mapping = None,
    scorecard: Scorecard = None,
    max_rows: MaxRows = None,
    max_mb: MaxMb = None,
    json: Json = False,
) -> None:
    """Judge a list. The parameters are the fields of `judging.Options`, by the same names."""
    raise typer.Exit(judging.run(judging.Options(**locals())))


@app.command(help=_("Giải thích kết quả của một hộ: từng dòng chuẩn đạt hay không, số liệu và điều luật."))
def explain(
    file: ListFile,
    household: Annotated[str, typer.Argument(help=_("Mã hộ."))],
    standard: Annotated[list[str] | None, typer.Option(help=_("Mã chuẩn hoặc tệp YAML; nhắc lại được."))] = None,
    mapping: Mapping = None,
    scorecard: Scorecard = None,
    max_rows: MaxRows = None,
    max_mb: MaxMb = None,
    json: Json = False,
) -> None:
    """Explain one household."""
    options = explaining.Options(file, household, tuple(standard or ()), mapping, scorecard, max_rows, max_mb, json)
    raise typer.Exit(explaining.run(options))


@app.command(help=_("Cho biết tệp sẽ được đọc thế nào và sai ở đâu; không ghi gì."))
def check(
    file: ListFile,
    standard: Annotated[list[str] | None, typer.Option(help=_("Chuẩn có chỉ số riêng cần nhận ra trong tệp."))] = None,
    mapping: Mapping = None,
    suggest_mapping: Annotated[
        Path | None, typer.Option(help=_("Ghi một tệp ánh xạ tên cột để sửa và dùng lại."))
    ] = None,
    scorecard: Scorecard = None,
    max_rows: MaxRows = None,
    max_mb: MaxMb = None,
    json: Json = False,
) -> None:
    """Check a list."""
    options = checking.Options(file, tuple(standard or ()), mapping, suggest_mapping, scorecard, max_rows, max_mb, json)
    raise typer.Exit(checking.run(options))


@app.command("demo-data", help=_("Ghi danh sách hộ minh họa (dữ liệu tổng hợp, không phải người thật)."))
def demo_data(
    name: Annotated[str, typer.Argument(help=_("Tên bộ dữ liệu minh họa: bac-kan."))] = "bac-kan",
    out: Annotated[Path, typer.Option(help=_("Thư mục ghi tệp."))] = Path("demo"),
    json: Json = False,
) -> None:
    """Write demonstration lists."""
    raise typer.Exit(demonstrating.write(name, out, as_json=json))


@app.command("demo-judge", help=_("Xét hai năm của bộ danh sách minh họa và in kết quả, không mở máy chủ."))
def demo_judge(
    out: Annotated[Path, typer.Option(help=_("Thư mục ghi tệp."))] = Path("demo"),
    json: Json = False,
) -> None:
    """Judge the lists of the demonstration."""
    raise typer.Exit(demonstrating.run(out, as_json=json))


@standards_app.command("list", help=_("Các chuẩn có sẵn và thời gian hiệu lực."))
def standards_list(json: Json = False) -> None:
    """List the standards."""
    raise typer.Exit(standards_work.show_list(as_json=json))


@standards_app.command("show", help=_("Nội dung một chuẩn: mức, chỉ số, nguồn, độ tin cậy, phần còn thiếu."))
def standards_show(
    standard: Annotated[str, typer.Argument(help=_("Mã chuẩn hoặc tệp YAML."))], json: Json = False
) -> None:
    """Show one standard."""
    raise typer.Exit(standards_work.show(standard, as_json=json))


@standards_app.command("diff", help=_("Hai chuẩn khác nhau ở đâu."))
def standards_diff(
    first: Annotated[str, typer.Argument(help=_("Mã chuẩn hoặc tệp YAML."))],
    second: Annotated[str, typer.Argument(help=_("Mã chuẩn hoặc tệp YAML."))],
    json: Json = False,
) -> None:
    """Compare two standards."""
    raise typer.Exit(standards_work.diff(first, second, as_json=json))


@standards_app.command("check", help=_("Kiểm tra một tệp chuẩn; nêu từng lỗi với số dòng."))
def standards_check(file: Annotated[Path, typer.Argument(help=_("Tệp YAML."))], json: Json = False) -> None:
    """Check a sheet."""
    raise typer.Exit(standards_work.check(file, as_json=json))
