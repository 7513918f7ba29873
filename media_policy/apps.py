from contextlib import suppress
from datetime import timedelta

from django.apps import AppConfig


class MediaPolicy(AppConfig):
    name = "media_policy"
    label = "media_policy"

    def ready(self) -> None:
        from ground import jobs
        from media_policy import checks, spool, sweep  # noqa: F401
        from media_policy.erasure import erase_child
        from media_policy.refused import of_pictures
        from people import erasure
        from visibility import refusals

        # A web server runs no checks when it starts, and the first upload needs the folder; the check tells why not.
        with suppress(OSError):
            spool.folder()
        jobs.register("media: sweep", timedelta(days=1), sweep.nightly)
        erasure.register("pictures", erase_child)
        refusals.register("PICTURE", of_pictures)
