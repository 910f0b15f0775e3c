"""Villages that a list names first: made when it is approved, taken away again when it is undone."""

from __future__ import annotations

from django.db.models import ProtectedError

from vuonlen.journal.actions import Act, Actor, record
from vuonlen.places.actions.villages import add_village
from vuonlen.places.kinds import kind_of
from vuonlen.places.models import Kind, Level, Place
from vuonlen.registry.intake.models import Batch
from vuonlen.registry.intake.staging.communes import Villages
from vuonlen.registry.models import Household, Residence


def make_villages(batch: Batch, by: Actor) -> list[int]:
    """Keys of the villages made. One that somebody added meanwhile is not made twice."""
    communes = Place.objects.in_bulk({commune for commune, _, _ in batch.villages})
    known = Villages(communes, batch.reference_date)
    made = []
    for commune, name, _ in batch.villages:
        if known.find(commune, name) is not None:
            continue
        usual = Kind.RESIDENTIAL_GROUP if communes[commune].kind == Kind.WARD else Kind.VILLAGE
        kind = kind_of(name, Level.VILLAGE) or usual
        source = f"danh sách {batch.file_name}"[:200]
        made.append(add_village(commune=communes[commune], name=name, kind=kind, by=by, source=source).pk)
    return made


def drop_villages(batch: Batch, by: Actor) -> None:
    """Villages that this batch made, where nothing stands on them any more."""
    for village in Place.objects.filter(pk__in=batch.made_villages).select_related("parent"):
        used = Residence.objects.filter(place=village).exists() or Household.objects.filter(village=village).exists()
        if used or village.parent is None:
            continue
        told = {"name": village.name, "code": village.code}
        try:
            village.delete()
        except ProtectedError:
            continue
        record(village.parent.key, by, Act("places.drop_village", "place", village.public_id, before=told))


def placed(batch: Batch) -> tuple[Villages, dict[int, Place]]:
    """Villages and communes of a batch as they are now."""
    communes = Place.objects.in_bulk(list(batch.rows.values_list("commune_id", flat=True).distinct().order_by()))
    villages = Villages(communes, batch.reference_date)
    return villages, {**communes, **villages.places}
