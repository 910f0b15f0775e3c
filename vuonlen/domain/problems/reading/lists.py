"""Problems of lists that come as Parquet, and of the command's own options."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE, _WARN = Severity.FILE, Severity.WARNING

_add(
    "P-NO-ID",
    _FILE,
    "Tệp Parquet không có cột household_id (các cột: {columns})",
    "The Parquet file has no column household_id (columns: {columns})",
    "đặt tên cột mã hộ là household_id",
    "name the household id column household_id",
)
_add(
    "P-TYPE",
    _FILE,
    "Cột {column} có kiểu {found}, cần kiểu {wanted}",
    "Column {column} has type {found}, wanted {wanted}",
    "ghi lại tệp với đúng kiểu dữ liệu (docs/household-file.md)",
    "write the file again with the right type (docs/household-file.md)",
)
_add(
    "P-VALUE",
    _FILE,
    "Cột {column} có {rows} dòng mang giá trị không hiểu được",
    "Column {column} holds a value without meaning in {rows} rows",
    "sửa các dòng đó hoặc để trống nếu chưa biết",
    "correct those rows, or leave them blank if not known",
)
_add(
    "P-BLANK-ID",
    _FILE,
    "{rows} dòng không có mã hộ",
    "{rows} rows have no household id",
    "điền mã hộ cho từng dòng",
    "give every row its household id",
)
_add(
    "P-SAME-ID",
    _FILE,
    "{rows} dòng mang mã hộ đã có ở dòng khác",
    "{rows} rows repeat a household id",
    "mỗi hộ một dòng, mỗi dòng một mã hộ",
    "one row per household, one id per row",
)
_add(
    "O-STANDARD-DATE",
    _WARN,
    "Chuẩn {standard} không có hiệu lực vào ngày {on} (hiệu lực {since} – {until})",
    "Standard {standard} is not in force on {on} (in force {since} – {until})",
    "kiểm tra lại --standard và --cutoff",
    "check --standard and --cutoff",
)
_add(
    "O-NO-FILE",
    _FILE,
    "Không tìm thấy tệp {path}",
    "File not found: {path}",
    "kiểm tra lại tên và thư mục",
    "check the name and the folder",
)
_add(
    "O-NO-HOUSEHOLD",
    _FILE,
    "Không có hộ {household} trong danh sách",
    "No household {household} in the list",
    "xem cột mã hộ của danh sách; mã gần giống: {near}",
    "see the household id column of the list; similar ids: {near}",
)
_add(
    "O-OUT-FILE",
    _FILE,
    "{path} là một tệp, không phải thư mục",
    "{path} is a file, not a folder",
    "chọn một thư mục cho --out",
    "choose a folder for --out",
)
_add(
    "O-MATCHES",
    _FILE,
    "Tệp ghép hộ {path} cần hai cột household_id và previous_id",
    "The file of matches {path} needs the columns household_id and previous_id",
    "dùng tệp ghep-ho-can-xac-nhan.csv đã ghi, giữ lại các dòng đúng",
    "use the file ghep-ho-can-xac-nhan.csv that was written and keep the rows that are right",
)
_add(
    "O-DATE",
    _FILE,
    "Ngày {text} không hợp lệ",
    "The date {text} is not valid",
    "viết ngày theo dạng 31/12/2023 hoặc 2023-12-31",
    "write the date as 31/12/2023 or 2023-12-31",
)
_add(
    "O-NO-DEMO",
    _FILE,
    "Không có bộ dữ liệu minh họa {name}",
    "There is no demonstration {name}",
    "chọn một trong: {known}",
    "choose one of: {known}",
)
