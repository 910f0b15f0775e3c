"""Problems of long work in the background."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE = Severity.FILE

_add(
    "J-ERROR",
    _FILE,
    "Việc này dừng vì một lỗi ngoài dự kiến (mã lỗi {error})",
    "This work stopped at an unexpected error (error {error})",
    "bấm “Chạy lại”; nếu vẫn lỗi, báo mã này cho quản trị hệ thống",
    "press “Run again”; if it fails again, tell the number to the administrator",
)
_add(
    "J-LOST",
    _FILE,
    "Chương trình chạy nền bị ngắt {count} lần khi đang làm việc này",
    "The worker was cut off {count} times during this work",
    "báo quản trị hệ thống xem bộ nhớ và nhật ký máy chủ, rồi bấm “Chạy lại”",
    "have the administrator look at memory and log of the server, then press “Run again”",
)
_add(
    "J-NO-TASK",
    _FILE,
    "Việc này không còn trong hàng đợi",
    "This work is not in the queue any more",
    "bấm “Chạy lại”",
    "press “Run again”",
)
_add(
    "J-NOT-FAILED",
    _FILE,
    "Việc này không ở trạng thái lỗi nên không cần chạy lại",
    "This work has not failed: there is nothing to run again",
    "mở lại trang để xem tình trạng hiện nay",
    "open the page again to see its state",
)
_add(
    "J-STOPPED",
    _FILE,
    "Việc này đã dừng theo yêu cầu của người giao việc",
    "This work was stopped by whoever asked for it",
    "nếu vẫn cần, yêu cầu lại từ đầu",
    "ask for it again if it is still needed",
)
_add(
    "J-NO-STOP",
    _FILE,
    "Việc này không dừng giữa chừng được: dừng lại sẽ để dữ liệu dở dang",
    "This work cannot be stopped half-way: that would leave data unfinished",
    "chờ việc xong; nếu kết quả sai thì hoàn tác sau",
    "wait for its end; undo the result if it is wrong",
)
_add(
    "J-OVER",
    _FILE,
    "Việc này đã kết thúc, không còn gì để dừng",
    "This work is over: there is nothing to stop",
    "mở lại trang để xem kết quả",
    "open the page again to see the result",
)
