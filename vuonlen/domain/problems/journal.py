"""Problems of the journal: the clock, anchors, files that are written or verified."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE = Severity.FILE

_add(
    "J-CLOCK",
    _FILE,
    "Đồng hồ máy chủ ({now}) chậm hơn mục mới nhất của nhật ký ({last})",
    "The clock of the server ({now}) is behind the newest entry of the journal ({last})",
    "chỉnh lại đồng hồ máy chủ rồi làm lại; chưa có gì được ghi",
    "set the clock of the server and try again; nothing was written",
)
_add(
    "J-EXISTS",
    _FILE,
    "Tệp {path} đã có",
    "The file {path} exists",
    "chọn tên khác; tệp cũ không bị ghi đè",
    "choose another name; nothing is written over",
)
_add(
    "J-NO-ANCHORS",
    _FILE,
    "Thư mục {path} không có dấu neo nào",
    "The folder {path} holds no anchor",
    "chỉ đúng thư mục mà `vuonlen journal anchor --to` ghi vào",
    "name the folder that `vuonlen journal anchor --to` writes to",
)
_add(
    "J-ANCHORS-BROKEN",
    _FILE,
    "Các dấu neo trong {path} không nguyên vẹn: {why}",
    "The anchors in {path} are not whole: {why}",
    "giữ nguyên thư mục này làm chứng cứ, báo người phụ trách; neo tiếp vào thư mục mới",
    "keep this folder as evidence and tell whoever is in charge; anchor into a new folder",
)
_add(
    "J-ANCHOR-KEY",
    _FILE,
    "Thư mục {path} được ký bằng khóa khác với khóa của nơi cài đặt này",
    "The folder {path} was signed with another key than that of this installation",
    "chỉ đúng thư mục, hoặc neo tiếp vào thư mục mới",
    "name the right folder, or anchor into a new one",
)
_add(
    "J-PUBLIC-KEY",
    _FILE,
    "Khóa công khai {key} không đúng dạng",
    "The public key {key} is malformed",
    "khóa là 64 chữ số thập lục phân, như trong tệp anchor-key.txt",
    "the key is 64 hexadecimal digits, as in the file anchor-key.txt",
)
