"""The official tables beside the checkout, which are not part of the project: skipped where absent."""

from __future__ import annotations

from pathlib import Path

import pytest

AREAS = Path(__file__).parents[3] / "shared" / "data" / "areas"
TABLE = AREAS / "nso_conversion_2025.csv"
needs_official_table = pytest.mark.skipif(not TABLE.is_file(), reason="shared/data/areas is not beside this checkout")
