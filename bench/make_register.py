"""Fill a migrated database with households for the benchmarks: synthetic, the same for the same number.

    export VUONLEN_HOME=… DJANGO_SETTINGS_MODULE=vuonlen.config.settings     (and DATABASE_URL for PostgreSQL)
    python -m vuonlen migrate
    python -m bench.make_register 1000000

34 provinces, 3,321 communes and ten villages in each, by their names; one province holds 8 % of the households and
one commune in it 1 % of them. Family names are as uneven as they are: 38 % Nguyễn in the lowlands. Each household has
four members, a home, a class, a review, an act with two changes and an entry of the journal.

Rows are drawn in Python into a temporary table and spread over the tables of the register by SQL; indexes, triggers
and constraints between rows are taken off before and put back after. This measures reading: the entries of the
journal are no chain, and sealed ID numbers are shared by those of one name (the keyed hashes are each one's own).
"""

from __future__ import annotations

import argparse
import csv
import hmac
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import accumulate
from pathlib import Path
from time import perf_counter
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from vuonlen.accounts.row_security import widened  # noqa: E402
from vuonlen.demo.bac_kan import RECIPE  # noqa: E402
from vuonlen.demo.recipe import load  # noqa: E402
from vuonlen.domain.names import fold, order_key  # noqa: E402
from vuonlen.foundation.paths import step  # noqa: E402
from vuonlen.foundation.secret import keyed_hash, seal  # noqa: E402
from vuonlen.registry.models import Household  # noqa: E402
from vuonlen.registry.search.keys import keys_of  # noqa: E402

PLACES = Path(__file__).parent.parent / "vuonlen" / "places" / "data"
SINCE = date(2025, 7, 1)
VILLAGES, MEMBERS, PART, DRAWS = 10, 4, 50_000, 40_000
HEAVY = 0.08  # of all households, in the province of Thái Nguyên
LOWLAND = [
    ("Nguyễn", 38), ("Trần", 12), ("Lê", 9), ("Phạm", 7), ("Vũ", 5), ("Đỗ", 4), ("Bùi", 4), ("Đặng", 3), ("Hoàng", 5),
    ("Ngô", 3), ("Dương", 2), ("Phan", 3), ("Đào", 2), ("Trịnh", 1), ("Mai", 1), ("Tạ", 1),
]  # fmt: skip
INDICATORS = [f"I{number:02d}" for number in range(1, 13)]
STATUSES = (["poor"] * 30) + (["near_poor"] * 25) + (["not_poor"] * 40) + ["undetermined", ""] * 2
GROUPS = [""] * 8 + ["DTTS", "NCC"]
POSTGRES = connection.vendor == "postgresql"
TABLES = (
    "registry_household", "registry_person", "registry_membership", "registry_residence", "registry_status",
    "registry_assessment", "registry_act", "registry_change", "registry_search_name", "journal_entry",
)  # fmt: skip


def padded(number: str) -> str:
    """SQL: a number as twelve digits."""
    return f"lpad(({number})::text, 12, '0')" if POSTGRES else f"printf('%012d', {number})"


DAY = f"{'DATE ' if POSTGRES else ''}'{SINCE}'"
MOMENT = f"{'TIMESTAMPTZ ' if POSTGRES else ''}'{SINCE} 08:00:00{'+00' if POSTGRES else ''}'"
NO, YES, FORM = ("false", "true", "::jsonb") if POSTGRES else ("0", "1", "")
DRAWN = (
    "id bigint, code text, commune bigint, village bigint, path text, ethnicity text, status text, deprived text, "
    "groups text, income bigint, n0 integer, n1 integer, n2 integer, n3 integer, h0 text, h1 text, h2 text, h3 text"
)


def spread() -> Iterator[str]:
    """SQL: what was drawn, into the tables of the register."""
    yield from people()
    yield from periods()
    yield from history()
    named = " UNION ALL ".join(f"SELECT id, path, n{number} AS name FROM bench_draw" for number in range(MEMBERS))
    yield (
        "INSERT INTO registry_search_name (household_id, key, root, area) "
        f"SELECT m.id, k.key, substr(m.path, 1, 4), m.path FROM ({named}) m JOIN bench_key k ON k.name = m.name "
        "UNION SELECT id, lower(code), substr(path, 1, 4), path FROM bench_draw ORDER BY 1, 2"
    )


def people() -> Iterator[str]:
    yield (
        "INSERT INTO registry_household (id, public_id, code, registered_in_id, commune_id, village_id, area_path, "
        "address, head_name, head_folded, head_order, ethnicity, size, status, deprived, groups, closed_why, revision) "
        f"SELECT d.id, {padded('d.id')}, d.code, d.commune, d.commune, d.village, d.path, '', p.name, p.folded, "
        f"p.ordered, d.ethnicity, {MEMBERS}, d.status, d.deprived, d.groups, '', 1 "
        "FROM bench_draw d JOIN bench_pool p ON p.id = d.n0 ORDER BY d.id"
    )
    for number in range(MEMBERS):
        key, sex = f"(d.id - 1) * {MEMBERS} + {number + 1}", "male" if number % 2 == 0 else "female"
        yield (
            "INSERT INTO registry_person (id, public_id, name, name_folded, birth_year, sex, ethnicity, id_number, "
            f"id_hash) SELECT {key}, {padded(key)}, p.name, p.folded, 1950 + d.id % 70, '{sex}', d.ethnicity, "
            f"p.sealed, d.h{number} FROM bench_draw d JOIN bench_pool p ON p.id = d.n{number} ORDER BY d.id"
        )
        yield (
            "INSERT INTO registry_membership (id, valid_from, household_id, person_id, relation, is_head) "
            f"SELECT {key}, {DAY}, d.id, {key}, '{'' if number == 0 else 'Con'}', {YES if number == 0 else NO} "
            "FROM bench_draw d ORDER BY d.id"
        )


def periods() -> Iterator[str]:
    yield (
        "INSERT INTO registry_residence (id, valid_from, household_id, place_id, area_path) "
        f"SELECT id, {DAY}, id, village, path FROM bench_draw ORDER BY id"
    )
    yield (
        "INSERT INTO registry_status (id, valid_from, household_id, status, standard, decision_id) "
        f"SELECT id, {DAY}, id, status, 'vn-2022', 1 FROM bench_draw WHERE status <> '' ORDER BY id"
    )
    yield (
        "INSERT INTO registry_assessment (id, household_id, reference_date, standard, area_type, members, income, "
        "deprived, not_deprived, groups, causes, recorded_status) "
        f"SELECT id, id, {DAY}, 'vn-2022', 'rural', {MEMBERS}, income, deprived, '', groups, '', '' "
        "FROM bench_draw ORDER BY id"
    )


def history() -> Iterator[str]:
    yield (
        "INSERT INTO registry_act (id, public_id, verb, at, effective_on, reason, household_id, batch) "
        f"SELECT id, {padded('id')}, 'add_household', {MOMENT}, {DAY}, 'bench', id, '' FROM bench_draw ORDER BY id"
    )
    for number, (model, row) in enumerate((("household", "id"), ("person", f"(id - 1) * {MEMBERS} + 1"))):
        yield (
            "INSERT INTO registry_change (id, act_id, household_id, model, row, kind, before) "
            f"SELECT id * 2 - {number}, id, id, '{model}', {row}, 'add', NULL{FORM} FROM bench_draw ORDER BY id"
        )
    yield (
        "INSERT INTO journal_entry (chain_id, sequence, at, actor, role, place, act, object_type, object_id, fields, "
        f"reason, before, after, previous, hash) SELECT 1, id, {MOMENT}, 'bench', '', '', 'registry.add_household', "
        f"'household', {padded('id')}, 'household', '', '', h0, h1, h2 FROM bench_draw ORDER BY id"
    )


class Places:
    """The tree: ids and paths of communes and villages, with the share of households of each commune."""

    def __init__(self) -> None:
        with (PLACES / "provinces.csv").open(encoding="utf-8") as file:
            provinces = [row for row in csv.DictReader(file) if row["edition"] == "since"]
        with (PLACES / "communes_since.csv").open(encoding="utf-8") as file:
            communes = list(csv.DictReader(file))
        self.rows: list[tuple[Any, ...]] = []
        self.communes: list[tuple[int, list[tuple[int, str]], bool]] = []
        weights: list[float] = []
        for number, province in enumerate(provinces, 1):
            own = [one for one in communes if one["province"] == province["code"]]
            top, root = self._add(province["code"], 1, "tinh", province["name"], None, step(number))
            share = HEAVY if province["name"].endswith("Thái Nguyên") else (1 - HEAVY) / (len(provinces) - 1)
            for place, commune in enumerate(own, 1):
                code = commune["code"]
                above, path = self._add(code, 3, "xa", commune["name"], top, root + step(place))
                villages = [
                    self._add(f"{code}-{one}", 4, "thon", f"Thôn {one}", above, path + step(one))
                    for one in range(1, VILLAGES + 1)
                ]
                self.communes.append((above, villages, number % 3 == 0))
                weights.append(0.01 if share == HEAVY and place == 1 else share / len(own))
        self.weights = list(accumulate(weights))

    def _add(self, code: str, level: int, kind: str, name: str, parent: int | None, path: str) -> tuple[int, str]:
        key = len(self.rows) + 1
        public = f"p{key:011d}".translate(str.maketrans("01", "zy"))
        self.rows.append((key, str(SINCE), public, code, level, kind, name, fold(name), parent, path, "", "", True))
        return key, path


class Names:
    """Invented names, each folded once. drawn: ids of names as often as they are, for each sex, up and down."""

    def __init__(self) -> None:
        told = load(RECIPE).names
        self.low = [name for name, weight in LOWLAND for _ in range(weight)]
        self.high = [name for group in ("Tày", "Nùng", "Dao", "Mông") for name in told.family[group]]
        self.middle = {sex: told.middle[sex]["*"] for sex in ("male", "female")}
        self.given = {sex: told.given[sex]["*"] for sex in ("male", "female")}
        self.ids: dict[str, int] = {}
        rng = random.Random("names")
        self.drawn = {
            (sex, upland): [self._draw(rng, upland, sex) for _ in range(DRAWS)]
            for sex in ("male", "female")
            for upland in (False, True)
        }

    def _draw(self, rng: random.Random, upland: bool, sex: str) -> int:
        words = [rng.choice(self.high if upland and rng.random() < 0.8 else self.low), rng.choice(self.middle[sex])]
        words += rng.sample(self.given[sex], 2 if rng.random() < 0.3 else 1)
        return self.ids.setdefault(" ".join(words), len(self.ids) + 1)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        return ((key, name, fold(name), order_key(name), seal(f"{key:012d}")) for name, key in self.ids.items())

    def keys(self) -> Iterator[tuple[int, str]]:
        return ((key, one) for name, key in self.ids.items() for one in sorted(keys_of([fold(name)])))


def draw(places: Places, names: Names, start: int, end: int) -> Iterator[tuple[Any, ...]]:
    """Households `start` + 1 to `end`, one row each."""
    rng, secret = random.Random(start), bytes.fromhex(settings.KEYS.index)
    chosen = rng.choices(places.communes, cum_weights=places.weights, k=end - start)
    for pk, (commune, villages, upland) in enumerate(chosen, start + 1):
        village, path = rng.choice(villages)
        deprived = " ".join(sorted(rng.sample(INDICATORS, rng.randrange(5))))
        people = [rng.choice(names.drawn["male" if one % 2 == 0 else "female", upland]) for one in range(MEMBERS)]
        numbers = [f"id_number\0{(pk - 1) * MEMBERS + one + 1:012d}".encode() for one in range(MEMBERS)]
        hashes = [hmac.digest(secret, one, "sha256").hex() for one in numbers]
        yield (pk, f"H{pk:08d}", commune, village, path, "03" if upland else "01", rng.choice(STATUSES), deprived,
               rng.choice(GROUPS), rng.randrange(400, 4000) * 1000, *people, *hashes)  # fmt: skip


def put(table: str, columns: str, rows: Iterator[Sequence[Any]] | list[Any]) -> None:
    names = columns.split()
    with connection.cursor() as cursor:
        if POSTGRES and table.startswith("bench_"):  # COPY is not for tables with row-level security
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", list(rows))


def run(*statements: str) -> list[Any]:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def suspended() -> Iterator[None]:
    """Without indexes, triggers of SQLite, and constraints between rows. All of them come back as they were."""
    tables = ", ".join(f"'{one}'" for one in TABLES)
    if POSTGRES:
        told = run(
            "SELECT format('DROP INDEX %I', c.relname), pg_get_indexdef(i.indexrelid) FROM pg_index i "
            f"JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid::regclass::text IN ({tables}) "
            "AND NOT i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)"
        )
        told += run(
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname), "
            "format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
            f"FROM pg_constraint WHERE contype IN ('x', 'f') AND conrelid::regclass::text IN ({tables}) "
            "ORDER BY contype DESC"
        )
    else:
        told = run(
            "SELECT 'DROP ' || type || ' ' || name, sql FROM sqlite_master "
            f"WHERE tbl_name IN ({tables}) AND type IN ('index', 'trigger') AND sql LIKE 'CREATE %' "
            "AND sql NOT LIKE 'CREATE UNIQUE %' ORDER BY type"
        )
    run(*(drop for drop, _ in told))
    yield
    for _, make in told:
        begun = perf_counter()
        run(make)
        if (took := perf_counter() - begun) > 1:
            print(f"  {took:.0f} s  {make[:100]}", flush=True)


def fill(households: int) -> None:
    """Raises SystemExit where the database is not empty."""
    if Household.objects.exists():
        raise SystemExit("the database already holds households")
    begun = perf_counter()
    places, names = Places(), Names()
    assert (
        keyed_hash("7", purpose="id_number")
        == hmac.new(bytes.fromhex(settings.KEYS.index), b"id_number\x007", "sha256").hexdigest()
    )
    put("places_place", "id valid_from public_id code level kind name name_folded parent_id path area_type source "
        "since_known", places.rows)  # fmt: skip
    run(
        "INSERT INTO registry_decision (id, public_id, number, signed_on, issuer, place_id, area_path) "
        f"VALUES (1, 'dddddddddddd', '01/QĐ', {DAY}, 'UBND', 1, '0001')",
        "INSERT INTO journal_chain (id, key, length, head) VALUES (1, 'bench', 0, '')",
        f"CREATE TEMPORARY TABLE bench_draw ({DRAWN})",
        "CREATE TEMPORARY TABLE bench_pool (id integer PRIMARY KEY, name text, folded text, ordered text, sealed text)",
        "CREATE TEMPORARY TABLE bench_key (name integer, key text, PRIMARY KEY (name, key))",
    )
    put("bench_pool", "id name folded ordered sealed", names.rows())
    put("bench_key", "name key", names.keys())
    columns = " ".join(one.split()[0] for one in DRAWN.split(", "))
    with suspended():
        for start in range(0, households, PART):
            end = min(start + PART, households)
            with transaction.atomic():
                run("DELETE FROM bench_draw")
                put("bench_draw", columns, draw(places, names, start, end))
                run(*(["ANALYZE bench_draw"] if POSTGRES else []), *spread())
            print(f"{end:,} households, {perf_counter() - begun:.0f} s", flush=True)
    print(f"indexed, {perf_counter() - begun:.0f} s")
    finish()
    print(f"done, {perf_counter() - begun:.0f} s")


def finish() -> None:
    """Keys go on after the last. PostgreSQL counts its tables by itself sooner or later; nobody does on SQLite."""
    if POSTGRES:
        for table in (*TABLES, "places_place", "registry_decision", "journal_chain"):
            if table != "registry_search_name":
                run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        run("VACUUM ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("households", type=int, nargs="?", default=1_000_000)
    told = parser.parse_args()
    with widened():
        if not POSTGRES:  # nothing here needs to outlive a power cut
            run("PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000", "PRAGMA temp_store = MEMORY")
        else:
            run("SET maintenance_work_mem = '1GB'", "SET synchronous_commit = off")
        fill(told.households)


if __name__ == "__main__":
    main()
