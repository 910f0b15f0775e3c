"""What plugs in where, as dictionaries that can be read."""

from __future__ import annotations

#: kind of proposal -> the `approval.kinds.Kind` that checks and applies it
PROPOSAL_KINDS: dict[str, str] = {}
