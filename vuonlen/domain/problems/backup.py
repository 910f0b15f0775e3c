"""Problems of backing up and restoring. Whatever is told here, the installation is as it was before."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE = Severity.FILE

# The secret and the file.
_add(
    "B-NO-SECRET",
    _FILE,
    "Chưa có mật khẩu sao lưu",
    "There is no passphrase for the backup",
    "đặt biến VUONLEN_BACKUP_PASSPHRASE hoặc dùng --key-file",
    "set VUONLEN_BACKUP_PASSPHRASE or use --key-file",
)
_add(
    "B-WEAK",
    _FILE,
    "Mật khẩu sao lưu ngắn hơn {least} ký tự",
    "The passphrase has fewer than {least} characters",
    "dùng một câu dài dễ nhớ, giữ riêng với bản sao lưu",
    "use a long sentence and keep it apart from the backups",
)
_add(
    "B-KEY-FILE",
    _FILE,
    "Không dùng được tệp khóa sao lưu {path}",
    "The key file {path} cannot be used",
    "tệp cần ít nhất {least} byte ngẫu nhiên",
    "it needs at least {least} random bytes",
)
_add(
    "B-EXISTS",
    _FILE,
    "Tệp {path} đã có",
    "The file {path} exists",
    "chọn tên khác; bản sao lưu cũ không bị ghi đè",
    "choose another name; no backup is written over",
)
_add(
    "B-LOCKED",
    _FILE,
    "Việc khác đang ghi vào cơ sở dữ liệu và chưa xong sau 30 giây, nên bản sao lưu không được ghi nhận và đã bỏ đi",
    "Other work was writing to the database for more than 30 seconds: the backup was not recorded, and dropped",
    "chạy lại khi việc đó xong (trang “Việc chạy nền”)",
    "run it again when that work has ended (page “Background jobs”)",
)
_add(
    "B-NOTHING",
    _FILE,
    "Cơ sở dữ liệu {target} chưa có gì để sao lưu",
    "The database {target} holds nothing to back up",
    "xem lại VUONLEN_HOME và DATABASE_URL; nơi cài đặt mới thì chạy `vuonlen migrate`",
    "look at VUONLEN_HOME and DATABASE_URL; for a new installation run `vuonlen migrate`",
)
_add(
    "B-NOT-BACKUP",
    _FILE,
    "Tệp {path} không phải bản sao lưu của Vươn Lên",
    "The file {path} is no backup of Vươn Lên",
    "chỉ đúng tệp mà `vuonlen backup` đã ghi",
    "name a file that `vuonlen backup` wrote",
)
_add(
    "B-WRONG-KEY",
    _FILE,
    "Mật khẩu hoặc tệp khóa không mở được bản sao lưu {path}",
    "The passphrase or key file does not open the backup {path}",
    "dùng đúng mật khẩu của lần sao lưu đó",
    "use the passphrase of that backup",
)
_add(
    "B-DAMAGED",
    _FILE,
    "Bản sao lưu {path} bị hỏng hoặc bị cắt: {why}",
    "The backup {path} is damaged or cut off: {why}",
    "dùng bản sao khác; không có gì được khôi phục",
    "use another copy; nothing was restored",
)
_add(
    "B-NEWER",
    _FILE,
    "Bản sao lưu do phiên bản mới hơn ghi ({version}); phiên bản đang chạy là {ours}",
    "The backup was written by a newer version ({version}); this is {ours}",
    "cập nhật Vươn Lên rồi khôi phục",
    "update Vươn Lên, then restore",
)
_add(
    "B-ENGINE",
    _FILE,
    "Bản sao lưu là của {theirs}, nơi khôi phục là {ours}",
    "The backup is of {theirs}, the target is {ours}",
    "đặt DATABASE_URL, hoặc --to, cho cùng loại cơ sở dữ liệu",
    "set DATABASE_URL, or --to, to the same kind of database",
)
_add(
    "B-OTHER-KEYS",
    _FILE,
    "Tệp khóa {path} không phải tệp khóa của bản sao lưu: số định danh sẽ không đọc được",
    "The keys file {path} is not the one of this backup: ID numbers could not be read",
    "chép lại tệp khóa đã cất giữ cùng thời với bản sao lưu",
    "put back the keys file that was kept when the backup was made",
)

# The place.
_add(
    "B-BUSY",
    _FILE,
    "Đang có một lần sao lưu hoặc khôi phục khác chạy",
    "Another backup or restore is running",
    "đợi lần đó xong",
    "wait until it is done",
)
_add(
    "B-IN-USE",
    _FILE,
    "Cơ sở dữ liệu đang được dùng: {why}",
    "The database is in use: {why}",
    "dừng máy chủ và việc nền (`vuonlen serve`) rồi khôi phục lại",
    "stop the server and the worker (`vuonlen serve`), then restore again",
)
_add(
    "B-NOT-EMPTY",
    _FILE,
    "Nơi khôi phục {target} đã có dữ liệu",
    "The target {target} holds data",
    "thêm --replace nếu thật sự muốn thay; dữ liệu cũ được giữ bên cạnh",
    "add --replace if it really is to be replaced; the old data are kept beside it",
)
_add(
    "B-FILE-CLASH",
    _FILE,
    "Tệp tải lên {name} ở nơi khôi phục khác với tệp cùng tên trong bản sao lưu",
    "The uploaded file {name} at the target differs from the one in the backup",
    "chuyển thư mục tệp tải lên sang chỗ khác rồi khôi phục lại",
    "move the folder of uploaded files elsewhere, then restore again",
)
_add(
    "B-NO-PROGRAM",
    _FILE,
    "Không tìm thấy chương trình {program} của PostgreSQL",
    "The PostgreSQL program {program} was not found",
    "cài gói postgresql-client cùng phiên bản với máy chủ",
    "install postgresql-client of the same version as the server",
)
_add(
    "B-PROGRAM",
    _FILE,
    "{program} không làm được: {why}",
    "{program} failed: {why}",
    "sửa lỗi vừa nêu rồi làm lại",
    "mend what it says and try again",
)
_add(
    "B-SCRATCH",
    _FILE,
    "Không tạo được cơ sở dữ liệu thử để kiểm tra: {why}",
    "No scratch database could be created to check with: {why}",
    "cấp quyền cho người dùng: ALTER ROLE … CREATEDB",
    "give the role the right: ALTER ROLE … CREATEDB",
)
_add(
    "B-UNPROVEN",
    _FILE,
    "Dữ liệu khôi phục thử không khớp: {why}",
    "What was restored for a trial does not agree: {why}",
    "không dùng bản sao lưu này; chạy `vuonlen journal verify` và xem lại cơ sở dữ liệu",
    "do not use this backup; run `vuonlen journal verify` and look at the database",
)
