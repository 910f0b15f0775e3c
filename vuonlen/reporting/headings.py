"""Printed headings of our columns and words, for the lists that go back to the officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vuonlen.analytics.movement import Cause, Move
from vuonlen.domain.columns import EXTRA_PREFIX
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.rulebook import words
from vuonlen.rulebook.model import Sheet

_HOUSEHOLD = {
    "household_id": "Mã hộ",
    "place_code": "Mã xã, phường",
    "place_name": "Tên xã, phường",
    "village": "Thôn, tổ",
    "area_type": "Khu vực",
    "head": "Họ tên chủ hộ",
    "id_number": "Số định danh chủ hộ",
    "members": "Số nhân khẩu",
    "income": "Thu nhập bình quân đầu người (đồng/tháng)",
    "consumption": "Chi tiêu bình quân đầu người (đồng/tháng)",
    "income_score": "Điểm A (B1)",
    "deprivation_score": "Điểm B (B2)",
    "ethnicity": "Dân tộc (mã)",
    "farm": "Hộ nông, lâm, ngư nghiệp",
    "previous_status": "Phân loại kỳ trước (trong danh sách)",
    "recorded_status": "Phân loại ghi trong danh sách",
    "weight": "Quyền số",
    "children": "Số trẻ em dưới 16 tuổi",
    "children_no_insurance": "Trẻ em không có BHYT",
    "children_malnourished": "Trẻ em suy dinh dưỡng",
    "children_not_in_school": "Trẻ em không đi học",
}
_VERDICT = {
    "status": "KẾT QUẢ",
    "trace": "Vì sao",
    "missing": "Còn thiếu",
    "average_living": "Mức sống trung bình",
    "disagree": "Hai cách xét khác nhau",
    "contradiction": "Điểm B không khớp chỉ số",
    "unconfirmed": "Dựa trên giá trị chưa xác nhận",
    "previous": "Kỳ trước",
    "change_cause": "Nguyên nhân thay đổi",
}
#: Columns of the list of changed households, in order.
CHANGED_COLUMNS = (
    ("household_id", "Mã hộ"),
    ("previous_id", "Mã hộ kỳ trước"),
    ("matched_by", "Ghép theo"),
    ("place_code", "Mã xã, phường"),
    ("place_name", "Tên xã, phường"),
    ("village", "Thôn, tổ"),
    ("head", "Họ tên chủ hộ"),
    ("previous_members", "Nhân khẩu kỳ trước"),
    ("members", "Nhân khẩu"),
    ("previous", "Kỳ trước"),
    ("status", "Kỳ này"),
    ("move_poor", "Diễn biến hộ nghèo"),
    ("move_near", "Diễn biến hộ cận nghèo"),
    ("change_cause", "Nguyên nhân thay đổi"),
    ("trace", "Vì sao"),
)
_MOVES = {
    Move.STAYED: "giữ nguyên",
    Move.TO_OTHER: "chuyển nhóm (nghèo ↔ cận nghèo)",
    Move.ABOVE: "vượt chuẩn cận nghèo",
    Move.OTHER_LESS: "giảm khác",
    Move.FROM_OTHER: "từ nhóm kia chuyển sang",
    Move.RELAPSED: "tái nghèo, tái cận nghèo",
    Move.NEW: "phát sinh mới",
    Move.OTHER_MORE: "tăng khác",
}
_CAUSES = {
    Cause.REAL: "thay đổi thực của hộ",
    Cause.PLACE: "chỉ do địa bàn đổi khu vực",
    Cause.STANDARD: "chỉ do chuẩn thay đổi",
    Cause.PLACE_AND_STANDARD: "do địa bàn và chuẩn",
}
#: Our coded words as they are printed.
NAMES: Mapping[str, str] = {
    **{status.value: words.STATUS[status].vi for status in Status},
    **{area.value: words.AREA[area].vi for area in AreaType},
    **{move.value: text for move, text in _MOVES.items()},
    **{cause.value: text for cause, text in _CAUSES.items()},
}


def judged_columns(there: Sequence[str], sheet: Sheet, headings: Mapping[str, str]) -> list[tuple[str, str]]:
    """(column, printed heading) of judged.xlsx: who, the verdict, then the answers, then what else the file held.

    headings: column -> the officer's own heading, used for the columns that we only carried along.
    """
    who = [
        name for name in ("household_id", "place_code", "place_name", "village", "area_type", "head") if name in there
    ]
    verdict = [name for name in _VERDICT if name in there]
    answers = [name for name in _HOUSEHOLD if name in there and name not in who]
    indicators = [one.code for one in sheet.indicators if one.code in there]
    flags = [name for name in headings if name in there and name.startswith(("group_", "cause_"))]
    extras = [name for name in there if name.startswith(EXTRA_PREFIX)]
    named = {**_HOUSEHOLD, **_VERDICT, **{one.code: f"{one.code} {one.name.vi}" for one in sheet.indicators}}
    named |= {name: headings.get(name, name.removeprefix(EXTRA_PREFIX)) for name in (*flags, *extras)}
    return [(name, named[name]) for name in (*who, *verdict, *answers, *indicators, *flags, *extras)]
