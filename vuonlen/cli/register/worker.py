"""`vuonlen worker`: does the work that takes long, until it is told to stop."""

from __future__ import annotations

from vuonlen.jobs import worker


def run(*, once: bool = False) -> int:
    """Work until SIGTERM or Ctrl-C. once: until the queue is empty. Returns the exit status."""
    return worker.run(once=once)
