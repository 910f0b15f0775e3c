"""One page for each verb: the form, what is wrong with it, and what to do when another was faster."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vuonlen.accounts import scope
from vuonlen.accounts.models import User
from vuonlen.accounts.rights import Right
from vuonlen.domain.problems import Refused
from vuonlen.registry.models import Act, Household, Membership
from vuonlen.registry.proposals import propose_undo
from vuonlen.registry.queries import acts_of, find, find_act, open_members
from vuonlen.registry.reversing import decided, right_to_undo
from vuonlen.registry.telling import words
from vuonlen.registry.telling.history import ActTold, told
from vuonlen.registry.verbs.desk import Conflict
from vuonlen.registry.verbs.undoing import undo
from vuonlen.registry.web.forms import decided as proposing
from vuonlen.registry.web.forms import households, members
from vuonlen.registry.web.forms.base import VerbForm, taken

#: word of the address -> its name, and the form of a verb on the household
ON_HOUSEHOLD: dict[str, tuple[str, type[VerbForm]]] = {
    "sua": ("correct", households.Correct),
    "dong": ("close", households.Close),
    "mo-lai": ("reopen", households.Reopen),
    "chuyen": ("move", households.Move),
    "tach": ("split", households.Split),
    "doi-chu-ho": ("head", households.Head),
    "them-nguoi": ("add_member", members.Add),
    "nhan-nguoi": ("take_member", members.Take),
    "nhap-ho": ("merge", proposing.Merge),
    "ghi-trung": ("strike", proposing.Strike),
    "phan-loai": ("status", proposing.StatusForm),
    "chuyen-xa": ("move_out", proposing.MoveOut),
}
#: word of the address -> its name, and the form of a verb on one member
ON_MEMBER: dict[str, tuple[str, type[VerbForm]]] = {
    "sua": ("correct_member", members.Correct),
    "tinh-trang": ("state", members.State),
    "roi-ho": ("leaves", members.Leaves),
    "mat": ("dies", members.Dies),
}


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new household."""
    user: Any = request.user
    if Right.EDIT_HOUSEHOLDS not in scope.rights(user):
        raise PermissionDenied
    form = households.Add(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            act = form.call()
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, _("Đã thêm hộ. Thêm các thành viên khác ở phần “Thành viên”."))
            return redirect("registry:household", act.household.public_id if act.household else "")
    return render(request, "registry/form.html", {"form": form, "shown": form})


@login_required
@require_http_methods(["GET", "POST"])
def on_household(request: HttpRequest, public_id: str, word: str) -> HttpResponse:
    """A verb on the household."""
    user: Any = request.user
    return _act(request, user, _editable(user, public_id), ON_HOUSEHOLD[word][1])


@login_required
@require_http_methods(["GET", "POST"])
def on_member(request: HttpRequest, public_id: str, person_id: str, word: str) -> HttpResponse:
    """A verb on one member."""
    user: Any = request.user
    home = _editable(user, public_id)
    member = _member(home, person_id)
    if member is None and request.method == "POST":
        return _gone(request, user, home, ON_MEMBER[word][1])
    if member is None:
        messages.warning(request, _("Người này không còn là thành viên của hộ; có thể ai đó vừa thay đổi."))
        return redirect("registry:household", public_id)
    return _act(request, user, home, ON_MEMBER[word][1], member)


@login_required
@require_http_methods(["GET", "POST"])
def undoing(request: HttpRequest, public_id: str, act_id: str) -> HttpResponse:
    """Undo one act, or propose to, where two persons decided it."""
    user: Any = request.user
    home = find(user, public_id)
    act = find_act(home, act_id)
    if not scope.may(user, right_to_undo(act), home.area_path):
        raise PermissionDenied
    form = proposing.Undo(request.POST if request.method == "POST" else None)
    two = decided(act)
    if request.method == "POST" and form.is_valid():
        try:
            return _undo(request, user, home, act, form.cleaned_data["reason"], two)
        except Refused as refused:
            context = {"problems": refused.problems}
        except Conflict:
            messages.warning(request, _("Ai đó vừa thay đổi hộ này. Hãy xem lại rồi thử lần nữa."))
            return redirect("registry:household", public_id)
    else:
        context = {}
    shown = told([act], scope.rights(user, home.area_path))[0]
    return render(request, "registry/undo.html", {"home": home, "one": shown, "form": form, "two": two} | context)


def _undo(request: HttpRequest, user: User, home: Household, act: Act, reason: str, two: bool) -> HttpResponse:
    if two:
        propose_undo(household=home, act=act, by=user, reason=reason)
        messages.success(request, _("Đã gửi đề nghị hoàn tác. Việc được thực hiện khi có người khác duyệt."))
        return redirect("registry:household", home.public_id)
    undo(act=act, by=user, reason=reason)
    messages.success(request, _("Đã hoàn tác: {verb}.").format(verb=words.verb(act.verb)))
    if Household.objects.filter(pk=home.pk).exists():
        return redirect("registry:household", home.public_id)
    return redirect("registry_search:list")  # the act had added the household


def _act(
    request: HttpRequest, user: User, home: Household, kind: type[VerbForm], member: Membership | None = None
) -> HttpResponse:
    data = taken(request.POST) if request.method == "POST" else None
    form = kind(data, home=home, user=user, member=member)
    if data is not None and form.is_valid():
        try:
            form.call()
        except Refused as refused:
            form.show(refused)
        except Conflict:
            return _conflict(request, user, form)
        else:
            messages.success(request, str(form.done))
            return redirect("registry:household", home.public_id)
    return render(request, "registry/form.html", _context(form, home, member))


def _conflict(request: HttpRequest, user: User, old: VerbForm) -> HttpResponse:
    """What the other did, field by field beside what was typed, and the form again on top of it. Status 409."""
    home = find(user, old.home.public_id)
    member = _member(home, old.member.person.public_id) if old.member else None
    if old.member is not None and member is None:
        return _gone(request, user, home, type(old))
    context: dict[str, Any] = {"since": _since(request, user, home)}
    now = type(old)(old.sent, home=home, user=user, member=member)
    context["differences"] = now.differences()
    fresh = type(old)(now.rebased(), home=home, user=user, member=member)
    return render(request, "registry/form.html", context | _context(fresh, home, member), status=409)


def _gone(request: HttpRequest, user: User, home: Household, kind: type[VerbForm]) -> HttpResponse:
    """The member left the household meanwhile: what was done, and what was typed. Status 409."""
    typed = [(one.label, request.POST.get(name, "")) for name, one in kind.base_fields.items() if one.label]
    context = {"home": home, "since": _since(request, user, home), "typed": typed}
    return render(request, "registry/gone.html", context, status=409)


def _since(request: HttpRequest, user: User, home: Household) -> list[ActTold]:
    """What was done to the household since the form was opened."""
    told_id = request.POST.get("seen", "")
    known = acts_of(home).filter(public_id=told_id if told_id.isalnum() else "")
    seen = known.values_list("pk", flat=True).first()
    acts = acts_of(home).filter(pk__gt=seen or 0).order_by("-id")
    acts = acts.select_related("by", "household", "reverses__reverses", "reversed_by")
    return told(list(acts[:20]), scope.rights(user, home.area_path))


def _context(form: VerbForm, home: Household, member: Membership | None) -> dict[str, Any]:
    return {"form": form, "shown": form, "home": home, "member": member}


def _editable(user: User, public_id: str) -> Household:
    """Raises Http404 out of sight, PermissionDenied where the household may only be read."""
    home = find(user, public_id)
    if not scope.may(user, Right.EDIT_HOUSEHOLDS, home.area_path):
        raise PermissionDenied
    return home


def _member(home: Household, person_id: str) -> Membership | None:
    return next((one for one in open_members(home) if one.person.public_id == person_id), None)
