"""Warnings about what was read, and the repairs that are allowed. Every one of them is listed with its cell."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_CHECK = ("kiểm tra lại", "check it")

_WARNINGS: dict[str, tuple[str, str, str, str]] = {
    "W-ID-SAME-ROW": (
        "Mã hộ {id} có hai dòng giống hệt nhau, chỉ tính một",
        "The household id {id} stands in two identical rows; one is counted",
        "xóa dòng thừa",
        "delete the extra row",
    ),
    "W-ID-POSITION": (
        "Không có mã hộ: mã được lập từ số thứ tự và chủ hộ (ví dụ {example})",
        "There is no household id: it was made from the ordinal number and the head (for example {example})",
        "nên thêm cột Mã hộ để so sánh các kỳ",
        "add a column Mã hộ so that reviews can be compared",
    ),
    "W-TOTALS-ROW": ("Dòng tổng “{text}” được bỏ qua", "The totals row “{text}” was skipped", "", ""),
    "W-SECTION-ROW": ("Dòng tiêu đề “{text}” được bỏ qua", "The title row “{text}” was skipped", "", ""),
    "W-FOOTER-ROW": ("Dòng ký tên, ghi chú “{text}” được bỏ qua", "The closing row “{text}” was skipped", "", ""),
    "W-HEADING-REPEATED": ("Dòng tên cột lặp lại được bỏ qua", "A repeated row of headings was skipped", "", ""),
    "W-HIDDEN-SHEET": (
        "Trang ẩn {tab} không được đọc",
        "The hidden sheet {tab} was not read",
        "bỏ ẩn nếu cần đọc",
        "show it if it is to be read",
    ),
    "W-SHEET-SKIPPED": ("Trang {tab} không phải danh sách hộ, không đọc", "The sheet {tab} was not read", "", ""),
    "W-UNIT": (
        "Cột “{heading}” tính bằng {unit}: mỗi giá trị được nhân với {factor}",
        "The column “{heading}” is in {unit}: each value was multiplied by {factor}",
        *_CHECK,
    ),
    "W-YES-IS-DEPRIVED": (
        "Cột “{heading}”: “có” được hiểu là có thiếu hụt chỉ số {code}",
        "The column “{heading}”: “có” was read as deprived in {code}",
        "nếu “có” nghĩa là đã có dịch vụ, đổi dữ liệu thành thiếu hụt / không thiếu hụt",
        "if “có” means that the household has the service, write deprived / not deprived instead",
    ),
    "W-HEADING-UNKNOWN": (
        "Không rõ nghĩa cột “{heading}”: chỉ giữ nguyên, không dùng để xét",
        "The column “{heading}” is not known: it is carried along and not used for judging",
        "nếu cần dùng, ghi nghĩa của cột trong tệp ánh xạ",
        "to use it, give its meaning in a mapping file",
    ),
    "W-AREA-FROM-NAME": (
        "{place}: khu vực được suy ra từ tên đơn vị là {area}",
        "{place}: the area type was taken from the name of the unit: {area}",
        "thêm cột Khu vực nếu khác",
        "add a column Khu vực if it differs",
    ),
    "W-PLACE-OF-LIST": (
        "Không có cột xã: các hộ được tính vào {place}, đơn vị duy nhất trong danh sách",
        "No commune column: the households are counted in {place}, the only unit of the list",
        "thêm cột xã nếu khác",
        "add a commune column if it differs",
    ),
    "W-AREA-PLACE": (
        "Khu vực ghi là {area} nhưng tên đơn vị là {place}",
        "The area is given as {area} but the unit is {place}",
        *_CHECK,
    ),
    "W-PLACE-TWO-NAMES": (
        "Mã {code} đi với nhiều tên đơn vị: {names}",
        "The code {code} stands with several names: {names}",
        *_CHECK,
    ),
    "W-PLACE-TWO-CODES": (
        "Đơn vị {place} đi với nhiều mã: {codes}",
        "The unit {place} stands with several codes: {codes}",
        *_CHECK,
    ),
    "W-AGE": ("Năm sinh {text}: trên 120 tuổi", "Born in {text}: older than 120 years", *_CHECK),
    "W-BIRTH-TWO": (
        "Năm sinh {year} khác với ngày sinh {date}",
        "The year of birth {year} differs from the date of birth {date}",
        *_CHECK,
    ),
    "W-IDNO-PROVINCE": (
        "Số định danh {text} mang mã tỉnh {part} không có trong danh mục",
        "The ID number {text} has province part {part}, which is not in the list",
        *_CHECK,
    ),
    "W-IDNO-SEX": (
        "Số định danh {text} không khớp giới tính {sex}",
        "The ID number {text} does not fit the sex {sex}",
        *_CHECK,
    ),
    "W-IDNO-YEAR": (
        "Số định danh {text} không khớp năm sinh {year}",
        "The ID number {text} does not fit the year of birth {year}",
        *_CHECK,
    ),
    "W-IDNO-TWICE": (
        "Số định danh {text} có ở nhiều hộ: {ids}",
        "The ID number {text} stands in several households: {ids}",
        *_CHECK,
    ),
    "W-PERSON-TWICE": (
        "“{name}” và “{other}” trong cùng một hộ có lẽ là một người",
        "“{name}” and “{other}” in one household may be one person",
        *_CHECK,
    ),
    "W-MEMBERS-DIFFER": (
        "Số nhân khẩu ghi là {given} nhưng có {rows} dòng thành viên; dùng số ghi",
        "The list says {given} members but has {rows} rows of members; the number given is used",
        *_CHECK,
    ),
    "W-MEMBERS-MANY": ("Hộ có {n} nhân khẩu", "The household has {n} members", *_CHECK),
    "W-HEAD-DEAD": ("Chủ hộ được ghi là đã chết: {text}", "The head is recorded as deceased: {text}", *_CHECK),
    "W-SCORE": (
        "Điểm B {text} không phải bội số của 10 từ 0 đến 120",
        "Score B {text} is not a multiple of 10 from 0 to 120",
        *_CHECK,
    ),
    "W-SCORECARD": (
        "Điểm A ghi là {given}, tính từ các mục là {points}; dùng điểm tính",
        "Score A is given as {given}; the items give {points}, which is used",
        *_CHECK,
    ),
    "W-SCORECARD-MISSING": (
        "Chưa tính được điểm A: thiếu {items}",
        "Score A cannot be computed: {items} missing",
        *_CHECK,
    ),
    "W-LETTERS": (
        "“{text}” có chữ cái không dùng trong tiếng Việt",
        "“{text}” has letters not used in Vietnamese",
        *_CHECK,
    ),
    "W-TWO-LISTS": (
        "Hộ {id} có ở trang {tab} và trang {other}; tính một lần",
        "Household {id} stands in the sheets {tab} and {other}; it is counted once",
        *_CHECK,
    ),
}
for _code, _texts in _WARNINGS.items():
    _add(_code, Severity.WARNING, *_texts)

_REPAIRS: dict[str, tuple[str, str]] = {
    "X-NFC": ("Dấu tiếng Việt tổ hợp rời được ghép lại (NFC)", "Decomposed letters were composed (NFC)"),
    "X-SPACE": ("Bỏ khoảng trắng thừa", "Needless spaces were removed"),
    "X-INVISIBLE": ("Bỏ ký tự không nhìn thấy", "Invisible characters were removed"),
    "X-LETTER-D": ("Chữ Ð, Ɖ được thay bằng Đ tiếng Việt", "Ð, Ɖ were replaced by the Vietnamese Đ"),
    "X-TCVN3": ("Chữ TCVN3 (.VnTime) được chuyển sang Unicode", "TCVN3 text was converted to Unicode"),
    "X-VNI": ("Chữ VNI được chuyển sang Unicode", "VNI text was converted to Unicode"),
    "X-MOJIBAKE": ("Chữ UTF-8 đọc nhầm bảng mã được khôi phục", "UTF-8 read in the wrong encoding was restored"),
    "X-DIGITS": ("Chữ số toàn chiều được đổi sang chữ số thường", "Full-width digits were replaced"),
    "X-NUMBER": ("Số viết bằng chữ và đơn vị được đổi thành số", "A number written with words was read as a number"),
    "X-ROUND": ("Làm tròn đến hai chữ số thập phân", "Rounded to two decimals"),
    "X-ID-ZERO": ("Số định danh bị mất số 0 ở đầu được bù đủ 12 số", "The lost leading zeros were put back"),
    "X-ID-MARKS": ("Bỏ dấu cách, dấu chấm, chữ trong số định danh", "Marks inside the ID number were removed"),
    "X-ID-TWO": ("Hai số trong một ô: dùng số định danh 12 số", "Two numbers in one cell: the 12-digit one is used"),
    "X-ID-NONE": ("Ghi chú không phải số định danh: để trống", "A note, not an ID number: left blank"),
    "X-DASH": ("Dấu gạch nghĩa là không có: để trống", "A dash for nothing: left blank"),
    "X-PLACE-ZERO": ("Mã xã, phường bị mất số 0 ở đầu được bù", "The lost leading zero of the code was put back"),
    "X-DATE-YEAR": ("Năm hai chữ số được viết đủ", "A two-digit year was completed"),
}
for _code, (_vi, _en) in _REPAIRS.items():
    _add(_code, Severity.WARNING, _vi, _en, "xem lại ô này", "look at this cell")
