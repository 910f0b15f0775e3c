"""The API: read only, for whoever is signed in, under the same gateway as the pages. Described at api/openapi.json."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security.session import SessionAuth
from ninja.throttling import BaseThrottle

from vuonlen import __version__
from vuonlen.accounts.models import User
from vuonlen.approval.web.api import router as approval
from vuonlen.geography.web.api import router as geography
from vuonlen.jobs.web.api import router as jobs
from vuonlen.registry.search.models import Calls
from vuonlen.registry.search.web.api import router as households

_MINUTE = 60
_COUNT = (
    f"INSERT INTO {Calls._meta.db_table} AS mine (user_id, minute, calls) VALUES (%s, %s, 1) "
    "ON CONFLICT (user_id) DO UPDATE SET minute = excluded.minute, "
    "calls = CASE WHEN mine.minute = excluded.minute THEN mine.calls + 1 ELSE 1 END RETURNING calls"
)


class SignedIn(SessionAuth):
    """The session of the pages; nobody else, and nobody whose account is closed."""

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        return user if isinstance(user, User) and user.is_active else None


class EachUser(BaseThrottle):
    """So many calls of one user in each minute of the clock, counted in the database for all servers together."""

    def allow_request(self, request: HttpRequest) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [request.user.pk, int(time.time()) // _MINUTE])
            return int(cursor.fetchone()[0]) <= settings.API_CALLS_A_MINUTE

    def wait(self) -> float | None:
        return _MINUTE - time.time() % _MINUTE


api = NinjaAPI(
    title="Vươn Lên",
    version=__version__,
    description="Chỉ đọc. Đăng nhập bằng phiên của trang web; phạm vi và quyền như trên trang.",
    auth=SignedIn(),
    throttle=EachUser(),
    docs_url=None,
    openapi_url=None,
)
for _router in (geography, households, approval, jobs):
    api.add_router("", _router)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _fault: Http404) -> HttpResponse:
    """Alike for what does not exist and what is not theirs; never the reason that Django gives."""
    return api.create_response(request, {"detail": "Not Found"}, status=404)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, _fault: PermissionDenied) -> HttpResponse:
    return api.create_response(request, {"detail": "Forbidden"}, status=403)


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Which part, and why; not what was sent."""
    told = [{"loc": [str(part) for part in one["loc"]], "msg": one["msg"]} for one in fault.errors]
    return api.create_response(request, {"detail": told}, status=422)


@login_not_required
@require_GET
def description(request: HttpRequest) -> HttpResponse:
    """OpenAPI, for whoever is signed in."""
    user: Any = request.user
    if not user.is_authenticated:
        return JsonResponse({"detail": "Unauthorized"}, status=401)
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/"), json_dumps_params={"ensure_ascii": False})


def addresses() -> list[Any]:
    """ninja answers 401 by itself; the middleware that leads people to the sign-in page is for pages."""
    patterns, _app, _namespace = api.urls
    for one in patterns:
        one.callback = login_not_required(cast(Callable[..., Any], one.callback))
    return [path("openapi.json", description, name="openapi"), *patterns]


urlpatterns = addresses()
app_name = "api"
