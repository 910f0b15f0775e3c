"""Problems of places: the conversion table, villages, outlines."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_FILE, _ROW, _WARN = Severity.FILE, Severity.ROW, Severity.WARNING
_SEE_ROW = ("sửa dòng này rồi nhập lại tệp", "correct this row and import the file again")
_TABLE = (
    "dùng bảng chuyển đổi của Cục Thống kê, xem docs/how-to/import-places.md",
    "use the conversion table of the statistics office, see docs/how-to/import-places.md",
)

#: code -> severity, sentence and advice in both languages
_PROBLEMS: dict[str, tuple[Severity, str, str, str, str]] = {
    # The conversion table as a whole.
    "PL-COLUMNS": (
        _FILE,
        "Không thấy dòng tên cột của bảng chuyển đổi; thiếu cột: {missing}",
        "The headings of the conversion table were not found; missing: {missing}",
        *_TABLE,
    ),
    "PL-COLUMN-TWICE": (
        _FILE,
        "Tên cột “{heading}” có ở hai cột",
        "The heading “{heading}” stands over two columns",
        "xóa cột thừa",
        "delete one of them",
    ),
    "PL-DATE": (
        _FILE,
        "Tiêu đề bảng không ghi cùng một ngày sáp nhập (đọc được: {found})",
        "The title of the table does not give one date of the change (found: {found})",
        "giữ nguyên hai ô tiêu đề “… từ ngày dd/mm/yyyy”, “… trước ngày dd/mm/yyyy”",
        "keep both titles “… từ ngày dd/mm/yyyy” and “… trước ngày dd/mm/yyyy”",
    ),
    "PL-NO-ROWS": (
        _FILE,
        "Bảng chuyển đổi không có dòng nào",
        "The conversion table has no row",
        "kiểm tra lại tệp",
        "check the file",
    ),
    "PL-MOSTLY-REFUSED": (
        _FILE,
        "{refused} trên {rows} dòng không dùng được: có thể các cột bị đảo hoặc không đúng bảng",
        "{refused} of {rows} rows cannot be used: columns may be swapped, or this is another table",
        *_TABLE,
    ),
    # Its rows.
    "PL-CODE": (
        _ROW,
        "“{text}” không phải mã {what}",
        "“{text}” is no code of a {what}",
        "điền mã gồm {digits} chữ số",
        "give the code of {digits} digits",
    ),
    "PL-NAME": (_ROW, "Thiếu tên của mã {code}", "The name of code {code} is missing", *_SEE_ROW),
    "PL-KIND": (
        _ROW,
        "Tên “{name}” không cho biết loại đơn vị (xã, phường, …)",
        "The name “{name}” does not tell the kind of unit (xã, phường, …)",
        *_SEE_ROW,
    ),
    "PL-NOTE": (
        _ROW,
        "Không hiểu ghi chú “{note}”",
        "The note “{note}” was not understood",
        "ghi “Nhập toàn bộ” hoặc “Nhập một phần”",
        "write “Nhập toàn bộ” or “Nhập một phần”",
    ),
    "PL-CODE-OR-NAME": (
        _ROW,
        "Mã {code} là {known}, nhưng tên “{name}” là của mã {other}: không rõ mã hay tên đúng",
        "Code {code} is {known}, but the name “{name}” belongs to code {other}: one of the two is wrong",
        *_SEE_ROW,
    ),
    "PL-TWO-NAMES": (
        _ROW,
        "Mã {code} mang nhiều tên khác nhau trong bảng: {names}",
        "Code {code} bears several names in the table: {names}",
        *_SEE_ROW,
    ),
    "PL-OTHER-PROVINCE": (
        _ROW,
        "{name} ({code}) thuộc tỉnh {known}, nhưng dòng này ghi tỉnh {province}",
        "{name} ({code}) belongs to province {known}, but this row says {province}",
        *_SEE_ROW,
    ),
    "PL-TWICE": (
        _ROW,
        "Cặp mã {before} → {since} có ở nhiều dòng với ghi chú khác nhau",
        "The pair {before} → {since} stands in several rows with different notes",
        "giữ lại một dòng",
        "keep one of them",
    ),
    "PL-SHARES": (
        _ROW,
        "{name} ({code}) được ghi là nhập toàn bộ vào nhiều đơn vị: {successors}",
        "{name} ({code}) is said to go wholly to several units: {successors}",
        *_SEE_ROW,
    ),
    "PL-NOT-ENDED": (
        _ROW,
        "{name} ({code}) trong sổ vẫn là một đơn vị trước và sau ngày {on}",
        "{name} ({code}) is one unit before and after {on} in the register",
        "chỉ nhập bảng của lần sắp xếp làm mọi đơn vị có bản ghi mới",
        "import only tables of changes in which every unit begins anew",
    ),
    "PL-NO-UNIT": (
        _WARN,
        "Dòng không có mã xã cũ (“{name}”): không phải một đơn vị, bỏ qua",
        "The row has no old commune code (“{name}”): not a unit, passed over",
        "",
        "",
    ),
    "PL-SAME-ROW": (_WARN, "Dòng lặp lại y hệt, chỉ tính một", "The same row once more; counted once", "", ""),
    "PL-SPELLING": (
        _WARN,
        "Mã {code}: bảng ghi “{name}”, sổ ghi “{known}”; giữ tên trong sổ",
        "Code {code}: the table says “{name}”, the register “{known}”; the register's name is kept",
        "",
        "",
    ),
    "PL-OTHER-KIND": (
        _WARN,
        "Mã {code}: bảng ghi “{name}”, sổ ghi “{known}”: khác loại đơn vị, có thể khác khu vực thành thị, nông thôn",
        "Code {code}: the table says “{name}”, the register “{known}”: another kind, and perhaps another area type",
        "kiểm tra văn bản thành lập; sổ giữ loại cũ cho đến khi có danh mục đúng hơn",
        "look at the act that founded it; the register keeps its kind until a better list is loaded",
    ),
    "PL-PARENT": (
        _WARN,
        "{name} ({code}): bảng ghi thuộc “{told}”, sổ ghi “{known}”; giữ theo sổ",
        "{name} ({code}): the table puts it under “{told}”, the register under “{known}”; the register is kept",
        "kiểm tra lại",
        "check it",
    ),
    "PL-ZEROS": (
        _WARN,
        "{count} mã đã mất số 0 ở đầu (ví dụ {example}); đã thêm lại",
        "{count} codes had lost their leading zeros (for example {example}); they were restored",
        "định dạng cột mã là Văn bản (Text)",
        "format the columns of codes as Text",
    ),
    "PL-ONLY-PART": (
        _WARN,
        "{name} ({code}) chỉ có một dòng “một phần”: bảng không nói phần còn lại về đâu",
        "{name} ({code}) has one row, “a part”: the table does not say where the rest went",
        "hỏi cơ quan thống kê, hoặc phân từng thôn",
        "ask the statistics office, or assign village by village",
    ),
    # Villages.
    "PL-VILLAGE-PARENT": (
        _ROW,
        "{name} không phải đơn vị cấp xã: thôn chỉ thuộc xã, phường, thị trấn, đặc khu",
        "{name} is no commune: villages belong to communes only",
        "chọn một đơn vị cấp xã",
        "choose a commune",
    ),
    "PL-VILLAGE-NAME": (
        _ROW,
        "Tên thôn trống hoặc dài quá {most} ký tự",
        "The name of the village is blank or longer than {most} characters",
        "nhập tên đầy đủ, ví dụ “Thôn Nà Kham”, “Tổ 5”",
        "give the full name, for example “Thôn Nà Kham”, “Tổ 5”",
    ),
    "PL-VILLAGE-KIND": (
        _ROW,
        "“{kind}” không phải loại thôn hay tổ dân phố",
        "“{kind}” is no kind of village",
        "chọn thôn hoặc tổ dân phố",
        "choose village or residential group",
    ),
    "PL-VILLAGE-TWICE": (
        _ROW,
        "{commune} đã có “{name}” ({code}) trong thời gian này",
        "{commune} has “{name}” ({code}) in this period already",
        "đặt tên khác, hoặc dùng thôn đã có",
        "choose another name, or use the village that is there",
    ),
    "PL-PERIOD": (
        _ROW,
        "Thời gian {since} – {until} không nằm trong thời gian tồn tại của {name}",
        "The period {since} – {until} is not within that of {name}",
        "chọn ngày trong khoảng {first} – {last}",
        "choose days within {first} – {last}",
    ),
    "PL-ENDED": (
        _ROW,
        "{name} đã kết thúc ngày {on}",
        "{name} ended on {on} already",
        "không cần kết thúc lần nữa",
        "it need not be ended again",
    ),
    "PL-HAS-CHILDREN": (
        _ROW,
        "{name} còn {count} đơn vị bên dưới đang tồn tại: {examples}",
        "{name} still has {count} units under it: {examples}",
        "kết thúc các đơn vị bên dưới trước",
        "end those first",
    ),
    "PL-NO-SUCCESSION": (
        _ROW,
        "{old} không nhập toàn bộ vào {new}",
        "{old} did not go wholly to {new}",
        "đơn vị bị chia tách thì phân từng thôn",
        "assign village by village where a unit was split",
    ),
    "PL-NOT-CANDIDATE": (
        _ROW,
        "{successor} không nhận phần nào của {old}; có thể chọn: {candidates}",
        "{successor} received no part of {old}; the choices are: {candidates}",
        "chọn một trong các đơn vị kế thừa",
        "choose one of its successors",
    ),
    "PL-ASSIGNED": (
        _ROW,
        "{village} đã được chuyển thành {into}",
        "{village} already went on as {into}",
        "rút lại lần phân trước nếu sai",
        "withdraw that assignment if it was wrong",
    ),
    "PL-NOT-ASSIGNED": (
        _ROW,
        "{village} chưa được phân vào đơn vị nào",
        "{village} has not been assigned",
        "không có gì để rút lại",
        "there is nothing to withdraw",
    ),
    "PL-IN-USE": (
        _ROW,
        "{name} đã có hộ hoặc dữ liệu khác, không rút lại được",
        "Households or other data already stand in {name}; it cannot be withdrawn",
        "chuyển các hộ đi trước",
        "move the households first",
    ),
    "PL-REASON": (
        _ROW,
        "Chưa ghi lý do hoặc văn bản",
        "The reason or the document is missing",
        "ghi số, ngày văn bản hoặc lý do",
        "give the number and date of the document, or the reason",
    ),
    # Outlines.
    "PL-JSON": (
        _FILE,
        "Tệp {name} không phải GeoJSON ({detail})",
        "The file {name} is not GeoJSON ({detail})",
        "xuất lại lớp ranh giới dạng GeoJSON FeatureCollection, UTF-8",
        "export the layer again as a GeoJSON FeatureCollection in UTF-8",
    ),
    "PL-CRS": (
        _FILE,
        "Tệp dùng hệ tọa độ {crs}, cần WGS 84 (kinh độ, vĩ độ)",
        "The file uses the coordinate system {crs}; WGS 84 (longitude, latitude) is needed",
        "chuyển lớp sang EPSG:4326 rồi xuất lại",
        "convert the layer to EPSG:4326 and export it again",
    ),
    "PL-KEY": (
        _ROW,
        "Đối tượng không có thuộc tính “{key}” là mã đơn vị (thuộc tính: {known})",
        "The feature has no property “{key}” with a code (properties: {known})",
        "chọn đúng tên thuộc tính bằng --key",
        "name the right property with --key",
    ),
    "PL-UNKNOWN": (
        _ROW,
        "Không có đơn vị nào mang mã {code} vào ngày {on}",
        "No unit has the code {code} on {on}",
        "kiểm tra mã và ngày (--on)",
        "check the code and the date (--on)",
    ),
    "PL-OUTLINE-TWICE": (
        _ROW,
        "Mã {code} có ở nhiều đối tượng",
        "The code {code} stands in several features",
        "gộp thành một MultiPolygon",
        "merge them into one MultiPolygon",
    ),
    "PL-GEOMETRY": (
        _ROW,
        "Ranh giới của mã {code} không dùng được: {detail}",
        "The outline of code {code} cannot be used: {detail}",
        "sửa hình trong phần mềm bản đồ",
        "mend the shape in a mapping program",
    ),
    "PL-SWAPPED": (
        _ROW,
        "Tọa độ của mã {code} bị đảo (vĩ độ trước kinh độ)",
        "The coordinates of code {code} are swapped (latitude before longitude)",
        "xuất lại với kinh độ trước, vĩ độ sau",
        "export again with the longitude first",
    ),
    "PL-OUTSIDE": (
        _ROW,
        "Ranh giới của mã {code} nằm ngoài Việt Nam ({bounds})",
        "The outline of code {code} lies outside Việt Nam ({bounds})",
        "kiểm tra hệ tọa độ của lớp",
        "check the coordinate system of the layer",
    ),
    "PL-POINTS": (
        _ROW,
        "Ranh giới của mã {code} có {points} điểm, quá giới hạn {most}",
        "The outline of code {code} has {points} points, over the limit of {most}",
        "đơn giản hóa hình rồi xuất lại",
        "simplify the shape and export it again",
    ),
    "PL-REPAIRED": (
        _WARN,
        "Ranh giới của mã {code} có lỗi ({detail}); đã sửa, diện tích đổi {percent} %",
        "The outline of code {code} had a fault ({detail}); it was mended, its area changed by {percent} %",
        "xem lại hình trên bản đồ",
        "look at the shape on the map",
    ),
}

for _code, (_severity, *_told) in _PROBLEMS.items():
    _add(_code, _severity, *_told)
