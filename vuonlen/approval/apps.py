from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    name = "vuonlen.approval"
    label = "approval"
