"""Problems of people, roles and protected values. `cell` is the name of the field of the form."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_REFUSED: dict[str, tuple[str, str, str, str]] = {
    "N-PURPOSE": (
        "Chưa chọn mục đích xem",
        "The purpose is missing",
        "chọn một mục đích trong danh sách",
        "choose one from the list",
    ),
    "N-PURPOSE-NOTE": (
        "Mục đích “Việc khác” cần nói rõ, ít nhất {least} ký tự",
        "The purpose “Other” must be explained in at least {least} characters",
        "ghi ngắn gọn việc đang làm và số giấy tờ, nếu có",
        "say in a few words what you are doing, with the number of the paper if there is one",
    ),
    "N-CEILING": (
        "Bạn đã xem {most} số trong ngày hôm nay, là mức tối đa một ngày",
        "You have looked at {most} numbers today, which is the daily ceiling",
        "làm tiếp vào ngày mai; nếu việc gấp, nhờ đồng nghiệp có quyền hoặc báo người quản trị",
        "go on tomorrow; if it cannot wait, ask a colleague who may, or the administrator",
    ),
    "N-USERNAME": (
        "Tên đăng nhập “{username}” không dùng được",
        "The user name “{username}” cannot be used",
        "dùng 3 đến 60 chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối, bắt đầu bằng chữ cái",
        "use 3 to 60 letters without tones, digits, dots or hyphens, beginning with a letter",
    ),
    "N-USERNAME-TAKEN": (
        "Tên đăng nhập “{username}” đã có người dùng",
        "The user name “{username}” is taken",
        "thêm chữ số hoặc tên xã vào sau",
        "add a digit or the name of the commune",
    ),
    "N-NAME": ("Chưa ghi họ và tên", "The name is missing", "ghi đủ họ, tên đệm và tên", "give the full name"),
    "N-NAME-LONG": (
        "Họ và tên dài quá {most} ký tự",
        "The name is longer than {most} characters",
        "viết ngắn lại",
        "shorten it",
    ),
    "N-NOT-YOURS": (
        "{name} giữ việc ở ngoài phạm vi của bạn",
        "{name} also works outside your area",
        "báo người quản trị hoặc người duyệt của cấp trên",
        "tell the administrator or the approver of the level above",
    ),
    "N-PASSWORD-APPROVER": (
        "Người có quyền duyệt không cấp mật khẩu cho người khác: có thể thành một người làm cả hai phần việc",
        "Whoever approves hands out no passwords: one person could then do both parts",
        "nhờ người quản trị hệ thống hoặc cán bộ cấp tỉnh",
        "ask the administrator or an officer of the province",
    ),
    "N-NO-USER": (
        "Không có người dùng “{username}”",
        "There is no user “{username}”",
        "kiểm tra tên đăng nhập",
        "check the user name",
    ),
    "N-CLOSED": (
        "Tài khoản của {name} đã đóng",
        "The account of {name} is closed",
        "chọn người đang làm việc",
        "choose somebody who is still here",
    ),
    "N-CLOSE-SELF": (
        "Không thể tự đóng tài khoản của mình",
        "You cannot close your own account",
        "nhờ người có quyền ở đơn vị mình hoặc cấp tỉnh",
        "ask a person who may, in your office or in the province",
    ),
    "N-SUCCESSOR": (
        "Người kế nhiệm phải là một người khác, đang làm việc, trong phạm vi của bạn",
        "The successor must be another person who is still here and in your area",
        "chọn lại người kế nhiệm, hoặc để trống",
        "choose again, or leave it blank",
    ),
    "N-ROLE-SELF": (
        "Không thể đề nghị vai trò cho chính mình",
        "Nobody proposes a role for themselves",
        "nhờ người khác đề nghị",
        "ask somebody else to propose it",
    ),
    "N-PROPOSE-OTHER": (
        "Bạn duyệt vai trò nên không tự đề nghị được",
        "You approve roles and cannot propose them",
        "nhờ người có quyền đề nghị lập đề nghị này",
        "ask somebody who may propose to do it",
    ),
    "N-ROLE-LEVEL": (
        "Vai trò “{role}” không giao được cho {place}",
        "The role “{role}” cannot be held for {place}",
        "chọn nơi đúng cấp của vai trò",
        "choose a place of the level of that role",
    ),
    "N-ROLE-PLACE": (
        "{place} không tồn tại trong suốt thời gian giao vai trò",
        "{place} does not exist for all of the period",
        "chọn đơn vị đang tồn tại, hoặc sửa ngày",
        "choose a unit that exists, or correct the days",
    ),
    "N-ROLE-DAYS": (
        "Ngày kết thúc phải sau ngày bắt đầu",
        "The last day must be after the first",
        "sửa một trong hai ngày",
        "correct one of the days",
    ),
    "N-ROLE-PAST": (
        "Ngày bắt đầu {day} đã qua",
        "The first day {day} has passed",
        "chọn từ hôm nay trở đi; quyền không giao lùi ngày",
        "choose today or later; rights are not given backwards",
    ),
    "N-ROLE-HELD": (
        "{name} đã giữ vai trò này ở {place} trong thời gian đó",
        "{name} holds this role for {place} in that period already",
        "đổi thời gian, hoặc thu hồi vai trò cũ trước",
        "change the period, or withdraw the other first",
    ),
    "N-ROLE-ENDED": (
        "Vai trò này đã kết thúc",
        "This role has ended",
        "không cần làm gì",
        "there is nothing to do",
    ),
    "N-REASON": (
        "Chưa ghi lý do",
        "The reason is missing",
        "ghi ngắn gọn lý do, hoặc số quyết định",
        "say why in a few words, or give the number of the decision",
    ),
    "N-FIRST-ONLY": (
        "Nơi này đã có người có quyền giao vai trò",
        "This installation has people who may give roles",
        "đề nghị trên trang “Nhân sự”, người duyệt cấp tỉnh sẽ duyệt",
        "propose it on the page of staff; the approver of the province decides",
    ),
    "N-NO-PLACE": (
        "Không có đơn vị mang mã “{code}” vào ngày {day}",
        "There is no unit with the code “{code}” on {day}",
        "kiểm tra mã; tỉnh 2 chữ số, xã 5 chữ số",
        "check the code: 2 digits for a province, 5 for a commune",
    ),
}
for _code, _texts in _REFUSED.items():
    _add(_code, Severity.ROW, *_texts)
