"""Entries are never changed or taken out: see vuonlen/journal/append_only.py."""

from django.db import migrations

from vuonlen.journal.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [AppendOnly("journal_entry", unique=("chain_id", "sequence"))]
