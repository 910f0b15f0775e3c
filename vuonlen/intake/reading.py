"""Read an officer's list: checks of the container, a limited child process, and the tables that it leaves."""

from __future__ import annotations

import hashlib
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO

from vuonlen.analytics.engines.storage import count_rows
from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake.child import HOUSEHOLDS, MEMBERS, OUTCOME, Job
from vuonlen.intake.containers import PARQUET, check_container
from vuonlen.intake.heading_mapping import HeadingMapping
from vuonlen.intake.limits import Limits
from vuonlen.intake.results import FoundColumn, ListRead, load_outcome
from vuonlen.intake.sheets.households import ScoreSheet

__all__ = ["FoundColumn", "Limits", "ListRead", "read_list"]

Progress = Callable[[int, int], None]
_USUAL = Limits()
_WALL = 10  # seconds of waiting allowed per second of CPU, for a machine that is busy with other work


def read_list(
    path: Path,
    workdir: Path,
    *,
    indicator_codes: frozenset[str] = frozenset(),
    limits: Limits = _USUAL,
    mapping: HeadingMapping | None = None,
    scorecard: ScoreSheet | None = None,
    on_progress: Progress | None = None,
) -> ListRead:
    """The list at `path` as Parquet in `workdir` (an existing folder).

    indicator_codes: codes of a user's own standard, besides I01–I12 and N01–N12. scorecard: must pickle.
    on_progress: called with rows done and rows in all. A Parquet list is checked and returned unchanged.
    Raises Refused when the file cannot be used at all; faults of single rows are in the result.
    """
    container = check_container(path, limits)
    sha256 = _sha256(path)
    if container.kind == PARQUET:
        return _parquet(path, sha256)
    for name in (OUTCOME, HOUSEHOLDS, MEMBERS):
        (workdir / name).unlink(missing_ok=True)
    job = Job(path.resolve(), workdir.resolve(), indicator_codes, limits, mapping, scorecard, date.today())
    _run(job, on_progress)
    found = load_outcome(workdir / OUTCOME)
    return ListRead(
        source_name=path.name,
        sha256=sha256,
        layout=found.layout,
        lists_everyone=found.lists_everyone,
        households=workdir / HOUSEHOLDS,
        members=workdir / MEMBERS if found.has_members else None,
        columns=found.columns,
        repairs=found.repairs,
        refused=found.refused,
        warnings=found.warnings,
        rows=found.rows,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _parquet(path: Path, sha256: str) -> ListRead:
    try:
        rows = count_rows(path)
    except OSError as error:
        values = {"name": path.name, "detail": str(error)[:120]}
        raise Refused(Problem("F-BROKEN", values=values)) from error
    return ListRead(path.name, sha256, "parquet", True, path, None, (), (), (), (), rows)


def _run(job: Job, on_progress: Progress | None) -> None:
    """Runs the reading process to its end. Raises Refused when a limit ended it."""
    command = [sys.executable, "-m", "vuonlen.intake.child"]
    errors = job.workdir / "child.stderr"
    with (
        errors.open("wb") as log,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Timer(job.limits.cpu_seconds * _WALL, child.kill)
        late.start()
        try:
            _send(child.stdin, job)
            for line in child.stdout:
                done, total = map(int, line.split())
                if on_progress:
                    on_progress(min(done, total), total)
        finally:
            timed_out = not late.is_alive()
            late.cancel()
    whole = errors.read_bytes()
    said = (whole[:2000] + b"\n" + whole[-2000:]).decode("utf-8", "replace")  # the cause stands above the trace
    errors.unlink()
    if child.returncode or not (job.workdir / OUTCOME).exists():
        raise _ended(job, child.returncode, said, timed_out)


def _send(stdin: IO[bytes], job: Job) -> None:
    try:
        with stdin:
            pickle.dump(job, stdin)
    except BrokenPipeError:
        return  # the child is gone: its return code tells why


def _ended(job: Job, code: int, said: str, timed_out: bool) -> Refused:
    limits = job.limits
    if timed_out or (sys.platform != "win32" and code in (-signal.SIGXCPU, -signal.SIGKILL) and "memory" not in said):
        return Refused(Problem("F-TIME", values={"seconds": limits.cpu_seconds}))
    if "memory allocation" in said or "MemoryError" in said or "out of memory" in said.lower():
        return Refused(Problem("F-MEMORY", values={"most": limits.memory_bytes // 2**20}))
    lines = said.strip().splitlines()
    detail = lines[-1][:160] if lines else f"mã {code}"
    return Refused(Problem("F-BROKEN", values={"name": job.path.name, "detail": detail}))
