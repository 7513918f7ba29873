from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate, pre_save


class GroundConfig(AppConfig):
    name = "ground"
    label = "ground"

    def ready(self) -> None:
        from django_tasks_db.models import DBTaskResult

        from ground import append_only, checks, jobs, results

        pre_migrate.connect(append_only.step_aside, dispatch_uid="ground.append_only")
        post_migrate.connect(append_only.restore, dispatch_uid="ground.append_only")
        pre_save.connect(results.leave_out_words, sender=DBTaskResult, dispatch_uid="ground.results")
        jobs.register("ground.requeue_lost", timedelta(minutes=1), jobs.requeue_lost)
        jobs.register("ground.append_only", timedelta(days=1), checks.watch_append_only)
        jobs.register("ground.prune_results", timedelta(days=1), results.prune)
