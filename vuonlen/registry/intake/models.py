"""Imports of lists, before and after they reach the register. What is personal is sealed, also inside JSON.

No row here points at a row of the register by a constraint: undoing an import takes households away again, and
what the import showed must outlive them.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from vuonlen.accounts.models import User
from vuonlen.approval.models import Proposal
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.paths import PathField
from vuonlen.foundation.secret import seal, unseal
from vuonlen.jobs.models import Job
from vuonlen.places.models import Place
from vuonlen.registry.models import Household


class SealedJson(models.Field[Any, Any]):
    """JSON, encrypted as one text. Dates and decimals are the caller's to turn into text."""

    def get_internal_type(self) -> str:
        return "TextField"

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        return json.loads(unseal(value)) if value else None


class Batch(models.Model):
    """One list that one person brings for one place. Grain of approving, applying and undoing."""

    class State(models.TextChoices):
        UPLOADED = "uploaded"
        READING = "reading"
        UNREADABLE = "unreadable"  # the file was refused whole; `problems` says why
        REVIEW = "review"
        PROPOSED = "proposed"
        APPLYING = "applying"
        APPLIED = "applied"
        UNDOING = "undoing"
        UNDONE = "undone"
        WITHDRAWN = "withdrawn"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area_path = PathField()  # of the place
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)  # as the officer called it
    stored_as = models.CharField(max_length=60)  # in settings.FILES, encrypted
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)  # of the file as it came
    max_rows = models.PositiveIntegerField(null=True)  # larger limits that a command asked for
    max_mb = models.PositiveIntegerField(null=True)
    reference_date = models.DateField()
    standard = models.CharField(max_length=20)
    effective_on = models.DateField()  # from when the classes hold
    decision_number = models.CharField(max_length=60)
    decision_signed_on = models.DateField()
    decision_issuer = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    everyone = models.BooleanField(null=True)  # the list holds every household of its communes; NULL: not read yet
    layout = models.CharField(max_length=10, blank=True)
    columns = models.JSONField(default=list)  # those the file has
    member_columns = models.JSONField(default=list)
    problems = models.JSONField(default=list)  # why the file was refused whole
    counts = models.JSONField(default=dict)  # by kind of row, and of notes
    villages = models.JSONField(default=list)  # [commune, name, households]: approving creates them
    repairs_confirmed_at = models.DateTimeField(null=True)
    applied_through = models.IntegerField(default=0)  # ordinal: all rows up to it are done
    moved_homes = models.JSONField(default=dict)  # household -> how often other rows of this batch raised its revision
    made_villages = models.JSONField(default=list)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+")
    undo_proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "registry_intake_batch"
        indexes = [
            models.Index(fields=["area_path", "-id"], name="registry_intake_batch_list"),
            models.Index(fields=["sha256"], name="registry_intake_batch_file"),
        ]

    def __str__(self) -> str:
        return self.file_name


class Staged(models.Model):
    """One household of a list, or one of the register that the list no longer has."""

    class Kind(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        UNCHANGED = "unchanged"
        DUPLICATE = "duplicate"  # somebody must say first whether it is a household of the register
        REFUSED = "refused"  # was settled as the same as another row; those refused on reading are notes
        MISSING = "missing"

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        CONFLICT = "conflict"  # somebody changed the household after it was compared: left as it is

    class Fate(models.TextChoices):
        """Of a household that the list no longer has."""

        LEAVE = "leave"
        FOUND = "found"  # somebody said that it is a row of the list after all
        MOVED_AWAY = "moved_away"
        DISSOLVED = "dissolved"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    ordinal = models.IntegerField()  # in the file; missing households come after
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    code = models.CharField(max_length=40)
    commune = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(
        Household, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    compared = models.JSONField(default=dict)  # household -> revision that was compared
    fate = models.CharField(max_length=10, choices=Fate.choices, blank=True)
    content = SealedJson()  # what the file says, as `listed.Listed` tells it
    differences = SealedJson(null=True)  # [whose, field, before, after]

    class Meta:
        db_table = "registry_intake_staged"
        constraints = [models.UniqueConstraint(fields=["batch", "ordinal"], name="registry_intake_staged_once")]
        indexes = [models.Index(fields=["batch", "kind", "ordinal"], name="registry_intake_staged_kind")]


class Note(models.Model):
    """What there is to say about one cell or one row: refused, to be looked at, or repaired on reading."""

    class Kind(models.TextChoices):
        REFUSED = "refused"
        WARNING = "warning"
        REPAIR = "repair"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="notes")
    ordinal = models.IntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=30)  # of the catalogue of problems
    sheet = models.CharField(max_length=100, blank=True)
    cell = models.CharField(max_length=40, blank=True)
    household_code = models.CharField(max_length=100, blank=True)
    content = SealedJson()  # values of the sentence; of a repair [column, before, after]

    class Meta:
        db_table = "registry_intake_note"
        indexes = [models.Index(fields=["batch", "kind", "ordinal"], name="registry_intake_note_kind")]


class Suspect(models.Model):
    """A household of the register, or an earlier row of the file, that may be the same as a staged row."""

    class Answer(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="suspects")
    staged = models.ForeignKey(Staged, on_delete=models.CASCADE, related_name="suspects")
    household = models.ForeignKey(
        Household, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    other = models.ForeignKey(Staged, null=True, on_delete=models.CASCADE, related_name="+")
    likeness = models.FloatField()  # 0-100, of the heads' names
    why = models.CharField(max_length=40)  # code, id_number, member_id, name
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_intake_suspect"
        indexes = [models.Index(fields=["batch", "answer", "id"], name="registry_intake_suspect_open")]
        constraints = [
            models.CheckConstraint(
                name="registry_intake_suspect_one",
                condition=models.Q(household__isnull=True) ^ models.Q(other__isnull=True),
            )
        ]
