"""The page of one household, as of any day, and its history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vuonlen.accounts import protected, scope
from vuonlen.accounts.protected import Purpose, mask
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Refused
from vuonlen.i18n import language
from vuonlen.registry.models import Household, Person
from vuonlen.registry.queries import HouseholdAt, MemberAt, find, household_as_of
from vuonlen.registry.telling import words
from vuonlen.registry.telling.history import MOST, history
from vuonlen.registry.telling.indicators import indicators
from vuonlen.registry.telling.missing import Gap, missing
from vuonlen.registry.telling.timeline import Timeline, timeline
from vuonlen.registry.web.drawing import draw
from vuonlen.registry.web.forms.decided import Reveal

_MOST_DAYS = 6


@login_required
@require_GET
def household(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole page. `?ngay=31/12/2022`: everything as it was on that day."""
    user: Any = request.user
    home = find(user, public_id)
    rights = scope.rights(user, home.area_path)
    today = timezone.localdate()
    asked = request.GET.get("ngay", "").strip()
    day = _day(asked)
    then = household_as_of(home, day or today)
    line = timeline(home)
    acts = history(home, rights)
    return render(
        request,
        "registry/household.html",
        {
            "home": home,
            "then": then,
            "today": today,
            "past": day is not None and day != today,
            "asked": asked,
            "asked_wrong": bool(asked) and day is None,
            "members": [_member(one, rights) for one in then.members],
            "ethnicity": _ethnicity(then, rights),
            "may": {one.value: one in rights for one in Right},
            "health": Right.SEE_HEALTH in rights,
            "line": line,
            "drawing": draw(line, today, then.day),
            "area_before": line.area_before(then.day),
            "days": _days(line, today),
            "tables": indicators(home, line.classes),
            "gaps": _grouped(missing(then, rights)),
            "acts": acts,
            "more": acts[-1].act.pk if len(acts) == MOST else None,
            "closed": words.closed(home.closed_why),
        },
    )


@login_required
@require_GET
def older(request: HttpRequest, public_id: str) -> HttpResponse:
    """More of the history. `?truoc=`: acts older than this one."""
    user: Any = request.user
    home = find(user, public_id)
    told = request.GET.get("truoc", "")
    before = int(told) if told.isascii() and told.isdigit() and len(told) < 18 else None
    acts = history(home, scope.rights(user, home.area_path), before)
    more = acts[-1].act.pk if len(acts) == MOST else None
    return render(request, "registry/history.html", {"home": home, "acts": acts, "more": more})


@login_required
@require_http_methods(["GET", "POST"])
def id_number(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """The ID number of one person in clear, after saying why. Logged and counted."""
    user: Any = request.user
    home = find(user, public_id)
    person = _person(home, person_id)
    if not person.id_number or Right.SEE_ID_NUMBER not in scope.rights(user, home.area_path):
        raise Http404
    form = Reveal(request.POST or None, purposes=list(Purpose.choices))
    number = ""
    if request.method == "POST" and form.is_valid():
        what = protected.Protected(
            field="id_number", object_type="person", object_id=person.public_id, path=home.area_path,
            chain=home.commune.key, read=lambda: person.id_number,
        )  # fmt: skip
        told = form.cleaned_data
        try:
            number = protected.reveal(by=user, what=what, purpose=told["purpose"], note=told["note"])
        except Refused as refused:
            for one in refused.problems:
                field = one.cell if one.cell in form.fields else None
                form.add_error(field, f"{one.sentence(language())}: {one.advice(language())}. ({one.code})")
    context = {
        "home": home, "person": person, "form": form, "number": number, "mask": mask(person.id_number),
        "left": protected.left_today(user),
    }  # fmt: skip
    answer = render(request, "registry/id_number.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _person(home: Household, public_id: str) -> Person:
    """A person who belongs or belonged to `home`."""
    person = Person.objects.filter(memberships__household=home, public_id=public_id).first()
    if person is None:
        raise Http404
    return person


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _days(line: Timeline, today: date) -> list[date]:
    """Days worth a look: the end of each year that the register knows, the newest first."""
    if line.since is None:
        return []
    ends = [date(year, 12, 31) for year in range(today.year - 1, line.since.year - 1, -1)]
    return ends[:_MOST_DAYS]


def _ethnicity(then: HouseholdAt, rights: Collection[Right]) -> str | None:
    """Of the head on the day; None where it may not be told."""
    if Right.SEE_ETHNICITY not in rights:
        return None
    return words.ethnicity(then.head.person.ethnicity) if then.head else ""


def _member(one: MemberAt, rights: Collection[Right]) -> dict[str, Any]:
    person, state = one.person, one.state
    shown: dict[str, Any] = {
        "person": person,
        "head": one.is_head,
        "relation": one.membership.relation,
        "since": one.membership.valid_from,
        "birth": f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or ""),
        "age": one.age,
        "about": not one.age_exact,
        "sex": words.sex(person.sex),
        "mask": mask(person.id_number),
        "work": str(words.WORK.get(state.work, "")) if state else "",
        "school": words.yes_no(state.in_school) if state else "",
    }
    if Right.SEE_ETHNICITY in rights:
        shown["ethnicity"] = words.ethnicity(person.ethnicity)
    if Right.SEE_HEALTH in rights:
        shown["insured"] = words.yes_no(state.insured) if state else ""
        shown["disability"] = state.disability if state else ""
    return shown


def _grouped(gaps: list[Gap]) -> list[tuple[str, list[str]]]:
    """What is missing, by whom; two persons of one name stay two."""
    found: dict[int, tuple[str, list[str]]] = {}
    for one in gaps:
        key, name = (one.member.person.pk, one.member.person.name) if one.member else (0, _("Hộ"))
        found.setdefault(key, (name, []))[1].append(one.what)
    return list(found.values())
