"""The journal as a file for the stand-alone verifier: one JSON object a line, each chain followed by its entries."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TextIO

import vuonlen.domain.problems.journal  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused
from vuonlen.journal.hashing import moment
from vuonlen.journal.standalone.verify_journal import FIELDS, FIRST_OF_ALL, Chain, Source

Advance = Callable[[int, int], None]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def export(source: Source, path: Path, *, at: datetime, advance: Advance) -> tuple[int, int]:
    """Every chain. Returns the numbers of chains and entries. Raises Refused for a file that exists."""
    if path.exists():
        raise Refused(Problem("J-EXISTS", values={"path": path}))
    part = path.with_name(path.name + ".part")
    chains = source.chains()
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            entries = write(source, chains, file, at=at, advance=advance)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return len(chains), entries


def write(
    source: Source, chains: Collection[Chain], file: TextIO, *, at: datetime, extract: bool = False, advance: Advance
) -> int:
    """Returns the number of entries. extract: these are not all chains, and the file shall say so."""
    told = {"vuonlen_journal": 1, "time": moment(at), "chains": len(chains)} | ({"extract": True} if extract else {})
    total, done = sum(one.length for one in chains), 0
    file.write(_encode(told) + "\n")
    for chain in sorted(chains, key=lambda one: one.key):
        file.write(_encode({"chain_key": chain.key, "length": chain.length, "head": chain.head}) + "\n")
        for row in source.entries(chain, FIRST_OF_ALL):
            file.write(_encode({"chain": chain.key, **dict(zip(FIELDS, row, strict=True))}) + "\n")
            done += 1
            if not done % 1000:
                advance(done, total)
    return done
