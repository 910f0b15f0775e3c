"""The rows of an exported list, under headings that our own reader of lists knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.protected import mask
from vuonlen.accounts.rights import Right
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.foundation.periods import at
from vuonlen.places.models import Level, Place
from vuonlen.registry.models import Assessment, Household, Membership, PersonState, Residence, StatusPeriod
from vuonlen.registry.search.filters import ethnicities, indicators
from vuonlen.rulebook.words import AREA, STATUS

Value = str | int | float | None
MASKED = "Giấy tờ (số đã che)"  # no heading of an ID number: the reader carries it along and does not read it as one


@dataclass(frozen=True, slots=True)
class Sight:
    """Where the person who exports sees what. full: ID numbers are written out, for a purpose that was given."""

    ethnicity: rights.Scope
    health: rights.Scope
    id_numbers: rights.Scope
    full: bool

    def number(self, path: str, number: str) -> str:
        return number if self.full and self.id_numbers.covers(path) else mask(number)


def sight(user: User, *, full: bool) -> Sight:
    return Sight(
        rights.scope(user, Right.SEE_ETHNICITY),
        rights.scope(user, Right.SEE_HEALTH),
        rights.scope(user, Right.SEE_ID_NUMBER),
        full,
    )


@dataclass(frozen=True, slots=True)
class Home:
    """A household with what is known of it on the day."""

    row: Household
    code: str
    place: Place
    members: tuple[Membership, ...]
    states: dict[int, PersonState]
    status: str
    review: Assessment | None

    @property
    def head(self) -> Membership | None:
        return next((one for one in self.members if one.is_head), None)


Column = tuple[str, Callable[[Home], Value]]
MemberColumn = tuple[str, Callable[[Home, Membership], Value]]


def household_columns(seen: Sight, serial: str) -> list[Column]:
    """(heading, value). Columns that the user has no right to anywhere are left out."""

    def number(one: Home) -> Value:
        return seen.number(one.row.area_path, one.head.person.id_number) if one.head else None

    columns: list[Column] = [
        ("Mã hộ", lambda one: one.code),
        ("Mã xã", lambda one: _commune(one.place).code),
        ("Tên xã", lambda one: _commune(one.place).name),
        ("Thôn", lambda one: one.place.name if one.place.level == Level.VILLAGE else None),
        ("Khu vực", _area),
        ("Họ tên chủ hộ", lambda one: one.head.person.name if one.head else one.row.head_name),
        ("Số CCCD chủ hộ" if seen.full else MASKED, number),
        ("Số nhân khẩu", _size),
    ]
    if seen.ethnicity:
        columns.append(("Dân tộc", lambda one: _ethnicity(seen, one, one.head)))
    columns += [
        ("Phân loại", lambda one: _status(one.status)),
        ("Thu nhập bình quân đầu người (đồng/tháng)", lambda one: one.review.income if one.review else None),
        ("Điểm A", lambda one: _score(one.review.income_score if one.review else None)),
        ("Điểm B", lambda one: _score(one.review.deprivation_score if one.review else None)),
    ]
    columns += [(f"{code} {name}", _indicator(code)) for code, name in indicators("vi").items()]
    columns += [
        ("Nhóm đối tượng", lambda one: _codes(one.review.groups if one.review else one.row.groups)),
        ("Nguyên nhân nghèo", lambda one: _codes(one.review.causes if one.review else "")),
        ("Ngày rà soát", lambda one: f"{one.review.reference_date:%d/%m/%Y}" if one.review else None),
        ("Ngày đóng hộ", lambda one: f"{one.row.closed_on:%d/%m/%Y}" if one.row.closed_on else None),
        ("Số bản trích", lambda _one: serial),
    ]
    return columns


def member_columns(seen: Sight, serial: str) -> list[MemberColumn]:
    columns: list[MemberColumn] = [
        ("Mã hộ", lambda home, _one: home.code),
        ("Họ và tên", lambda _home, one: one.person.name),
        ("Quan hệ với chủ hộ", lambda _home, one: "Chủ hộ" if one.is_head else one.relation or "Khác"),
        ("Ngày sinh", lambda _home, one: _birth(one)),
        ("Giới tính", lambda _home, one: {"male": "Nam", "female": "Nữ"}.get(one.person.sex)),
        (
            "Số CCCD" if seen.full else MASKED,
            lambda home, one: seen.number(home.row.area_path, one.person.id_number),
        ),
    ]
    if seen.ethnicity:
        columns.append(("Dân tộc", lambda home, one: _ethnicity(seen, home, one)))
    columns.append(("Đang đi học", lambda home, one: _flag(home, one, "in_school")))
    if seen.health:
        columns += [
            ("Có BHYT", lambda home, one: _health(seen, home, one, "insured")),
            ("Suy dinh dưỡng", lambda home, one: _health(seen, home, one, "malnourished")),
            ("Khuyết tật", lambda home, one: _disability(seen, home, one)),
        ]
    columns.append(("Số bản trích", lambda _home, _one: serial))
    return columns


# ---- reading ------------------------------------------------------------------------------------------------------


def homes(ids: Sequence[int], day: date | None, twice: Collection[str]) -> list[Home]:
    """Households in the order of `ids`, in six queries. twice: codes that stand for several households of the list."""
    there = Household.objects.select_related("commune", "village", "registered_in").in_bulk(ids)
    found = [there[pk] for pk in ids if pk in there]
    members = _members(found, day)
    people = [one.person_id for rows in members.values() for one in rows]
    held = Q(valid_to__isnull=True) if day is None else at(day)
    states = {one.person_id: one for one in PersonState.objects.filter(held, person_id__in=people)}
    status, places = {one.pk: one.status for one in found}, _then_places(ids, day)
    if day is not None:
        rows = StatusPeriod.objects.filter(at(day), household_id__in=ids)
        status = dict(rows.values_list("household_id", "status"))
    reviews = _reviews(ids, day)
    return [
        Home(
            one,
            f"{one.registered_in.code}-{one.code}" if one.code in twice else one.code,
            places.get(one.pk) or one.village or one.commune,
            tuple(members.get(one.pk, ())),
            states,
            status.get(one.pk, ""),
            reviews.get(one.pk),
        )
        for one in found
    ]


def _members(found: Iterable[Household], day: date | None) -> dict[int, list[Membership]]:
    closed = {one.pk: one.closed_on for one in found}
    rows = Membership.objects.filter(household_id__in=closed).select_related("person").order_by("-is_head", "id")
    if day is not None:
        rows = rows.filter(at(day))
    told: dict[int, list[Membership]] = defaultdict(list)
    for one in rows:
        if day is not None or one.valid_to is None or one.valid_to == closed[one.household_id]:
            told[one.household_id].append(one)
    return told


def _then_places(ids: Sequence[int], day: date | None) -> dict[int, Place]:
    if day is None:
        return {}
    stays = Residence.objects.filter(at(day), household_id__in=ids).select_related("place__parent")
    return {one.household_id: one.place for one in stays}


def _reviews(ids: Sequence[int], day: date | None) -> dict[int, Assessment]:
    rows = Assessment.objects.filter(household_id__in=ids).order_by("reference_date", "id")
    if day is not None:
        rows = rows.filter(reference_date__lte=day)
    return {one.household_id: one for one in rows}  # the last one stays


# ---- values -------------------------------------------------------------------------------------------------------

T = TypeVar("T")


def _commune(place: Place) -> Place:
    return place.parent if place.level == Level.VILLAGE and place.parent is not None else place


def _area(one: Home) -> Value:
    told = (one.review.area_type if one.review else "") or _commune(one.place).area_type
    return AREA[AreaType(told)].vi if told else None


def _size(one: Home) -> Value:
    return len(one.members) if len(one.members) > 1 else one.row.size


def _status(value: str) -> Value:
    """Blank where nobody has classified it, or where blanks kept it from being judged: neither is an answer."""
    return STATUS[Status(value)].vi if value and value != Status.UNDETERMINED else None


def _score(value: Any) -> Value:
    return float(value) if value is not None else None


def _indicator(code: str) -> Callable[[Home], Value]:
    def told(one: Home) -> Value:
        if one.review is None:
            return None
        if code in one.review.deprived.split():
            return "x"
        return "không" if code in one.review.not_deprived.split() else None

    return told


def _codes(text: str) -> Value:
    return "; ".join(text.split()) or None


def _ethnicity(seen: Sight, home: Home, one: Membership | None) -> Value:
    if one is None or not seen.ethnicity.covers(home.row.area_path):
        return None
    return ethnicities("vi").get(one.person.ethnicity)


def _birth(one: Membership) -> Value:
    born, year = one.person.birth_date, one.person.birth_year
    return f"{born:%d/%m/%Y}" if born else str(year) if year else None


def _flag(home: Home, one: Membership, name: str) -> Value:
    value = getattr(home.states.get(one.person_id), name, None)
    return None if value is None else "có" if value else "không"


def _health(seen: Sight, home: Home, one: Membership, name: str) -> Value:
    return _flag(home, one, name) if seen.health.covers(home.row.area_path) else None


def _disability(seen: Sight, home: Home, one: Membership) -> Value:
    state = home.states.get(one.person_id)
    return state.disability or None if state and seen.health.covers(home.row.area_path) else None
