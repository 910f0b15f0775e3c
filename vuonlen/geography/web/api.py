"""Places of a date, level by level."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from vuonlen.foundation.web.api import FAULTS, Day, PublicId
from vuonlen.places.models import Place
from vuonlen.places.queries import children, roots

router = Router(tags=["places"])


class PlaceOut(Schema):
    """A unit in one period of its existence. valid_to: the first day on which it is no more."""

    public_id: str
    code: str
    level: int
    kind: str
    name: str
    area_type: str
    valid_from: date
    valid_to: date | None
    latitude: float | None
    longitude: float | None


@router.get("/places", response={200: list[PlaceOut], **FAULTS}, operation_id="places")
def places(request: HttpRequest, on: Day | None = None, under: PublicId | None = None) -> list[Place]:
    """Provinces of a day (default today), or what lies directly under a place on that day."""
    day = on or timezone.localdate()
    if under is None:
        return list(roots(day))
    place = Place.objects.filter(public_id=under).first()
    if place is None:
        raise Http404
    return list(children(place, day))
