"""Households for other programs: the same lists, pages and secrets as on the screen, nothing more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.protected import mask
from vuonlen.accounts.rights import Right
from vuonlen.domain.poverty import Status
from vuonlen.foundation.web.api import FAULTS, Day, PublicId, Token
from vuonlen.places.models import Place
from vuonlen.registry.models import Household, StatusPeriod
from vuonlen.registry.queries import MemberAt, find, household_as_of
from vuonlen.registry.search import filters as f
from vuonlen.registry.search.numbers import number_in
from vuonlen.registry.search.queries import SIZE, Row, listing

router = Router(tags=["households"])
#: field -> what may stand in it
ALLOWED: dict[str, list[str]] = {
    "status": f.statuses(),
    "ethnicity": list(f.ethnicities()),
    "indicator": list(f.indicators()),
    "group": list(f.groups()),
    "state": [f.OPEN, f.CLOSED, f.ALL],
    "order": [f.BY_PLACE, f.BY_NAME],
}
Words = Annotated[str, StringConstraints(max_length=f.LONGEST_QUERY)]


class PlaceRef(Schema):
    public_id: str
    code: str
    name: str


class HouseholdRow(Schema):
    """ethnicity None: not for the caller. matched: members, other than the head, whose name was sought."""

    public_id: str
    code: str
    head: str
    commune: PlaceRef
    village: PlaceRef | None
    size: int | None
    status: str
    ethnicity: str | None
    deprived: list[str]
    groups: list[str]
    closed_on: date | None
    matched: list[str]


class HouseholdPage(Schema):
    """cut: the page is short because few rows pass the filters; `next` goes on from where it stopped."""

    items: list[HouseholdRow]
    next: str
    previous: str
    cut: bool
    on: date | None


def _chosen(name: str) -> Any:
    return Field(None, json_schema_extra={"enum": [*ALLOWED[name], None]})


class Asked(Schema):
    """The filters of the list. on: statuses and homes as of that day."""

    q: Words = ""
    place: PublicId | None = None
    status: str | None = _chosen("status")
    ethnicity: str | None = _chosen("ethnicity")
    indicator: str | None = _chosen("indicator")
    group: str | None = _chosen("group")
    state: str | None = _chosen("state")
    on: Day | None = None
    order: str | None = _chosen("order")
    size: int = Field(SIZE, ge=1, le=100)
    after: Token = ""
    before: Token = ""

    @field_validator(*ALLOWED)
    @classmethod
    def known(cls, value: str | None, about: ValidationInfo) -> str | None:
        if value is not None and value not in ALLOWED[about.field_name or ""]:
            raise ValueError("not one of the values of the description")
        return value

    def filters(self) -> f.Filters:
        return f.Filters(
            words=" ".join(self.q.split()),
            place=self.place or "",
            status=self.status or "",
            ethnicity=self.ethnicity or "",
            indicator=self.indicator or "",
            group=self.group or "",
            state=self.state or f.OPEN,
            day=self.on,
            order=self.order or f.BY_PLACE,
        )


class StatusOut(Schema):
    status: str
    standard: str
    valid_from: date
    valid_to: date | None
    decision: str
    decided_on: date


class MemberOut(Schema):
    """id_number: masked. ethnicity, insured, disability None: not known, or not for the caller."""

    public_id: str
    name: str
    is_head: bool
    relation: str
    birth_year: int | None
    birth_date: date | None
    sex: str
    id_number: str
    ethnicity: str | None
    in_school: bool | None
    insured: bool | None
    malnourished: bool | None
    disability: str | None


class HouseholdOut(Schema):
    """One household on one day. place: as it was called on that day; None where nobody has said which it is."""

    public_id: str
    code: str
    on: date
    place: PlaceRef | None
    closed_on: date | None
    members: list[MemberOut]
    status: StatusOut | None
    reviewed_on: date | None
    deprived: list[str]
    not_deprived: list[str]
    groups: list[str]


def _user(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not rights.scope(user, Right.READ_HOUSEHOLDS):
        raise PermissionDenied
    return user


@router.get("/households", response={200: HouseholdPage, **FAULTS}, operation_id="households")
def households(request: HttpRequest, asked: Query[Asked]) -> HouseholdPage:
    """Households of the caller's area. `q`: words of a name, tones left out; ID numbers are not looked for here."""
    user, told = _user(request), asked.filters()
    if number_in(told.words):
        return HouseholdPage(items=[], next="", previous="", cut=False, on=told.day)
    found = listing(user, told, after=asked.after, before=asked.before, size=asked.size)
    rows = [_row(one) for one in found.rows]
    return HouseholdPage(items=rows, next=found.next, previous=found.previous, cut=found.cut, on=found.filters.day)


@router.get("/households/{public_id}", response={200: HouseholdOut, **FAULTS}, operation_id="household")
def household(request: HttpRequest, public_id: PublicId, on: Day | None = None) -> HouseholdOut:
    """One household as of a day (default today)."""
    user = _user(request)
    home = find(user, public_id)
    then = household_as_of(home, on or timezone.localdate())
    seen = rights.rights(user, home.area_path)
    review = then.assessment
    return HouseholdOut(
        public_id=home.public_id,
        code=home.code,
        on=then.day,
        place=_place(then.place) if then.place else None,
        closed_on=home.closed_on,
        members=[_member(one, seen) for one in then.members],
        status=_status(then.status) if then.status else None,
        reviewed_on=review.reference_date if review else None,
        deprived=review.deprived.split() if review else [],
        not_deprived=review.not_deprived.split() if review else [],
        groups=review.groups.split() if review else [],
    )


@router.get("/households/{public_id}/statuses", response={200: list[StatusOut], **FAULTS}, operation_id="statuses")
def statuses(request: HttpRequest, public_id: PublicId) -> list[StatusOut]:
    """Every class of the household through time, each with the decision that made it."""
    home = find(_user(request), public_id)
    rows = StatusPeriod.objects.filter(household=home).select_related("decision").order_by("valid_from")
    return [_status(one) for one in rows]


def _row(one: Row) -> HouseholdRow:
    home: Household = one.household
    return HouseholdRow(
        public_id=home.public_id,
        code=home.code,
        head=home.head_name,
        commune=_place(home.commune),
        village=_place(home.village) if home.village else None,
        size=home.size,
        status=one.status,
        ethnicity=one.ethnicity,
        deprived=home.deprived.split(),
        groups=home.groups.split(),
        closed_on=home.closed_on,
        matched=list(one.matched),
    )


def _place(place: Place) -> PlaceRef:
    return PlaceRef(public_id=place.public_id, code=place.code, name=place.name)


def _status(row: StatusPeriod) -> StatusOut:
    return StatusOut(
        status=Status(row.status),
        standard=row.standard,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        decision=row.decision.number,
        decided_on=row.decision.signed_on,
    )


def _member(one: MemberAt, seen: Collection[Right]) -> MemberOut:
    person, state = one.person, one.state
    health: dict[str, Any] = {"insured": None, "malnourished": None, "disability": None}
    if state is not None and Right.SEE_HEALTH in seen:
        health = {name: getattr(state, name) for name in health}
    return MemberOut(
        public_id=person.public_id,
        name=person.name,
        is_head=one.is_head,
        relation=one.membership.relation,
        birth_year=person.birth_year,
        birth_date=person.birth_date,
        sex=person.sex,
        id_number=mask(person.id_number),
        ethnicity=person.ethnicity if Right.SEE_ETHNICITY in seen else None,
        in_school=state.in_school if state else None,
        **health,
    )
