"""Problems of proposing and approving. `cell` is the name of the field of the form."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_ROW = Severity.ROW

_REFUSED: dict[str, tuple[str, str, str, str]] = {
    "A-REASON": (
        "Chưa ghi lý do",
        "The reason is missing",
        "ghi ngắn gọn vì sao",
        "say why in a few words",
    ),
    "A-TEXT": (
        "“{field}” dài quá {most} ký tự hoặc có ký tự không in được",
        "“{field}” is longer than {most} characters or holds characters that cannot be printed",
        "viết ngắn lại, gõ bằng tay",
        "shorten it and type it by hand",
    ),
    "A-SELF": (
        "Người đề nghị không được tự quyết định đề nghị của mình",
        "Whoever proposes does not decide",
        "nhờ người khác có thẩm quyền duyệt; nếu không cần nữa thì rút đề nghị",
        "ask another person with the authority, or withdraw the proposal",
    ),
    "A-SUCCESSOR": (
        "Bạn nhận bàn giao công việc của người đề nghị (hoặc ngược lại) nên không được quyết định đề nghị này",
        "You took over the work of the proposer, or they took over yours: you do not decide this",
        "nhờ người khác có thẩm quyền duyệt",
        "ask another person with the authority",
    ),
    "A-INTERESTED": (
        "Đề nghị này liên quan đến chính bạn nên bạn không được quyết định",
        "This proposal is about yourself: you do not decide it",
        "nhờ người khác có thẩm quyền duyệt",
        "ask another person with the authority",
    ),
    "A-NOBODY": (
        "Ngoài bạn và người liên quan, không còn ai có quyền duyệt việc này tại {place}",
        "Apart from you and those it is about, nobody has the authority to approve this in {place}",
        "đề nghị cấp trên bổ nhiệm người duyệt trước, rồi gửi lại",
        "have an approver appointed first, then propose again",
    ),
    "A-TWICE": (
        "Một đề nghị giống hệt đang chờ duyệt",
        "The same proposal is waiting already",
        "mở trang “Duyệt” để xem đề nghị đó",
        "look at it on the page “Duyệt”",
    ),
    "A-DECIDED": (
        "Đề nghị này đã {outcome} ({who}, lúc {at})",
        "This proposal was decided before: {outcome} ({who}, {at})",
        "mở lại trang để xem kết quả",
        "open the page again to see what came of it",
    ),
    "A-MOVED": (
        "Dữ liệu đã thay đổi từ khi đề nghị, nên không thực hiện gì",
        "The data have changed since this was proposed: nothing was done",
        "xem dữ liệu hiện nay rồi lập đề nghị mới nếu vẫn cần",
        "look at the data as they are and propose again if it is still needed",
    ),
    "A-FAILED": (
        "Chưa thực hiện được, không có gì thay đổi và đề nghị vẫn chờ duyệt (mã lỗi {error})",
        "It could not be done, nothing was changed and the proposal still waits (error {error})",
        "thử lại; nếu vẫn lỗi, báo mã này cho quản trị hệ thống",
        "try again; if it fails again, tell the number to the administrator",
    ),
    "A-KIND": (
        "Phiên bản phần mềm này không còn biết loại đề nghị “{kind}”",
        "This release does not know the kind of proposal “{kind}” any more",
        "người đề nghị nên rút lại và lập đề nghị mới",
        "the proposer should withdraw it and propose again",
    ),
}
for _code, _texts in _REFUSED.items():
    _add(_code, _ROW, *_texts)
