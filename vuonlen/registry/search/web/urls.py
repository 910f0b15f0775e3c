"""Addresses of lists, under `ho/`."""

from __future__ import annotations

from django.urls import path, re_path

from vuonlen.registry.search.web import export_pages, pages

app_name = "registry_search"
urlpatterns = [
    path("", pages.households, name="list"),
    path("dia-ban/", pages.places, name="places"),
    path("tra-cuu/", pages.look_up, name="look_up"),
    path("trich-xuat/", export_pages.export, name="export"),
    re_path(r"^trich-xuat/(?P<public_id>[0-9a-z]{12})/$", export_pages.exported, name="exported"),
    re_path(r"^trich-xuat/(?P<public_id>[0-9a-z]{12})/tai-ve/$", export_pages.download, name="download"),
]
