"""Addresses of places."""

from __future__ import annotations

from django.urls import path

from vuonlen.geography.web import assigning, pages

app_name = "geography"
urlpatterns = [
    path("", pages.tree, name="tree"),
    path("chia-tach/", assigning.ended, name="ended"),
    path("<str:public_id>/", pages.place, name="place"),
    path("<str:public_id>/ban-do.geojson", pages.shapes, name="shapes"),
    path("<str:public_id>/phan-thon/", assigning.assign, name="assign"),
    path("<str:public_id>/rut-lai/", assigning.withdraw, name="withdraw"),
    path("<str:public_id>/them-thon/", assigning.add_village, name="add_village"),
]
