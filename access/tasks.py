"""What runs beside the site for the notices. Tasks carry keys only and bear to run twice."""

from datetime import datetime

from django_tasks import task

from access import notices
from ground.clock import now
from people.models import Organisation


def start_notices(at: datetime) -> int:
    """Begin the day's mails wherever it is evening, and send what a lost worker left; how many organisations."""
    for mail_id in notices.left_over(at):
        send_notice.enqueue(mail_id=mail_id)
    evening = [row for row in Organisation.objects.order_by("pk") if notices.is_evening(row, at)]
    for organisation in evening:
        write_notices.enqueue(organisation_id=organisation.pk, after=0)
    return len(evening)


@task()
def write_notices(organisation_id: int, after: int) -> None:
    """Write the mails of one batch of readers and enqueue the next."""
    last = notices.write_batch(organisation_id=organisation_id, after=after, at=now())
    if last is not None:
        write_notices.enqueue(organisation_id=organisation_id, after=last)


@task()
def send_notice(mail_id: int) -> None:
    """Send one mail; try again later when the mail server could not take it."""
    at = now()
    pause = notices.send(mail_id=mail_id, at=at)
    if pause is not None:
        send_notice.using(run_after=at + pause).enqueue(mail_id=mail_id)
