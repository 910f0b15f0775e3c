"""How much a file may cost to read."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

_MB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, rows and seconds. memory_bytes: data of the reading process beyond what the interpreter needs."""

    max_bytes: int = 20 * _MB
    max_rows: int = 200_000
    max_columns: int = 400
    max_inflated: int = 200 * _MB
    max_zip_members: int = 2_000
    memory_bytes: int = 512 * _MB
    cpu_seconds: int = 60

    def raised(self, max_rows: int, max_mb: int) -> Limits:
        """Larger limits for a larger file: memory, inflated bytes and CPU grow in proportion, never shrink."""
        factor = max(1.0, max_rows / self.max_rows, max_mb * _MB / self.max_bytes)
        return replace(
            self,
            max_bytes=max_mb * _MB,
            max_rows=max_rows,
            max_inflated=math.ceil(self.max_inflated * factor),
            memory_bytes=math.ceil(self.memory_bytes * factor),
            cpu_seconds=math.ceil(self.cpu_seconds * factor),
        )
