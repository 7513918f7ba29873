from datetime import timedelta

from django.apps import AppConfig


class Access(AppConfig):
    name = "access"
    label = "access"

    def ready(self) -> None:
        from wagtail.signals import published

        from access import tasks
        from access.families import erasing
        from access.leaving import services as leaving
        from access.models import Device, Recording, Review, Wording
        from access.questions import services as questions
        from access.readings import lines
        from access.readings import services as readings
        from access.recordings import pictures as papers
        from access.reviews import odd
        from access.reviews import services as reviews
        from access.signing import attempts, codes, providers, session
        from access.team import tasks as work_tasks
        from access.terms import asking, freezing, gate
        from ground import jobs
        from media_policy import holders
        from people import endings, erasure
        from visibility import kinds

        published.connect(freezing.freeze_published, sender=Wording, dispatch_uid="access: freeze wordings")
        odd.register(asking.who_declined)
        gate.register(lines.always_open)
        # A provider that is set up wrongly stops the start, not somebody's sign-in.
        providers.all_ways()
        endings.register("access: sessions", session.end_with_guardianship)
        endings.register("access: codes", codes.end_with_guardianship)
        kinds.register(kinds.Kind("DEVICE", Device, unit="unit_id"))
        kinds.register(kinds.Kind("REVIEW", Review, unit="unit_id"))
        papers_of = Recording.objects.all
        kinds.register(kinds.Kind("RECORDING", Recording, links=papers_of, child="guardianship__child_id"))
        holders.register("recordings", papers.held_by_recordings, about=papers.about_recordings)
        jobs.register("questions: put", timedelta(hours=1), questions.put_due)
        jobs.register("questions: watch", timedelta(days=1), questions.watch)
        jobs.register("reading: ends after leaving", timedelta(hours=6), leaving.follow)
        jobs.register("reviews: open", timedelta(hours=6), reviews.open_due)
        erasure.register("access", erasing.erase_child)
        erasure.register("access: reviews", reviews.erase_child)
        erasure.register("access: reading lines", readings.erase_child)
        jobs.register("letters: left over", timedelta(minutes=30), work_tasks.send_left_over)
        jobs.register("notices: write", timedelta(hours=1), tasks.start_notices)
        jobs.register("sessions: forget", timedelta(hours=6), session.forget_ended)
        jobs.register("sessions: without ground", timedelta(minutes=5), session.end_groundless)
        jobs.register("attempts: forget", timedelta(hours=6), attempts.forget_old)
