"""Addresses of long work."""

from django.urls import path

from vuonlen.jobs.web import pages

app_name = "jobs"
urlpatterns = [
    path("", pages.mine, name="list"),
    path("<str:public_id>/", pages.job, name="job"),
    path("<str:public_id>/tien-do/", pages.progress, name="progress"),
    path("<str:public_id>/dung/", pages.stop, name="stop"),
    path("<str:public_id>/chay-lai/", pages.again, name="again"),
]
