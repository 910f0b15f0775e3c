"""Several rows of a list beside their households of the register: read together, compared one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from vuonlen.foundation.paths import under_any
from vuonlen.places.models import Place
from vuonlen.places.queries import reach
from vuonlen.registry.intake.comparing.entering import Terms, go_on
from vuonlen.registry.intake.comparing.pens import Difference, Preview
from vuonlen.registry.intake.comparing.scene import Scene, load
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.intake.models import Batch, Staged
from vuonlen.registry.models import Change, Decision, Person

_PART = 500


@dataclass(slots=True)
class Entry:
    """One row. household: of the register, where it is known."""

    ordinal: int
    listed: Listed
    household: int | None


@dataclass(slots=True)
class Compared:
    """What one row would change. revisions: of every household that it was compared with."""

    known: bool
    writes: bool = True
    differences: list[Difference] = field(default_factory=list)
    revisions: dict[str, int] = field(default_factory=dict)

    def onto(self, row: Staged) -> None:
        if self.known:
            row.kind = Staged.Kind.CHANGED if self.writes else Staged.Kind.UNCHANGED
            row.differences = [list(one) for one in self.differences]
        row.compared = self.revisions


def scene_of(entries: Sequence[Entry], batch: Batch, also: Sequence[int] = ()) -> Scene:
    """Everything that these rows may touch. also: households that must be there besides."""
    homes = [one.household for one in entries if one.household is not None]
    return load([*homes, *also], _strangers(entries, batch))


def _strangers(entries: Sequence[Entry], batch: Batch) -> list[int]:
    """Persons of the area with the ID numbers of these rows who are not in the household of their row.

    They live in another one, or did before (in a list, the household that they leave may come first). Nobody who
    lives in another area now. Of two with one number, the one who belongs somewhere comes last.
    """
    here: dict[str, int | None] = {}
    for one in entries:
        for person in one.listed.persons:
            if person.id_hash and not person.id_shared:
                here[person.id_hash] = one.household
    paths = tuple(reach([batch.place]))
    ours: dict[int, bool] = {}  # person -> whether they belong to a household now
    not_ours: set[int] = set()
    homeless: set[int] = set()
    for number, pk, home, area, until in _stays(list(here)):
        if home is None:
            homeless.add(pk)
        elif until is None and (home == here[number] or not area.startswith(paths)):
            not_ours.add(pk)
        elif area.startswith(paths):
            ours[pk] = ours.get(pk, False) or until is None
    for pk in _added_under(homeless, paths):
        ours[pk] = False
    return sorted(ours.keys() - not_ours, key=lambda pk: (ours[pk], pk))


def _stays(numbers: Sequence[str]) -> Iterator[tuple[str, int, int | None, str, date | None]]:
    for start in range(0, len(numbers), _PART):
        persons = Person.objects.filter(id_hash__in=numbers[start : start + _PART]).order_by("pk")
        home = "memberships__household"
        yield from persons.values_list("id_hash", "pk", f"{home}_id", f"{home}__area_path", "memberships__valid_to")


def _added_under(persons: Iterable[int], paths: Iterable[str]) -> list[int]:
    """Those of `persons`, who belong nowhere, whom a household of the area brought into the register.

    One who was only in a list of that very day, and is not in its corrected version, belongs nowhere.
    """
    if not persons:
        return []
    rows = Change.objects.filter(under_any(paths, "household__area_path"), model="person", kind="add", row__in=persons)
    return list(rows.values_list("row", flat=True))


def touched(entry: Entry, scene: Scene, on: date) -> list[int]:
    """Households that the row writes to: its own, and those where its persons live until that day."""
    found = [] if entry.household is None else [entry.household]
    for one in entry.listed.persons:
        person = scene.strangers.get(one.id_hash) if one.id_hash else None
        stays = [] if person is None else scene.stays.get(person.pk, [])
        found += [stay.household_id for stay in stays if stay.valid_to is None or stay.valid_to > on]
    return sorted({pk for pk in found if pk in scene.homes})


def compare(entries: Sequence[Entry], batch: Batch, terms: Terms) -> dict[int, Compared]:
    """Ordinal -> what the row would change."""
    scene = scene_of(entries, batch)
    told: dict[int, Compared] = {}
    for one in entries:
        revisions = {str(pk): scene.homes[pk].household.revision for pk in touched(one, scene, terms.on)}
        if one.household is None:
            told[one.ordinal] = Compared(False, revisions=revisions)
            continue
        pen = Preview()
        go_on(one.listed, scene.homes[one.household], scene, terms, pen)
        told[one.ordinal] = Compared(True, pen.writes, pen.differences, revisions)
    return told


def decision_of(batch: Batch) -> Decision:
    """The decision that makes the classes of this list: the one of the register, or one that is not saved yet."""
    told = {"place": batch.place, "number": batch.decision_number, "signed_on": batch.decision_signed_on}
    found = Decision.objects.filter(**told).first()
    return found or Decision(**told, issuer=batch.decision_issuer, area_path=batch.place.path)


def terms_of(batch: Batch, columns: frozenset[str], indicators: frozenset[str], places: dict[int, Place]) -> Terms:
    return Terms(
        on=batch.reference_date,
        effective_on=batch.effective_on,
        standard=batch.standard,
        decision=decision_of(batch),
        columns=columns,
        indicators=indicators,
        places=places,
    )
