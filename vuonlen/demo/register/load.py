"""The demonstration through the same doors as a real register: upload, read, settle, propose, approve, carry over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from vuonlen.accounts.models import User
from vuonlen.approval import actions as approval
from vuonlen.demo import bac_kan
from vuonlen.demo.recipe import load as load_recipe
from vuonlen.demo.register import cast as players
from vuonlen.demo.register import places as villages
from vuonlen.domain.poverty import Status
from vuonlen.i18n import _
from vuonlen.jobs import worker
from vuonlen.places import actions as places
from vuonlen.places.models import Level, Place
from vuonlen.registry import mergers
from vuonlen.registry.intake import actions as intake
from vuonlen.registry.intake.applying.work import apply
from vuonlen.registry.intake.models import Batch, Staged, Suspect
from vuonlen.registry.intake.staging.work import stage
from vuonlen.registry.models import Household, Membership, StatusPeriod

Advance = Callable[[int, int], None]
TRIAL = "01843"  # the ward whose newest list is left for the visitor to import


@dataclass(frozen=True, slots=True)
class Year:
    """Counted from the rows of the register on 31 December: households, poor households, persons."""

    year: int
    households: int
    poor: int
    persons: int


@dataclass(frozen=True, slots=True)
class Loaded:
    cast: players.Cast
    years: tuple[Year, ...]
    trial_list: Path


def load(out: Path, step: Callable[[str], Advance]) -> Loaded:
    """Load what is not loaded yet; a run that was cut off goes on. out: where the lists are written."""
    recipe = load_recipe(bac_kan.RECIPE)
    cast = players.load()
    trial = out / f"nhap-thu-{TRIAL}-{recipe.years.later}.xlsx"
    years = (recipe.years.first, recipe.years.second)
    if not Place.objects.exists():
        places.load_country(on_progress=step(_("Nạp danh mục hành chính")))
    with transaction.atomic():
        villages.create(recipe)
        users = players.create(cast)
    lists = {year: out / f"danh-sach-{year}.xlsx" for year in years}
    if not all(one.exists() for one in lists.values()):
        bac_kan.write_lists(out, on_progress=step(_("Ghi danh sách minh họa")))
    for year in years:
        _year(year, lists[year], users, step)
    for code in recipe.units:
        commune = Place.objects.get(level=Level.COMMUNE, code=code, valid_to=villages.MERGED)
        advance = step(_("Chuyển hộ của {place} sang đơn vị mới").format(place=commune.name))
        mergers.carry(
            commune=commune, by=users["tinh"], on_progress=advance, reason=_("Sắp xếp đơn vị hành chính 2025")
        )
    if not trial.exists():
        bac_kan.write_trial_list(out, TRIAL)
    return Loaded(cast, tuple(_counted(year) for year in years), trial)


def _year(year: int, file: Path, users: dict[str, User], step: Callable[[str], Advance]) -> None:
    """One list: brought by the officer of the province, approved by the approver."""
    day = date(year, 12, 31)
    batch = Batch.objects.filter(reference_date=day, by=users["tinh"]).exclude(state=Batch.State.UNREADABLE).first()
    if batch is None:
        province = Place.objects.get(level=Level.PROVINCE, code="06", valid_to=villages.MERGED)
        terms = intake.Terms(
            reference_date=day, number=f"MH-{year}", signed_on=day, issuer=_("Dữ liệu minh họa"), effective_on=day,
            note=_("Danh sách minh họa năm {year}").format(year=year),
        )  # fmt: skip
        upload = intake.Upload(file.name, [file.read_bytes()])
        batch = intake.upload(by=users["tinh"], place=province, terms=terms, file=upload, in_background=False)
    told = _telling(step(_("Nhập danh sách {year}").format(year=year)))
    stage(batch, told)
    batch.refresh_from_db()
    if batch.state == Batch.State.REVIEW:
        _settle(batch, users["tinh"])
        proposal = intake.propose(batch=batch, by=users["tinh"], reason=_("Lập sổ hộ ban đầu"))
        approval.approve(proposal=proposal, by=users["duyet"], reason=_("Đã đối chiếu"))
        batch.refresh_from_db()
    if batch.state in (Batch.State.PROPOSED, Batch.State.APPLYING):
        apply(batch, users["duyet"], told)  # here, so that the terminal shows how far it is; the job finds it done
    worker.run(once=True)


def _settle(batch: Batch, by: User) -> None:
    """Whoever left the list has moved away; likely duplicates are other households (the recipe has none)."""
    for suspect in Suspect.objects.filter(batch=batch, answer=""):
        intake.settle(suspect=suspect, by=by, answer=Suspect.Answer.DIFFERENT)
    for row in Staged.objects.filter(batch=batch, kind=Staged.Kind.MISSING):
        intake.decide_missing(staged=row, by=by, fate=Staged.Fate.MOVED_AWAY)
    batch.refresh_from_db()
    if batch.counts["notes"].get("repair"):
        intake.confirm_repairs(batch=batch, by=by)


def _telling(advance: Advance) -> Callable[[int, int, str], None]:
    return lambda done, total, _message: advance(done, total)


def _counted(year: int) -> Year:
    day = date(year, 12, 31)
    from_day = {"valid_from__lte": day}
    classes = StatusPeriod.objects.filter(**from_day).exclude(valid_to__lte=day)
    members = Membership.objects.filter(**from_day).exclude(valid_to__lte=day)
    return Year(
        year=year,
        households=Household.objects.filter(pk__in=classes.values("household")).count(),
        poor=classes.filter(status=Status.POOR).count(),
        persons=members.count(),
    )
