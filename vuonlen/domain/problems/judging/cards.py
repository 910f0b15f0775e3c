"""Problems of a scorecard of the income score (điểm A). `cell` is the line ("dòng 23") where a file has one."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_F, _R = Severity.FILE, Severity.ROW

_add(
    "S-CARD-BROKEN",
    _F,
    "Không đọc được bảng điểm: {why}",
    "The scorecard cannot be read: {why}",
    "lưu lại bằng CSV UTF-8 hoặc YAML",
    "save it as CSV UTF-8 or YAML",
)
_add(
    "S-CARD-EMPTY",
    _F,
    "Bảng điểm không có mục nào",
    "The scorecard has no item",
    "thêm các mục",
    "add its items",
)
_add(
    "S-CARD-HEADING",
    _F,
    "Bảng điểm thiếu cột {columns}",
    "The scorecard has no column {columns}",
    "dòng đầu cần các cột item, name, points",
    "the first line needs the columns item, name, points",
)
_add(
    "S-CARD-COLUMN",
    _F,
    "Bảng điểm có cột lạ hoặc trùng: {columns}",
    "The scorecard has unknown or repeated columns: {columns}",
    "chỉ dùng: {known}",
    "use only: {known}",
)
_add(
    "S-CARD-WIDE",
    _F,
    "Dòng có nhiều ô hơn số cột: {cells}",
    "The line has more cells than columns: {cells}",
    "số thập phân có dấu phẩy phải đặt trong dấu nháy, hoặc dùng dấu chấm phẩy ngăn cột",
    "put a decimal comma in quotation marks, or separate the columns by semicolons",
)
_add(
    "S-CARD-NEEDED",
    _F,
    "Mục thiếu {columns}",
    "The item has no {columns}",
    "điền đủ item, name, points",
    "give item, name and points",
)
_add(
    "S-CARD-POINTS",
    _F,
    "Điểm của mục {item} không phải là số: {points}",
    "The points of item {item} are no number: {points}",
    "viết như 12, 12.5 hoặc 12,5",
    "write 12, 12.5 or 12,5",
)
_add(
    "S-CARD-TWICE",
    _F,
    "Mục {item} có hai lần",
    "The item {item} stands twice",
    "mỗi mục một lần cho mỗi vùng",
    "each item once for each region",
)
_add(
    "S-CARD-TWO",
    _R,
    "Hộ được chọn cả {items}, chỉ được một",
    "The household has both {items}, where only one may hold",
    "xem lại phiếu",
    "check the form",
)
_add(
    "S-CARD-REGION",
    _R,
    "Bảng điểm không có vùng {region}",
    "The scorecard has no region {region}",
    "chọn: {known}",
    "choose: {known}",
)
_add(
    "S-CARD-NO-POINTS",
    _R,
    "Mục {item} không có điểm cho vùng {region}",
    "The item {item} has no points for the region {region}",
    "xem lại phiếu hoặc bổ sung bảng điểm",
    "check the form or complete the scorecard",
)
_add(
    "S-CARD-TICK",
    _R,
    "Mục {item} trả lời {answer}: không rõ có hay không",
    "The item {item} says {answer}: neither yes nor no",
    "ghi x hoặc 0; để trống nếu chưa biết",
    "write x or 0; leave it blank when it is not known",
)
