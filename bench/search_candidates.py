"""Ways to find a household by words of a name, measured on a register of `bench.make_register`.

    python -m bench.search_candidates         (the database that DATABASE_URL or VUONLEN_HOME names; it is altered)

Each candidate answers the same question: the first 25 households, in the order of a list, of an area in which some
member's name holds the words. Candidates: our keys; full-text search (FTS5) on SQLite; trigrams (pg_trgm) on
PostgreSQL, with and without row-level security. Figures in docs/decisions/0010-search.md.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from time import perf_counter

import django

django.setup()

from django.db import connection  # noqa: E402

from vuonlen.accounts.row_security import narrowed, widened  # noqa: E402
from vuonlen.domain.names import fold  # noqa: E402
from vuonlen.places.models import Place  # noqa: E402
from vuonlen.registry.search import queries  # noqa: E402
from vuonlen.registry.search.filters import Filters, narrowing  # noqa: E402

WORDS = ("nguyen van", "nguyễn văn an", "giàng thị", "van", "sùng thị pàng")
SQLITE = connection.vendor == "sqlite"
RUNS = 15


def areas() -> dict[str, tuple[str, ...]]:
    province = Place.objects.get(level=1, name__endswith="Thái Nguyên")
    commune = Place.objects.filter(level=3, path__gt="000B").order_by("path")[50]
    country = tuple(Place.objects.filter(level=1).order_by("path").values_list("path", flat=True))
    return {"commune": (commune.path,), "province": (province.path,), "country": country}


def by_keys(area: tuple[str, ...], words: str) -> None:
    """What a search asks the database, without the page around it."""
    told = narrowing(Filters())
    names = queries._names(area)
    for keys in queries.wanted(words):
        if (walked := queries.found_walk(names, keys, Filters(), told, 25)) is not None:
            queries.walk(walked)
            return


def by_text(area: tuple[str, ...], words: str) -> None:
    ranges = " OR ".join(["(h.area_path >= %s AND h.area_path < %s)"] * len(area))
    bounds = [one for path in area for one in (path, path + "~")]
    if SQLITE:
        found, sought = "h.id IN (SELECT rowid FROM bench_text WHERE bench_text MATCH %s)", f'"{fold(words)}"'
    else:
        found, sought = "h.id IN (SELECT household_id FROM bench_text WHERE words LIKE %s)", f"%{fold(words)}%"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT h.* FROM registry_household h WHERE ({ranges}) AND h.closed_on IS NULL AND {found} "
            "ORDER BY h.area_path, h.head_order, h.id LIMIT 26",
            [*bounds, sought],
        )
        cursor.fetchall()


def prepare() -> float:
    begun = perf_counter()
    names = "group_concat(p.name_folded, '|')" if SQLITE else "string_agg(p.name_folded, '|')"
    rows = (
        f"SELECT m.household_id, {names} FROM registry_membership m JOIN registry_person p ON p.id = m.person_id "
        "GROUP BY m.household_id"
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_text")
        if SQLITE:
            cursor.execute("CREATE VIRTUAL TABLE bench_text USING fts5(words, content='')")
            cursor.execute(f"INSERT INTO bench_text (rowid, words) {rows}")
        else:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE TABLE bench_text (household_id bigint, words text)")
            cursor.execute(f"INSERT INTO bench_text {rows}")
            cursor.execute("CREATE INDEX bench_text_words ON bench_text USING gin (words gin_trgm_ops)")
            cursor.execute("ALTER TABLE bench_text ADD PRIMARY KEY (household_id)")
            cursor.execute("ANALYZE bench_text")
    return perf_counter() - begun


def measure(name: str, ask: Callable[[tuple[str, ...], str], None]) -> None:
    for place, area in areas().items():
        for words in WORDS:
            with narrowed(area):
                ask(area, words)
                took = []
                for _ in range(RUNS):
                    begun = perf_counter()
                    ask(area, words)
                    took.append((perf_counter() - begun) * 1000)
                    if took[-1] > 3000:
                        break
            print(f"| {name} | {place} | {words} | {statistics.median(took):.1f} | {max(took):.1f} |", flush=True)


def secure() -> None:
    """The wall that would stand before the text as it stands before the households."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bench_text ENABLE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE bench_text FORCE ROW LEVEL SECURITY")
        cursor.execute(
            "CREATE POLICY seen ON bench_text USING ((SELECT current_setting('vuonlen.paths', true)) = '*' OR "
            "EXISTS (SELECT 1 FROM registry_household seen WHERE seen.id = household_id))"
        )


def main() -> None:
    print("| candidate | area | words | median ms | max ms |\n|---|---|---|---|---|")
    measure("keys", by_keys)
    with widened():
        print(f"prepared in {prepare():.0f} s")
    measure("FTS5" if SQLITE else "pg_trgm, open", by_text)
    if not SQLITE:
        with widened():
            secure()
        measure("pg_trgm, row security", by_text)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_text")


if __name__ == "__main__":
    main()
