"""The table of Django's cache: used codes and counters of attempts, known to every process of the server."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

TABLE = "accounts_cache"


def create(_apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def remove(_apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP TABLE {TABLE}", params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_no_overlap")]

    operations = [migrations.RunPython(create, remove)]
