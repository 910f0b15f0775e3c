"""What plugs in where, as dictionaries that can be read."""

from __future__ import annotations

#: kind of proposal -> the `approval.kinds.Kind` that checks and applies it
PROPOSAL_KINDS: dict[str, str] = {
    "staff.appoint": "vuonlen.staff.kinds.APPOINT",
    "staff.withdraw": "vuonlen.staff.kinds.WITHDRAW",
    "registry.merge": "vuonlen.registry.proposals.MERGE",
    "registry.close": "vuonlen.registry.proposals.STRIKE",
    "registry.correct_status": "vuonlen.registry.proposals.STATUS",
    "registry.move_out": "vuonlen.registry.proposals.MOVE",
    "registry.undo": "vuonlen.registry.proposals.UNDO",
    "registry.import": "vuonlen.registry.intake.proposals.IMPORT",
    "registry.undo_import": "vuonlen.registry.intake.proposals.UNDO",
}
