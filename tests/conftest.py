"""What every test starts from: Vietnamese, and examples of Hypothesis that repeat."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from vuonlen.i18n import activate

# Two processes share the machine with LibreOffice and Spark: a deadline would measure the neighbours.
# The same examples on each run: a red run must be red again for whoever looks at it. `large` draws new ones.
settings.register_profile("suite", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("large", deadline=None, max_examples=5000, print_blob=True)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Each test begins in Vietnamese, whatever the one before it chose."""
    activate("vi")
    yield
    activate("vi")
