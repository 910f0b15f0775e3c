from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "vuonlen.journal"
    label = "journal"
