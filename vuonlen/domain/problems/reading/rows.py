"""Problems of rows and cells: what refuses one household, what is only listed, and what was repaired."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_ROW, _WARN = Severity.ROW, Severity.WARNING

# Refused: the household is left out until the officer corrects the cell.
_SEE = ("sửa ô này trong tệp gốc", "correct this cell in the file")
_ROWS: dict[str, tuple[str, str, str, str]] = {
    "R-ID-BLANK": (
        "Dòng có dữ liệu nhưng không có mã hộ",
        "The row holds data but no household id",
        "điền mã hộ, hoặc xóa dòng",
        "fill in the household id, or delete the row",
    ),
    "R-ID-TWICE": (
        "Mã hộ {id} có ở nhiều dòng với nội dung khác nhau: {cells}",
        "The household id {id} stands in several rows with different content: {cells}",
        "giữ lại dòng đúng hoặc đặt mã khác",
        "keep the right row, or give another id",
    ),
    "R-TEXT-DATE": (
        "Excel đã đổi ô này thành ngày {date}, giá trị gốc không còn",
        "Excel turned this cell into the date {date}; what was typed is lost",
        "định dạng cột là Văn bản (Text) rồi nhập lại",
        "format the column as Text and type it again",
    ),
    "R-CONTROL": ("Ô chứa ký tự điều khiển không đọc được", "The cell holds unreadable control characters", *_SEE),
    "R-LEGACY": (
        "“{text}” có thể là chữ TCVN3/VNI ({decoded}) hoặc Unicode, không xác định được",
        "“{text}” may be TCVN3/VNI text ({decoded}) or Unicode; it cannot be told",
        "chuyển cả tệp sang Unicode (UniKey Toolkit) rồi đọc lại",
        "convert the whole file to Unicode (UniKey Toolkit) and read it again",
    ),
    "R-ERROR": (
        "Ô báo lỗi {text} của Excel",
        "The cell shows the Excel error {text}",
        "sửa công thức hoặc nhập lại giá trị",
        "correct the formula or type the value",
    ),
    "R-NUMBER": ("“{text}” không phải là số", "“{text}” is not a number", *_SEE),
    "R-NUMBER-AMBIGUOUS": (
        "“{text}” có thể hiểu là {one} hoặc {other}",
        "“{text}” may mean {one} or {other}",
        "viết lại số không có dấu phân cách",
        "write the number without separators",
    ),
    "R-NUMBER-DASH": (
        "“{text}” có thể là 0 hoặc không có số liệu",
        "“{text}” may be 0 or no figure",
        "ghi 0, hoặc để trống nếu chưa biết",
        "write 0, or leave it blank if not known",
    ),
    "R-NUMBER-DATE": (
        "Ô là ngày {date}, không phải là số",
        "The cell is the date {date}, not a number",
        "định dạng lại ô là Số rồi nhập lại",
        "format the cell as Number and type it again",
    ),
    "R-NEGATIVE": ("Giá trị âm: {text}", "A negative value: {text}", *_SEE),
    "R-WHOLE": ("Cần số nguyên, gặp {text}", "A whole number is needed, found {text}", *_SEE),
    "R-RANGE": ("{text} nằm ngoài khoảng có thể ({low} – {high})", "{text} is out of range ({low} – {high})", *_SEE),
    "R-UNIT": (
        "{text} đồng một người một tháng: có lẽ sai đơn vị",
        "{text} đồng per person per month: probably the wrong unit",
        "ghi đơn vị vào tên cột (nghìn đồng, triệu đồng) hoặc nhập bằng đồng",
        "put the unit into the heading (nghìn đồng, triệu đồng) or write đồng",
    ),
    "R-YES-NO": (
        "“{text}” không rõ là có hay không",
        "“{text}” is neither yes nor no",
        "ghi x hoặc có; không hoặc 0; để trống nếu chưa biết",
        "write x or có; không or 0; leave it blank if not known",
    ),
    "R-DATE": (
        "“{text}” không phải là ngày",
        "“{text}” is not a date",
        "viết ngày/tháng/năm, ví dụ 05/03/1985, hoặc chỉ năm",
        "write day/month/year, for example 05/03/1985, or the year alone",
    ),
    "R-DATE-NONE": ("Không có ngày {text}", "There is no day {text}", *_SEE),
    "R-DATE-ORDER": (
        "“{text}” viết tháng trước ngày, không theo dạng ngày/tháng/năm",
        "“{text}” has the month before the day",
        "viết ngày/tháng/năm cho cả cột",
        "write day/month/year in the whole column",
    ),
    "R-DATE-YEAR": (
        "“{text}”: năm hai chữ số có thể là {one} hoặc {other}",
        "“{text}”: the two-digit year may be {one} or {other}",
        "viết đủ bốn chữ số của năm",
        "write all four digits of the year",
    ),
    "R-DATE-FUTURE": ("Ngày sinh {text} ở tương lai", "The date of birth {text} is in the future", *_SEE),
    "R-DATE-SERIAL": (
        "{text} là số, không phải ngày",
        "{text} is a number, not a date",
        "định dạng ô là Ngày (Date) hoặc viết ngày/tháng/năm",
        "format the cell as Date or write day/month/year",
    ),
    "R-IDNO-SCIENTIFIC": (
        "Số định danh {text} đã mất chữ số (dạng khoa học)",
        "The ID number {text} has lost digits (scientific form)",
        "định dạng cột là Văn bản (Text) rồi nhập lại đủ 12 số",
        "format the column as Text and type all 12 digits again",
    ),
    "R-IDNO-LENGTH": (
        "Số định danh {text} có {digits} chữ số; cần 12, hoặc 9 với chứng minh nhân dân cũ",
        "The ID number {text} has {digits} digits; 12 are needed, or 9 for the old card",
        *_SEE,
    ),
    "R-IDNO": ("“{text}” không phải là số định danh", "“{text}” is not an ID number", *_SEE),
    "R-PLACE-CODE": (
        "Mã xã, phường {text} không đủ 5 chữ số",
        "The commune code {text} does not have 5 digits",
        "ghi đủ 5 chữ số, kể cả số 0 ở đầu",
        "write all 5 digits with the leading zero",
    ),
    "R-AREA": ("Khu vực “{text}” không rõ là nông thôn hay thành thị", "The area “{text}” is unknown", *_SEE),
    "R-STATUS": ("Phân loại hộ “{text}” không hiểu được", "The class “{text}” is unknown", *_SEE),
    "R-STATUS-TWO": (
        "Hộ vừa được ghi là nghèo vừa được ghi là cận nghèo",
        "The household is marked both poor and near-poor",
        "giữ lại một phân loại",
        "keep one class",
    ),
    "R-ETHNICITY": ("Không có dân tộc “{text}” trong danh mục", "Ethnic group “{text}” is not in the list", *_SEE),
    "R-SEX": ("Giới tính “{text}” không hiểu được", "The sex “{text}” is unknown", *_SEE),
    "R-GROUP": ("Không rõ nhóm đối tượng “{text}”", "The target group “{text}” is unknown", *_SEE),
    "R-CAUSE": ("Không rõ nguyên nhân nghèo “{text}”", "The cause of poverty “{text}” is unknown", *_SEE),
    "R-DIFFERS": (
        "Các dòng của cùng một hộ ghi khác nhau: {one} và {other}",
        "The rows of one household differ: {one} and {other}",
        *_SEE,
    ),
    "R-SCORECARD": ("Không tính được điểm A: {detail}", "Score A cannot be computed: {detail}", *_SEE),
    "R-MEMBERS-ZERO": ("Hộ có 0 nhân khẩu", "The household has 0 members", *_SEE),
    "R-HEADS": (
        "Hộ có {heads} chủ hộ",
        "The household has {heads} heads",
        "giữ một chủ hộ, các thành viên khác ghi đúng quan hệ",
        "keep one head; give the others their relation",
    ),
    "R-HEAD-NONE": (
        "Hộ không có dòng chủ hộ",
        "The household has no row of its head",
        "ghi “Chủ hộ” ở cột quan hệ của một thành viên",
        "write “Chủ hộ” as the relation of one member",
    ),
    "R-ORPHAN": (
        "Thành viên thuộc hộ {id} không có trong danh sách hộ",
        "The member belongs to household {id}, which is not in the list",
        "sửa mã hộ hoặc thêm hộ",
        "correct the household id or add the household",
    ),
    "R-MEMBER-TWICE": (
        "Cùng một số định danh {text} có hai lần trong hộ",
        "The same ID number {text} stands twice in the household",
        *_SEE,
    ),
}
for _code, _texts in _ROWS.items():
    _add(_code, _ROW, *_texts)
