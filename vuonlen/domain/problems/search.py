"""Problems of searching and exporting."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_REFUSED = {
    "Q-NUMBER": (
        "“{shown}” không phải số định danh: cần 12 chữ số, hoặc 9 chữ số của chứng minh nhân dân cũ",
        "“{shown}” is no ID number: 12 digits are needed, or the 9 of an old card",
        "kiểm tra lại từng chữ số trên giấy tờ",
        "check the digits against the paper",
    ),
    "Q-CEILING": (
        "Bạn đã tra cứu hoặc xem {most} số trong ngày hôm nay, là mức tối đa một ngày",
        "You have looked up or opened {most} numbers today, which is the daily ceiling",
        "làm tiếp vào ngày mai; nếu việc gấp, nhờ đồng nghiệp hoặc báo người quản trị",
        "go on tomorrow; if it cannot wait, ask a colleague or the administrator",
    ),
    "Q-PURPOSE": (
        "Chưa nói rõ mục đích",
        "The purpose is missing",
        "chọn một mục đích; với “Việc khác” ghi ít nhất {least} chữ",
        "choose a purpose; for another one, write at least {least} letters",
    ),
    "Q-EXPORTS": (
        "Bạn đã trích xuất {most} lần trong ngày hôm nay, là mức tối đa một ngày",
        "You have made {most} exports today, which is the daily ceiling",
        "dùng lại tệp đã trích xuất hôm nay, hoặc làm tiếp vào ngày mai",
        "use a file that you exported today, or go on tomorrow",
    ),
    "Q-TOO-MANY": (
        "Danh sách có hơn {most} hộ, một trang tính không chứa hết",
        "The list has more than {most} households, more than a sheet holds",
        "lọc theo từng tỉnh hoặc từng xã rồi trích xuất nhiều lần",
        "narrow it to one province or commune and export several times",
    ),
    "Q-EMPTY": (
        "Không có hộ nào theo bộ lọc này",
        "No household passes these filters",
        "bỏ bớt điều kiện lọc rồi trích xuất lại",
        "take some filters away and export again",
    ),
}
for _code, _texts in _REFUSED.items():
    _add(_code, Severity.ROW, *_texts)
