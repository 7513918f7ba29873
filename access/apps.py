from datetime import timedelta

from django.apps import AppConfig


class Access(AppConfig):
    name = "access"
    label = "access"

    def ready(self) -> None:
        from access import tasks
        from access.families import erasing
        from access.models import Device
        from access.signing import attempts, codes, providers, session
        from access.team import tasks as work_tasks
        from ground import jobs
        from people import endings, erasure
        from visibility import kinds

        # A provider that is set up wrongly stops the start, not somebody's sign-in.
        providers.all_ways()
        endings.register("access: sessions", session.end_with_guardianship)
        endings.register("access: codes", codes.end_with_guardianship)
        kinds.register(kinds.Kind("DEVICE", Device, unit="unit_id"))
        erasure.register("access", erasing.erase_child)
        jobs.register("letters: left over", timedelta(minutes=30), work_tasks.send_left_over)
        jobs.register("notices: write", timedelta(hours=1), tasks.start_notices)
        jobs.register("sessions: forget", timedelta(hours=6), session.forget_ended)
        jobs.register("attempts: forget", timedelta(hours=6), attempts.forget_old)
