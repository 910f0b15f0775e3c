"""Problems of a standard's sheet. The cell of each is its line ("dòng 23")."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_F, _W = Severity.FILE, Severity.WARNING

_add(
    "S-YAML",
    _F,
    "Không đọc được YAML: {why}",
    "Not valid YAML: {why}",
    "sửa cú pháp ở dòng này",
    "correct the syntax on this line",
)
_add("S-TAG", _F, "Không được dùng {tag}", "{tag} is not allowed", "viết giá trị trực tiếp", "write the value itself")
_add("S-KEY-TWICE", _F, "Khóa {key} có hai lần", "The key {key} stands twice", "giữ lại một", "keep one of them")
_add(
    "S-TOO-LARGE",
    _F,
    "Tệp chuẩn lớn hơn {most} byte",
    "The sheet is larger than {most} bytes",
    "kiểm tra lại tệp",
    "check the file",
)
_add(
    "S-NOT-UTF8",
    _F,
    "Tệp chuẩn không phải UTF-8",
    "The sheet is not UTF-8",
    "lưu lại bằng mã UTF-8",
    "save it as UTF-8",
)
_add(
    "S-NO-FILE",
    _F,
    "Không tìm thấy tệp chuẩn {path}",
    "No such sheet: {path}",
    "kiểm tra lại tên tệp",
    "check the name of the file",
)
_add(
    "S-UNKNOWN",
    _F,
    "Không có chuẩn {name}",
    "There is no standard {name}",
    "chọn một trong: {known}, hoặc một tệp .yaml",
    "choose one of: {known}, or a .yaml file",
)
_add(
    "S-NONE-IN-FORCE",
    _F,
    "Không có chuẩn nào có hiệu lực ngày {on}",
    "No standard is in force on {on}",
    "nêu rõ --standard (có sẵn: {known})",
    "name the --standard (shipped: {known})",
)
_add(
    "S-KEY",
    _F,
    "Khóa lạ: {key}",
    "Unknown key: {key}",
    "có phải là {near}? Xem docs/how-to/write-a-standard.md",
    "did you mean {near}? See docs/how-to/write-a-standard.md",
)
_add("S-NEEDED", _F, "Thiếu {key} trong {where}", "{key} is missing in {where}", "thêm {key}", "add {key}")
_add(
    "S-KIND",
    _F,
    "Loại cách xét (kind) không có trong danh mục",
    "Unknown kind of method",
    "chọn một trong: {known}",
    "choose one of: {known}",
)
_add(
    "S-VALUE",
    _F,
    "{where} không dùng được: {got} ({why})",
    "{where} cannot be used: {got} ({why})",
    "sửa giá trị",
    "correct the value",
)
_add(
    "S-PERIOD",
    _F,
    "Ngày hết hiệu lực trước ngày bắt đầu",
    "The period ends before it begins",
    "sửa valid.from hoặc valid.to",
    "correct valid.from or valid.to",
)
_add(
    "S-SOURCE",
    _F,
    "Nguồn {key} không có trong sources",
    "The source {key} is not under sources",
    "thêm nguồn này, hoặc chọn: {known}",
    "add it, or choose: {known}",
)
_add("S-TWICE", _F, "{name} có hai lần", "{name} stands twice", "mỗi mã một lần", "each code once")
_add(
    "S-KNOWN",
    _F,
    "{what} phải là một số đã biết, lớn hơn 0",
    "{what} must be known and more than 0",
    "điền giá trị; nếu chưa có văn bản thì bỏ cả cách xét này và ghi vào missing",
    "give the value; if the law is not known, leave the method out and say so under missing",
)
_add(
    "S-WHOLE",
    _F,
    "{what} phải là số nguyên",
    "{what} must be a whole number",
    "điền số chỉ số",
    "give a number of indicators",
)
_add(
    "S-CUTOFF",
    _F,
    "{what} lớn hơn mức cao nhất có thể đạt ({most})",
    "{what} is over the most that can be reached ({most})",
    "giảm ngưỡng hoặc xem lại trọng số",
    "lower the cut-off or check the weights",
)
_add(
    "S-WEIGHT-CODE",
    _F,
    "Trọng số cho {code} nhưng không có chỉ số này",
    "A weight for {code}, which is no indicator",
    "sửa mã chỉ số",
    "correct the code",
)
_add(
    "S-NO-WEIGHT",
    _F,
    "Chỉ số {code} không có trọng số",
    "The indicator {code} has no weight",
    "thêm trọng số",
    "add its weight",
)
_add(
    "S-WEIGHT-SUM",
    _W,
    "Tổng trọng số là {total}, không phải 1",
    "The weights sum to {total}, not 1",
    "kiểm tra lại trọng số",
    "check the weights",
)
_add(
    "S-ORDER",
    _F,
    "Mức sau thấp hơn mức trước (khu vực {area})",
    "The second line is under the first (area {area})",
    "sửa hai mức",
    "correct the two lines",
)
_add(
    "S-CARD",
    _F,
    "Bảng điểm, {where}: {why}",
    "Scorecard, {where}: {why}",
    "sửa bảng điểm (docs/how-to/write-a-standard.md)",
    "correct the scorecard (docs/how-to/write-a-standard.md)",
)
