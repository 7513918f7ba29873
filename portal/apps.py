from datetime import timedelta

from django.apps import AppConfig


class Portal(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self) -> None:
        from access import notices
        from access.questions import services as questions
        from ground import jobs
        from learninglog import slots
        from portal import panels
        from portal.office import unindexed
        from portal.site import schedule
        from portal.start import news

        unindexed.keep_out()
        slots.register_panel(panels.ACCESS)
        slots.register_panel(panels.PICTURES)
        notices.register("learning log", news.for_guardian)
        notices.register("questions", questions.is_asked_anew)
        jobs.register("site: schedule", timedelta(minutes=1), schedule.keep)
