"""Addresses of imports, under `nhap-danh-sach/`."""

from __future__ import annotations

from django.urls import path

from vuonlen.registry.intake.web import deciding, pages

app_name = "registry_intake"
urlpatterns = [
    path("", pages.batches, name="batches"),
    path("tai-len/", pages.upload, name="upload"),
    path("<slug:public_id>/", pages.batch, name="batch"),
    path("<slug:public_id>/tep/", pages.original, name="original"),
    path("<slug:public_id>/xac-nhan/", deciding.confirm, name="confirm"),
    path("<slug:public_id>/trung/<int:key>/", deciding.settle, name="settle"),
    path("<slug:public_id>/khong-con/<int:ordinal>/", deciding.missing, name="missing"),
    path("<slug:public_id>/gui-duyet/", deciding.propose, name="propose"),
    path("<slug:public_id>/bo/", deciding.withdraw, name="withdraw"),
    path("<slug:public_id>/hoan-tac/", deciding.undo, name="undo"),
    path("<slug:public_id>/<slug:part>/", pages.part, name="part"),
]
