"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from vuonlen.oversight.web import pages

app_name = "oversight"
urlpatterns = [
    path("", pages.entries, name="entries"),
    path("kiem-tra/", pages.check, name="check"),
    path("mang-di/", pages.take_along, name="take_along"),
    path("<str:key>/<int:sequence>/", pages.entry, name="entry"),
]
