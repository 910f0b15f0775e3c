from django.apps import AppConfig


class RegistrySearchConfig(AppConfig):
    name = "vuonlen.registry.search"
    label = "registry_search"
