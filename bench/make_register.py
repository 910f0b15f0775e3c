"""Fill a migrated database with households for the benchmarks: synthetic, the same for the same number.

    python -m bench.make_register 1000000        (the database that DATABASE_URL or VUONLEN_HOME names)

34 provinces, 3,321 communes and ten villages in each, by their names; one province holds 8 % of the households and
one commune in it 1 % of them. Family names are as uneven as they are: 38 % Nguyễn in the lowlands. Four members
each, in bulk and without the journal: this measures reading, not writing.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction

PLACES = Path(__file__).parent.parent / "vuonlen" / "places" / "data"
SINCE = date(2025, 7, 1)
VILLAGES, MEMBERS, PART = 10, 4, 20_000
HEAVY = 0.08  # of all households, in the province of Thái Nguyên
LOWLAND = [("Nguyễn", 38), ("Trần", 12), ("Lê", 9), ("Phạm", 7), ("Vũ", 5), ("Đỗ", 4), ("Bùi", 4), ("Đặng", 3),
           ("Hoàng", 5), ("Ngô", 3), ("Dương", 2), ("Phan", 3), ("Đào", 2), ("Trịnh", 1), ("Mai", 1), ("Tạ", 1)]  # fmt: skip
INDICATORS = [f"I{number:02d}" for number in range(1, 13)]
STATUSES = (["poor"] * 30) + (["near_poor"] * 25) + (["not_poor"] * 40) + ["undetermined", ""] * 2


class Places:
    """The tree: ids and paths of communes and villages, with the share of households of each commune."""

    def __init__(self) -> None:
        from vuonlen.foundation.paths import step  # noqa: PLC0415  (Django is set up by then)

        with (PLACES / "provinces.csv").open(encoding="utf-8") as file:
            provinces = [row for row in csv.DictReader(file) if row["edition"] == "since"]
        with (PLACES / "communes_since.csv").open(encoding="utf-8") as file:
            communes = list(csv.DictReader(file))
        self.rows: list[tuple[Any, ...]] = []
        self.communes: list[tuple[int, str, list[tuple[int, str]], bool]] = []
        self.weights: list[float] = []
        key = 0
        for number, province in enumerate(provinces, 1):
            own = [one for one in communes if one["province"] == province["code"]]
            key += 1
            root, top = step(number), key
            self._add(key, province["code"], 1, "tinh", province["name"], None, root)
            share = HEAVY if province["name"].endswith("Thái Nguyên") else (1 - HEAVY) / (len(provinces) - 1)
            for place, commune in enumerate(own, 1):
                key += 1
                path, above = root + step(place), key
                self._add(key, commune["code"], 3, "xa", commune["name"], top, path)
                villages = []
                for village in range(1, VILLAGES + 1):
                    key += 1
                    self._add(
                        key, f"{commune['code']}-{village}", 4, "thon", f"Thôn {village}", above, path + step(village)
                    )
                    villages.append((key, path + step(village)))
                upland = number % 3 == 0
                self.communes.append((above, path, villages, upland))
                first = share == HEAVY and place == 1
                self.weights.append(0.01 if first else share / len(own))

    def _add(self, key: int, code: str, level: int, kind: str, name: str, parent: int | None, path: str) -> None:
        from vuonlen.domain.names import fold  # noqa: PLC0415

        public = f"p{key:011d}".translate(str.maketrans("01", "zy"))
        self.rows.append((key, SINCE, None, public, code, level, kind, name, fold(name), parent, path, "", "", True))


class Names:
    """Invented names, each folded once."""

    def __init__(self) -> None:
        from vuonlen.demo.bac_kan import RECIPE  # noqa: PLC0415
        from vuonlen.demo.recipe import load  # noqa: PLC0415

        told = load(RECIPE).names
        self.low = [name for name, weight in LOWLAND for _ in range(weight)]
        self.high = [name for group in ("Tày", "Nùng", "Dao", "Mông") for name in told.family[group]]
        self.middle = {sex: told.middle[sex]["*"] for sex in ("male", "female")}
        self.given = {sex: told.given[sex]["*"] for sex in ("male", "female")}

    def draw(self, rng: random.Random, upland: bool, sex: str) -> str:
        family = rng.choice(self.high if upland and rng.random() < 0.8 else self.low)
        words = [family, rng.choice(self.middle[sex]), rng.choice(self.given[sex])]
        if rng.random() < 0.3:
            words.insert(2, rng.choice(self.given[sex]))
        return " ".join(words)


def fill(households: int) -> None:
    """Place, households, members. Raises SystemExit where the database is not empty."""
    from vuonlen.accounts.row_security import widened  # noqa: PLC0415
    from vuonlen.registry.models import Household  # noqa: PLC0415
    from vuonlen.registry.search import index  # noqa: PLC0415

    with widened():
        if Household.objects.exists():
            raise SystemExit("the database already holds households")
        begun = perf_counter()
        places = Places()
        with transaction.atomic():
            insert("places_place", "id valid_from valid_to public_id code level kind name name_folded parent_id path "
                   "area_type source since_known", places.rows)  # fmt: skip
            insert("registry_decision", "id public_id number signed_on issuer place_id area_path",
                   [(1, "d" * 12, "01/QĐ", SINCE, "UBND", 1, "0001")])  # fmt: skip
        for start in range(0, households, PART):
            with transaction.atomic():
                _part(places, start, min(start + PART, households))
            print(f"\r{start + PART:,} households, {perf_counter() - begun:.0f} s", end="", flush=True)
        _sequences()
        print(f"\nnames {timed(index.rebuild):.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _part(places: Places, start: int, end: int) -> None:
    from vuonlen.domain.names import fold, order_key  # noqa: PLC0415
    from vuonlen.foundation.secret import keyed_hash  # noqa: PLC0415

    rng, names = random.Random(start), Names()
    homes, persons, memberships, stays, statuses = [], [], [], [], []
    for pk in range(start + 1, end + 1):
        commune, _, villages, upland = rng.choices(places.communes, cum_weights=_sums(places.weights))[0]
        village, path = rng.choice(villages)
        status = rng.choice(STATUSES)
        deprived = " ".join(sorted(rng.sample(INDICATORS, rng.randint(0, 4))))
        for number in range(MEMBERS):
            sex = "male" if number % 2 == 0 else "female"
            name = names.draw(rng, upland, sex)
            key = (pk - 1) * MEMBERS + number + 1
            if number == 0:
                head = name
            hashed = keyed_hash(f"{key:012d}", purpose="id_number")
            persons.append((key, f"{key:012d}", name, fold(name), 1950 + key % 70, None, sex, "03", "", hashed, None))
            memberships.append((key, SINCE, None, pk, key, "", number == 0))
        homes.append((pk, f"{pk:012d}", f"H{pk:08d}", commune, commune, village, path, "", head, fold(head),
                      order_key(head), "03" if upland else "01", MEMBERS, status, deprived, "", None, "", 1))  # fmt: skip
        stays.append((pk, SINCE, None, pk, village, path))
        if status:
            statuses.append((pk, SINCE, None, pk, status, "vn-2022", 1))
    insert("registry_household", "id public_id code registered_in_id commune_id village_id area_path address head_name "
           "head_folded head_order ethnicity size status deprived groups closed_on closed_why revision", homes)  # fmt: skip
    insert("registry_person", "id public_id name name_folded birth_year birth_date sex ethnicity id_number id_hash "
           "died_on", persons)  # fmt: skip
    insert("registry_membership", "id valid_from valid_to household_id person_id relation is_head", memberships)
    insert("registry_residence", "id valid_from valid_to household_id place_id area_path", stays)
    insert("registry_status", "id valid_from valid_to household_id status standard decision_id", statuses)


_summed: list[float] = []


def _sums(weights: Sequence[float]) -> list[float]:
    if not _summed:
        total = 0.0
        for one in weights:
            total += one
            _summed.append(total)
    return _summed


def insert(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    names = columns.split()
    told = [list(row) for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            width = max(1, 60_000 // len(names))
            for one in batches(told, width):
                marks = ", ".join(["(" + ", ".join(["%s"] * len(names)) + ")"] * len(one))
                flat = [value for row in one for value in row]
                cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES {marks}", flat)
        else:
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})",
                [[str(one) if isinstance(one, date) else one for one in row] for row in told],
            )


def batches(rows: list[Any], width: int) -> Iterator[list[Any]]:
    return (rows[start : start + width] for start in range(0, len(rows), width))


def _sequences() -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in ("places_place", "registry_household", "registry_person", "registry_membership",
                      "registry_residence", "registry_status", "registry_decision"):  # fmt: skip
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def timed(work: Any) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("households", type=int, nargs="?", default=1_000_000)
    told = parser.parse_args()
    if not settings.configured:
        django.setup()
    fill(told.households)


if __name__ == "__main__":
    main()
