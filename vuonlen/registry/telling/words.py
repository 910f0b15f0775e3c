"""The words of the register: verbs, columns and values as an officer reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vuonlen.accounts.rights import Right
from vuonlen.domain.poverty import Status
from vuonlen.registry.rows import read
from vuonlen.rulebook.lists import ethnic_groups, poverty_causes, target_groups
from vuonlen.rulebook.words import AREA, STATUS

VERBS = {
    "add_household": _("Thêm hộ"),
    "correct_household": _("Sửa thông tin hộ"),
    "close_household": _("Đóng hộ"),
    "strike_household": _("Bỏ hộ ghi trùng"),
    "reopen_household": _("Mở lại hộ"),
    "add_member": _("Thêm thành viên"),
    "take_member": _("Nhận người từ hộ khác"),
    "correct_member": _("Sửa thông tin thành viên"),
    "correct_member_state": _("Ghi tình trạng thành viên"),
    "member_leaves": _("Thành viên rời hộ"),
    "mark_deceased": _("Thành viên mất"),
    "change_head": _("Đổi chủ hộ"),
    "split_household": _("Tách hộ"),
    "merge_households": _("Nhập hộ"),
    "move_household": _("Chuyển nơi ở"),
    "receive_household": _("Chuyển đến xã, phường khác"),
    "correct_status": _("Sửa phân loại"),
    "carry": _("Theo đơn vị hành chính mới"),
    "reverse": _("Hoàn tác"),
    "import_household": _("Nhập từ danh sách"),
    "import": _("Nhập từ danh sách"),
}
#: what they wrote holds from the beginning, not from their day
MENDING = frozenset({"correct_household", "correct_member"})
TABLES = {
    "household": _("Hộ"),
    "person": _("Người"),
    "decision": _("Quyết định"),
    "membership": _("Thành viên"),
    "person_state": _("Tình trạng"),
    "residence": _("Nơi ở"),
    "status": _("Phân loại"),
    "assessment": _("Kết quả rà soát"),
}
FIELDS = {
    "household.code": _("mã hộ"),
    "household.address": _("địa chỉ"),
    "household.registered_in_id": _("nơi cấp mã"),
    "household.closed_on": _("ngày đóng"),
    "household.closed_why": _("vì sao đóng"),
    "person.name": _("họ và tên"),
    "person.birth_year": _("năm sinh"),
    "person.birth_date": _("ngày sinh"),
    "person.sex": _("giới tính"),
    "person.ethnicity": _("dân tộc"),
    "person.id_number": _("số định danh"),
    "person.died_on": _("ngày mất"),
    "membership.relation": _("quan hệ với chủ hộ"),
    "membership.is_head": _("chủ hộ"),
    "person_state.work": _("việc làm"),
    "person_state.in_school": _("đi học"),
    "person_state.insured": _("bảo hiểm y tế"),
    "person_state.malnourished": _("suy dinh dưỡng"),
    "person_state.disability": _("khuyết tật"),
    "residence.place_id": _("nơi ở"),
    "status.status": _("phân loại"),
    "status.standard": _("chuẩn nghèo"),
    "status.decision_id": _("quyết định"),
    "decision.number": _("số quyết định"),
    "decision.signed_on": _("ngày ký"),
    "decision.issuer": _("cơ quan ban hành"),
    "decision.corrects_id": _("sửa quyết định"),
    "assessment.reference_date": _("ngày rà soát"),
    "assessment.area_type": _("khu vực"),
    "assessment.members": _("số nhân khẩu"),
    "assessment.income": _("thu nhập (đồng/người/tháng)"),
    "assessment.income_score": _("điểm A (B1)"),
    "assessment.deprivation_score": _("điểm B (B2)"),
    "assessment.deprived": _("thiếu hụt"),
    "assessment.not_deprived": _("không thiếu hụt"),
    "assessment.groups": _("nhóm đối tượng"),
    "assessment.causes": _("nguyên nhân nghèo"),
    "assessment.recorded_status": _("phân loại ghi trong danh sách"),
    "valid_from": _("từ ngày"),
    "valid_to": _("đến trước ngày"),
}
#: columns that nobody reads, or that say twice what another says
SILENT = frozenset({"name_folded", "id_hash", "area_path", "public_id", "household_id", "person_id"})
#: column -> the right without which its value is not told
PROTECTED = {
    "person.ethnicity": Right.SEE_ETHNICITY,
    "person_state.disability": Right.SEE_HEALTH,
    "person_state.malnourished": Right.SEE_HEALTH,
    "person_state.insured": Right.SEE_HEALTH,
    "assessment.causes": Right.SEE_HEALTH,  # illness is one of them
}
CLOSED = {
    "moved_away": _("chuyển đi nơi khác"),
    "dissolved": _("không còn là một hộ"),
    "merged": _("nhập vào hộ khác"),
    "deceased": _("không còn ai"),
    "entered_twice": _("ghi trùng"),
}
SEX = {"male": _("nam"), "female": _("nữ")}
WORK = {
    "employed": _("có việc làm"),
    "not_employed": _("không có việc làm"),
    "in_school": _("đang đi học"),
}


def lang() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def verb(name: str) -> str:
    return str(VERBS.get(name, name))


def table(name: str) -> str:
    return str(TABLES.get(name, name))


def field(model: str, column: str) -> str:
    return str(FIELDS.get(f"{model}.{column}") or FIELDS.get(column) or column)


def status(code: str) -> str:
    """Class in words; what was never classified says so."""
    return STATUS[Status(code)].in_(lang()) if code else str(_("Chưa phân loại"))


def area(code: str) -> str:
    return next((text.in_(lang()) for one, text in AREA.items() if one == code), code)


def sex(code: str) -> str:
    return str(SEX.get(code, ""))


def ethnicity(code: str) -> str:
    return ethnic_groups(lang()).get(code, code)


def closed(why: str) -> str:
    return str(CLOSED.get(why, why))


def yes_no(value: bool | None) -> str:
    return "" if value is None else str(_("có") if value else _("không"))


def number(value: int | Decimal | None) -> str:
    """1.234.567, with a comma before what is less than one; nothing for what is not known."""
    if value is None:
        return ""
    text = f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return text.rstrip("0").rstrip(",") if "," in text else text


def codes(value: str, names: dict[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in value.split())


def told(model: str, column: str, value: Any) -> str:
    """A value of a `Change` in words. Keys of other rows are the caller's to name."""
    one = read(model, column, value)
    if one is None or one == "":
        return ""
    if isinstance(one, bool):
        return yes_no(one)
    if isinstance(one, date):
        return f"{one:%d/%m/%Y}"
    known: dict[str, Any] = {
        "sex": sex,
        "ethnicity": ethnicity,
        "work": lambda code: str(WORK.get(code, code)),
        "status": status,
        "recorded_status": status,
        "closed_why": closed,
        "area_type": area,
        "groups": lambda text: codes(text, target_groups(lang())),
        "causes": lambda text: codes(text, poverty_causes(lang())),
        "income": number,
        "income_score": number,
        "deprivation_score": number,
    }
    return str(known[column](one)) if column in known else str(one)
