from django.apps import AppConfig


class People(AppConfig):
    name = "people"
    label = "people"
