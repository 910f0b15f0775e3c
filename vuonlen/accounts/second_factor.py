"""Who must prove more than a password, and whether this session did."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from vuonlen.accounts.models import User
from vuonlen.accounts.rights import SECOND_FACTOR
from vuonlen.accounts.scope import Anyone, rights

_KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def waived(user: Anyone) -> bool:
    """Only for the users of the demonstration, and only while it is one; the sign-in page says so."""
    return bool(settings.DEMO and isinstance(user, User) and user.demo)


def needed(user: Anyone) -> bool:
    """Whether `user` holds a right that asks for it."""
    return not waived(user) and bool(rights(user) & SECOND_FACTOR)


def enrolled(user: User) -> bool:
    """Whether `user` has set up codes or a passkey."""
    return bool(is_mfa_enabled(user, _KINDS))


def given(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed, with a code or a passkey."""
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "mfa" for one in records)


def where_to(request: HttpRequest) -> str:
    """The page that sets it up, or asks for it."""
    user = request.user
    name = "mfa_reauthenticate" if isinstance(user, User) and enrolled(user) else "mfa_index"
    target = request.get_full_path() if request.method == "GET" else "/"
    return f"{reverse(name)}?{urlencode({'next': target})}"


def second_factor_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views that decide: whatever the middleware let through, this session must have given the second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not waived(request.user) and not given(request):
            return HttpResponseRedirect(where_to(request))
        return view(request, *args, **kwargs)

    return guarded
