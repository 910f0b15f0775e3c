"""What every verb shares: the right, the revision, the day, the rows that it ends and begins, and the writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

import vuonlen.domain.problems.register  # noqa: F401  (fills the catalogue)
from vuonlen.accounts import scope as rights
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.accounts.row_security import widened
from vuonlen.domain.problems import Problem, Refused, Severity
from vuonlen.foundation.periods import Period
from vuonlen.places.models import Level, Place
from vuonlen.registry.current import refresh
from vuonlen.registry.models import Act, Household, Membership, Person, Residence, StatusPeriod
from vuonlen.registry.queries import open_members
from vuonlen.registry.verbs.texts import line, shown, text
from vuonlen.registry.writing import Book, ChangedMeanwhile


class Conflict(Exception):
    """The household is no longer what the form was opened on. Nothing was written."""

    def __init__(self, household: Household) -> None:
        super().__init__(str(household))
        self.household = household


@dataclass(slots=True)
class Desk:
    """One verb at work on one household."""

    home: Household
    book: Book
    act: Act
    by: User
    day: date
    others: list[Household] = field(default_factory=list)  # other households that it wrote to

    def add(self, row: Model, home: Household | None = None) -> None:
        self.book.add(self.act, row, self._home(home))

    def set(self, row: Model, home: Household | None = None, **values: Any) -> bool:
        return self.book.set(self.act, row, self._home(home), **values)

    def _home(self, home: Household | None) -> Household:
        if home is None or home is self.home:
            return self.home
        if home not in self.others:
            self.others.append(home)
        return home

    def end(self, row: Period, what: str, home: Household | None = None) -> None:
        """The row no longer holds from the day on. Raises Refused where it only began then, or later."""
        if row.valid_from >= self.day:
            refuse("G-BEFORE", "effective_on", day=shown(self.day), since=shown(row.valid_from), what=what)
        self.set(row, home, valid_to=self.day)

    def replace(self, row: Period, what: str, home: Household | None = None, **values: Any) -> bool:
        """The row holds with other values from the day on. Returns False where nothing differs."""
        if all(getattr(row, name) == value for name, value in values.items()):
            return False
        if row.valid_from == self.day:
            return self.set(row, home, **values)
        until = row.valid_to
        self.end(row, what, home)
        kept = {
            one.attname: getattr(row, one.attname)
            for one in row._meta.concrete_fields
            if not one.primary_key and one.name not in values
        }
        self.add(type(row)(**kept | {"valid_from": self.day, "valid_to": until} | values), home)
        return True

    def members(self) -> list[Membership]:
        return open_members(self.home)

    def member(self, person: Person) -> Membership:
        """The open membership of `person` here. Raises Refused."""
        found = next((one for one in self.members() if one.person_id == person.pk), None)
        if found is None:
            refuse("G-NOT-MEMBER", name=person.name)
        return found

    def since(self) -> date:
        """The day on which the household begins in the register."""
        first = Residence.objects.filter(household=self.home).order_by("valid_from").first()
        return first.valid_from if first else self.day

    def close(self, why: str, home: Household | None = None, members: bool = True) -> None:
        """The household ends on the day, and with it its home and its class."""
        one = home or self.home
        rows: list[tuple[Period, str]] = []
        if members:
            rows += [(row, row.person.name) for row in open_members(one)]
        rows += [(row, _("nơi ở")) for row in Residence.objects.filter(household=one, valid_to__isnull=True)]
        rows += [(row, _("phân loại")) for row in StatusPeriod.objects.filter(household=one, valid_to__isnull=True)]
        for row, what in rows:
            self.end(row, what, one)
        self.set(one, one, closed_on=self.day, closed_why=why)


def refuse(code: str, field: str = "", /, **values: object) -> NoReturn:
    raise Refused(Problem(code, cell=field, values=values))


def stop(problems: list[Problem], confirmed: bool = False) -> None:
    """Raises Refused where anything refuses, or where a doubt was not confirmed."""
    hard = [one for one in problems if one.kind.severity is not Severity.WARNING]
    if hard or (problems and not confirmed):
        raise Refused(*problems)


@contextmanager
def changing(
    verb: str,
    household: Household,
    *,
    by: User,
    reason: str,
    effective_on: date,
    revision: int,
    right: Right | None = Right.EDIT_HOUSEHOLDS,
    closed: bool = False,
) -> Iterator[Desk]:
    """One verb on one household, from the first check to the journal. closed: it is for a closed household.

    right: at the place of the household; None where the caller has checked another one.

    Raises PermissionDenied, Refused and Conflict; then nothing was written.
    """
    with writing(), transaction.atomic():
        home = Household.objects.select_for_update().filter(pk=household.pk).first()
        if home is None or (right is not None and not rights.may(by, right, home.area_path)):
            raise PermissionDenied
        if home.revision != revision:
            raise Conflict(home)
        why = text(reason, "reason", _("lý do"), most=2000, required="G-REASON")
        check_day(effective_on)
        if closed and home.closed_on is None:
            refuse("G-OPEN")
        if not closed and home.closed_on is not None:
            refuse("G-CLOSED", day=shown(home.closed_on))
        desk = begin(verb, home, by=by, reason=why, day=effective_on)
        yield desk
        finish(desk)


def begin(verb: str, home: Household, *, by: User, reason: str, day: date) -> Desk:
    book = Book(by=by)
    return Desk(home, book, book.act(verb, home, reason=reason, effective_on=day), by, day)


def finish(desk: Desk) -> None:
    """Write, bring the households up to date, and let the database say now what it would say at the end."""
    desk.book.write()
    refresh([desk.home, *desk.others])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def writing() -> Iterator[None]:
    """What the database refuses because another was faster is told like everything else.

    Behind the wall of the database nobody could see that a number is taken elsewhere; each verb checks its own right.
    """
    try:
        with widened():
            yield
    except ChangedMeanwhile as why:
        raise Conflict(why.households[0]) from why
    except IntegrityError as why:
        raise Refused(Problem("G-CHANGED")) from why


def check_day(day: date) -> None:
    if day > timezone.localdate():
        refuse("G-FUTURE", "effective_on", day=shown(day))


def check_place(place: Place, day: date) -> None:
    if place.level not in (Level.COMMUNE, Level.VILLAGE) or not place.holds(day):
        refuse("G-PLACE", "place", day=shown(day))


def commune_of(place: Place) -> Place:
    """The commune that a household in `place` belongs to."""
    return place.parent if place.level == Level.VILLAGE and place.parent is not None else place


def check_code(code: str, registered_in: Place, besides: Household | None = None) -> str:
    told = text(code, "code", _("mã hộ"), most=40, required="G-BLANK")
    taken = Household.objects.filter(registered_in=registered_in, code=told)
    if taken.exclude(pk=besides.pk if besides else 0).exists():
        refuse("G-CODE-TAKEN", "code", code=told, place=registered_in.name)
    return told


def new_household(place: Place, code: str, address: str) -> Household:
    """A household of `place`, not written yet. Raises Refused."""
    commune = commune_of(place)
    return Household(
        code=check_code(code, commune),
        registered_in=commune,
        commune=commune,
        village=place if place is not commune else None,
        area_path=place.path,
        address=line(address, "address", _("địa chỉ"), most=200),
    )


def move_in(desk: Desk, home: Household, place: Place) -> None:
    """Write a new household, and that it lives in `place` from the day on."""
    desk.add(home, home)
    desk.add(Residence(household=home, place=place, area_path=place.path, valid_from=desk.day), home)
