"""What was proposed and what was decided stays as it was said: see vuonlen/approval/keeping.py."""

from django.db import migrations

from vuonlen.approval.keeping import BORN_DECIDED, DECIDED_AGAIN, Kept

PROPOSED = (
    "public_id", "kind", "place_id", "area_path", "title", "payload", "described", "fingerprint", "reason",
    "proposed_by_id", "proposed_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("approval", "0001_initial")]

    operations = [
        Kept("approval_proposal", PROPOSED, wrong=DECIDED_AGAIN, born=BORN_DECIDED),
        Kept("approval_interest", ("proposal_id", "user_id")),
        Kept("approval_hand_over", ("from_user_id", "to_user_id", "at")),
    ]
