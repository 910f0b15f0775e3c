"""Problems of what is typed into the register. `cell` is the name of the field of the form.

A `row` problem refuses the act; a `warning` is shown once and passes when the officer says that it is so.
"""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_ROW, _WARN = Severity.ROW, Severity.WARNING

_REFUSED: dict[str, tuple[str, str, str, str]] = {
    "G-REASON": (
        "Chưa ghi lý do",
        "The reason is missing",
        "ghi ngắn gọn vì sao thay đổi, hoặc số giấy tờ làm căn cứ",
        "say in a few words why, or which paper it rests on",
    ),
    "G-BLANK": ("Ô “{field}” còn trống", "The field “{field}” is blank", "điền ô này", "fill it in"),
    "G-LONG": (
        "“{field}” dài quá {most} ký tự",
        "“{field}” is longer than {most} characters",
        "viết ngắn lại",
        "shorten it",
    ),
    "G-CONTROL": (
        "“{field}” có ký tự điều khiển không in được",
        "“{field}” holds characters that cannot be printed",
        "xóa ô rồi gõ lại bằng tay",
        "clear the field and type it by hand",
    ),
    "G-CHOICE": (
        "“{field}” không có trong danh mục",
        "“{field}” is not in the list",
        "chọn lại trong danh sách",
        "choose again from the list",
    ),
    "G-NOTHING": (
        "Không có gì khác với dữ liệu đang có",
        "Nothing differs from what is there",
        "sửa ít nhất một ô, hoặc quay lại trang của hộ",
        "change at least one field, or go back to the household",
    ),
    "G-FUTURE": (
        "Ngày hiệu lực {day} ở tương lai",
        "The date of effect {day} is in the future",
        "ghi ngày từ hôm nay trở về trước",
        "give today or an earlier day",
    ),
    "G-BEFORE": (
        "Ngày hiệu lực {day} phải sau ngày {since} ({what})",
        "The date of effect {day} must be after {since} ({what})",
        "ghi ngày muộn hơn; nếu việc trước ghi nhầm thì hoàn tác việc đó trước",
        "give a later day; if what was written before is wrong, undo that first",
    ),
    "G-BEFORE-START": (
        "Ngày hiệu lực {day} trước ngày hộ có trong sổ ({since})",
        "The date of effect {day} is before the household is in the register ({since})",
        "ghi ngày từ {since} trở đi",
        "give {since} or a later day",
    ),
    "G-CLOSED": (
        "Hộ đã đóng từ ngày {day}",
        "The household is closed since {day}",
        "mở lại hộ trước khi thay đổi",
        "reopen the household first",
    ),
    "G-OPEN": ("Hộ đang mở", "The household is open", "không cần mở lại", "there is nothing to reopen"),
    "G-CODE-TAKEN": (
        "Mã hộ {code} đã có ở {place}",
        "The household number {code} is taken in {place}",
        "dùng mã khác, hoặc mở hộ mang mã này để kiểm tra",
        "use another number, or look at the household that has it",
    ),
    "G-PLACE": (
        "Nơi ở phải là một thôn, tổ hoặc xã, phường có vào ngày {day}",
        "The place must be a village or commune that exists on {day}",
        "chọn nơi ở có tên tại ngày hiệu lực",
        "choose a place that exists on the date of effect",
    ),
    "G-PLACE-SAME": (
        "Hộ đang ở chính nơi này",
        "The household lives in this place already",
        "chọn nơi đến khác",
        "choose another place",
    ),
    "G-PLACE-COMMUNE": (
        "Nơi ở mới thuộc xã, phường khác",
        "The new place is in another commune",
        "dùng “Chuyển nơi ở”, không dùng “Sửa thông tin hộ”",
        "use “Move”, not “Correct”",
    ),
    "G-BIRTH-FUTURE": (
        "Ngày sinh {day} sau ngày hiệu lực {on}",
        "The date of birth {day} is after the date of effect {on}",
        "sửa ngày sinh hoặc ngày hiệu lực",
        "correct one of the two days",
    ),
    "G-BIRTH-OLD": (
        "Năm sinh {year} cho tuổi trên {most}",
        "The year of birth {year} makes an age over {most}",
        "kiểm tra lại năm sinh",
        "check the year of birth",
    ),
    "G-BIRTH-DIFFERS": (
        "Năm sinh {year} khác năm của ngày sinh {day}",
        "The year of birth {year} differs from that of the date {day}",
        "sửa một trong hai ô, hoặc để trống ô năm sinh",
        "correct one of them, or leave the year blank",
    ),
    "G-ID-ZERO": (
        "Số định danh chỉ có {digits} chữ số; có lẽ mất số 0 ở đầu: {guess}",
        "The ID number has only {digits} digits; leading zeros seem to be lost: {guess}",
        "đối chiếu giấy tờ rồi gõ đủ 12 chữ số",
        "look at the card and type all 12 digits",
    ),
    "G-ID-LENGTH": (
        "Số định danh có {digits} chữ số; cần 12, hoặc 9 với chứng minh nhân dân cũ",
        "The ID number has {digits} digits; 12 are needed, or 9 for the old card",
        "gõ lại số trên giấy tờ",
        "type the number on the card again",
    ),
    "G-ID-TEXT": (
        "Số định danh có ký tự không phải chữ số",
        "The ID number holds something that is not a digit",
        "chỉ gõ các chữ số; để trống nếu chưa biết",
        "type digits only; leave it blank if not known",
    ),
    "G-ID-FAKE": (
        "Số định danh {digits} chữ số này là số điền tạm, không phải của ai",
        "This ID number is a filler and nobody's",
        "để trống nếu chưa biết",
        "leave it blank if not known",
    ),
    "G-ID-TAKEN": (
        "Số định danh này đã ghi cho {name}, {where}",
        "This ID number is already recorded for {name}, {where}",
        "kiểm tra số; nếu là cùng một người thì dùng “Nhận người từ hộ khác”",
        "check the number; if it is the same person use “Take over from another household”",
    ),
    "G-ID-TAKEN-ELSEWHERE": (
        "Số định danh này đã ghi cho một người ở nơi khác",
        "This ID number is already recorded for a person elsewhere",
        "kiểm tra số; nếu đúng thì báo cán bộ cấp tỉnh đối chiếu",
        "check the number; if it is right, ask the province to compare",
    ),
    "G-DEAD": (
        "{name} đã mất ngày {day}",
        "{name} died on {day}",
        "nếu ghi nhầm thì hoàn tác việc báo mất",
        "if that is wrong, undo the report of the death",
    ),
    "G-NOT-MEMBER": (
        "{name} không còn là thành viên của hộ",
        "{name} is not a member of the household any more",
        "mở lại trang của hộ để xem thành viên hiện tại",
        "open the household again to see its members",
    ),
    "G-MEMBER-ALREADY": (
        "{name} đang là thành viên của hộ này",
        "{name} is a member of this household already",
        "sửa thông tin thành viên thay vì thêm",
        "correct the member instead",
    ),
    "G-MEMBER-ELSEWHERE": (
        "{name} đang là chủ của một hộ khác",
        "{name} is the head of another household",
        "đổi chủ hộ bên kia, hoặc đề nghị nhập hộ",
        "change the head there, or propose to merge",
    ),
    "G-MEMBER-NOW": (
        "{name} đang là thành viên của một hộ khác",
        "{name} is a member of another household now",
        "bỏ chọn người này, hoặc ghi người này rời hộ kia trước",
        "leave this person out, or record first that they left the other household",
    ),
    "G-MEMBER-UNTIL": (
        "{name} còn thuộc một hộ đến ngày {since}",
        "{name} belongs to a household until {since}",
        "ghi ngày từ {since} trở đi",
        "give {since} or a later day",
    ),
    "G-HEAD-NEEDED": (
        "Hộ còn người nhưng chưa có chủ hộ mới",
        "Members remain but no new head is named",
        "chọn chủ hộ mới trong các thành viên còn lại",
        "choose the new head among the remaining members",
    ),
    "G-HEAD-WRONG": (
        "Người được chọn làm chủ hộ không phải thành viên còn lại của hộ",
        "The chosen head is not among the remaining members",
        "chọn lại chủ hộ",
        "choose the head again",
    ),
    "G-HEAD-SAME": ("{name} đang là chủ hộ", "{name} is the head already", "chọn người khác", "choose another person"),
    "G-LAST": (
        "Đây là người cuối cùng của hộ",
        "This is the last member of the household",
        "đóng hộ hoặc chuyển hộ đi thay vì ghi người này rời hộ",
        "close or move the household instead",
    ),
    "G-SPLIT-NONE": (
        "Chưa chọn ai sang hộ mới",
        "Nobody was chosen for the new household",
        "chọn ít nhất một người",
        "choose at least one member",
    ),
    "G-SPLIT-ALL": (
        "Không thể tách tất cả mọi người sang hộ mới",
        "Not everybody can go to the new household",
        "để lại ít nhất một người, hoặc sửa mã hộ",
        "leave at least one member, or correct the number",
    ),
    "G-MERGE-SAME": (
        "Không thể nhập một hộ vào chính nó",
        "A household cannot be merged with itself",
        "chọn hộ khác",
        "choose another household",
    ),
    "G-HOUSEHOLD": (
        "Không tìm thấy hộ này trong phạm vi của bạn",
        "No such household in your area",
        "chép lại mã trên đường dẫn của trang hộ kia",
        "copy the id from the page of that household",
    ),
    "G-BOTH-ENDS": (
        "Không có ai khác có quyền duyệt ở cả {one} và {other}",
        "Nobody else may approve both in {one} and in {other}",
        "khác tỉnh thì đóng hộ với lý do chuyển đi, nơi đến thêm hộ mới; cùng tỉnh thì cần người duyệt cấp tỉnh",
        "in another province: close it as moved away and add it there; else the province needs an approver",
    ),
    "G-APPROVE-BOTH": (
        "Bạn không có quyền duyệt ở {place}",
        "You may not approve in {place}",
        "để người duyệt cấp tỉnh duyệt đề nghị này",
        "leave this to the approver of the province",
    ),
    "G-PLACE-UNKNOWN": (
        "Không rõ xã, phường “{text}” vào ngày {day}",
        "The commune “{text}” is not known, or not clear, on {day}",
        "gõ mã 5 chữ số của xã, phường đến",
        "type the five digits of its code",
    ),
    "G-STATUS-SAME": (
        "Hộ đang được xếp loại đúng như vậy",
        "The household has this class already",
        "chọn loại khác, hoặc không cần sửa",
        "choose another class, or leave it",
    ),
    "G-DECISION-TAKEN": (
        "Quyết định số {number} ngày {day} đã có trong sổ",
        "Decision {number} of {day} is in the register already",
        "ghi số của quyết định sửa, không ghi số của quyết định cũ",
        "give the number of the correcting decision, not of the old one",
    ),
    "G-DECISION-LATER": (
        "Quyết định ký ngày {day}, sau hôm nay",
        "The decision is signed on {day}, after today",
        "kiểm tra ngày ký",
        "check the day of signing",
    ),
    "G-STANDARD": (
        "Chưa có chuẩn nghèo nào áp dụng vào ngày {day}",
        "No poverty standard is in force on {day}",
        "kiểm tra ngày hiệu lực",
        "check the date of effect",
    ),
    "G-UNDONE": ("Việc này đã được hoàn tác", "This was undone already", "không cần làm gì", "there is nothing to do"),
    "G-UNDO-BLOCKED": (
        "Chưa hoàn tác được: các việc sau dựa vào việc này: {acts}",
        "It cannot be undone yet: later acts stand on it: {acts}",
        "hoàn tác các việc đó trước, từ mới đến cũ",
        "undo those first, newest first",
    ),
    "G-UNDO-IMPORT": (
        "Việc này thuộc một lần nhập danh sách",
        "This belongs to an import",
        "hoàn tác cả lần nhập ở trang “Nhập danh sách”",
        "undo the whole import on its page",
    ),
    "G-UNDO-DECIDED": (
        "Việc này do hai người quyết định",
        "This was decided by two persons",
        "gửi đề nghị hoàn tác để người khác duyệt",
        "propose to undo it; another person approves",
    ),
    "G-CHANGED": (
        "Dữ liệu vừa được người khác thay đổi trong lúc bạn làm",
        "Somebody else changed the data while you worked",
        "mở lại trang của hộ rồi làm lại",
        "open the household again and repeat",
    ),
}
for _code, _texts in _REFUSED.items():
    _add(_code, _ROW, *_texts)

_CARD = ("đối chiếu giấy tờ; nếu đúng thì đánh dấu xác nhận rồi ghi", "look at the card; confirm if it is right")
_DOUBTS: dict[str, tuple[str, str, str, str]] = {
    "V-ID-PROVINCE": (
        "Ba số đầu {part} của số định danh không phải mã tỉnh",
        "The first three digits {part} of the ID number are no province",
        *_CARD,
    ),
    "V-ID-SEX": (
        "Chữ số thứ tư của số định danh không khớp với giới tính {sex}",
        "The fourth digit of the ID number does not fit the sex {sex}",
        *_CARD,
    ),
    "V-ID-YEAR": (
        "Số định danh không khớp với năm sinh {year}",
        "The ID number does not fit the year of birth {year}",
        *_CARD,
    ),
    "V-ALIKE": (
        "Trong hộ đã có {name} cùng năm sinh {year}",
        "{name}, born in the same year {year}, is in the household already",
        "nếu là hai người khác nhau (sinh đôi) thì đánh dấu xác nhận",
        "confirm if they are two persons (twins)",
    ),
}
for _code, _texts in _DOUBTS.items():
    _add(_code, _WARN, *_texts)
