"""Users and the roles they hold. Grain of Appointment: one role of one user for one place in one period."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from vuonlen.accounts.rights import Role
from vuonlen.foundation.ids import public_id
from vuonlen.foundation.periods import Period
from vuonlen.places.models import Place


class User(AbstractUser):
    """A person who signs in. Never deleted: one who leaves is closed (`left_on`), the journal keeps the name."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    full_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # the office
    must_change_password = models.BooleanField(default=False)  # somebody else knows it
    session_epoch = models.PositiveIntegerField(default=0)  # raised to end every session at once
    demo = models.BooleanField(default=False)  # of the demonstration: named on the sign-in page while settings.DEMO
    left_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "accounts_user"

    def __str__(self) -> str:
        return self.full_name or self.username

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Django drops every session whose hash is not this one: a new password or a new epoch ends them all."""
        told = f"{self.password}\0{self.session_epoch}"
        return salted_hmac("vuonlen.accounts.session", told, secret=secret, algorithm="sha256").hexdigest()


class Appointment(Period):
    """A role held for a place and everything under it, from a day until a day."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=Role.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=200, blank=True)  # the paper that appoints

    class Meta:
        db_table = "accounts_appointment"
        constraints = [
            # Equal days: withdrawn before its first day was over, so that it never held.
            models.CheckConstraint(
                name="accounts_appointment_forward",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(name="accounts_appointment_role", condition=models.Q(role__in=Role.values)),
        ]
        indexes = [models.Index(fields=["user", "valid_from"], name="accounts_appointment_user")]


class Reveal(models.Model):
    """One protected value that one user looked at, and why. Counted against the daily ceiling."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reveals")
    at = models.DateTimeField()
    field = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=300)

    class Meta:
        db_table = "accounts_reveal"
        indexes = [models.Index(fields=["user", "at"], name="accounts_reveal_day")]
