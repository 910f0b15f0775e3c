"""What lists are found by, and what was exported. Nothing here is a truth: names can be rebuilt from the register."""

from __future__ import annotations

from django.db import models

from vuonlen.accounts.models import User
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.paths import STEP, PathField
from vuonlen.registry.models import Household

LONGEST = 124


class Name(models.Model):
    """One way to begin a name of a household: of a member, or its code, from one of its words on.

    "nguyen van an" stands here as "nguyen van an", "van an<nguyen" and "an<nguyen van", so that whatever words
    someone remembers are the beginning of some key, and a search is one walk of one plain index on both databases.
    """

    pk = models.CompositePrimaryKey("household", "key")
    household = models.ForeignKey(  # the primary key is the index of it
        Household, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    key = PathField(max_length=LONGEST)
    root = PathField(max_length=STEP)  # the first step of area: the province
    area = PathField()  # of the household

    class Meta:
        db_table = "registry_search_name"
        indexes = [models.Index(fields=["root", "key", "area", "household"], name="registry_search_name_walk")]


class Export(models.Model):
    """One list that somebody took out. The serial stands on every row of the file."""

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        FAILED = "failed"
        REMOVED = "removed"  # the file is gone, the record stays

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)  # the serial
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exports")
    at = models.DateTimeField()
    format = models.CharField(max_length=4, choices=[("xlsx", "XLSX"), ("csv", "CSV")])
    filters = models.JSONField()
    told = models.TextField()  # the filters in words, as they stand in the file
    purpose = models.CharField(max_length=300, blank=True)  # asked for with full ID numbers
    id_numbers = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    households = models.PositiveIntegerField(null=True)
    persons = models.PositiveIntegerField(null=True)
    file = models.CharField(max_length=200, blank=True)  # in settings.FILES
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file
    job = models.CharField(max_length=12, blank=True)  # public id of the job that writes it

    class Meta:
        db_table = "registry_search_export"
        indexes = [models.Index(fields=["by", "at"], name="registry_search_export_day")]


class Calls(models.Model):
    """How often a user called the API in the minute of their last call."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()

    class Meta:
        db_table = "registry_search_calls"
