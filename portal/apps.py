from django.apps import AppConfig


class Portal(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self) -> None:
        from access import notices
        from portal.office import unindexed
        from portal.start import news

        unindexed.keep_out()
        notices.register("learning log", news.for_guardian)
