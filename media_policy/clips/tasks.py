"""What is made beside the site. Carries a key only; a worker that is killed leaves it to the next."""

from django_tasks import task

from media_policy.clips import services


@task()
def make_clip(clip_id: int) -> None:
    """Make a film or a recording ready."""
    services.make(clip_id=clip_id)
