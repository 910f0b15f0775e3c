"""The page after signing in: what needs doing. Capabilities bring its cards (HOME_CARDS of config/navigation.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

Card = Callable[[Any], "dict[str, Any] | None"]


@login_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"cards": cards(request.user)})


def cards(user: Any) -> list[dict[str, Any]]:
    """What waits for `user`, urgent first, otherwise in the order of the settings."""
    found = [card for card in (import_string(name)(user) for name in settings.HOME_CARDS) if card]
    return sorted(found, key=lambda card: not card.get("urgent"))
