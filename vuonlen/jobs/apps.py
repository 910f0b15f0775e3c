from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "vuonlen.jobs"
    label = "jobs"
