"""One mail a day at most, and only when there is something new for that person; not a word in it about what.

Higher rooms register what counts as new: `register(name, func)` with `func(person, since, at) -> bool`.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from access.models import NoticeChoice, NoticeMail
from ground.clock import local_day
from people.models import Guardianship, Organisation, Person

Source = Callable[[Person, datetime, datetime], bool]

NOT_BEFORE = 17
BATCH = 200
NEWS = NoticeMail.About.NEWS
MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=5)
# Who never got a mail is told of the last days only.
LOOK_BACK = timedelta(days=2)

_sources: dict[str, Source] = {}


def register(name: str, func: Source) -> None:
    """Have `func(person, since, at)` asked whether there is something new for a guardian in (since, at]."""
    known = _sources.get(name)
    if known is not None and known is not func:
        raise ValueError(f"Two sources of notices are called {name}.")
    _sources[name] = func


def choose(*, person: Person, by_mail: bool, at: datetime) -> None:
    """Keep the person's answer; it holds from the next mail on."""
    NoticeChoice.objects.update_or_create(person=person, defaults={"by_mail": by_mail, "changed_at": at})


def wants_mail(person: Person) -> bool:
    """Whether mail may be sent; yes until the person says no."""
    return not NoticeChoice.objects.filter(person=person, by_mail=False).exists()


def is_evening(organisation: Organisation, at: datetime) -> bool:
    """Whether the hour of the day's mail has come where the organisation is."""
    return at.astimezone(ZoneInfo(organisation.time_zone)).hour >= NOT_BEFORE


def readers(at: datetime) -> QuerySet[Person]:
    """Everyone who may get a notice at all: an active guardian, with an address, who did not say no."""
    said_no = NoticeChoice.objects.filter(person=OuterRef("pk"), by_mail=False)
    return reached(at).exclude(Exists(said_no))


def reached(at: datetime) -> QuerySet[Person]:
    """Every active guardian with an address: for what has to be told, also to who wants no mail about news."""
    active = Guardianship.objects.active(at).filter(person=OuterRef("pk"), child__blocked_at__isnull=True)
    people = Person.objects.filter(Exists(active), is_active=True).exclude(email="")
    return people.select_related("organisation").order_by("pk")


def write_batch(*, organisation_id: int, after: int, at: datetime) -> int | None:
    """Write today's mails for the next readers of an organisation behind a key; the last key, or None at the end."""
    organisation = Organisation.objects.get(pk=organisation_id)
    day = local_day(at, organisation.time_zone)
    has_got = NoticeMail.objects.filter(person=OuterRef("pk"), day=day, about=NEWS)
    batch = list(readers(at).filter(organisation=organisation, pk__gt=after).exclude(Exists(has_got))[:BATCH])
    for person in batch:
        if _has_news(person, at):
            write(person=person, day=day, at=at)
    return batch[-1].pk if len(batch) == BATCH else None


def _has_news(person: Person, at: datetime) -> bool:
    last = NoticeMail.objects.filter(person=person, about=NEWS, sent_at__isnull=False).order_by("-sent_at").first()
    since = last.written_at if last else at - LOOK_BACK
    return any(source(person, since, at) for source in _sources.values())


def write(*, person: Person, day: date, at: datetime, about: str = NEWS) -> NoticeMail | None:
    """Put one mail into the outbox and its task into the queue, in one transaction; None when the day has one."""
    from access.tasks import send_notice

    with transaction.atomic():
        mail, new = NoticeMail.objects.get_or_create(person=person, day=day, about=about, defaults={"written_at": at})
        if not new:
            return None
        send_notice.enqueue(mail_id=mail.pk)
    return mail


def send(*, mail_id: int, at: datetime) -> timedelta | None:
    """Send one mail of the outbox, once; how long to wait before the next try when the mail server refused it."""
    mail = _claim(mail_id, at)
    if mail is None:
        return None
    try:
        message_for(mail.person, mail.about).send()
    except OSError:  # smtplib's errors are OSErrors too
        return _release(mail)
    NoticeMail.objects.filter(pk=mail.pk).update(sent_at=at)
    return None


def _claim(mail_id: int, at: datetime) -> NoticeMail | None:
    with transaction.atomic():
        free = NoticeMail.objects.select_for_update(of=("self",)).filter(
            pk=mail_id, sent_at__isnull=True, dropped_at__isnull=True, claimed_at__isnull=True
        )
        mail: NoticeMail | None = free.select_related("person__organisation").first()
        if mail is None:
            return None
        if not _still_wanted(mail, at):
            mail.dropped_at = at
        else:
            mail.claimed_at, mail.tries = at, mail.tries + 1
        mail.save(update_fields=["dropped_at", "claimed_at", "tries"])
    return None if mail.dropped_at else mail


def _still_wanted(mail: NoticeMail, at: datetime) -> bool:
    """News of yesterday are none; what has to be told is told a day late rather than never."""
    if mail.about == NEWS:
        return readers(at).filter(pk=mail.person_id).exists() and mail.day == _day_of(mail.person, at)
    return reached(at).filter(pk=mail.person_id).exists()


def _day_of(person: Person, at: datetime) -> date | None:
    return local_day(at, person.organisation.time_zone) if person.organisation else None


def left_over(at: datetime) -> list[int]:
    """Mails that have waited for an hour with nobody sending them: their task was lost."""
    waiting = NoticeMail.objects.filter(sent_at__isnull=True, dropped_at__isnull=True, claimed_at__isnull=True)
    return list(waiting.filter(written_at__lte=at - timedelta(hours=1)).order_by("pk").values_list("pk", flat=True))


def _release(mail: NoticeMail) -> timedelta | None:
    if mail.tries >= MOST_TRIES:
        return None
    NoticeMail.objects.filter(pk=mail.pk).update(claimed_at=None)
    return FIRST_PAUSE * 2**mail.tries


def message_for(person: Person, about: str = NEWS) -> EmailMessage:
    """The mail in the person's language: that there is something, where to sign in, how to stop it. Nothing else."""
    with translation.override(person.language):
        return _of_the_end(person) if about == NoticeMail.About.READING_ENDS else _of_news(person)


def _of_news(person: Person) -> EmailMessage:
    lines = [
        _("Hello!"),
        _("There is something new for you to read. Sign in to see it:"),
        settings.WAGTAILADMIN_BASE_URL + reverse(settings.LOGIN_URL),
        _("You get one mail like this a day at most, and only when there is something new. To stop it:"),
        settings.WAGTAILADMIN_BASE_URL + reverse(settings.NOTICE_CHOICE_URL),
    ]
    subject = _("There is something new for you")
    return EmailMessage(subject, "\n\n".join(lines) + "\n", to=[person.email])


def _of_the_end(person: Person) -> EmailMessage:
    lines = [
        _("Hello!"),
        _("A child of yours has left our units. Before long you will no longer be able to read its log here."),
        _("Sign in to see the day, and to make your own copy of everything:"),
        settings.WAGTAILADMIN_BASE_URL + reverse(settings.LOGIN_URL),
    ]
    return EmailMessage(_("Keep a copy of the log"), "\n\n".join(lines) + "\n", to=[person.email])
