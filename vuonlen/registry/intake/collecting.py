"""Python's collector of reference cycles, called less often while rows are made by the ten thousand.

By default it walks the young objects after every 700 new ones. An import holds its rows until they are written, so that
walking finds nothing: it took a fifth of the time of reading and writing (docs/performance.md).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 50)


@contextmanager
def seldom() -> Iterator[None]:
    """For the whole process, until the block ends. Not for one that serves pages meanwhile."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
