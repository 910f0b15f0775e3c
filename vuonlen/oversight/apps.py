from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "vuonlen.oversight"
    label = "oversight"
