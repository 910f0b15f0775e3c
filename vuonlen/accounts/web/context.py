"""What every page knows: the navigation that this user may see, the user's roles, and where they work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from vuonlen.accounts.models import User
from vuonlen.accounts.scope import held, rights


def page(request: HttpRequest) -> dict[str, Any]:
    """navigation: url, label, icon, active, badge of each entry. roles: `scope.Held`. workplace: words."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    roles = held(user)
    return {
        "navigation": _navigation(request, user),
        "roles": roles,
        "workplace": " · ".join(dict.fromkeys(str(one.place) for one in roles)),
    }


def _navigation(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    allowed = rights(user)
    entries = []
    for entry in settings.NAVIGATION:
        if entry.rights and not allowed.intersection(entry.rights):
            continue
        try:
            url = reverse(entry.route)
        except NoReverseMatch:  # a capability whose pages are not installed
            continue
        badge = import_string(entry.badge)(user) if entry.badge else 0
        entries.append({"url": url, "label": entry.label, "icon": entry.icon, "badge": badge or None, "active": False})
    under = [one for one in entries if request.path_info.startswith(one["url"])]
    if under:
        max(under, key=lambda one: len(one["url"]))["active"] = True
    return entries
