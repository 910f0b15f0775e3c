"""What the law asks of a household and its members, and the register does not have.

Asked by forms 01 and 03 of Decision 24/2021/QĐ-TTg (name, sex, birth, ethnicity, ID number, address, relation, work)
and by the indicators of the standard in force (insurance, school, nutrition), by age: member_questions.yaml.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Refused
from vuonlen.places.models import Level
from vuonlen.registry.models import Assessment
from vuonlen.registry.queries import HouseholdAt, MemberAt
from vuonlen.registry.telling import words
from vuonlen.rulebook.lists import asked_at
from vuonlen.rulebook.load import find


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. member: whose, or None for the household."""

    what: str
    member: MemberAt | None = None


def missing(then: HouseholdAt, rights: Collection[Right]) -> list[Gap]:
    """What is missing on the day of `then`, without saying what the reader may not know anyway."""
    found = [Gap(one) for one in _of_household(then)]
    for member in then.members:
        found += [Gap(one, member) for one in _of_member(member, then, rights)]
    return found


def _of_household(then: HouseholdAt) -> list[str]:
    found = []
    if then.place is None:
        found.append(_("nơi ở sau khi sắp xếp đơn vị hành chính") if then.residence else _("nơi ở"))
    elif then.place.level != Level.VILLAGE:
        found.append(_("thôn, tổ dân phố"))
    if then.area_type is None:
        found.append(_("khu vực nông thôn hay thành thị"))
    if not then.household.address:
        found.append(_("địa chỉ"))
    if not then.members:
        found.append(_("thành viên"))
    elif then.head is None:
        found.append(_("chủ hộ"))
    if then.status is None:
        found.append(_("phân loại kèm quyết định"))
    if then.assessment is None:
        found.append(_("kết quả rà soát"))
    else:
        found += _of_review(then.assessment)
        counted = then.assessment.members
        if counted is not None and counted > len(then.members):
            told = _("danh sách thành viên: rà soát ghi {counted} người, sổ có {listed}")
            found.append(told.format(counted=counted, listed=len(then.members)))
    return found


def _of_review(review: Assessment) -> list[str]:
    """Indicators without an answer, where the score does not stand for them."""
    try:
        sheet = find(review.standard)
    except Refused:
        return [_("chuẩn nghèo {name} không có trong chương trình").format(name=review.standard)]
    answered = set(review.deprived.split()) | set(review.not_deprived.split())
    blank = [one for one in sheet.indicators if one.code not in answered]
    if not blank:
        return []
    names = ", ".join(one.name.in_(words.lang()) for one in blank)
    day = f"{review.reference_date:%d/%m/%Y}"
    return [_("câu trả lời rà soát ngày {day}: {names}").format(day=day, names=names)]


def _of_member(one: MemberAt, then: HouseholdAt, rights: Collection[Right]) -> list[str]:
    person, state, head = one.person, one.state, then.head
    found = []
    if person.birth_year is None:
        found.append(_("năm sinh"))
    if not person.sex:
        found.append(_("giới tính"))
    if not person.ethnicity and Right.SEE_ETHNICITY in rights:
        found.append(_("dân tộc"))
    if not person.id_hash:
        found.append(_("số định danh"))
    if not one.is_head:
        if not one.membership.relation:
            found.append(_("quan hệ với chủ hộ"))
        elif head is not None and one.membership.valid_from < head.membership.valid_from:
            found.append(_("xác nhận lại quan hệ với chủ hộ mới"))
    if _asked("work", one) and (state is None or not state.work):
        found.append(_("việc làm"))
    if _asked("in_school", one) and (state is None or state.in_school is None):
        found.append(_("tình trạng đi học"))
    if Right.SEE_HEALTH in rights:
        if _asked("insured", one) and (state is None or state.insured is None):
            found.append(_("bảo hiểm y tế"))
        if _asked("malnourished", one) and (state is None or state.malnourished is None):
            found.append(_("dinh dưỡng"))
    return found


def _asked(question: str, one: MemberAt) -> bool:
    """Of somebody whose age is not known, the year of birth is missing first."""
    return one.age is not None and asked_at(question, one.age)
