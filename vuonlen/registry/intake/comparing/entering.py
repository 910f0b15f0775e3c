"""What one row of a list means for the register: a household that is new, or one that goes on.

A blank of the list leaves what the register knows. What two lists of one review say is the later list's word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vuonlen.domain.columns import CAUSE_PREFIX, GROUP_PREFIX
from vuonlen.domain.names import fold, order_key
from vuonlen.places.models import Level, Place
from vuonlen.registry.intake.comparing import members
from vuonlen.registry.intake.comparing.pens import Pen
from vuonlen.registry.intake.comparing.scene import Home, Scene
from vuonlen.registry.intake.comparing.timelines import holding, lay
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.models import Assessment, Decision, Household, Residence, StatusPeriod


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every row of one list. decision: not in the register yet while the list is only compared."""

    on: date
    effective_on: date
    standard: str
    decision: Decision
    columns: frozenset[str]
    indicators: frozenset[str]
    places: Mapping[int, Place]  # communes and villages that rows may name

    def place(self, listed: Listed) -> Place:
        """The village, or the commune where none is named; a village that approving will create is not saved yet."""
        commune = self.places[listed.commune]
        if listed.village is None and listed.village_name:
            return Place(level=Level.VILLAGE, parent=commune, name=listed.village_name, path=commune.path)
        return self.places[listed.village] if listed.village else commune


def household_of(listed: Listed, terms: Terms) -> Household:
    """A household that the register does not have, as an object that is not saved."""
    place, head = terms.place(listed), listed.head
    commune = terms.places[listed.commune]
    return Household(
        code=listed.code,
        registered_in=commune,
        commune=commune,
        village=place if place.level == Level.VILLAGE else None,
        area_path=place.path,
        head_name=head.name,
        head_folded=fold(head.name)[:120],
        head_order=order_key(head.name)[:255],
        ethnicity=head.ethnicity,
        size=len(listed.persons) if len(listed.persons) > 1 else _size(listed) or 1,
        status=listed.status,
        deprived=listed.deprived,
        groups=listed.groups,
    )


def begin(listed: Listed, home: Household, scene: Scene, terms: Terms, pen: Pen) -> None:
    """Everything that the list says of a new household."""
    place = terms.place(listed)
    pen.add(home, home)
    pen.add(Residence(household=home, place=place, area_path=place.path, valid_from=terms.on), home)
    for one in listed.persons:
        members.come(one, Home(home), scene, terms.on, None, pen)
    if listed.status:
        pen.add(_class(listed.status, home, terms, None), home)
    pen.add(Assessment(household=home, reference_date=terms.on, **_found(listed, terms)), home)


def go_on(listed: Listed, home: Home, scene: Scene, terms: Terms, pen: Pen) -> None:
    """A household that the register has. Writes nothing where the list says nothing new."""
    own = home.household
    later = [one.reference_date for one in home.assessments if one.reference_date > terms.on]
    before = min(later) if later else None  # not None: an older list, read after newer ones
    if own.closed_on is not None and before is None and own.closed_on <= terms.on:
        pen.tell("", "reopened", own.closed_on, "")
        pen.set(own, own, closed_on=None, closed_why="")
    _number(listed, own, terms, pen, older=before is not None)
    _residence(listed, home, terms, pen, before)
    members.compare(listed, home, scene, terms.on, before, pen)
    _status(listed, home, terms, pen)
    _review(listed, home, terms, pen)


def _number(listed: Listed, own: Household, terms: Terms, pen: Pen, *, older: bool) -> None:
    """The newest list numbers the household, unless the number belongs to another one (see staging)."""
    if older or listed.code == own.code:
        return
    pen.tell("", "code", own.code, listed.code)
    pen.set(own, own, code=listed.code, registered_in=terms.places[listed.commune])


def _residence(listed: Listed, home: Home, terms: Terms, pen: Pen, before: date | None) -> None:
    own = home.household
    now = holding(home.residences, terms.on)
    place = terms.place(listed)
    if now is not None and place.level == Level.COMMUNE and now.place.parent_id == place.pk:
        return  # the village is known, the list only leaves it out
    if now is None or now.place_id != place.pk:
        pen.tell("", "residence", _called(now.place) if now else "", _called(place))

    def fresh(until: date | None) -> Residence:
        return Residence(household=own, place=place, area_path=place.path, valid_from=terms.on, valid_to=until)

    lay(home.residences, terms.on, own, pen, same=lambda one: one.place_id == place.pk, fresh=fresh, until=before)


def _called(place: Place) -> str:
    return f"{place.name}, {place.parent.name}" if place.level == Level.VILLAGE and place.parent else place.name


def _class(status: str, home: Household, terms: Terms, until: date | None) -> StatusPeriod:
    return StatusPeriod(
        household=home,
        status=status,
        standard=terms.standard,
        decision=terms.decision,
        valid_from=terms.effective_on,
        valid_to=until,
    )


def _status(listed: Listed, home: Home, terms: Terms, pen: Pen) -> None:
    """The class from the day of the decision. A household that cannot be judged keeps the class it has."""
    if not listed.status:
        return
    now = holding(home.statuses, terms.effective_on)
    if now is None or now.status != listed.status:
        pen.tell("", "status", now.status if now else "", listed.status)

    def same(one: StatusPeriod) -> bool:
        return (one.status, one.standard) == (listed.status, terms.standard) and _one_paper(one, terms.decision)

    def fresh(until: date | None) -> StatusPeriod:
        return _class(listed.status, home.household, terms, until)

    lay(home.statuses, terms.effective_on, home.household, pen, same=same, fresh=fresh)


def _one_paper(one: StatusPeriod, decision: Decision) -> bool:
    there = one.decision
    return (there.number, there.signed_on, there.place_id) == (decision.number, decision.signed_on, decision.place_id)


def _found(listed: Listed, terms: Terms) -> dict[str, object]:
    return {
        "standard": terms.standard,
        "area_type": listed.area_type,
        "members": _size(listed),
        "income": listed.income,
        "income_score": listed.income_score,
        "deprivation_score": listed.deprivation_score,
        "deprived": listed.deprived,
        "not_deprived": listed.not_deprived,
        "groups": listed.groups,
        "causes": listed.causes,
        "recorded_status": listed.recorded,
        "decision": terms.decision,
    }


def _size(listed: Listed) -> int | None:
    return listed.members if listed.members is not None else len(listed.persons) if listed.named else None


def _asked(terms: Terms, listed: Listed) -> Sequence[str]:
    """Fields of the review that the file has a column for."""
    has = terms.columns
    asked: list[str] = [
        one for one in ("area_type", "income", "income_score", "deprivation_score", "recorded_status") if one in has
    ]
    if "members" in has or listed.named:
        asked.append("members")
    if has & terms.indicators:
        asked += ["deprived", "not_deprived"]
    for name, prefix in (("groups", GROUP_PREFIX), ("causes", CAUSE_PREFIX)):
        if any(one.startswith(prefix) for one in has):
            asked.append(name)
    return asked


def _review(listed: Listed, home: Home, terms: Terms, pen: Pen) -> None:
    own = home.household
    found, asked = _found(listed, terms), _asked(terms, listed)
    there = [one for one in home.assessments if one.reference_date == terms.on and one.standard == terms.standard]
    earlier = [one for one in home.assessments if one.reference_date < terms.on]
    compared = there or earlier[-1:]
    if not there:
        pen.tell("", "review", "", terms.on.isoformat())
    for name in asked:
        old = getattr(compared[0], name) if compared else None
        if compared and old != found[name] and (old or found[name]):
            pen.tell("", name, old, found[name])
    if there:
        pen.set(there[0], own, **{name: found[name] for name in asked})
    else:
        pen.add(Assessment(household=own, reference_date=terms.on, **found), own)
