from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurriculumConfig(AppConfig):
    name = "curriculum"
    label = "curriculum"
    verbose_name = _("Curriculum")

    def ready(self) -> None:
        from curriculum import lines, spoken
        from curriculum.case import publishing
        from curriculum.tasks import mend_copies
        from ground import jobs

        spoken.keep_fresh()
        lines.keep_fresh()
        publishing.follow_frameworks()
        jobs.register("curriculum: copies", timedelta(days=1), mend_copies)
