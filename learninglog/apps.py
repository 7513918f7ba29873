from django.apps import AppConfig


class LearningLog(AppConfig):
    name = "learninglog"
    label = "learninglog"

    def ready(self) -> None:
        from learninglog import kinds, registrations

        kinds.register_all()
        registrations.register_all()
