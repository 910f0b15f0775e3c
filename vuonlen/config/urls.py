"""Addresses. Each capability brings its own; a route without a row in the permission matrix fails the build."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from vuonlen.foundation.web.home import home

handler400 = "vuonlen.foundation.web.errors.bad_request"
handler403 = "vuonlen.foundation.web.errors.forbidden"
handler404 = "vuonlen.foundation.web.errors.not_found"
handler500 = "vuonlen.foundation.web.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("tai-khoan/", include("vuonlen.accounts.web.urls")),
    path("nhan-su/", include("vuonlen.staff.web.urls")),
    path("ho/", include("vuonlen.registry.search.web.urls")),
    path("ho/", include("vuonlen.registry.web.urls")),
    path("duyet/", include("vuonlen.approval.web.urls")),
    path("nhap-danh-sach/", include("vuonlen.registry.intake.web.urls")),
    path("nhat-ky/", include("vuonlen.oversight.web.urls")),
    path("viec/", include("vuonlen.jobs.web.urls")),
    path("api/", include("vuonlen.config.api")),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("dia-ban/", include("vuonlen.geography.web.urls")),
]
