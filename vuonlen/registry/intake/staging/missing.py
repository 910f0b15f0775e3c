"""Households of the register that a list should hold and does not: shown, never closed by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from vuonlen.domain.poverty import Status
from vuonlen.foundation.periods import at
from vuonlen.registry.intake.models import Batch, Staged
from vuonlen.registry.intake.staging.communes import lineage
from vuonlen.registry.intake.staging.known import Area
from vuonlen.registry.models import Assessment, Household, Residence

_PART = 500
_POOR = (Status.POOR.value, Status.NEAR_POOR.value)


def missing(batch: Batch, area: Area, communes: Iterable[int], matched: set[int], last: int) -> list[Staged]:
    """Rows for them, numbered after `last`. Of a list of poor households only, those that were poor count."""
    reached = {pk for one in lineage(communes).values() for pk in one}
    wanted = [pk for pk, one in area.homes.items() if not one.closed and pk not in matched and one.commune in reached]
    rows: list[Staged] = []
    for start in range(0, len(wanted), _PART):
        for one in _there(batch, wanted[start : start + _PART]):
            last += 1
            told = {"head": one.head_name, "village": one.village.name if one.village else "", "status": one.status}
            rows.append(
                Staged(
                    batch=batch, ordinal=last, kind=Staged.Kind.MISSING, code=one.code, commune_id=one.commune_id,
                    household=one, content=told, fate=Staged.Fate.LEAVE, compared={str(one.pk): one.revision},
                )
            )  # fmt: skip
    return rows


def _there(batch: Batch, keys: list[int]) -> list[Household]:
    """Those that lived there on the day of the list, and of whom no newer review is known."""
    homes = Household.objects.filter(pk__in=keys).select_related("village").order_by("pk")
    living = Residence.objects.filter(at(batch.reference_date), household_id__in=keys).values("household_id")
    newer = Assessment.objects.filter(household_id__in=keys, reference_date__gt=batch.reference_date)
    homes = homes.filter(pk__in=living).exclude(pk__in=newer.values("household_id"))
    if not batch.everyone:
        homes = homes.filter(status__in=_POOR)
    return list(homes)
