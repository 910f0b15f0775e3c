"""Problems of a file as a whole: its container, its size, its sheets and headings. Each of them stops the run."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE = Severity.FILE

# The container, checked before anything is parsed.
_add(
    "F-EMPTY",
    _FILE,
    "Tệp {name} rỗng (0 byte)",
    "The file {name} is empty (0 bytes)",
    "chép lại tệp từ nơi gửi",
    "copy the file again from its sender",
)
_add(
    "F-SIZE",
    _FILE,
    "Tệp nặng {mb} MB, quá giới hạn {most} MB",
    "The file has {mb} MB, over the limit of {most} MB",
    "tách tệp, hoặc nâng giới hạn bằng --max-mb",
    "split the file, or raise the limit with --max-mb",
)
_add(
    "F-TYPE",
    _FILE,
    "Tệp {name} không phải bảng tính hay CSV ({found})",
    "The file {name} is neither a spreadsheet nor CSV ({found})",
    "dùng tệp .xlsx, .xlsm, .xlsb, .xls, .ods, .csv hoặc .parquet",
    "use a .xlsx, .xlsm, .xlsb, .xls, .ods, .csv or .parquet file",
)
_add(
    "F-HTML",
    _FILE,
    "Tệp {name} là trang HTML hoặc XML đổi tên, không phải bảng tính",
    "The file {name} is a renamed HTML or XML page, not a spreadsheet",
    "mở trong Excel, chọn Lưu thành (Save As) .xlsx rồi đọc lại",
    "open it in Excel, save it as .xlsx and read it again",
)
_add(
    "F-PASSWORD",
    _FILE,
    "Tệp {name} được bảo vệ bằng mật khẩu",
    "The file {name} is protected by a password",
    "gỡ mật khẩu trong Excel rồi lưu lại",
    "remove the password in Excel and save it again",
)
_add(
    "F-BROKEN",
    _FILE,
    "Tệp {name} bị hỏng, không mở được ({detail})",
    "The file {name} is damaged and cannot be opened ({detail})",
    "chép lại tệp, hoặc mở và lưu lại trong Excel",
    "copy the file again, or open it in Excel and save it again",
)
_add(
    "F-NO-WORKBOOK",
    _FILE,
    "Tệp nén {name} không chứa bảng tính",
    "The archive {name} holds no workbook",
    "giải nén rồi chọn tệp bảng tính bên trong",
    "unpack it and choose the spreadsheet inside",
)
_add(
    "F-ZIP-PATH",
    _FILE,
    "Tệp có thành phần mang đường dẫn không an toàn: {member}",
    "A part of the file has an unsafe path: {member}",
    "không dùng tệp này; xin lại từ nơi gửi",
    "do not use this file; ask its sender for another",
)
_add(
    "F-ZIP-NESTED",
    _FILE,
    "Tệp chứa một tệp nén khác bên trong: {member}",
    "The file holds another archive: {member}",
    "gỡ tệp đính kèm khỏi bảng tính rồi lưu lại",
    "remove the attachment from the spreadsheet and save it again",
)
_add(
    "F-ZIP-MEMBERS",
    _FILE,
    "Tệp có {members} thành phần bên trong, quá giới hạn {most}",
    "The file has {members} parts inside, over the limit of {most}",
    "chép dữ liệu sang bảng tính mới rồi lưu lại",
    "copy the data into a new spreadsheet and save it",
)
_add(
    "F-ZIP-INFLATED",
    _FILE,
    "Tệp khi mở ra nặng hơn {most} MB",
    "The file opens to more than {most} MB",
    "xóa các dòng, cột, định dạng thừa; hoặc nâng giới hạn bằng --max-mb",
    "delete needless rows, columns and formats; or raise the limit with --max-mb",
)
_add(
    "F-ROWS",
    _FILE,
    "Trang {tab} có {rows} dòng, quá giới hạn {most}",
    "The sheet {tab} has {rows} rows, over the limit of {most}",
    "xóa các dòng trống có định dạng, tách tệp, hoặc nâng giới hạn bằng --max-rows",
    "delete formatted empty rows, split the file, or raise the limit with --max-rows",
)
_add(
    "F-WIDE",
    _FILE,
    "Trang {tab} có {columns} cột, quá giới hạn {most}",
    "The sheet {tab} has {columns} columns, over the limit of {most}",
    "xóa các cột thừa bên phải bảng",
    "delete the needless columns to the right of the table",
)
_add(
    "F-MEMORY",
    _FILE,
    "Đọc tệp cần nhiều bộ nhớ hơn mức cho phép ({most} MB)",
    "Reading the file needs more memory than allowed ({most} MB)",
    "tách tệp, xóa phần thừa, hoặc nâng giới hạn bằng --max-mb",
    "split the file, delete what is needless, or raise the limit with --max-mb",
)
_add(
    "F-TIME",
    _FILE,
    "Đọc tệp lâu hơn mức cho phép ({seconds} giây)",
    "Reading the file takes longer than allowed ({seconds} seconds)",
    "tách tệp, xóa phần thừa, hoặc nâng giới hạn bằng --max-rows",
    "split the file, delete what is needless, or raise the limit with --max-rows",
)
_add(
    "F-ENCODING",
    _FILE,
    "Không xác định được bảng mã của tệp CSV {name}",
    "The character encoding of the CSV file {name} cannot be told",
    "trong Excel chọn Lưu thành (Save As) CSV UTF-8",
    "save it from Excel as CSV UTF-8",
)

# Sheets and headings.
_add(
    "F-NO-DATA",
    _FILE,
    "Tệp không có dòng hộ nào dưới dòng tên cột",
    "The file has no household row under its headings",
    "kiểm tra lại tệp",
    "check the file",
)
_add(
    "F-NO-SHEET",
    _FILE,
    "Không tìm thấy bảng danh sách hộ trong các trang: {sheets}",
    "No table of households was found in the sheets: {sheets}",
    "đặt một dòng tên cột (ví dụ: Mã hộ, Họ tên chủ hộ, Thu nhập) trên dữ liệu, xem docs/household-file.md",
    "put one row of headings (for example: Mã hộ, Họ tên chủ hộ, Thu nhập) above the data, see docs/household-file.md",
)
_add(
    "F-SHEETS-MANY",
    _FILE,
    "Có nhiều trang đều là danh sách hộ: {sheets}",
    "Several sheets are lists of households: {sheets}",
    "chỉ để lại một trang, hoặc ghi tên trang cần đọc trong tệp ánh xạ (sheet: …)",
    "keep one of them, or name the one to read in a mapping file (sheet: …)",
)
_add(
    "F-TWO-TABLES",
    _FILE,
    "Trong cùng một trang có bảng thứ hai với tên cột khác",
    "A second table with other headings stands on the same sheet",
    "để mỗi bảng ở một trang riêng",
    "put each table on a sheet of its own",
)
_add(
    "F-HEADING-TWICE",
    _FILE,
    "Hai cột {columns} có cùng nghĩa: {heading}",
    "Two columns {columns} mean the same: {heading}",
    "xóa hoặc đổi tên một cột, hoặc chọn cột trong tệp ánh xạ",
    "delete or rename one of them, or choose one in a mapping file",
)
_add(
    "F-HEADING-AMBIGUOUS",
    _FILE,
    "Tên cột “{heading}” có thể hiểu hai cách: {meanings}",
    "The heading “{heading}” can be read in two ways: {meanings}",
    "đổi tên cột cho rõ, hoặc ghi nghĩa của cột trong tệp ánh xạ",
    "rename the column, or give its meaning in a mapping file",
)
_add(
    "F-HEADING-UNIT",
    _FILE,
    "Tên cột “{heading}” có đơn vị không dùng được: {unit}",
    "The heading “{heading}” has a unit that cannot be used: {unit}",
    "dùng thu nhập một người một tháng, tính bằng đồng, nghìn đồng hoặc triệu đồng",
    "give income per person per month in đồng, thousand đồng or million đồng",
)
_add(
    "F-COLUMN-MISSING",
    _FILE,
    "Thiếu cột {missing}",
    "The column {missing} is missing",
    "thêm cột, hoặc ghi tên cột của bạn trong tệp ánh xạ (docs/household-file.md)",
    "add the column, or name your column in a mapping file (docs/household-file.md)",
)
_add(
    "F-NOTHING-TO-JUDGE",
    _FILE,
    "Không có cột nào để xét: cần thu nhập, điểm A (B1), các chỉ số thiếu hụt hoặc điểm B (B2), hoặc phân loại hộ",
    "No column to judge by: income, score A (B1), deprivation indicators or score B (B2), or the class is needed",
    "thêm cột, hoặc ghi tên cột của bạn trong tệp ánh xạ (docs/household-file.md)",
    "add the columns, or name your columns in a mapping file (docs/household-file.md)",
)
_add(
    "F-NO-CACHE",
    _FILE,
    "Ô chứa công thức chưa được tính, không có giá trị",
    "The cell holds a formula that was never calculated",
    "mở tệp trong Excel hoặc LibreOffice, lưu lại rồi đọc lại",
    "open the file in Excel or LibreOffice, save it and read it again",
)
_add(
    "F-MAPPING",
    _FILE,
    "Tệp ánh xạ không dùng được: {detail}",
    "The mapping file cannot be used: {detail}",
    "xem mẫu trong docs/household-file.md",
    "see the example in docs/household-file.md",
)
_add(
    "F-MAPPING-HEADING",
    _FILE,
    "Tệp ánh xạ nói đến cột “{heading}” nhưng danh sách không có",
    "The mapping file names the heading “{heading}”, which the list does not have",
    "sửa tên cột trong tệp ánh xạ cho đúng như trong danh sách",
    "write the heading in the mapping file as it stands in the list",
)
