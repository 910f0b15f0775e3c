"""Addresses of four eyes."""

from django.urls import path

from vuonlen.approval.web import pages

app_name = "approval"
urlpatterns = [
    path("", pages.waiting, name="waiting"),
    path("cua-toi/", pages.mine, name="mine"),
    path("da-quyet/", pages.decided, name="decided"),
    path("<str:public_id>/", pages.proposal, name="proposal"),
    path("<str:public_id>/duyet/", pages.approve, name="approve"),
    path("<str:public_id>/tu-choi/", pages.refuse, name="refuse"),
    path("<str:public_id>/rut/", pages.withdraw, name="withdraw"),
]
