"""Acts and objects of the journal in words. The verbs of households have theirs in `registry.telling.words`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounts.reveal": _("xem một trường được bảo vệ"),
    "accounts.reveal_refused": _("bị từ chối xem một trường được bảo vệ"),
    "accounts.change_password": _("đổi mật khẩu của mình"),
    "accounts.end_sessions": _("đăng xuất ở mọi nơi"),
    "accounts.add_codes": _("bật mã xác thực một lần"),
    "accounts.remove_codes": _("tắt mã xác thực một lần"),
    "accounts.add_passkey": _("thêm khóa truy cập"),
    "accounts.remove_passkey": _("bỏ khóa truy cập"),
    "accounts.new_recovery_codes": _("tạo mã dự phòng mới"),
    "approval.propose": _("đề nghị"),
    "approval.approve": _("duyệt đề nghị"),
    "approval.refuse": _("từ chối đề nghị"),
    "approval.withdraw": _("rút đề nghị"),
    "approval.stale": _("duyệt không có hiệu lực vì dữ liệu đã thay đổi"),
    "approval.apply": _("thực hiện đề nghị đã duyệt"),
    "approval.hand_over": _("bàn giao đề nghị"),
    "backup.made": _("sao lưu"),
    "backup.restored": _("khôi phục từ bản sao lưu"),
    "import.upload": _("tải danh sách lên"),
    "import.confirm_repairs": _("xác nhận các chỗ sửa khi đọc"),
    "import.settle": _("xử lý một cặp nghi trùng"),
    "import.decide_missing": _("quyết định về hộ không có trong danh sách"),
    "import.withdraw": _("rút danh sách"),
    "import.read_original": _("tải tệp gốc"),
    "jobs.start": _("yêu cầu một việc chạy nền"),
    "jobs.again": _("cho chạy lại một việc nền"),
    "jobs.stop": _("dừng một việc nền"),
    "oversight.take_along": _("tải một chuỗi nhật ký về"),
    "places.load_country": _("nạp các đơn vị hành chính cả nước"),
    "places.import_boundaries": _("nạp ranh giới"),
    "places.import_conversion": _("nạp bảng chuyển đổi đơn vị hành chính"),
    "places.add_village": _("thêm thôn, tổ dân phố"),
    "places.end_place": _("kết thúc một đơn vị"),
    "places.carry_village": _("chuyển thôn theo đơn vị mới"),
    "places.drop_village": _("bỏ thôn"),
    "places.assign_village": _("xếp thôn vào xã mới"),
    "places.withdraw_assignment": _("rút việc xếp thôn"),
    "registry.read_list": _("đọc danh sách"),
    "search.export": _("yêu cầu xuất danh sách"),
    "search.download": _("tải danh sách đã xuất"),
    "search.look_up": _("tra cứu một hộ"),
    "search.look_up_refused": _("bị từ chối tra cứu"),
    "staff.install_role": _("giao vai trò khi cài đặt"),
    "staff.add_user": _("thêm người dùng"),
    "staff.new_password": _("đặt mật khẩu mới cho người dùng"),
    "staff.appoint": _("giao vai trò"),
    "staff.withdraw": _("thu hồi vai trò"),
    "staff.close_user": _("đóng người dùng"),
}
OBJECTS: dict[str, Any] = {
    "backup": _("bản sao lưu"),
    "chain": _("chuỗi"),
    "export": _("lần xuất"),
    "household": _("hộ"),
    "import": _("lần nhập"),
    "job": _("việc nền"),
    "person": _("người"),
    "place": _("đơn vị"),
    "places": _("các đơn vị"),
    "proposal": _("đề nghị"),
    "register": _("sổ hộ"),
    "user": _("người dùng"),
}


def act(name: str) -> str:
    """ "staff.appoint" -> "giao vai trò"; a name without words stands as it is."""
    return str(ACTS.get(name, name))


def thing(object_type: str) -> str:
    return str(OBJECTS.get(object_type, object_type))
