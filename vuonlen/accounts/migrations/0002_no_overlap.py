"""Promise of the database: nobody holds one role for one place twice at a time."""

from django.db import migrations

from vuonlen.foundation.periods import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [NoOverlap("accounts_appointment_one", "accounts_appointment", ("user_id", "role", "place_id"))]
