"""Nine ways to falsify a journal, as whoever owns the database can: walls down, plain SQL, hashes computed anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from vuonlen.journal.hashing import entry_hash, genesis
from vuonlen.journal.standalone.verify_journal import ENTRIES, FIELDS, iso, text_of

Run = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("chain_id", *FIELDS)
SHIFT = 1_000_000  # out of the way, so that no two rows ever have one number while they are moved


class Journal(NamedTuple):
    """A chain under attack. run: executes SQL with %s marks and returns the rows."""

    run: Run
    vendor: str
    chain: int
    key: str
    length: int

    def rows(self) -> list[list[Any]]:
        """Every entry, in order, by FIELDS."""
        at = "'' || at" if self.vendor == "sqlite" else "at"
        return [list(row) for row in self.run(ENTRIES.format(mark="%s", at=at), [self.chain, -SHIFT])]

    def set(self, number: int, /, **values: Any) -> None:
        sets = ", ".join(f"{name} = %s" for name in values)
        self.run(
            f"UPDATE journal_entry SET {sets} WHERE chain_id = %s AND sequence = %s",
            [*values.values(), self.chain, number],
        )

    def add(self, row: Sequence[Any]) -> None:
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        self.run(
            f"INSERT INTO journal_entry (id, {', '.join(COLUMNS)}) SELECT {marks} FROM (SELECT 1) one",
            [1 + self.run("SELECT max(id) FROM journal_entry")[0][0], self.chain, *row],
        )

    def head(self, length: int, head: str) -> None:
        self.run("UPDATE journal_chain SET length = %s, head = %s WHERE id = %s", [length, head, self.chain])

    def hashed(self, row: Sequence[Any]) -> str:
        at = iso(row[1]) if isinstance(row[1], str) else row[1].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        told: list[Any] = [str(row[0]), at, text_of(row[2]), *row[3:-1]]
        return entry_hash(self.key, told)

    def forged(self, row: Sequence[Any], sequence: int, previous: str, **values: Any) -> list[Any]:
        """A row like `row` that fits after `previous`."""
        new = list(row)
        for name, value in {"sequence": sequence, "previous": previous, **values}.items():
            new[FIELDS.index(name)] = value
        new[-1] = self.hashed(new)
        return new


def changed(on: Journal, at: int) -> int:
    name = ("reason", "act", "object_id", "after", "role", "actor", "hash", "previous")[at % 8]
    on.set(at, **{name: "khác"})
    return at


def deleted(on: Journal, at: int) -> int:
    on.run("DELETE FROM journal_entry WHERE chain_id = %s AND sequence = %s", [on.chain, at])
    return at


def inserted(on: Journal, at: int) -> int:
    rows = on.rows()
    move = "UPDATE journal_entry SET sequence = sequence + %s WHERE chain_id = %s AND sequence >= %s"
    on.run(move, [SHIFT, on.chain, at])
    on.run(move, [1 - SHIFT, on.chain, SHIFT])
    previous = rows[at - 2][-1] if at > 1 else genesis(on.key)
    on.add(on.forged(rows[at - 1], at, previous, reason="chèn vào"))
    on.head(on.length + 1, rows[-1][-1])
    return at


def swapped(on: Journal, at: int) -> int:
    other = at % on.length + 1 if at % 2 else (at + on.length // 2) % on.length + 1
    for number, new in ((at, SHIFT), (other, at), (SHIFT, other)):
        on.set(number, sequence=new)
    return min(at, other)


def truncated(on: Journal, at: int) -> int:
    rows = on.rows()
    on.run("DELETE FROM journal_entry WHERE chain_id = %s AND sequence >= %s", [on.chain, at])
    on.head(at - 1, rows[at - 2][-1] if at > 1 else genesis(on.key))
    return at


def forked(on: Journal, at: int) -> int:
    rows = on.rows()
    previous = rows[at - 2][-1] if at > 1 else genesis(on.key)
    for row in rows[at - 1 : at + 2]:  # a second branch of up to three entries
        twin = on.forged(row, row[0], previous, reason="nhánh khác")
        previous = twin[-1]
        on.add(twin)
    return at


def rechained(on: Journal, at: int) -> int:
    rows = on.rows()
    previous = rows[at - 2][-1] if at > 1 else genesis(on.key)
    for row in rows[at - 1 :]:
        values = {"reason": "tính lại"} if row[0] == at else {}
        new = on.forged(row, row[0], previous, **values)
        on.set(row[0], previous=previous, hash=new[-1], **values)
        previous = new[-1]
    on.head(on.length, previous)
    return at


def borrowed(on: Journal, at: int) -> int:
    """A genuine entry of another chain stands in the place of one, as if it had been done here."""
    others = on.run("SELECT id FROM journal_chain WHERE id <> %s ORDER BY id", [on.chain])
    rows = on._replace(chain=others[0][0]).rows()
    on.set(at, **dict(zip(FIELDS[1:], rows[at % len(rows)][1:], strict=True)))
    return at


def replayed(on: Journal, at: int) -> int:
    """A genuine entry a second time, word for word, as the newest. Of two alike side by side the first is told."""
    row = on.rows()[at - 1]
    on.add([on.length + 1, *row[1:]])
    on.head(on.length + 1, row[-1])
    return on.length if at == on.length else on.length + 1


_ALL = (changed, deleted, inserted, swapped, truncated, forked, rechained, borrowed, replayed)
ATTACKS = {one.__name__: one for one in _ALL}
SEEN_ONLY_WITH_ANCHORS = {"truncated", "rechained"}


def lower_walls(run: Run, vendor: str) -> None:
    """No triggers, no unique numbers."""
    if vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("DROP FUNCTION journal_entry_refuse() CASCADE")
        run("ALTER TABLE journal_entry DROP CONSTRAINT journal_entry_once")
        return
    for act in ("update", "delete", "replace"):
        run(f"DROP TRIGGER journal_entry_keep_{act}")
    run("ALTER TABLE journal_entry RENAME TO journal_once")
    run("CREATE TABLE journal_entry AS SELECT * FROM journal_once")
    run("DROP TABLE journal_once")
