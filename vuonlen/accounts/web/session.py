"""Sessions end when idle and after twelve hours; who must prove more is led there; lock-out says what to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from vuonlen.accounts import second_factor
from vuonlen.accounts.models import User

BEGUN, SEEN = "begun", "seen"
_MINUTE = 60  # the last sign of life is written at most once a minute: each writing is a row
#: reached by whoever still has to change the password or set up the second factor
_OPEN = frozenset({
    "account_login", "account_logout", "account_reauthenticate", "account_change_password", "account_inactive",
    "set_language", "accounts:expired", "accounts:sign_out_everywhere",
})  # fmt: skip


class SessionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _over(request):
            logout(request)
            return _sent(request, f"{reverse('accounts:expired')}?{urlencode({'next': _back(request)})}")
        response = self.get_response(request)
        login = reverse(settings.LOGIN_URL)
        if response.status_code == 302 and response["Location"].startswith(login) and not _over_there(request, login):
            return _sent(request, f"{login}?{urlencode({'next': _back(request)})}") if _is_part(request) else response
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or match is None:
            return None
        name = match.view_name
        if name in _OPEN:
            return None
        if user.must_change_password:
            return HttpResponseRedirect(reverse("account_change_password"))
        if not name.startswith("mfa_") and second_factor.needed(user) and not second_factor.given(request):
            return HttpResponseRedirect(second_factor.where_to(request))
        return None


def _over(request: HttpRequest) -> bool:
    """Whether the session was idle, or lasted, too long; otherwise notes that somebody is there."""
    now, session = int(time.time()), request.session
    begun, seen = session.setdefault(BEGUN, now), session.setdefault(SEEN, now)
    if now - seen > settings.SESSION_IDLE.total_seconds() or now - begun > settings.SESSION_ABSOLUTE.total_seconds():
        return True
    if now - seen >= _MINUTE and not _is_watching(request):
        session[SEEN] = now
    return False


def _is_watching(request: HttpRequest) -> bool:
    """A page that asks by itself how far a job is: nobody need be sitting there."""
    try:
        return resolve(request.path_info).view_name in settings.WATCHING_ROUTES
    except Resolver404:
        return False


def _is_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _over_there(request: HttpRequest, login: str) -> bool:
    return request.path_info == login


def _sent(request: HttpRequest, url: str) -> HttpResponse:
    """The whole page goes to `url`, also where only a part of it was asked for."""
    if not _is_part(request):
        return HttpResponseRedirect(url)
    response = HttpResponse()
    response["HX-Redirect"] = url
    return response


def _back(request: HttpRequest) -> str:
    """The page the user was on: itself when it was opened, the one with the form when something was sent."""
    if request.method == "GET" and not _is_part(request):
        return request.get_full_path()
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if safe else "/"


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Too many wrong passwords. The same words whether the user exists or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    told = {
        "title": _("Tạm khóa đăng nhập"),
        "text": _(
            "Đã nhập sai {times} lần liên tiếp. Hãy đợi {minutes} phút rồi thử lại; nếu quên mật khẩu, "
            "báo người quản trị hệ thống của đơn vị cấp mật khẩu dùng một lần."
        ).format(times=settings.AXES_FAILURE_LIMIT, minutes=minutes),
        "url": reverse("account_login"),
        "action": _("Về trang đăng nhập"),
    }
    response = render(request, "accounts/notice.html", told, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
