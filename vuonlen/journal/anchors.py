"""Anchors: what the chains looked like at a time, written outside the database and signed.

An anchor names each chain that grew, its new length and head, and the beginnings of the hashes that were added; it
names the anchor before it. Once a day it names every chain, so that a lost file costs a day and not the series.
A chain that does not continue what was anchored before is left out and told: an anchor never covers a rewrite.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import vuonlen.domain.problems.journal  # noqa: F401  (fills the catalogue)
from vuonlen.domain.problems import Problem, Refused
from vuonlen.i18n import language
from vuonlen.journal.hashing import moment
from vuonlen.journal.standalone import verify_journal as standalone
from vuonlen.journal.standalone.verify_journal import TRAIL, Anchors, Finding, Source, Walk, check_chain

FULL_EVERY = 24
KEY_FILE = "anchor-key.txt"


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    number: int
    root: str
    public_key: str
    chains: int  # that grew since the anchor before
    findings: list[Finding]  # chains that were left out, and why


def load(folder: Path, public_key: str = "") -> Anchors:
    """Raises Refused for a folder without anchors."""
    anchors = Anchors(folder, public_key)
    if not anchors.number:
        raise Refused(Problem("J-NO-ANCHORS", values={"path": folder}))
    return anchors


def write(source: Source, folder: Path, *, key: str, at: datetime) -> Written:
    """Add one anchor to `folder`. key: 32 bytes as hex. Raises Refused where the folder belongs to another series."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    kept = _kept(folder, public)
    grown, findings = _grown(source, kept)
    number = kept.number + 1
    full = number % FULL_EVERY == 1
    for name, (length, head) in kept.state.items() if full else ():
        grown.setdefault(name, {"after": length, "length": length, "head": head, "trail": ""})
    body = {
        "format": 1,
        "number": number,
        "time": moment(at),
        "previous": kept.hash,
        "full": full,
        "public_key": public,
        "chains": grown,
    }
    state = kept.state | {name: (told["length"], told["head"]) for name, told in grown.items()}
    body["root"] = standalone.root_of(body, state)  # type: ignore[arg-type]
    signature = private.sign(standalone.signed_text(body)).hex()
    path = folder / f"anchor-{number:08d}.json"
    _add_file(path, json.dumps({"anchor": body, "signature": signature}, ensure_ascii=False, indent=1) + "\n")
    changed = sum(1 for told in grown.values() if told["trail"])
    return Written(path, number, str(body["root"]), public, changed, findings)


def _kept(folder: Path, public: str) -> Anchors:
    """The series in `folder`; an empty one begins it."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / KEY_FILE
    if not beside.exists():
        _add_file(beside, public + "\n")
    elif beside.read_text("ascii", "replace").strip() != public:
        raise Refused(Problem("J-ANCHOR-KEY", values={"path": folder}))
    kept = Anchors(folder, public)
    if kept.findings:
        told = {"path": folder, "why": kept.findings[0].sentence(language())}
        raise Refused(Problem("J-ANCHORS-BROKEN", values=told))
    return kept


def _grown(source: Source, kept: Anchors) -> tuple[dict[str, dict[str, object]], list[Finding]]:
    """Chains that go on from where the last anchor saw them, by key; and those that do not."""
    grown: dict[str, dict[str, object]] = {}
    findings = []
    known = set()
    for chain in sorted(source.chains(), key=lambda one: one.key):
        known.add(chain.key)
        length, head = kept.state.get(chain.key, (0, ""))
        if (chain.length, chain.head) == (length, head):
            continue
        walk = Walk(source, chain, after=length, previous=head)
        trail = "".join(hashed[:TRAIL] for _, hashed in walk)
        finding = walk.end()
        if finding:
            findings.append(check_chain(source, chain, kept)[0] or finding)
        else:
            grown[chain.key] = {"after": length, "length": chain.length, "head": chain.head, "trail": trail}
    findings += [Finding("chain-gone", key, 1) for key in sorted(set(kept.state) - known)]
    return grown, findings


def _add_file(path: Path, text: str) -> None:
    """A whole file or none, never over another one, on the disk when this returns."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # fails where the name is taken
        except FileExistsError:
            raise Refused(Problem("J-EXISTS", values={"path": path})) from None
        except OSError:  # a memory stick knows no links
            if path.exists():
                raise Refused(Problem("J-EXISTS", values={"path": path})) from None
            part.rename(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    _settle(path.parent)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system lets a folder be flushed
            os.fsync(handle)
    finally:
        os.close(handle)
