from django.apps import AppConfig


class Conferences(AppConfig):
    name = "conferences"
    label = "conferences"

    def ready(self) -> None:
        from conferences import kinds, registrations

        kinds.register_all()
        registrations.register_all()
