"""What runs beside the site. Carries a key only; a worker that is killed leaves the package to the next."""

from django_tasks import task

from ground.clock import now
from transfers.services import making


@task()
def make_package(package_id: int) -> None:
    """Make one package."""
    making.make(package_id=package_id, now=now)
