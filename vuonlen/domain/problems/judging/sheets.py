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
    "S-KEY-UNKNOWN",
    _F,
    "Khóa lạ: {key}",
    "Unknown key: {key}",
    "bỏ khóa này; các khóa dùng được ở docs/how-to/write-a-standard.md",
    "remove it; the keys are in docs/how-to/write-a-standard.md",
)
_add(
    "S-BLANK",
    _F,
    "{where} để trống",
    "{where} is blank",
    "điền giá trị; mức chưa có trong văn bản thì ghi MISSING",
    "give it; a figure of the law that is not known is MISSING",
)
_add(
    "S-NUMBER",
    _F,
    "{where} không phải là số: {got}",
    "{where} is no number: {got}",
    "viết số liền (1500000), số thập phân (140.5), phân số (1/6), phần trăm (33%) hoặc MISSING",
    "write digits alone (1500000), a decimal (140.5), a fraction (1/6), a share (33%) or MISSING",
)
_add(
    "S-THOUSANDS",
    _F,
    "{where} có thể hiểu hai cách: {got}",
    "{where} can be read in two ways: {got}",
    "dấu chấm ở đây là dấu thập phân: viết liền 1500, hoặc bỏ số 0 cuối: 1.5",
    "a dot is the decimal point: write 1500 without it, or 1.5 without the zeros",
)
_add(
    "S-DATE",
    _F,
    "{where} không phải là ngày: {got}",
    "{where} is no date: {got}",
    "viết năm-tháng-ngày: 2022-01-31",
    "write year-month-day: 2022-01-31",
)
_add(
    "S-THRESHOLD",
    _F,
    "{where} phải có vi và en, hoặc là MISSING: {got}",
    "{where} needs vi and en, or MISSING: {got}",
    "viết {{vi: ..., en: ...}} hoặc MISSING",
    "write {{vi: ..., en: ...}} or MISSING",
)
_add(
    "S-MARK",
    _F,
    "{where}: MISSING và confidence: missing phải đi cùng nhau",
    "{where}: MISSING and confidence: missing belong together",
    "sửa giá trị hoặc confidence",
    "correct the value or its confidence",
)
_add(
    "S-AREA",
    _F,
    "{where} cần cả rural và urban, hoặc all",
    "{where} needs both rural and urban, or all",
    "thêm khu vực còn thiếu",
    "add the area that is missing",
)
_add(
    "S-AREA-BOTH",
    _F,
    "{where} có cả all lẫn rural, urban",
    "{where} has all as well as rural, urban",
    "giữ all, hoặc giữ rural và urban",
    "keep all, or rural and urban",
)
_add(
    "S-ONE-OF",
    _F,
    "{where} cần đúng một trong hai: {first}, {second}",
    "{where} takes exactly one of {first}, {second}",
    "giữ một khóa",
    "keep one of them",
)
_add(
    "S-CHOICE",
    _F,
    "{where} không nhận giá trị {got}",
    "{where} does not take {got}",
    "chọn: {known}",
    "choose: {known}",
)
_add(
    "S-WORDS",
    _F,
    "{where} phải là chữ: {got}",
    "{where} must be text: {got}",
    'đặt trong dấu nháy: "{got}"',
    'put it in quotation marks: "{got}"',
)
_add(
    "S-CODE",
    _F,
    "{where} không phải là mã dùng được: {got}",
    "{where} cannot be a code: {got}",
    "dùng chữ không dấu, chữ số, gạch dưới; id của chuẩn: chữ thường, chữ số, gạch nối",
    "use plain letters, digits, underscores; for the id of a sheet: lower-case letters, digits, hyphens",
)
_add(
    "S-KEYS",
    _F,
    "{where} phải gồm các khóa bên trong: {got}",
    "{where} must hold keys: {got}",
    "viết lùi dòng từng khóa: giá trị",
    "indent its keys below it, each as key: value",
)
_add(
    "S-ITEMS",
    _F,
    "{where} phải là danh sách: {got}",
    "{where} must be a list: {got}",
    "mỗi mục một dòng, bắt đầu bằng dấu gạch (- )",
    "one item a line, each after a dash (- )",
)
_add(
    "S-DEEP",
    _F,
    "Các khóa lồng nhau quá {most} bậc",
    "Keys are nested deeper than {most} levels",
    "kiểm tra lại dấu ngoặc",
    "check the brackets",
)
_add(
    "S-FINE",
    _F,
    "Số lẻ quá nhỏ: mẫu số chung {whole}, tổng vượt {most} đơn vị",
    "The figures are too fine: common denominator {whole}, over {most} units in all",
    "dùng phân số (1/6, 1/3) thay cho số thập phân dài (0.166667, 33.33%)",
    "use fractions (1/6, 1/3) instead of long decimals (0.166667, 33.33%)",
)
_add(
    "S-BORROWED",
    _W,
    "Cột {column} trả lời cho hai chỉ số {codes}: một thiếu hụt được tính hai lần",
    "The column {column} answers two indicators, {codes}: one deprivation counts twice",
    "chỉ để một chỉ số dùng cột này",
    "let one indicator alone read it",
)
_add(
    "S-ORDER-SHARE",
    _F,
    "Ngưỡng cận nghèo không thấp hơn ngưỡng nghèo",
    "The near-poor cut-off is not under the poor one",
    "sửa hai ngưỡng",
    "correct the two cut-offs",
)
