"""What each printed column of R01-R11 counts, under the form and column number of `reports.yaml`.

Source of the columns: Circular 07/2021/TT-BLĐTBXH, Annex VII, as printed by a province in 2024.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vuonlen.analytics.measures import (
    AVERAGE_FARM,
    MINORITY,
    MOVE_NEAR,
    MOVE_POOR,
    NO_GROUP,
    PERSONS_LESS,
    PERSONS_MORE,
    PREVIOUS,
    PREVIOUS_MEMBERS,
    STATUS,
    Measure,
    Term,
)
from vuonlen.analytics.movement import Move
from vuonlen.analytics.table_model import Counted, Rate, Summed, measure
from vuonlen.domain.poverty import Status

Sources = Mapping[str, Counted | Summed | Rate]

MEMBERS, ETHNICITY = "members", "ethnicity"
KINH = "01"
GROUPS = ("group_DTTS", "group_KCKNLD", "group_NCC", NO_GROUP)
CAUSES = tuple(f"cause_C{number}" for number in range(1, 9))
CHILDREN = ("children", "children_no_insurance", "children_malnourished", "children_not_in_school")
_STOCKS = (Status.POOR, Status.NEAR_POOR)


def _status(status: Status) -> tuple[str, str]:
    return (STATUS, status.value)


def households(status: Status) -> Measure:
    return measure(Term((_status(status),)))


def persons(status: Status) -> Measure:
    return measure(Term((_status(status),), MEMBERS))


#: Households that no column of R01 can place; they are told in its notes.
UNDETERMINED = households(Status.UNDETERMINED)
RESIDENTS = measure(*(Term((_status(one),)) for one in Status))
RESIDENT_PERSONS = measure(*(Term((_status(one),), MEMBERS) for one in Status))
_AVERAGE = (_status(Status.NOT_POOR), (AVERAGE_FARM, True))


def summary() -> Sources:
    """R01: households and persons by class, with rates."""
    counted = {
        "1": RESIDENTS,
        "2": RESIDENT_PERSONS,
        "3": households(Status.POOR),
        "5": households(Status.NEAR_POOR),
        "7": measure(Term(_AVERAGE), unknown_if_blank=[AVERAGE_FARM]),
        "9": persons(Status.POOR),
        "11": persons(Status.NEAR_POOR),
        "13": measure(Term(_AVERAGE, MEMBERS), unknown_if_blank=[AVERAGE_FARM]),
    }
    rates = {"4": ("3", "1"), "6": ("5", "1"), "8": ("7", "1"), "10": ("9", "2"), "12": ("11", "2"), "14": ("13", "2")}
    return {
        **{number: Counted((one,)) for number, one in counted.items()},
        **{number: Rate(part, whole) for number, (part, whole) in rates.items()},
    }


def movement(stock: Status) -> Sources:
    """R02 and R03: the path of each household and person through one stock."""
    path = MOVE_POOR if stock is Status.POOR else MOVE_NEAR
    before = ((PREVIOUS, stock.value),)

    def moved(move: Move, total: str | None = None) -> Term:
        return Term(((path, move.value),), total)

    found: dict[str, Counted | Summed | Rate] = {
        "1": Counted((measure(Term(before)), measure(Term(before, PREVIOUS_MEMBERS)))),
        "4": Counted(
            (
                measure(moved(Move.OTHER_LESS)),
                measure(moved(Move.OTHER_LESS, PREVIOUS_MEMBERS), Term(before, PERSONS_LESS)),
            )
        ),
        "8": Counted(
            (
                measure(moved(Move.OTHER_MORE)),
                measure(moved(Move.OTHER_MORE, MEMBERS), Term(before, PERSONS_MORE)),
            )
        ),
        "9": Summed(("1", "5", "6", "7", "8"), ("2", "3", "4"), (households(stock), persons(stock))),
    }
    paths = {"2": Move.TO_OTHER, "3": Move.ABOVE, "5": Move.FROM_OTHER, "6": Move.RELAPSED, "7": Move.NEW}
    for number, move in paths.items():
        found[number] = Counted((measure(moved(move)), measure(moved(move, MEMBERS))))
    return found


def deprived(stock: Status, indicator: str) -> Measure:
    return measure(Term((_status(stock), (indicator, True))), unknown_if_blank=[indicator])


def deprivation_counts(stock: Status, indicators: Sequence[str], numbers: Sequence[str]) -> Sources:
    """R04 and R06: households deprived per indicator, and the sum of deprivations."""
    counted = {number: Counted((deprived(stock, code),)) for number, code in zip(numbers, indicators, strict=True)}
    return {"1": Counted((households(stock),)), "2": Summed(tuple(numbers)), **counted}


def deprivation_rates(stock: Status, indicators: Sequence[str], numbers: Sequence[str]) -> Sources:
    """R05 and R07: the counts of R04 and R06 in per cent of the households of the class."""
    rates = {number: Rate(deprived(stock, code), "1") for number, code in zip(numbers, indicators, strict=True)}
    return {"1": Counted((households(stock),)), **rates}


def target_groups() -> Sources:
    """R08. "Khác" is households in none of the three groups: the groups overlap, so a subtraction would be wrong."""
    found: dict[str, Counted | Summed | Rate] = {}
    for stock, first in zip(_STOCKS, (1, 6), strict=True):
        found[str(first)] = Counted((households(stock), persons(stock)))
        for number, group in enumerate(GROUPS, start=first + 1):
            where = (_status(stock), (group, True))
            found[str(number)] = Counted(
                (
                    measure(Term(where), unknown_if_blank=[group]),
                    measure(Term(where, MEMBERS), unknown_if_blank=[group]),
                )
            )
    return found


def ethnic_groups(codes: Sequence[str], other: bool) -> Sources:
    """R09: Kinh, all minorities, then one column per code; `other`: the minorities that have no column."""
    found: dict[str, Counted | Summed | Rate] = {}
    for stock, block in zip(_STOCKS, "12", strict=True):
        status = _status(stock)
        found[f"{block}.0"] = Counted((households(stock),))
        found[f"{block}.1"] = Counted((of_people(stock, KINH),))
        minority = measure(Term((status, (MINORITY, True))), unknown_if_blank=[MINORITY])
        found[f"{block}.2"] = Counted((minority,))
        numbers = [f"{block}.2.{place}" for place in range(1, len(codes) + 1)]
        found |= {number: Counted((of_people(stock, code),)) for number, code in zip(numbers, codes, strict=True)}
        if other:
            found[f"{block}.2.{len(codes) + 1}"] = Summed((f"{block}.2",), tuple(numbers))
    return found


def of_people(stock: Status, code: str) -> Measure:
    """Households of one class and one ethnic group."""
    return measure(Term((_status(stock), (ETHNICITY, code))), unknown_if_blank=[ETHNICITY])


def causes() -> Sources:
    """R10: poor and near-poor households by cause; one household may have several."""
    return {
        str(number): Counted(
            (measure(*(Term((_status(one), (cause, True))) for one in _STOCKS), unknown_if_blank=[cause]),)
        )
        for number, cause in enumerate(CAUSES, start=1)
    }


def children() -> Sources:
    """R11: children under 16, and those deprived."""
    return {
        str(number): Counted((measure(Term((_status(stock),), column)),))
        for stock, first in zip(_STOCKS, (1, 5), strict=True)
        for number, column in enumerate(CHILDREN, start=first)
    }
