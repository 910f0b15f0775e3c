"""The journal. Grain: one public act on one object. Rows are only ever added; the database refuses all else."""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """One chain per commune (key: `Place.key`), one per province for acts above communes, one "system"."""

    key = models.CharField(max_length=40, unique=True)
    length = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64)  # hash of the newest entry; before the first, the hash of the key
    at = models.DateTimeField(null=True)  # of the newest entry: no later one may be earlier

    class Meta:
        db_table = "journal_chain"


class Entry(models.Model):
    """One act. Values are kept only as keyed hashes: the journal convicts without telling."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    sequence = models.BigIntegerField()  # 1, 2, 3 … within the chain
    at = models.DateTimeField()  # UTC
    actor_id = models.BigIntegerField(null=True)  # accounts.User; NULL for the installation itself
    actor = models.CharField(max_length=150)  # the name as it was
    role = models.CharField(max_length=40, blank=True)  # on whose authority: the role held for the place
    place = models.CharField(max_length=40, blank=True)  # Place.key
    act = models.CharField(max_length=60)  # "registry.correct_person"
    object_type = models.CharField(max_length=60)  # "household"
    object_id = models.CharField(max_length=40)  # public id
    fields = models.TextField(blank=True)  # names of the fields that changed, never their values
    reason = models.TextField(blank=True)
    before = models.CharField(max_length=64, blank=True)  # keyed hash of the values before
    after = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="journal_entry_once")]
        indexes = [
            models.Index(fields=["object_id", "object_type", "id"], name="journal_entry_object"),
            models.Index(fields=["actor_id", "at"], name="journal_entry_actor"),
            models.Index(fields=["chain", "id"], name="journal_entry_page"),
            models.Index(fields=["act", "id"], name="journal_entry_act"),
            models.Index(fields=["at", "id"], name="journal_entry_at"),
        ]
