from django.apps import AppConfig


class RegistryIntakeConfig(AppConfig):
    name = "vuonlen.registry.intake"
    label = "registry_intake"
