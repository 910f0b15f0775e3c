"""Promise of the database: one code means one unit of a level at a time."""

from django.db import migrations

from vuonlen.foundation.periods import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [NoOverlap("places_place_one", "places_place", ("level", "code"))]
