"""Problems of an installation: its keys, its database, its server."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE = Severity.FILE

_add(
    "I-NO-KEYS",
    _FILE,
    "Không có tệp khóa {path}, hoặc không đọc được",
    "There is no keys file {path}, or it cannot be read",
    "nếu là nơi cài đặt mới, chạy `vuonlen migrate`; nếu đã có dữ liệu, chép lại tệp khóa đã cất giữ",
    "on a new installation run `vuonlen migrate`; where there are data, put back the keys file that was kept apart",
)
_add(
    "I-KEYS-LOST",
    _FILE,
    "Cơ sở dữ liệu đã có dữ liệu nhưng không có tệp khóa {path}: khóa mới sẽ không mở được dữ liệu cũ",
    "The database holds data but there is no keys file {path}: new keys would not open them",
    "chép lại tệp khóa đã cất giữ riêng, hoặc khôi phục cả hai từ bản sao lưu",
    "put back the keys file that was kept apart",
)
_add(
    "I-NO-DATABASE",
    _FILE,
    "Cơ sở dữ liệu không trả lời: {why}",
    "The database does not answer: {why}",
    "xem lại DATABASE_URL và máy chủ cơ sở dữ liệu",
    "look at DATABASE_URL and at the database server",
)
_add(
    "I-NOT-MIGRATED",
    _FILE,
    "Cơ sở dữ liệu còn {count} bước cập nhật chưa chạy",
    "The database lacks {count} steps",
    "sao lưu rồi chạy `vuonlen migrate`",
    "make a backup, then run `vuonlen migrate`",
)
_add(
    "I-ADDRESS",
    _FILE,
    "Không mở được cổng {address}: {why}",
    "Cannot listen on {address}: {why}",
    "dừng chương trình đang dùng cổng đó, hoặc chọn cổng khác bằng --port",
    "stop the program that uses the port, or choose another with --port",
)
