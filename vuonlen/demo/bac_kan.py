"""The Bắc Kạn city demonstration: synthetic household lists, the same at every run and on every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from vuonlen.demo import workbook
from vuonlen.demo.households import Household
from vuonlen.demo.recipe import Recipe, load
from vuonlen.demo.rows import MEMBER_HEADINGS, Cell, Rows
from vuonlen.demo.slips import choose
from vuonlen.demo.world import build

RECIPE = Path(__file__).with_name("recipe_bac_kan.yaml")
HOUSEHOLDS, MEMBERS = "Hộ", "Thành viên"
_REPORT_EVERY = 2_000  # rows


def write_lists(out: Path, on_progress: Callable[[int, int], None] | None = None) -> list[Path]:
    """Write `danh-sach-YYYY.xlsx` into `out` (made when missing), one per year of the recipe, and return their paths.

    The earliest list holds only the households that were poor or near-poor then; the others hold every household of
    the city. on_progress: called with rows written and rows in all. Raises OSError.
    """
    recipe = load(RECIPE)
    homes = build(recipe)
    years = recipe.years
    lists = {
        year: [home for home in homes if year in home.answers] for year in (years.before, years.first, years.second)
    }
    lists[years.later] = sorted(
        (home for home in homes if years.later in home.answers), key=lambda home: recipe.units[home.unit].later.code
    )
    total = sum(1 + len(home.present(year)) for year, listed in lists.items() for home in listed)
    tick = _ticker(total, on_progress)
    out.mkdir(parents=True, exist_ok=True)
    return [_write_list(out, recipe, year, listed, tick) for year, listed in lists.items()]


def write_trial_list(out: Path, code: str) -> Path:
    """Write the list after the merger of one commune (its code since 1 July 2025), for trying an import by hand.

    Two households came, one went, one changed its number and has to be settled, and one cell cannot be read.
    """
    recipe = load(RECIPE)
    year = recipe.years.later
    homes = [home for home in build(recipe) if year in home.answers and recipe.units[home.unit].later.code == code]
    name = next(unit.later.name for unit in recipe.units.values() if unit.later.code == code)
    rows, slips = Rows(recipe, year), choose(homes, year)
    path = out / f"nhap-thu-{code}-{year}.xlsx"
    out.mkdir(parents=True, exist_ok=True)
    title = f"DANH SÁCH HỘ DÂN CƯ, KỲ RÀ SOÁT CUỐI NĂM {year} - {name.upper()}"
    sheets = (
        (HOUSEHOLDS, rows.headings(), slips.households(rows, homes)),
        (MEMBERS, MEMBER_HEADINGS, slips.members(rows, homes)),
    )
    workbook.write(path, recipe.notice, title, sheets, lambda: None)
    return path


def _write_list(out: Path, recipe: Recipe, year: int, homes: list[Household], tick: Callable[[], None]) -> Path:
    rows = Rows(recipe, year)
    path = out / f"danh-sach-{year}.xlsx"
    sheets = (
        (HOUSEHOLDS, rows.headings(), (rows.household(home) for home in homes)),
        (MEMBERS, MEMBER_HEADINGS, _members(rows, homes)),
    )
    workbook.write(path, recipe.notice, recipe.titles[year], sheets, tick)
    return path


def _members(rows: Rows, homes: list[Household]) -> Iterator[list[Cell]]:
    for home in homes:
        yield from rows.members(home)


def _ticker(total: int, on_progress: Callable[[int, int], None] | None) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if on_progress and (done % _REPORT_EVERY == 0 or done == total):
            on_progress(done, total)

    return tick
