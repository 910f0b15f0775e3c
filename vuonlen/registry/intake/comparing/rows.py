"""Several rows of a list beside their households of the register: read together, compared one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vuonlen.foundation.paths import under_any
from vuonlen.places.models import Place
from vuonlen.places.queries import reach
from vuonlen.registry.intake.comparing.entering import Terms, go_on
from vuonlen.registry.intake.comparing.pens import Difference, Preview
from vuonlen.registry.intake.comparing.scene import Scene, load
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.intake.models import Batch, Staged
from vuonlen.registry.models import Decision, Membership

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


def scene_of(entries: Sequence[Entry], batch: Batch) -> Scene:
    """Everything that these rows may touch."""
    homes = [one.household for one in entries if one.household is not None]
    return load(homes, _elsewhere(entries, batch))


def _elsewhere(entries: Sequence[Entry], batch: Batch) -> list[int]:
    """Persons of these rows who belong to other households of the area until now."""
    paths = reach([batch.place])
    here: dict[str, int | None] = {}
    for one in entries:
        for person in one.listed.persons:
            if person.id_hash and not person.id_shared:
                here[person.id_hash] = one.household
    wanted, found = list(here), set()
    for start in range(0, len(wanted), _PART):
        stays = Membership.objects.filter(
            under_any(paths, "household__area_path"),
            person__id_hash__in=wanted[start : start + _PART],
            valid_to__isnull=True,
        )
        for number, person_id, home in stays.values_list("person__id_hash", "person_id", "household_id"):
            if home != here[number]:
                found.add(person_id)
    return sorted(found)


def touched(entry: Entry, scene: Scene) -> list[int]:
    """Households that the row writes to: its own, and those that its persons come from."""
    found = [] if entry.household is None else [entry.household]
    for one in entry.listed.persons:
        person = scene.strangers.get(one.id_hash) if one.id_hash else None
        found += [] if person is None else [stay.household_id for stay in scene.stays.get(person.pk, ())]
    return sorted({pk for pk in found if pk in scene.homes})


def compare(entries: Sequence[Entry], batch: Batch, terms: Terms) -> dict[int, Compared]:
    """Ordinal -> what the row would change."""
    scene = scene_of(entries, batch)
    told: dict[int, Compared] = {}
    for one in entries:
        revisions = {str(pk): scene.homes[pk].household.revision for pk in touched(one, scene)}
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
