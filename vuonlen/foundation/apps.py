from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "vuonlen.foundation"
    label = "foundation"
