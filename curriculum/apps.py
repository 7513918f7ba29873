from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurriculumConfig(AppConfig):
    name = "curriculum"
    label = "curriculum"
    verbose_name = _("Curriculum")

    def ready(self) -> None:
        from curriculum import spoken
        from curriculum.tasks import mend_copies
        from ground import jobs

        spoken.keep_fresh()
        jobs.register("curriculum: copies", timedelta(days=1), mend_copies)
