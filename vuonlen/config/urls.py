"""Addresses. Each capability brings its own; a route without a row in the permission matrix fails the build."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
]
