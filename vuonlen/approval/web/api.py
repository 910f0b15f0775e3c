"""Proposals that wait for the caller's decision. Deciding is done on the pages, by a person."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from vuonlen.approval.models import Proposal
from vuonlen.approval.queries import waiting
from vuonlen.foundation.keyset import BadToken, page
from vuonlen.foundation.web.api import FAULTS, Token

router = Router(tags=["proposals"])


class ProposalOut(Schema):
    public_id: str
    kind: str
    title: str
    place: str
    proposed_by: str
    proposed_at: datetime


class ProposalPage(Schema):
    items: list[ProposalOut]
    next: str
    previous: str


@router.get("/proposals", response={200: ProposalPage, **FAULTS}, operation_id="proposals")
def proposals(request: HttpRequest, after: Token = "", before: Token = "") -> ProposalPage:
    """Open proposals that the caller may decide on, the newest first."""
    rows = waiting(request.user)  # type: ignore[arg-type]
    try:
        found = page(rows, order=("-id",), after=after, before=before, strict=True)
    except BadToken as why:
        raise Http404 from why
    return ProposalPage(items=[_out(one) for one in found.rows], next=found.next, previous=found.previous)


def _out(row: Proposal) -> ProposalOut:
    return ProposalOut(
        public_id=row.public_id,
        kind=row.kind,
        title=row.title,
        place=row.place.name,
        proposed_by=str(row.proposed_by),
        proposed_at=row.proposed_at,
    )
