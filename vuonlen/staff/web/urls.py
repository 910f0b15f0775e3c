"""Addresses of staff."""

from __future__ import annotations

from django.urls import path

from vuonlen.staff.web import pages

app_name = "staff"
urlpatterns = [
    path("", pages.users, name="list"),
    path("them/", pages.add, name="add"),
    path("vai-tro/<str:public_id>/thu-hoi/", pages.withdraw, name="withdraw"),
    path("<str:public_id>/", pages.user, name="user"),
    path("<str:public_id>/vai-tro/", pages.appoint, name="appoint"),
    path("<str:public_id>/mat-khau/", pages.password, name="password"),
    path("<str:public_id>/dong/", pages.close, name="close"),
]
