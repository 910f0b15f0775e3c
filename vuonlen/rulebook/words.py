"""The words of a trace in both languages: classes, measures, areas (legal terms: docs/glossary.md)."""

from __future__ import annotations

from vuonlen.domain.poverty import CONSUMPTION, INCOME, INCOME_SCORE, AreaType, Confidence, Status
from vuonlen.rulebook.model import Sheet, Text

STATUS = {
    Status.POOR: Text("Hộ nghèo", "Poor"),
    Status.NEAR_POOR: Text("Hộ cận nghèo", "Near-poor"),
    Status.NOT_POOR: Text("Không nghèo", "Not poor"),
    Status.UNDETERMINED: Text("Chưa xác định", "Undetermined"),
}
MEASURE = {
    INCOME: Text("Thu nhập bình quân đầu người/tháng", "Income per head per month"),
    CONSUMPTION: Text("Chi tiêu bình quân đầu người/tháng", "Consumption per head per month"),
    INCOME_SCORE: Text("Điểm A (B1)", "Income score A (B1)"),
}
SHORT_MEASURE = {
    INCOME: Text("thu nhập", "income"),
    CONSUMPTION: Text("chi tiêu", "consumption"),
    INCOME_SCORE: Text("điểm A", "score A"),
}
UNIT = {INCOME: Text("đồng", "VND"), CONSUMPTION: Text("đồng", "VND"), INCOME_SCORE: Text("điểm", "points")}
AREA = {AreaType.RURAL: Text("nông thôn", "rural"), AreaType.URBAN: Text("thành thị", "urban")}
CONFIDENCE = {
    Confidence.VERIFIED: Text("đã đối chiếu văn bản", "verified"),
    Confidence.SECONDARY: Text("theo nguồn thứ cấp", "secondary source"),
    Confidence.RECALLED: Text("chưa đối chiếu văn bản", "recalled, not yet verified"),
    Confidence.DRAFT: Text("theo dự thảo", "from the draft"),
    Confidence.ASSUMED: Text("suy luận, chưa có văn bản", "assumed"),
    Confidence.MISSING: Text("chưa có trong văn bản đã đọc", "missing"),
}


def missing(name: str, sheet: Sheet) -> Text:
    """What a name in `Verdict.missing` asks for."""
    if name == "area_type":
        return Text("khu vực (nông thôn/thành thị)", "area type (rural/urban)")
    if name == "deprivation_score":
        return Text("điểm B hoặc các chỉ số thiếu hụt", "deprivation score B or the indicators")
    if name == "conflict:deprivation_score":
        return Text("điểm B khớp với các chỉ số", "a deprivation score that agrees with the indicators")
    if name.startswith("law:"):
        area = AREA[AreaType(name.rpartition(".")[2])]
        return Text(f"mức chuẩn {area.vi} (văn bản chưa có)", f"the {area.en} line (missing in the law sheet)")
    if name in MEASURE:
        return MEASURE[name]
    one = sheet.indicator(name)
    return Text(f"{name} {one.name.vi}", f"{name} {one.name.en}")
