"""Promises of the database: one class, one home and one household at a time, one head for each household."""

from django.db import migrations

from vuonlen.foundation.periods import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        NoOverlap("registry_status_one", "registry_status", ("household_id",)),
        NoOverlap("registry_residence_one", "registry_residence", ("household_id",)),
        NoOverlap("registry_membership_one", "registry_membership", ("person_id",)),
        NoOverlap("registry_membership_head", "registry_membership", ("household_id",), only="r.is_head"),
        NoOverlap("registry_person_state_one", "registry_person_state", ("person_id",)),
    ]
