from django.apps import AppConfig


class Access(AppConfig):
    name = "access"
    label = "access"
