"""Problems of importing a list into the register: its form, its rows against the register, its steps.

A `row` problem refuses one household of the list; a `file` problem refuses the step that was asked for.
`cell` is the name of the field of the form where there is one.
"""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE, _ROW, _WARN = Severity.FILE, Severity.ROW, Severity.WARNING

_ROWS: dict[str, tuple[str, str, str, str]] = {
    "R-COMMUNE-BLANK": (
        "Hộ {code}: không ghi xã, phường, mà địa bàn {place} có nhiều xã, phường",
        "Household {code}: no commune is given, and {place} has several",
        "thêm cột Mã xã hoặc Tên xã",
        "add a column with the code or the name of the commune",
    ),
    "R-COMMUNE-OUTSIDE": (
        "Hộ {code}: “{given}” không phải là xã, phường của {place} vào ngày {on}",
        "Household {code}: “{given}” is no commune of {place} on {on}",
        "kiểm tra mã và tên xã, địa bàn đã chọn và ngày của danh sách",
        "check code and name of the commune, the place chosen and the date of the list",
    ),
    "R-COMMUNE-NAME": (
        "Hộ {code}: mã {given} là {place}, nhưng tệp ghi “{name}”",
        "Household {code}: the code {given} is {place}, but the file says “{name}”",
        "sửa mã hoặc tên; từ 01/07/2025 nhiều mã chỉ đơn vị khác trước",
        "correct the code or the name; since 01/07/2025 many codes mean other units",
    ),
    "R-COMMUNE-SPLIT": (
        "Hộ {code}: {name} đã được chia cho {places}; không mã nào cho biết hộ về đâu",
        "Household {code}: {name} was divided among {places}; no code tells where the household went",
        "ghi xã, phường mới của từng hộ vào danh sách",
        "write the new commune of each household into the list",
    ),
    "R-CODE-TAKEN": (
        "Mã hộ {code} đã thuộc một hộ khác của {place}",
        "The household id {code} belongs to another household of {place}",
        "đặt mã khác cho hộ này trong tệp rồi nhập lại",
        "give this household another id in the file and import again",
    ),
    "R-HEAD-UNKNOWN": (
        "Hộ {code}: không rõ ai là chủ hộ",
        "Household {code}: it is not clear who its head is",
        "ghi tên chủ hộ, hoặc “Chủ hộ” ở cột quan hệ của một thành viên",
        "give the name of the head, or write “Chủ hộ” as the relation of one member",
    ),
    "R-LONG": (
        "Hộ {code}: {field} dài quá {most} ký tự",
        "Household {code}: {field} is longer than {most} characters",
        "viết ngắn lại trong tệp",
        "shorten it in the file",
    ),
    "R-VALUE": (
        "Hộ {code}: {field} có giá trị không dùng được",
        "Household {code}: {field} has a value that cannot be used",
        "sửa giá trị này trong tệp",
        "correct the value in the file",
    ),
    "R-SAME-HOUSEHOLD": (
        "Hộ {code} là cùng một hộ với {other} trong tệp; chỉ nhận {other}",
        "Household {code} is the same as {other} in the file; only {other} is taken",
        "xóa dòng thừa trong tệp gốc",
        "delete the extra row of the file",
    ),
    "R-MATCHED-TWICE": (
        "Hộ {code} đã có một dòng khác trong tệp chỉ cùng một hộ của sổ",
        "Household {code}: another row of the file means the same household of the register",
        "giữ lại dòng đúng trong tệp",
        "keep the right row of the file",
    ),
}
for _code, _texts in _ROWS.items():
    _add(_code, _ROW, *_texts)

_add(
    "X-COMMUNE-NOW",
    _WARN,
    "Xã, phường ghi theo đơn vị cũ được chuyển sang đơn vị kế tiếp của cả xã",
    "A former commune was read as the one that all of it became",
    "xem lại ô này",
    "look at this cell",
)
_add(
    "W-ID-ELSEWHERE",
    _WARN,
    "Hộ {code}: số định danh của {name} đang có trong một hộ ở địa bàn khác",
    "Household {code}: the ID number of {name} stands in a household of another area",
    "hỏi lại hộ; nếu hộ chuyển đến thì báo nơi cũ đóng hộ",
    "ask the household; if it moved in, have its former place close it",
)
_add(
    "W-CLASS-DIFFERS",
    _WARN,
    "Hộ {code}: danh sách ghi {recorded}, nhưng các câu trả lời cho kết quả {judged}",
    "Household {code}: the list says {recorded}, but the answers give {judged}",
    "đối chiếu phiếu rà soát",
    "compare the review form",
)

_STEPS: dict[str, tuple[str, str, str, str]] = {
    "U-BLANK": ("Còn thiếu: {field}", "Missing: {field}", "điền ô này", "fill it in"),
    "U-PLACE": (
        "Bạn không nhập danh sách cho địa bàn này",
        "You cannot import lists for this place",
        "chọn xã, phường hoặc tỉnh mà bạn phụ trách",
        "choose a commune or province of yours",
    ),
    "U-PLACE-LEVEL": (
        "Địa bàn phải là xã, phường hoặc tỉnh",
        "The place must be a commune or a province",
        "chọn lại địa bàn",
        "choose again",
    ),
    "U-PLACE-CODE": (
        "Không có địa bàn mang mã {code} trong phạm vi của người này",
        "There is no place {code} in the area of this user",
        "kiểm tra mã; mã trước và sau 01/07/2025 có thể chỉ đơn vị khác",
        "check the code; before and after 01/07/2025 codes may mean other units",
    ),
    "U-USER": (
        "Không có người dùng {name}",
        "There is no user {name}",
        "ghi tên đăng nhập của cán bộ nhập danh sách",
        "give the user name of the officer who imports",
    ),
    "U-DATE-FUTURE": (
        "Ngày của danh sách {day} ở tương lai",
        "The date of the list {day} is in the future",
        "ghi ngày rà soát, ví dụ 31/12/2023",
        "give the date of the review, for example 31/12/2023",
    ),
    "U-DATE-EARLY": (
        "Ngày {day} quá xa: chưa có đơn vị hành chính nào trong sổ",
        "{day} is too early: the register knows no places of that day",
        "ghi lại ngày rà soát",
        "give the date of the review again",
    ),
    "U-DECISION-FUTURE": (
        "Quyết định ký ngày {day}, sau hôm nay",
        "The decision is signed on {day}, after today",
        "kiểm tra ngày ký",
        "check the day of signing",
    ),
    "U-EFFECT": (
        "Ngày phân loại có hiệu lực {day} ở tương lai",
        "The classes take effect on {day}, in the future",
        "ghi ngày từ hôm nay trở về trước",
        "give today or an earlier day",
    ),
    "U-STANDARD": (
        "Không có chuẩn {name}, hoặc chưa có chuẩn nào áp dụng ngày {day}",
        "There is no standard {name}, or none is in force on {day}",
        "chọn chuẩn khác",
        "choose another standard",
    ),
    "U-FILE-SIZE": (
        "Tệp {mb} MB, quá {most} MB",
        "The file has {mb} MB, more than {most} MB",
        "chia danh sách theo xã, hoặc nhờ quản trị nhập bằng lệnh vuonlen import",
        "divide the list by commune, or have it imported by the command vuonlen import",
    ),
    "U-FILE-EMPTY": ("Tệp rỗng", "The file is empty", "chọn lại tệp", "choose another file"),
    "U-FILE-LOST": (
        "Không đọc được tệp gốc đã lưu",
        "The stored original cannot be read",
        "tải danh sách lên lại",
        "upload the list again",
    ),
    "U-STATE": (
        "Lần nhập này không còn ở bước đó",
        "This import is no longer at that step",
        "mở lại trang của lần nhập",
        "open its page again",
    ),
    "U-UNSETTLED": (
        "Còn {n} cặp hộ có thể trùng chưa trả lời",
        "{n} likely duplicates are not settled yet",
        "mở thẻ “Có thể trùng” và trả lời từng cặp",
        "open the tab of duplicates and answer each pair",
    ),
    "U-REPAIRS": (
        "Còn {n} ô đã sửa khi đọc chưa được xác nhận",
        "{n} cells that reading repaired are not confirmed yet",
        "mở thẻ “Đã sửa khi đọc”, xem rồi xác nhận",
        "open the tab of repairs, look at them and confirm",
    ),
    "U-NOTHING": (
        "Danh sách không khác gì sổ: không có gì để duyệt",
        "The list equals the register: there is nothing to approve",
        "không cần làm gì thêm",
        "nothing needs to be done",
    ),
    "U-ANSWER": ("Chưa chọn câu trả lời", "No answer was chosen", "chọn một câu trả lời", "choose an answer"),
    "U-CLOSE": (
        "Hộ {code} có dữ liệu từ ngày {since}, không đóng được vào ngày {day}",
        "Household {code} has data from {since}; it cannot be closed on {day}",
        "để nguyên, rồi đóng hộ ở trang của hộ",
        "leave it, and close it on its own page",
    ),
    "U-REASON": ("Chưa ghi lý do", "The reason is missing", "ghi ngắn gọn vì sao", "say in a few words why"),
    "U-BLOCKED": (
        "Chưa hoàn tác được: {n} việc sau đó dựa vào lần nhập này",
        "It cannot be undone yet: {n} later acts stand on this import",
        "hoàn tác các việc đó trước, từ mới đến cũ",
        "undo those first, newest first",
    ),
}
for _code, _texts in _STEPS.items():
    _add(_code, _FILE, *_texts)
