from datetime import timedelta

from django.apps import AppConfig


class Visibility(AppConfig):
    name = "visibility"
    label = "visibility"

    def ready(self) -> None:
        from ground import jobs
        from people import erasure
        from people.models import Child, Duty, Pass, Unit
        from visibility import kinds, refusals, tasks

        kinds.register(kinds.of_children(Child))
        for kind in kinds.of_staff(Unit, Duty, Pass):
            kinds.register(kind)
        refusals.register_facts()
        erasure.register("reading log", tasks.erase_child)
        erasure.register("refused looks", refusals.erase_child)
        jobs.register("reading log: seal", timedelta(minutes=5), tasks.seal_reading_log)
        jobs.register("refused looks: find", timedelta(minutes=5), tasks.find_refused)
