"""Whatever people do in whatever order: nobody decides alone, and nothing happens without a decision (goal G4).

10,000 sequences: `pytest tests/approval/test_any_sequence.py --hypothesis-profile=large`.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.approval.sequences import Office
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def test_any_sequence_keeps_four_eyes(cast: Cast) -> None:
    large = settings.get_current_profile_name() == "large"
    machine = type("Office", (Office,), {"cast": cast})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10_000 if large else 50,
            stateful_step_count=50 if large else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
