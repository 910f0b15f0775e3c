"""Problems of the official tables: figures that contradict each other. All are warnings, listed with the figures."""

from __future__ import annotations

from vuonlen.domain.problems import Severity, _add

_WARN = Severity.WARNING
_DO_VI = "kiểm tra các hộ của địa bàn này ở cả hai cột"
_DO_EN = "check the households of this place in both columns"

_add(
    "T-SUM",
    _WARN,
    "{table}, {place} ({kind}): cột {column} ghi {printed}, tính từ các cột khác là {computed}",
    "{table}, {place} ({kind}): column {column} says {printed}, the other columns give {computed}",
    "tính lại cột này từ các cột thành phần",
    "compute this column again from its parts",
)
_add(
    "T-RATE",
    _WARN,
    "{table}, {place} ({kind}): cột {column} ghi {printed} %, tính từ số đếm là {computed} %",
    "{table}, {place} ({kind}): column {column} says {printed} %, the counts give {computed} %",
    "tính lại tỷ lệ từ số hộ, không lấy trung bình các tỷ lệ",
    "compute the rate again from the counts; never average rates",
)
_add(
    "T-END",
    _WARN,
    "{table}, {place} ({kind}): diễn biến cho số cuối kỳ {printed}, đếm danh sách được {computed}",
    "{table}, {place} ({kind}): the movement ends with {printed}, the list counts {computed}",
    "xem lại đường đi của từng hộ giữa hai kỳ",
    "look again at the path of each household between the two reviews",
)
_add(
    "T-CROSS",
    _WARN,
    "{place} ({kind}): {table} cột {column} là {printed}, {other} cột {other_column} là {computed}, phải bằng nhau",
    "{place} ({kind}): {table} column {column} is {printed}, {other} column {other_column} is {computed}, not equal",
    _DO_VI,
    _DO_EN,
)
_add(
    "T-PARTS",
    _WARN,
    "{table}, {place} ({kind}): các cột {column} cộng lại là {printed}, lớn hơn tổng {computed}",
    "{table}, {place} ({kind}): columns {column} add up to {printed}, more than the total {computed}",
    _DO_VI,
    _DO_EN,
)
_add(
    "T-THIN",
    _WARN,
    "{table}, {place}: {households} hộ nghèo có {printed} thiếu hụt, ít hơn {computed} (mỗi hộ từ {cutoff})",
    "{table}, {place}: {households} poor households have {printed} deprivations, fewer than {computed} ({cutoff} each)",
    "có hộ nghèo chưa đủ số chỉ số thiếu hụt: xem lại phiếu của các hộ đó",
    "some poor household has too few deprivations: look at its form again",
)
_add(
    "T-THICK",
    _WARN,
    "{table}, {place}: {households} hộ cận nghèo có {printed} thiếu hụt, hơn {computed} (mỗi hộ dưới {cutoff})",
    "{table}, {place}: {households} near-poor households have {printed} deprivations, over {computed} (poor: {cutoff})",
    "có hộ cận nghèo đủ số chỉ số thiếu hụt của hộ nghèo: xem lại phiếu của các hộ đó",
    "some near-poor household has the deprivations of a poor one: look at its form again",
)
_add(
    "T-TOTAL",
    _WARN,
    "{table} ({kind}): cột {column}, dòng tổng ghi {printed}, cộng các địa bàn được {computed}",
    "{table} ({kind}): column {column}, the total row says {printed}, the places add up to {computed}",
    "cộng lại dòng tổng từ các địa bàn",
    "add the total row again from the places",
)
_add(
    "T-START",
    _WARN,
    "{table}, {place} ({kind}): đầu kỳ ghi {printed}, cuối kỳ trước đã báo cáo {computed}",
    "{table}, {place} ({kind}): the start is {printed}, the end of the review before was reported as {computed}",
    "dùng đúng danh sách chính thức của kỳ trước",
    "use the official list of the review before",
)
