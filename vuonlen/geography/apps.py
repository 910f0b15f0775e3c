from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "vuonlen.geography"
    label = "geography"
