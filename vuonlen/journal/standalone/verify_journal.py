"""Verify a journal of Vươn Lên without Vươn Lên: one file, Python 3.11 or newer, nothing to install.

    python verify_journal.py FILE [--anchors FOLDER] [--public-key HEX] [--lang vi|en] [--json]

FILE is what `vuonlen journal export` wrote, or the SQLite database itself (read only). Exit status: 0 whole,
1 something is wrong (the first bad entry of each chain is named), 2 the file cannot be read.
What is computed here, byte for byte, and what it can and cannot find: docs/journal.md of the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

FIELDS = (
    "sequence", "at", "actor_id", "actor", "role", "place", "act", "object_type", "object_id", "fields", "reason",
    "before", "after", "previous", "hash",
)  # fmt: skip
PREVIOUS, HASH = FIELDS.index("previous"), FIELDS.index("hash")
FIRST_OF_ALL = -(2**63)  # an entry may have been put in under number 0 or below
TRAIL = 16  # hex digits of each hash that an anchor keeps to show where; its head proves that
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
Row = Sequence[Any]  # by FIELDS, each as text; sequence as a number


class Unusable(Exception):
    """A file that is no journal."""


class Unreadable(Exception):
    """An entry that cannot be read."""


class Chain(NamedTuple):
    id: Any
    key: str
    length: int
    head: str


class Finding(NamedTuple):
    """What is wrong first in a chain. kind: a key of WORDS. sequence: the first bad entry (or anchor)."""

    kind: str
    chain: str
    sequence: int

    def sentence(self, lang: str = "vi") -> str:
        text = WORDS[self.kind][1 if lang == "en" else 0]
        return text.format(chain=self.chain, n=self.sequence, next=self.sequence + 1)


WORDS = {
    "changed": ("chuỗi {chain}, mục {n}: nội dung đã bị sửa hoặc tráo", "chain {chain}, entry {n}: changed or swapped"),
    "missing": ("chuỗi {chain}, mục {n}: đã bị xóa", "chain {chain}, entry {n}: deleted"),
    "truncated": (
        "chuỗi {chain}: bị cắt đuôi, mất từ mục {n}",
        "chain {chain}: its tail is cut off, missing from entry {n}",
    ),
    "inserted": ("chuỗi {chain}, mục {n}: bị chèn vào", "chain {chain}, entry {n}: put in"),
    "forked": ("chuỗi {chain}, mục {n}: có hai mục cùng số", "chain {chain}, entry {n}: there are two of this number"),
    "replaced": (
        "chuỗi {chain}, mục {n}: không phải mục mà mục {next} (hoặc đầu chuỗi) đã nối vào",
        "chain {chain}, entry {n}: not the one that entry {next} (or the head of the chain) was built on",
    ),
    "rechained": (
        "chuỗi {chain}, mục {n}: đã bị sửa và chuỗi được tính lại từ đó; khác với dấu neo",
        "chain {chain}, entry {n}: changed, and the chain computed anew from there; it differs from the anchor",
    ),
    "unreadable": ("chuỗi {chain}, mục {n}: không đọc được", "chain {chain}, entry {n}: cannot be read"),
    "chain-gone": (
        "chuỗi {chain}: đã được neo nhưng không còn, mất từ mục {n}",
        "chain {chain}: anchored, but gone from entry {n} on",
    ),
    "chain-twice": ("chuỗi {chain}: có hai chuỗi cùng tên", "chain {chain}: there are two of this name"),
    "stray": ("{chain}: mục {n} không thuộc chuỗi nào", "{chain}: entry {n} belongs to no chain"),
    "anchor-gone": ("dấu neo {n}: không còn", "anchor {n}: missing"),
    "anchor-changed": ("dấu neo {n}: đã bị sửa hoặc thay", "anchor {n}: changed or replaced"),
    "anchor-unreadable": ("dấu neo {n}: không đọc được", "anchor {n}: cannot be read"),
    "anchor-key": ("dấu neo {n}: ký bằng khóa khác", "anchor {n}: signed with another key"),
}


class Source(Protocol):
    """Where entries come from. entries: in the order of their sequence, those above `after`.

    extract: it does not claim to hold every chain.
    """

    @property
    def extract(self) -> bool: ...
    def chains(self) -> list[Chain]: ...
    def strays(self) -> list[tuple[str, int]]: ...
    def entries(self, chain: Chain, after: int) -> Iterator[Row]: ...


def sha256(tag: str, value: object) -> str:
    """Of a tag, a line break and the JSON text without blanks (RFC 8785)."""
    return hashlib.sha256(f"{tag}\n{_encode(value)}".encode()).hexdigest()


def genesis(key: str) -> str:
    return sha256("vuonlen-journal-chain-1", [key])


def entry_hash(key: str, row: Row, sequence: int) -> str:
    """Empty for values that no entry can have."""
    try:
        return sha256("vuonlen-journal-entry-1", [key, str(sequence), *row[1:HASH]])
    except (TypeError, ValueError):
        return ""


# ---- one chain ----------------------------------------------------------------------------------------------------


class Walk:
    """The entries of a chain in order, up to the first bad one; yields (sequence, hash) of each good one."""

    def __init__(self, source: Source, chain: Chain, after: int = 0, previous: str = "") -> None:
        self.source, self.chain, self.count = source, chain, after
        self.last, self.before_last = previous or genesis(chain.key), ""
        self.finding: Finding | None = None

    def __iter__(self) -> Iterator[tuple[int, str]]:
        try:
            for row in self.source.entries(self.chain, self.count or FIRST_OF_ALL):
                self.finding = self._fault(row)
                if self.finding:
                    return
                self.before_last, self.last = self.last, row[HASH]
                self.count += 1
                yield self.count, self.last
        except Unreadable:
            self.finding = self._bad("unreadable", self.count + 1)

    def end(self) -> Finding | None:
        """What only shows when all entries are read: whether the chain says that it ends here."""
        if self.finding:
            return self.finding
        if self.chain.length > self.count:
            return self._bad("truncated", self.count + 1)
        if self.chain.length < self.count:
            return self._bad("inserted", self.chain.length + 1)
        return self._bad("replaced", self.count) if self.chain.head != self.last else None

    def _bad(self, kind: str, sequence: int) -> Finding:
        return Finding(kind, self.chain.key, sequence)

    def _fault(self, row: Row) -> Finding | None:
        expected, found = self.count + 1, row[0]
        if not isinstance(found, int):
            return self._bad("changed", expected)
        if found < expected:
            return self._bad("forked" if found == self.count and found > 0 else "inserted", found)
        if found > expected:
            return self._bad("missing", expected)
        if row[HASH] != entry_hash(self.chain.key, row, found):
            return self._moved(row, found)
        if row[PREVIOUS] != self.last:
            return self._bad("replaced", self.count) if self.count else self._bad("changed", 1)
        return None

    def _moved(self, row: Row, found: int) -> Finding:
        """Its hash is wrong. Would it be right under the number that it had before others were put in or taken out?"""
        if row[HASH] == entry_hash(self.chain.key, row, found - 1) and row[PREVIOUS] == self.before_last:
            return self._bad("inserted", found - 1)
        if row[HASH] == entry_hash(self.chain.key, row, found + 1):
            return self._bad("missing", found)
        return self._bad("changed", found)


# ---- anchors ------------------------------------------------------------------------------------------------------


class Anchors:
    """A folder of anchors, read in order. Marks (what each anchor says of each chain) lie in a temporary database."""

    def __init__(self, folder: Path, public_key: str = "") -> None:
        self.folder, self.key = folder, public_key
        self.findings: list[Finding] = []
        self.state: dict[str, tuple[int, str]] = {}
        self.number, self.hash, self.time, self.root = 0, "", "", ""
        self._marks = sqlite3.connect("")
        self._marks.execute("CREATE TABLE mark (chain TEXT, length INT, head TEXT, anchor INT)")
        paths = sorted(folder.glob("anchor-*.json"))
        for place, path in enumerate(paths, start=1):
            self._read(path, last=place == len(paths))
        self._marks.execute("CREATE INDEX by_chain ON mark (chain, length)")

    def marks(self, chain: str) -> Iterator[tuple[int, str, int]]:
        """(length, head, anchor) of one chain, the shortest first."""
        return self._marks.execute(
            "SELECT length, head, anchor FROM mark WHERE chain = ? ORDER BY length, anchor", (chain,)
        )

    def trail(self, anchor: int, chain: str) -> tuple[int, list[str]]:
        """The number before the first, and the beginnings of the hashes, that an anchor took in."""
        told = json.loads((self.folder / f"anchor-{anchor:08d}.json").read_text("utf-8"))["anchor"]["chains"][chain]
        text = told["trail"]
        return told["after"], [text[at : at + TRAIL] for at in range(0, len(text), TRAIL)]

    def _read(self, path: Path, *, last: bool) -> None:
        told = re.fullmatch(r"anchor-(\d{8})\.json", path.name)
        number = int(told[1]) if told else -1
        try:
            whole = json.loads(path.read_text("utf-8"))
            body, signature = whole["anchor"], bytes.fromhex(whole["signature"])
            if self.number + 1 != number:
                self._bad("anchor-gone", self.number + 1)
            elif body["previous"] != self.hash:
                self._bad("anchor-changed", self.number)
            self._take(body, number, last=last)
            if last and not signed(bytes.fromhex(self.key), signed_text(body), signature):
                self._bad("anchor-changed", number)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._bad("anchor-unreadable", number)
        self.number = number

    def _take(self, body: dict[str, Any], number: int, *, last: bool) -> None:
        if body["public_key"] != (self.key or body["public_key"]):
            self._bad("anchor-key", number)
        self.key = self.key or body["public_key"]
        for chain, told in body["chains"].items():
            now = (told["length"], told["head"])
            if now != self.state.get(chain) and now[0] > 0:
                self._marks.execute("INSERT INTO mark VALUES (?, ?, ?, ?)", (chain, *now, number))
            self.state[chain] = now
        self.hash, self.time, self.root = sha256("vuonlen-journal-anchor-1", body), body["time"], body["root"]
        if ((body["full"] or last) and root_of(body, self.state) != self.root) or body["number"] != number:
            self._bad("anchor-changed", number)

    def _bad(self, kind: str, number: int) -> None:
        if not self.findings:  # the first one tells; what follows it is no evidence any more
            self.findings.append(Finding(kind, "", number))


def root_of(body: dict[str, Any], state: dict[str, tuple[int, str]]) -> str:
    """One figure for all chains at the time of an anchor: short enough for a printed page."""
    chains = [[key, *state[key]] for key in sorted(state)]
    return sha256("vuonlen-journal-root-1", [body["number"], body["time"], body["previous"], chains])


def signed_text(body: dict[str, Any]) -> bytes:
    return f"vuonlen-journal-anchor-1\n{_encode(body)}".encode()


# ---- all chains ---------------------------------------------------------------------------------------------------


class Report(NamedTuple):
    chains: int
    entries: int
    unanchored: int  # entries newer than the last anchor: nothing outside vouches for them yet
    anchors: Anchors | None
    findings: list[Finding]  # the first of each chain, in the order of the keys
    extract: list[str] | None  # the only chains that were there to be checked; None: all should have been


def verify(source: Source, anchors: Anchors | None = None, advance: Callable[[int, int], None] | None = None) -> Report:
    """Read everything once, in a stream. advance: called with (done, total)."""
    findings = list(anchors.findings) if anchors else []
    chains = sorted(source.chains(), key=lambda one: one.key)
    total, done, unanchored = sum(one.length for one in chains), 0, 0
    for place, chain in enumerate(chains):
        if place and chain.key == chains[place - 1].key:
            findings.append(Finding("chain-twice", chain.key, 1))
            continue
        finding, count = check_chain(source, chain, anchors, partial(_tell, advance, done, total))
        findings += [finding] if finding else []
        done += count
        unanchored += count - min(count, anchors.state.get(chain.key, (0, ""))[0] if anchors else 0)
    known = {one.key for one in chains}
    gone = sorted(set(anchors.state) - known) if anchors and not source.extract else []
    findings += [Finding("chain-gone", key, 1) for key in gone]
    findings += [Finding("stray", key, sequence) for key, sequence in source.strays()]
    return Report(len(chains), done, unanchored, anchors, findings, sorted(known) if source.extract else None)


def _tell(advance: Callable[[int, int], None] | None, before: int, total: int, done: int) -> None:
    if advance:
        advance(before + done, total)


def check_chain(
    source: Source, chain: Chain, anchors: Anchors | None = None, tell: Callable[[int], None] | None = None
) -> tuple[Finding | None, int]:
    """The first thing that is wrong with one chain, and how many entries were read."""
    marks = anchors.marks(chain.key) if anchors else iter(())
    mark, good = next(marks, None), 0
    walk = Walk(source, chain)
    finding = None
    for sequence, hashed in walk:
        while mark and mark[0] == sequence and mark[1] == hashed:
            mark, good = next(marks, None), sequence
        if mark and mark[0] <= sequence:
            finding = Finding("rechained", chain.key, sequence)
            break
        if tell and not sequence % 1000:
            tell(sequence)
    finding = finding or walk.end()
    if mark and finding is None:
        finding = Finding("truncated", chain.key, walk.count + 1)
    if finding and mark and anchors:
        finding = locate(source, chain, anchors, mark[2], good, finding)
    return finding, walk.count


def locate(source: Source, chain: Chain, anchors: Anchors, anchor: int, good: int, found: Finding) -> Finding:
    """The first entry that an anchor took in otherwise. `found` stands where it is earlier, or the anchor is silent."""
    try:
        after, trail = anchors.trail(anchor, chain.key)
        rows = {row[0]: row[HASH] for row in source.entries(chain, max(after, good)) if row[0] <= after + len(trail)}
    except (OSError, ValueError, KeyError, TypeError, Unreadable):
        return found
    for sequence in range(max(after, good) + 1, after + len(trail) + 1):
        if sequence >= found.sequence and found.kind != "replaced":
            break
        if (rows.get(sequence) or "")[:TRAIL] != trail[sequence - after - 1]:
            return Finding("rechained" if sequence in rows else "missing", chain.key, sequence)
    return found


# ---- where entries come from --------------------------------------------------------------------------------------


def text_of(value: object) -> object:
    """A number as its digits, nothing as no text; anything else is left, and will not match."""
    return "" if value is None else str(value) if isinstance(value, int) else value


class SqliteFile:
    """The embedded database, opened for reading only."""

    extract = False

    def __init__(self, path: Path) -> None:
        still = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
        try:
            self.connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{still}", uri=True)
            self.connection.execute("SELECT 1 FROM journal_chain, journal_entry LIMIT 1")
        except sqlite3.Error as why:
            raise Unusable(str(why)) from why

    def chains(self) -> list[Chain]:
        return [Chain(*row) for row in self.connection.execute("SELECT id, key, length, head FROM journal_chain")]

    def strays(self) -> list[tuple[str, int]]:
        return [(f"#{chain}", n or 0) for chain, n in self.connection.execute(STRAYS)]

    def entries(self, chain: Chain, after: int) -> Iterator[Row]:
        try:
            for row in self.connection.execute(ENTRIES.format(mark="?", at="at"), (chain.id, after)):
                yield row[0], iso(row[1]), text_of(row[2]), *row[3:]
        except sqlite3.Error as why:
            raise Unreadable from why


STRAYS = (
    "SELECT chain_id, min(sequence) FROM journal_entry "
    "WHERE chain_id NOT IN (SELECT id FROM journal_chain) OR sequence IS NULL GROUP BY chain_id ORDER BY chain_id"
)
ENTRIES = (
    f"SELECT sequence, {{at}}, {', '.join(FIELDS[2:])} FROM journal_entry "
    "WHERE chain_id = {mark} AND sequence > {mark} ORDER BY sequence, id"
)


def iso(text: object) -> object:
    """ "2026-11-24 10:35:02.5" as SQLite keeps it -> "2026-11-24T10:35:02.500000Z"."""
    if not isinstance(text, str):
        return text
    return f"{text[:10]}T{text[11:19]}.{text[20:]:0<6}Z"


class Export:
    """A file that `vuonlen journal export` wrote: chains, each followed by its entries, one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._strays: list[tuple[str, int]] = []
        self._chains: list[Chain] = []
        first = self._file.readline(500)
        if b'"vuonlen_journal"' not in first or not first.endswith(b"\n"):
            raise Unusable(str(path))
        self.extract = b'"extract":true' in first
        while line := self._file.readline():
            if line.startswith(b'{"chain_key":'):
                try:
                    told = json.loads(line)
                    self._chains.append(Chain(self._file.tell(), told["chain_key"], int(told["length"]), told["head"]))
                except (ValueError, KeyError, TypeError) as why:
                    raise Unusable(str(path)) from why
            elif not self._chains:
                self._strays.append(("?", 0))

    def chains(self) -> list[Chain]:
        return self._chains

    def strays(self) -> list[tuple[str, int]]:
        return self._strays[:1]

    def entries(self, chain: Chain, after: int) -> Iterator[Row]:
        self._file.seek(chain.id)
        while (line := self._file.readline()) and not line.startswith(b'{"chain_key":'):
            try:
                told = json.loads(line)
                row = [told[name] for name in FIELDS]
            except (ValueError, KeyError, TypeError) as why:
                raise Unreadable from why
            if told.get("chain") != chain.key:
                self._strays.append((str(told.get("chain")), 0 if not isinstance(row[0], int) else row[0]))
            elif not isinstance(row[0], int) or row[0] > after:
                yield row


def open_source(path: Path) -> Source:
    """Raises Unusable, OSError."""
    with path.open("rb") as file:
        return SqliteFile(path) if file.read(16) == b"SQLite format 3\0" else Export(path)


# ---- Ed25519 (RFC 8032), so that a signature can be checked with nothing installed ---------------------------------

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_Point = tuple[int, int, int, int]


def _plus(p: _Point, q: _Point) -> _Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(number: int, point: _Point) -> _Point:
    total: _Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _plus(total, point)
        point, number = _plus(point, point), number >> 1
    return total


def _point(data: bytes) -> _Point:
    """Raises ValueError for bytes that are no point."""
    whole = int.from_bytes(data, "little")
    y, sign = whole & (2**255 - 1), whole >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if len(data) != 32 or y >= _P or (x * x - square) % _P or (sign and not x):
        raise ValueError("no point of the curve")
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


_BASE = _point(bytes([0x58] + [0x66] * 31))


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        key, commitment = _point(public), _point(signature[:32])
    except ValueError:
        return False
    factor = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or factor >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _ORDER
    p, q = _times(factor, _BASE), _plus(commitment, _times(challenge, key))
    return (p[0] * q[2] - q[0] * p[2]) % _P == 0 and (p[1] * q[2] - q[1] * p[2]) % _P == 0


# ---- what is said -------------------------------------------------------------------------------------------------

_LINES = {
    "whole": ("Nhật ký nguyên vẹn.", "The journal is whole."),
    "broken": ("Nhật ký KHÔNG nguyên vẹn. Sai đầu tiên:", "The journal is NOT whole. First fault:"),
    "more": ("Các chuỗi khác cũng sai:", "Faults of other chains:"),
    "counts": ("{chains} chuỗi, {entries} mục đã kiểm tra.", "{chains} chains, {entries} entries checked."),
    "anchors": (
        "{count} dấu neo, mới nhất {time}, gốc {root}; khóa {key}. {unanchored} mục mới hơn chưa được neo.",
        "{count} anchors, the newest of {time}, root {root}; key {key}. {unanchored} newer entries are not anchored.",
    ),
    "extract": (
        "Đây là bản trích: chỉ kiểm tra {keys}; các chuỗi khác của nhật ký không có ở đây.",
        "This is an extract: only {keys} was checked; other chains of the journal are not in it.",
    ),
    "no-anchors": (
        "Chưa đối chiếu với dấu neo: nếu ai đó sửa rồi tính lại cả chuỗi, hoặc cắt đuôi rồi sửa cả đầu chuỗi, thì chỉ "
        "dấu neo mới cho thấy. Hãy chạy lại với --anchors.",
        "Not compared with anchors: a chain computed anew from some entry on, or cut off with its head, only shows "
        "against them. Run again with --anchors.",
    ),
}


def lines(report: Report, lang: str = "vi") -> list[str]:
    """The report in words. The first line is the verdict."""
    said = {name: both[1 if lang == "en" else 0] for name, both in _LINES.items()}
    found = ["  " + one.sentence(lang) for one in report.findings]
    told = [said["broken" if found else "whole"], *found[:1]]
    told += [said["more"], *found[1:]] if found[1:] else []
    told.append(said["counts"].format(chains=report.chains, entries=report.entries))
    told += [] if report.extract is None else [said["extract"].format(keys=", ".join(report.extract) or "–")]
    if report.anchors is None:
        return [*told, said["no-anchors"]]
    kept = report.anchors
    values = {"count": kept.number, "time": kept.time, "root": kept.root, "key": kept.key}
    return [*told, said["anchors"].format(**values, unanchored=report.unanchored)]


def as_dict(report: Report) -> dict[str, Any]:
    kept = report.anchors
    return {
        "whole": not report.findings,
        "chains": report.chains,
        "entries": report.entries,
        "extract": report.extract,
        "findings": [{**one._asdict(), "vi": one.sentence("vi"), "en": one.sentence("en")} for one in report.findings],
        "anchors": None
        if kept is None
        else {
            "number": kept.number,
            "time": kept.time,
            "root": kept.root,
            "public_key": kept.key,
            "entries_not_anchored": report.unanchored,
        },
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--anchors", type=Path)
    parser.add_argument("--public-key", default="")
    parser.add_argument("--lang", choices=["vi", "en"], default="vi")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args(arguments)
    try:
        if told.public_key and not re.fullmatch(r"[0-9a-f]{64}", told.public_key):
            raise Unusable(f"--public-key {told.public_key}")
        anchors = Anchors(told.anchors, told.public_key) if told.anchors else None
        if anchors and not anchors.number:
            raise Unusable(f"--anchors {told.anchors}: 0")
        report = verify(open_source(told.file), anchors)
    except (Unusable, OSError) as why:
        sys.stderr.write(f"{told.file}: không đọc được / cannot be read ({why})\n")
        return 2
    shown = (
        json.dumps(as_dict(report), ensure_ascii=False, indent=2) if told.json else "\n".join(lines(report, told.lang))
    )
    sys.stdout.write(shown + "\n")
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
