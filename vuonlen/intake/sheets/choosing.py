"""The sheets of a file that are read together: households, their members, and those that left poverty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vuonlen.domain.problems import Problem, Refused
from vuonlen.intake import vocabulary as v
from vuonlen.intake.heading_mapping import HeadingMapping
from vuonlen.intake.sheets.grids import Grid
from vuonlen.intake.sheets.headings import OUR_INDICATORS
from vuonlen.intake.sheets.layout import Layout
from vuonlen.intake.sheets.plans import EXITS_NEAR, EXITS_POOR, HOUSEHOLDS, MEMBERS, SheetPlan

_JUDGED_BY = frozenset(
    {"income", "consumption", "income_score", "deprivation_score", "recorded_status", v.IS_POOR, v.IS_NEAR}
)


@dataclass(frozen=True, slots=True)
class Book:
    """households: at most one main sheet; exits: sheets of households that left; members: persons, one row each."""

    households: SheetPlan | None
    exits: tuple[SheetPlan, ...]
    members: SheetPlan | None
    warnings: tuple[Problem, ...]

    @property
    def practice(self) -> bool:
        """The workbook used in practice: member rows under their household, or sheets of exits beside the list."""
        return bool(self.exits) or (self.households is not None and self.households.member_rows)

    @property
    def household_sheets(self) -> tuple[SheetPlan, ...]:
        return ((self.households,) if self.households else ()) + self.exits


def choose(
    grids: Sequence[Grid],
    layout: Layout,
    mapping: HeadingMapping | None,
    own_codes: frozenset[str] = frozenset(),
    is_item: Callable[[str], bool] = lambda heading: False,
) -> Book:
    """The sheets to read. Raises Refused when there is no list, more than one, or nothing to judge by.

    own_codes: indicators of a user's own standard. is_item: whether a heading is an item of the imported scorecard.
    """
    wanted = mapping.sheets if mapping else ()
    missing = [name for name in wanted if name not in {grid.name for grid in grids}]
    if missing:
        raise Refused(Problem("F-MAPPING", values={"detail": f"không có trang “{missing[0]}”"}))
    seen = [grid for grid in grids if grid.name in wanted] if wanted else [grid for grid in grids if grid.visible]
    plans = [(grid, layout.plan(grid)) for grid in seen if grid.height]
    book = _sorted(plans, [grid for grid in grids if grid not in seen and grid.height and not wanted])
    if not book.household_sheets:
        raise Refused(Problem("F-NO-SHEET", values={"sheets": ", ".join(grid.name or "CSV" for grid in grids)}))
    layout.check_mapping_used()
    _require(book, own_codes, is_item)
    return book


def _sorted(plans: Sequence[tuple[Grid, SheetPlan | None]], hidden: Sequence[Grid]) -> Book:
    by_role: dict[str, list[SheetPlan]] = {HOUSEHOLDS: [], EXITS_POOR: [], EXITS_NEAR: [], MEMBERS: []}
    warnings = [Problem("W-HIDDEN-SHEET", grid.name, values={"tab": grid.name}) for grid in hidden if not grid.visible]
    for grid, plan in plans:
        if plan is None:
            warnings.append(Problem("W-SHEET-SKIPPED", grid.name, values={"tab": grid.name}))
        else:
            by_role[plan.role].append(plan)
    for role in (HOUSEHOLDS, EXITS_POOR, EXITS_NEAR, MEMBERS):
        if len(by_role[role]) > 1:
            names = ", ".join(one.grid.name for one in by_role[role])
            raise Refused(Problem("F-SHEETS-MANY", by_role[role][1].grid.name, values={"sheets": names}))
    main, members = by_role[HOUSEHOLDS], by_role[MEMBERS]
    exits = (*by_role[EXITS_POOR], *by_role[EXITS_NEAR])
    return Book(main[0] if main else None, exits, members[0] if members else None, tuple(warnings))


def _require(book: Book, own_codes: frozenset[str], is_item: Callable[[str], bool]) -> None:
    judged_by = _JUDGED_BY | OUR_INDICATORS | own_codes
    plans = book.household_sheets
    if not any(one.column in judged_by or is_item(one.heading) for plan in plans for one in plan.columns):
        raise Refused(Problem("F-NOTHING-TO-JUDGE", book.household_sheets[0].grid.name))
    for plan in book.household_sheets:
        by_position = plan.names & {v.HOUSEHOLD_ORDINAL, v.ORDINAL}
        if "household_id" not in plan.names and not by_position:
            raise Refused(Problem("F-COLUMN-MISSING", plan.grid.name, values={"missing": v.PRINTED["household_id"]}))
        named = plan.names & {"head", v.NAME}
        if "household_id" not in plan.names and not named:
            raise Refused(Problem("F-COLUMN-MISSING", plan.grid.name, values={"missing": v.PRINTED["head"]}))
    if book.members and "household_id" not in book.members.names:
        raise Refused(
            Problem("F-COLUMN-MISSING", book.members.grid.name, values={"missing": v.PRINTED["household_id"]})
        )
