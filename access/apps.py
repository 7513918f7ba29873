from datetime import timedelta

from django.apps import AppConfig


class Access(AppConfig):
    name = "access"
    label = "access"

    def ready(self) -> None:
        from access import tasks
        from ground import jobs

        jobs.register("notices: write", timedelta(hours=1), tasks.start_notices)
