"""The headings that officers write, by column. Compared without case, tones and punctuation, y as i."""

from __future__ import annotations

from functools import cache

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX
from vuonlen.intake.cells.codes import cause_names, group_names
from vuonlen.intake.cells.texts import fold

#: Columns that only steer reading; everything else is a column of `domain.columns`.
ORDINAL, HOUSEHOLD_ORDINAL = "ordinal", "household_ordinal"
FULL_NAME, NAME, RELATION, SEX = "full_name", "name", "relation", "sex"
BIRTH, BIRTH_MALE, BIRTH_FEMALE = "birth", "birth_male", "birth_female"
GROUPS, CAUSES = "groups", "causes"
IS_POOR, IS_NEAR = "is_poor", "is_near_poor"

_VARIANTS = {
    "household_id": "Mã hộ|Mã số hộ|Mã hộ gia đình|Mã số hộ gia đình|Mã HGĐ|Mã định danh hộ|ID hộ|Mã hộ dân",
    HOUSEHOLD_ORDINAL: "STT hộ|Số TT hộ|TT hộ|Số thứ tự hộ|STT chủ hộ|Thứ tự hộ|Hộ số",
    ORDINAL: "STT|TT|Số TT|Số thứ tự|Thứ tự|No|STT thành viên|Số TT thành viên",
    "place_code": "Mã xã|Mã xã phường|Mã phường|Mã phường xã|Mã ĐVHC|Mã đơn vị hành chính|Mã địa bàn|"
    "Mã xã phường thị trấn|"
    "Mã đơn vị",
    "place_name": "Xã|Tên xã|Xã phường|Tên xã phường|Phường xã|Tên phường|Phường|Xã phường thị trấn|"
    "Tên xã phường thị trấn|Tên đơn vị hành chính|Đơn vị hành chính|Tên phường xã|Tên đơn vị",
    "village": "Thôn|Thôn bản|Tên thôn|Thôn tổ|Tổ dân phố|Thôn tổ dân phố|Thôn xóm|Thôn bản tổ dân phố|Xóm|Bản|Ấp|Tổ|"
    "Thôn bản xóm tổ dân phố|Tên thôn tổ|Thôn bản tổ|Khu dân cư|Thôn tổ dân phố bản|Địa chỉ thôn|Thôn buôn|"
    "Thôn xóm tổ dân phố|Thôn ấp|Tổ thôn|Thôn khu phố",
    "area_type": "Khu vực|Loại khu vực|Nông thôn thành thị|Thành thị nông thôn|Thành thị/nông thôn|KV|"
    "Khu vực sinh sống",
    "head": "Chủ hộ|Họ tên chủ hộ|Họ và tên chủ hộ|Tên chủ hộ|Họ, tên chủ hộ|Họ tên chủ hộ gia đình",
    FULL_NAME: "Họ tên|Họ và tên|Tên|Họ và tên khai sinh",
    NAME: "Họ tên thành viên|Họ và tên thành viên|Tên thành viên|Thành viên|Họ tên chủ hộ và thành viên|"
    "Họ và tên các thành viên|Họ và tên chủ hộ và thành viên|Họ tên các thành viên|Họ tên thành viên trong hộ|"
    "Họ tên chủ hộ và các thành viên|Họ và tên chủ hộ và các thành viên trong hộ|Họ và tên thành viên trong hộ",
    "id_number": "CCCD|Số CCCD|CMND|Số CMND|CMND/CCCD|Số CMND/CCCD|CCCD/CMND|Số CCCD/CMND|Số định danh|"
    "Số định danh cá nhân|Số CCCD chủ hộ|CCCD chủ hộ|Số định danh chủ hộ|Căn cước công dân|Số căn cước công dân|"
    "Số căn cước|Căn cước|Mã định danh|Mã định danh cá nhân|CMND chủ hộ|Số CMTND|CMTND|Số CCCD/ĐDCN|"
    "Số định danh cá nhân/CCCD|Số giấy tờ tùy thân|CMND/CCCD chủ hộ|Số CMND/CCCD chủ hộ|Số CCCD hoặc định danh cá nhân",
    "members": "Số nhân khẩu|Số khẩu|Nhân khẩu|Tổng số nhân khẩu|Tổng số khẩu|Số người|Số thành viên|Số NK|"
    "Số nhân khẩu trong hộ|Khẩu|Số thành viên trong hộ|Số khẩu trong hộ|Số người trong hộ|Tổng nhân khẩu|"
    "Số nhân khẩu hộ",
    "income": "Thu nhập|Thu nhập bình quân|Thu nhập bình quân đầu người|Thu nhập BQ|Thu nhập BQĐN|"
    "Thu nhập bình quân đầu "
    "người tháng|Thu nhập bình quân người tháng|TNBQ|TNBQĐN|Thu nhập BQ đầu người|Thu nhập bình quân 1 người 1 tháng|"
    "Thu nhập BQ người tháng|Thu nhập bình quân/người/tháng|Thu nhập đầu người|Thu nhập bình quân đầu người 1 tháng|"
    "Thu nhập bình quân đầu người một tháng|Thu nhập bình quân khẩu tháng|Thu nhập/người/tháng|TNBQ/người/tháng|"
    "Thu nhập BQĐN/tháng|Thu nhập bình quân nhân khẩu",
    "consumption": "Chi tiêu|Chi tiêu bình quân|Chi tiêu bình quân đầu người|Chi tiêu bình quân đầu người tháng|"
    "Tiêu dùng bình quân đầu người|Chi tiêu/người/tháng|Chi tiêu BQ đầu người",
    "income_score": "B1|Điểm B1|Điểm A|Tổng điểm B1|Tổng điểm A|Điểm thu nhập|Điểm A B1|Điểm thu nhập B1|"
    "Điểm A (thu nhập)|"
    "Điểm B1 (thu nhập)|Số điểm B1",
    "deprivation_score": "B2|Điểm B2|Điểm B|Tổng điểm B2|Tổng điểm B|Điểm thiếu hụt|Điểm B B2|Điểm thiếu hụt B2|"
    "Điểm B (thiếu hụt)|Điểm B2 (thiếu hụt)|Số điểm B2",
    "ethnicity": "Dân tộc|Dân tộc chủ hộ|Thành phần dân tộc|Mã dân tộc|Dân tộc của chủ hộ|Dân tộc mã",
    "farm": "Hộ nông nghiệp|Làm nông nghiệp|Hộ nông lâm ngư nghiệp|Hộ nông, lâm, ngư, diêm nghiệp|Hộ NLN|"
    "Hộ làm nông lâm "
    "ngư nghiệp|Hộ làm nông lâm ngư diêm nghiệp|Hộ nông lâm ngư diêm nghiệp",
    "previous_status": "Phân loại năm trước|Phân loại hộ năm trước|Phân loại kỳ trước|Phân loại hộ kỳ trước|"
    "Kết quả năm trước|"
    "Diện hộ năm trước|Loại hộ năm trước|Phân loại đầu kỳ|Phân loại hộ đầu năm|Phân loại kỳ trước trong danh sách|"
    "Tình trạng năm trước|Phân loại đầu năm|Hộ năm trước|Kết quả rà soát năm trước|Kết quả kỳ trước",
    "recorded_status": "Phân loại năm nay|Kết quả năm nay|Phân loại kỳ này|Kết quả kỳ này|"
    "Phân loại|Phân loại hộ|Loại hộ|Diện hộ|Kết quả|Kết quả phân loại|Kết quả rà soát|"
    "Phân loại hộ năm nay|"
    "Phân loại cuối kỳ|Phân loại ghi trong danh sách|Diện|Kết quả phân loại hộ|Phân loại hộ gia đình|"
    "Phân loại sau rà soát|"
    "Phân loại hộ sau rà soát",
    "weight": "Quyền số|Trọng số|Quyền số hộ|Trọng số hộ|Hệ số suy rộng",
    "children": "Số trẻ em dưới 16 tuổi|Số trẻ em|Trẻ em dưới 16 tuổi|Tổng số trẻ em|Số trẻ dưới 16 tuổi",
    "children_no_insurance": "Trẻ em không có BHYT|Số trẻ em không có BHYT|Số trẻ em không có bảo hiểm y tế|"
    "Trẻ em không có bảo hiểm y tế|Trẻ em thiếu hụt BHYT|Số trẻ em thiếu hụt bảo hiểm y tế",
    "children_malnourished": "Trẻ em suy dinh dưỡng|Số trẻ em suy dinh dưỡng|Số trẻ suy dinh dưỡng|"
    "Trẻ em thiếu hụt dinh dưỡng|"
    "Số trẻ em thiếu hụt dinh dưỡng",
    "children_not_in_school": "Trẻ em không đi học|Số trẻ em không đi học|Số trẻ em không được đi học|"
    "Trẻ em thiếu hụt đi học|"
    "Số trẻ em thiếu hụt giáo dục|Trẻ em không đi học đúng độ tuổi",
    RELATION: "Quan hệ|Quan hệ với chủ hộ|QH với chủ hộ|Mối quan hệ|Mối quan hệ với chủ hộ|Quan hệ chủ hộ",
    BIRTH: "Ngày sinh|Ngày tháng năm sinh|Năm sinh|Ngày, tháng, năm sinh|Sinh ngày|NS|Ngày tháng năm sinh dd/mm/yyyy|"
    "Ngày sinh dd mm yyyy|Ngày/tháng/năm sinh|Ngày sinh chủ hộ|Năm sinh chủ hộ|Năm sinh của chủ hộ",
    BIRTH_MALE: "Năm sinh nam|Nam sinh năm|Năm sinh - Nam|Ngày sinh nam",
    BIRTH_FEMALE: "Năm sinh nữ|Nữ sinh năm|Năm sinh - Nữ|Ngày sinh nữ",
    SEX: "Giới tính|Nam nữ|Nam/Nữ|Giới|Giới tính chủ hộ",
    GROUPS: "Nhóm đối tượng|Đối tượng|Thuộc nhóm đối tượng|Nhóm|Các nhóm đối tượng",
    CAUSES: "Nguyên nhân nghèo|Nguyên nhân|Các nguyên nhân nghèo|Nguyên nhân nghèo, cận nghèo|"
    "Nguyên nhân dẫn đến nghèo",
    IS_POOR: "Hộ nghèo|Là hộ nghèo",
    IS_NEAR: "Hộ cận nghèo|Là hộ cận nghèo",
    "has_insurance": "Có BHYT|Có thẻ BHYT|Có thẻ bảo hiểm y tế|Thẻ BHYT",
    "in_school": "Đang đi học|Có đi học|Tình trạng đi học",
    "malnourished": "Suy dinh dưỡng|Bị suy dinh dưỡng",
}
_INDICATORS = {
    "I01": "Việc làm|Thiếu hụt việc làm|Không có việc làm",
    "I02": "Người phụ thuộc trong hộ gia đình|Người phụ thuộc|Tỷ lệ người phụ thuộc",
    "I03": "Dinh dưỡng|Trẻ em suy dinh dưỡng trong hộ",
    "I04": "Bảo hiểm y tế|BHYT|Không có bảo hiểm y tế|Không có BHYT",
    "I05": "Trình độ giáo dục của người lớn|Trình độ giáo dục người lớn|Giáo dục người lớn|Trình độ người lớn|"
    "TĐGD người lớn",
    "I06": "Tình trạng đi học của trẻ em|Đi học của trẻ em|Trẻ em đi học|Tình trạng đi học trẻ em",
    "I07": "Chất lượng nhà ở|Chất lượng nhà|CL nhà ở",
    "I08": "Diện tích nhà ở bình quân đầu người|Diện tích nhà ở|Diện tích nhà ở BQĐN|Diện tích nhà ở bình quân|"
    "DT nhà ở",
    "I09": "Nguồn nước sinh hoạt|Nước sinh hoạt|Nguồn nước|Nước sạch|Nước HVS|Nguồn nước hợp vệ sinh",
    "I10": "Nhà tiêu hợp vệ sinh|Nhà tiêu HVS|"
    "Hố xí hợp vệ sinh|Nhà tiêu|Hố xí nhà tiêu hợp vệ sinh|Nhà vệ sinh|Hố xí/nhà tiêu",
    "I11": "Sử dụng dịch vụ viễn thông|Dịch vụ viễn thông|Viễn thông|Internet|Tiếp cận internet",
    "I12": "Phương tiện phục vụ tiếp cận thông tin|Phương tiện tiếp cận thông tin|Tài sản tiếp cận thông tin|"
    "Phương tiện thông tin",
    "N11": "Nhà tiêu (công trình phụ) hợp vệ sinh",
    "N12": "Xử lý rác thải sinh hoạt|Xử lý rác thải|Rác thải sinh hoạt|Rác thải",
}
#: What these columns are called when they are missing.
PRINTED = {"household_id": "Mã hộ (household_id)", "head": "Họ tên chủ hộ (head)"}


@cache
def vocabulary() -> dict[str, str]:
    """Folded heading -> column. Raises ValueError when one heading would mean two columns."""
    found: dict[str, str] = {}
    groups = {name: GROUP_PREFIX + code for name, code in group_names().items() if len(name) > 2 and name != "khac"}
    causes = {name: CAUSE_PREFIX + code for name, code in cause_names().items() if name != "khac"}
    tables = [
        {fold(text): column for text in variants.split("|")} for column, variants in (_VARIANTS | _INDICATORS).items()
    ]
    for table in (groups, causes, *tables):
        for word, column in table.items():
            if found.setdefault(word, column) != column:
                raise ValueError(f"the heading {word!r} means both {found[word]} and {column}")
    return found


@cache
def indicator_words() -> frozenset[str]:
    """Folded names of the indicators, to tell "có <service>" apart from "deprived of <service>"."""
    return frozenset(fold(text) for variants in _INDICATORS.values() for text in variants.split("|"))
