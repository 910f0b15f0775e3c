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
