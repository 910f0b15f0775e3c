from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "vuonlen.staff"
    label = "staff"
