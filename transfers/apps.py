from django.apps import AppConfig


class Transfers(AppConfig):
    name = "transfers"
    label = "transfers"

    def ready(self) -> None:
        from transfers import panels, registrations

        registrations.register_all()
        panels.register_all()
