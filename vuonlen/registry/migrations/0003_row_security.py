"""The second wall on PostgreSQL: see vuonlen/accounts/row_security.py."""

from django.db import migrations

from vuonlen.accounts.row_security import RowSecurity, by_path, by_row


def of_household(table: str) -> RowSecurity:
    return RowSecurity(table, by_row("registry_household", "id", f"{table}.household_id"))


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_no_overlap")]

    operations = [
        RowSecurity("registry_household", by_path("area_path")),
        of_household("registry_membership"),
        of_household("registry_residence"),
        of_household("registry_status"),
        of_household("registry_assessment"),
        of_household("registry_act"),
        of_household("registry_change"),
        RowSecurity("registry_person", by_row("registry_membership", "person_id", "registry_person.id")),
        RowSecurity("registry_person_state", by_row("registry_person", "id", "registry_person_state.person_id")),
    ]
