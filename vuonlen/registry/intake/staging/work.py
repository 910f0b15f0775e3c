"""Staging one list: read in a child process, matched with the register, compared, and laid out for a person.

Nothing of the register is written. A run that was cut off begins anew and gives the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from vuonlen.domain.poverty import Status
from vuonlen.domain.problems import Problem, Refused, Repair
from vuonlen.foundation.bulk import insert
from vuonlen.intake.results import ListRead
from vuonlen.registry.intake import files
from vuonlen.registry.intake.collecting import seldom
from vuonlen.registry.intake.comparing.rows import terms_of
from vuonlen.registry.intake.listed import Listed
from vuonlen.registry.intake.models import Batch, Note, Staged, Suspect
from vuonlen.registry.intake.staging import source as sources
from vuonlen.registry.intake.staging.communes import lineage
from vuonlen.registry.intake.staging.known import Area, elsewhere
from vuonlen.registry.intake.staging.matching import Key, Match, Matcher
from vuonlen.registry.intake.staging.missing import missing
from vuonlen.registry.intake.staging.shelf import Shelf, refused_notes
from vuonlen.registry.intake.staging.source import Source

PART = 500  # households of one transaction
Step = Callable[[int, int, str], None]
_READ, _MATCHED = 50, 60  # of a hundred


def stage(batch: Batch, step: Step) -> None:
    """Read and stage a list that was uploaded. Does nothing for one that is past that."""
    if not _begin(batch):
        return
    try:
        sheet = sources.standard(batch)
        with files.opened(batch.stored_as, batch.sha256, batch.file_name) as path:
            step(0, 100, _("Đang đọc tệp"))
            found = sources.read(
                batch, path, sheet, lambda done, all_: step(_READ * done // max(all_, 1), 100, _("Đang đọc tệp"))
            )
            with seldom():
                _Staging(batch, found, Source(batch, found, sheet), step).run()
    except Refused as why:
        _refuse(batch, why.problems)


def _begin(batch: Batch) -> bool:
    with transaction.atomic():
        batch.state = Batch.objects.select_for_update().get(pk=batch.pk).state
        if batch.state not in (Batch.State.UPLOADED, Batch.State.READING):
            return False
        for rows in (Suspect, Note, Staged):
            rows.objects.filter(batch=batch).delete()
        batch.state = Batch.State.READING
        batch.counts, batch.problems, batch.villages = {}, [], []
        batch.save(update_fields=["state", "counts", "problems", "villages"])
    return True


def _refuse(batch: Batch, problems: Sequence[Problem]) -> None:
    with transaction.atomic():
        if Batch.objects.select_for_update().get(pk=batch.pk).state == Batch.State.WITHDRAWN:
            return
        for rows in (Suspect, Note, Staged):
            rows.objects.filter(batch=batch).delete()
        batch.state = Batch.State.UNREADABLE
        batch.problems = [[one.code, one.sheet, one.cell, _plain(one)] for one in problems]
        batch.save(update_fields=["state", "problems"])


def _plain(problem: Problem) -> dict[str, Any]:
    return {name: one if isinstance(one, int | float) else str(one) for name, one in problem.values.items()}


class _Staging:
    """One run. Two passes over the rows: the first to match them all, the second to compare and keep them."""

    def __init__(self, batch: Batch, found: ListRead, source: Source, step: Step) -> None:
        self._batch, self._found, self._source, self._step = batch, found, source, step
        self._area = Area(batch.place)
        self._shared: set[str] = set()
        self._classes: Counter[str] = Counter()
        self._persons = 0
        self._notes = 0

    def run(self) -> None:
        keys = self._keys()
        self._step(_READ, 100, _("Đang đối chiếu với sổ hộ"))
        matcher = Matcher(self._area, lineage({one.commune for one in keys}))
        matches = matcher.run(keys)
        self._step(_MATCHED, 100, _("Đang so sánh từng hộ"))
        self._save_reading(keys)
        terms = terms_of(self._batch, self._source.columns, self._source.indicators, self._source.places)
        shelf = Shelf(self._batch, self._area, terms, self._shared)
        for chunk in self._source.chunks(PART):
            with transaction.atomic():
                refused = shelf.put(self._counted(chunk), matches)
                insert(refused_notes(self._batch, refused, self._notes + 1))
                self._notes += len(refused)
            self._step(_MATCHED + 38 * chunk[-1][0] // len(self._source), 100, _("Đang so sánh từng hộ"))
        self._finish(keys, matches)

    def _keys(self) -> list[Key]:
        """What every row is matched by; ID numbers that stand in several households are told apart here."""
        keys: list[Key] = []
        whose: dict[str, int] = {}
        names: dict[str, tuple[str, str]] = {}
        for chunk in self._source.chunks(PART):
            for ordinal, one in chunk:
                if isinstance(one, Problem):
                    continue
                keys.append(Key.of(ordinal, one))
                for person in one.persons:
                    if person.id_hash:
                        names.setdefault(person.id_hash, (one.code, person.name))
                        if whose.setdefault(person.id_hash, ordinal) != ordinal:
                            self._shared.add(person.id_hash)
        self._strangers(names)
        return keys

    def _strangers(self, names: dict[str, tuple[str, str]]) -> None:
        found = elsewhere(list(names), self._area)
        told = [names[one] for one in names if one in found]
        self._elsewhere = [
            Problem("W-ID-ELSEWHERE", household_id=code, values={"code": code, "name": name}) for code, name in told
        ]

    def _counted(self, chunk: list[sources.Told]) -> list[sources.Told]:
        notes: list[Note] = []
        for _ordinal, one in chunk:
            if isinstance(one, Problem):
                notes.append(self._note(Note.Kind.REFUSED, one))
                continue
            self._persons += len(one.persons)
            self._classes["recorded" if one.recorded else "judged" if one.status else "unknown"] += 1
            self._source.note_village(one)
            if differs(one):
                values = {"code": one.code, "recorded": one.recorded, "judged": one.judged}
                self._classes["differs"] += 1
                notes.append(
                    self._note(Note.Kind.WARNING, Problem("W-CLASS-DIFFERS", household_id=one.code, values=values))
                )
        insert(notes)
        return chunk

    def _note(self, kind: Note.Kind, one: Problem | Repair) -> Note:
        self._notes += 1
        return note_of(self._batch, self._notes, kind, one)

    def _save_reading(self, keys: Sequence[Key]) -> None:
        """What the reader said, and what our own reading of communes adds to it."""
        found = self._found
        notes = [self._note(Note.Kind.REFUSED, one) for one in found.refused]
        notes += [self._note(Note.Kind.WARNING, one) for one in (*found.warnings, *self._elsewhere)]
        repairs = (*found.repairs, *(self._source.repairs[one] for one in sorted(self._source.repairs)))
        notes += [self._note(Note.Kind.REPAIR, one) for one in repairs]
        with transaction.atomic():
            insert(notes)

    def _finish(self, keys: Sequence[Key], matches: dict[int, Match]) -> None:
        batch = self._batch
        with transaction.atomic():
            if not Batch.objects.select_for_update().filter(pk=batch.pk, state=Batch.State.READING).exists():
                raise Refused(Problem("U-STATE"))  # given up meanwhile
            if batch.everyone is None:
                batch.everyone = self._found.lists_everyone
            matched = {one.household for one in matches.values() if one.household is not None}
            communes = {one.commune for one in keys}
            insert(missing(batch, self._area, communes, matched, len(self._source)))
            batch.layout = self._found.layout
            batch.columns = sorted(self._source.columns)
            batch.member_columns = sorted(self._source.member_columns)
            names = self._source.village_names
            batch.villages = [[commune, names[commune, key], n] for (commune, key), n in self._source.villages.items()]
            batch.counts = {"persons": self._persons, "classes": dict(self._classes)}
            count(batch)
            batch.state = Batch.State.REVIEW
            batch.save()
        self._step(100, 100, _("Đã đọc xong"))


def differs(one: Listed) -> bool:
    """Whether the list's own class is not the one that its answers give."""
    unknown = (Status.UNDETERMINED, "")
    return one.recorded not in unknown and one.judged not in unknown and one.recorded != one.judged


def note_of(batch: Batch, ordinal: int, kind: Note.Kind, one: Problem | Repair) -> Note:
    content = [one.column, one.before, one.after] if isinstance(one, Repair) else _plain(one)
    code = "" if isinstance(one, Repair) else one.household_id
    return Note(
        batch=batch, ordinal=ordinal, kind=kind, code=one.code, sheet=one.sheet[:100], cell=one.cell[:40],
        household_code=code[:100], content=content,
    )  # fmt: skip


def count(batch: Batch) -> None:
    """Counts of the batch by kind, into the object. One query for each of its three tables."""
    kinds = Staged.objects.filter(batch=batch).values_list("kind").annotate(n=Count("pk"))
    notes = Note.objects.filter(batch=batch).values_list("kind").annotate(n=Count("pk"))
    rows = {**{one.value: 0 for one in Staged.Kind}, **dict(kinds)}
    told = {**{one.value: 0 for one in Note.Kind}, **dict(notes)}
    waiting = Suspect.objects.filter(batch=batch, answer="", staged__kind=Staged.Kind.DUPLICATE).count()
    batch.counts = {**batch.counts, "rows": rows, "notes": told, "unsettled": waiting}
