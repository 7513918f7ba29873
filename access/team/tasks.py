"""What runs beside the site for the staff's letters. Tasks carry keys only and bear to run twice."""

from datetime import datetime, timedelta

from django_tasks import task

from access.team import letters
from ground.clock import now

TRIED_AGAIN = timedelta(days=2)


@task()
def send_letter(letter_id: int) -> None:
    """Send one letter."""
    letters.send(letter_id=letter_id, at=now())


def send_left_over(at: datetime) -> int:
    """Send what a lost worker left, or the mail server would not take; how many."""
    found = letters.left_over(at - timedelta(minutes=30), since=at - TRIED_AGAIN)
    for key in found:
        send_letter.enqueue(letter_id=key)
    return len(found)
