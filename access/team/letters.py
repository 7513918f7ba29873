"""Mail to the staff about their own work: that something waits, and where to sign in. No name of anybody is in it."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from access.models import Letter
from ground.clock import local_day
from people.models import Duty, Person, Unit


def heads_of(unit: Unit, at: datetime) -> list[Person]:
    """Those who head the unit now, for whom there is an address."""
    day = local_day(at, unit.organisation.time_zone)
    duties = Duty.objects.unsuspended(day).filter(unit=unit, role=Duty.Role.HEAD)
    found = Person.objects.filter(pk__in=duties.values("person"), is_active=True)
    return list(found.exclude(email="").select_related("organisation").order_by("pk"))


@transaction.atomic
def write(*, person: Person, kind: str, at: datetime) -> Letter | None:
    """Put a letter and its task into the queue, in one transaction; None when the day has one of its kind already."""
    from access.team.tasks import send_letter

    day = local_day(at, person.organisation.time_zone) if person.organisation else at.date()
    letter, new = Letter.objects.get_or_create(person=person, kind=kind, day=day, defaults={"written_at": at})
    if not new:
        return None
    send_letter.enqueue(letter_id=letter.pk)
    return letter


def send(*, letter_id: int, at: datetime) -> bool:
    """Send one letter, once; what the mail server refuses is free again, and the failed task is tried again."""
    with transaction.atomic():
        free = Letter.objects.select_for_update(of=("self",)).filter(pk=letter_id, claimed_at__isnull=True)
        letter = free.select_related("person").first()
        if letter is None or not letter.person.is_active or not letter.person.email:
            return False
        letter.claimed_at = at
        letter.save(update_fields=["claimed_at"])
    try:
        message_for(letter).send()
    except OSError:
        Letter.objects.filter(pk=letter.pk).update(claimed_at=None)
        raise
    Letter.objects.filter(pk=letter.pk).update(sent_at=at)
    return True


def left_over(at: datetime, *, since: datetime) -> list[int]:
    """Letters of the last days that nobody has sent: their task was lost, or the mail server was away."""
    waiting = Letter.objects.filter(claimed_at__isnull=True, written_at__gt=since, written_at__lte=at)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def message_for(letter: Letter) -> EmailMessage:
    """The letter in the person's language."""
    with translation.override(letter.person.language):
        subject = {
            Letter.Kind.PASS_GIVEN: _("A substitute has got a pass today"),
            Letter.Kind.REVIEW_OPEN: _("The monthly review of access is open"),
            Letter.Kind.REVIEW_WAITS: _("A monthly review of access waits"),
        }[Letter.Kind(letter.kind)]
        where = settings.WAGTAILADMIN_BASE_URL + reverse(settings.LOGIN_URL)
        lines = [_("Hello!"), subject + ".", _("Sign in to see it:"), where]
    return EmailMessage(subject, "\n\n".join(lines) + "\n", to=[letter.person.email])
