"""One mail a day at most, and only if there is something; nothing in it about a child."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from access import notices, tasks
from access.models import NoticeMail
from ground import jobs
from people.models import Child, Group, Unit
from tests.access.conftest import EVENING
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = EVENING.date()


def write(cast: Cast, at=EVENING) -> list[str]:
    """Who got a row in the outbox."""
    before = set(NoticeMail.objects.values_list("pk", flat=True))
    assert notices.write_batch(organisation_id=cast.organisation.pk, after=0, at=at) is None
    rows = NoticeMail.objects.exclude(pk__in=before).select_related("person")
    return sorted(row.person.login for row in rows)


def send_all(at=EVENING) -> list[str]:
    for key in NoticeMail.objects.filter(sent_at=None).values_list("pk", flat=True):
        notices.send(mail_id=key, at=at)
    return sorted(address for message in mail.outbox for address in message.to)


def test_only_who_has_something_new_is_written_to(cast, news):
    news("astrid")
    assert write(cast) == ["astrid"]
    assert send_all() == ["astrid@example.org"]


def test_without_news_nobody_is_written_to(cast, news):
    assert write(cast) == []


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_the_mail_has_no_word_about_a_child_a_place_or_a_person(cast, news, language):
    cast.astrid.language = language
    cast.astrid.save()
    news("astrid")
    write(cast)
    send_all()
    (message,) = mail.outbox
    everything = "\n".join([message.subject, message.body, str(message.message())]).casefold()
    names = [
        *Child.objects.values_list("given_name", flat=True),
        *Child.objects.values_list("family_name", flat=True),
        *Unit.objects.values_list("name", flat=True),
        *Group.objects.exclude(name="F").values_list("name", flat=True),
        cast.organisation.name,
        "Cecilia",
    ]
    # Short names may stand inside other words; the address line is the person's own.
    words = set(everything.replace("astrid@example.org", "").replace("\n", " ").split())
    assert {name.casefold() for name in names} & words == set()
    assert cast.organisation.name.casefold() not in everything
    assert str(cast.alma.public_id) not in everything


def test_the_mail_is_in_the_language_of_the_guardian(cast, news, monkeypatch):
    spoken = []
    monkeypatch.setattr(notices, "_", lambda text: spoken.append(notices.translation.get_language()) or text)
    cast.astrid.language, cast.birger.language = "nb", "en"
    notices.message_for(cast.astrid)
    assert set(spoken) == {"nb"}
    spoken.clear()
    notices.message_for(cast.birger)
    assert set(spoken) == {"en"}


def test_an_inactive_guardian_gets_none(cast, news):
    news("anders", "astrid")
    assert write(cast) == ["astrid"]


def test_a_guardian_made_inactive_after_the_mail_was_written_gets_none(cast, news):
    news("astrid")
    assert write(cast) == ["astrid"]
    cast.astrid_alma.inactivated_at = EVENING
    cast.astrid_alma.save()
    assert send_all(EVENING + timedelta(minutes=1)) == []
    assert NoticeMail.objects.get().dropped_at == EVENING + timedelta(minutes=1)


def test_the_guardian_of_a_blocked_child_gets_none(cast, news):
    news("astrid")
    cast.alma.blocked_at = EVENING
    cast.alma.save()
    assert write(cast) == []


def test_who_has_no_address_or_cannot_sign_in_gets_none(cast, news):
    news("astrid", "birger")
    type(cast.astrid).objects.filter(pk=cast.astrid.pk).update(email="")
    type(cast.birger).objects.filter(pk=cast.birger.pk).update(is_active=False)
    assert write(cast) == []


def test_who_said_no_gets_none_until_the_next_yes(cast, news):
    news("astrid")
    notices.choose(person=cast.astrid, by_mail=False, at=EVENING)
    assert not notices.wants_mail(cast.astrid)
    assert write(cast) == []
    notices.choose(person=cast.astrid, by_mail=True, at=EVENING)
    assert write(cast) == ["astrid"]


def test_who_says_no_after_the_mail_was_written_gets_none(cast, news):
    news("astrid")
    write(cast)
    notices.choose(person=cast.astrid, by_mail=False, at=EVENING)
    assert send_all() == []


def test_a_second_run_on_the_same_day_writes_nothing(cast, news):
    news("astrid")
    assert write(cast) == ["astrid"]
    assert write(cast, EVENING + timedelta(hours=2)) == []
    assert DBTaskResult.objects.filter(task_path="access.tasks.send_notice").count() == 1


def test_the_same_task_twice_sends_once(cast, news):
    news("astrid")
    write(cast)
    row = NoticeMail.objects.get()
    assert notices.send(mail_id=row.pk, at=EVENING) is None
    assert notices.send(mail_id=row.pk, at=EVENING) is None
    assert len(mail.outbox) == 1


def test_the_next_day_tells_only_of_what_came_after_the_last_mail(cast, news):
    news("astrid", at=EVENING - timedelta(hours=1))
    write(cast)
    send_all()
    assert write(cast, EVENING + timedelta(days=1)) == []
    news("astrid", at=EVENING + timedelta(hours=1))
    assert write(cast, EVENING + timedelta(days=1)) == ["astrid"]


def test_what_a_mail_that_was_never_sent_would_have_told_is_told_the_next_day(cast, news):
    news("astrid", at=EVENING - timedelta(hours=1))
    write(cast)
    later = EVENING + timedelta(days=1)
    # Yesterday's row is too late to be sent today; today's own mail says it.
    assert notices.send(mail_id=NoticeMail.objects.get().pk, at=later) is None
    assert write(cast, later) == ["astrid"]
    assert send_all(later) == ["astrid@example.org"]


def test_the_database_holds_one_mail_a_person_and_day(cast):
    NoticeMail.objects.create(person=cast.astrid, day=DAY, written_at=EVENING)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeMail.objects.create(person=cast.astrid, day=DAY, written_at=EVENING)


def test_a_mail_server_that_refuses_is_asked_again_later_and_not_for_ever(cast, news, monkeypatch):
    news("astrid")
    write(cast)
    row = NoticeMail.objects.get()

    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("away")

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    pauses = [notices.send(mail_id=row.pk, at=EVENING) for _ in range(notices.MOST_TRIES + 1)]
    assert pauses[:2] == [timedelta(minutes=10), timedelta(minutes=20)]
    assert pauses[-2:] == [None, None]
    row.refresh_from_db()
    assert (row.tries, row.sent_at) == (notices.MOST_TRIES, None)


def test_a_refused_mail_is_put_into_the_queue_again(cast, news, monkeypatch, stop_clock):
    news("astrid")
    write(cast)
    stop_clock(EVENING)
    monkeypatch.setattr(notices, "send", lambda **kwargs: timedelta(minutes=10))
    tasks.send_notice.func(mail_id=NoticeMail.objects.get().pk)
    queued = DBTaskResult.objects.filter(task_path="access.tasks.send_notice")
    assert queued.filter(run_after=EVENING + timedelta(minutes=10)).count() == 1


def test_a_worker_killed_while_it_sends_cannot_send_twice(cast, news, monkeypatch):
    news("astrid")
    write(cast)
    row = NoticeMail.objects.get()
    sent = []

    def killed(message, *args, **kwargs):
        sent.append(message)
        raise SystemExit

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", killed)
    with pytest.raises(SystemExit):
        notices.send(mail_id=row.pk, at=EVENING)
    assert notices.send(mail_id=row.pk, at=EVENING + timedelta(minutes=20)) is None
    assert len(sent) == 1


def test_row_and_task_are_written_together_or_not_at_all(cast, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(type(tasks.send_notice), "enqueue", fail)
    with pytest.raises(RuntimeError):
        notices.write(person=cast.astrid, day=DAY, at=EVENING)
    assert not NoticeMail.objects.exists()


def test_a_mail_whose_task_was_lost_is_sent_by_the_next_run(cast, news, stop_clock):
    NoticeMail.objects.create(person=cast.astrid, day=DAY, written_at=EVENING - timedelta(hours=2))
    tasks.start_notices(at=EVENING)
    queued = DBTaskResult.objects.get(task_path="access.tasks.send_notice")
    stop_clock(EVENING)
    tasks.send_notice.func(**queued.args_kwargs["kwargs"])
    assert [message.to for message in mail.outbox] == [["astrid@example.org"]]


@pytest.mark.parametrize(("hour", "begun"), [(14, 0), (15, 0), (16, 1), (22, 1)])
def test_mail_goes_out_after_five_in_the_evening_where_the_people_are(cast, hour, begun):
    # Stockholm is one hour ahead of UTC in November.
    assert tasks.start_notices(at=EVENING.replace(hour=hour, minute=0)) == begun
    assert DBTaskResult.objects.filter(task_path="access.tasks.write_notices").count() == begun


def test_every_batch_begins_the_next(cast, news, monkeypatch, stop_clock):
    monkeypatch.setattr(notices, "BATCH", 2)
    news("astrid", "birger", "tora", "ines")
    stop_clock(EVENING)
    tasks.write_notices.func(organisation_id=cast.organisation.pk, after=0)
    while (queued := DBTaskResult.objects.filter(task_path="access.tasks.write_notices").first()) is not None:
        arguments = queued.args_kwargs["kwargs"]
        queued.delete()
        tasks.write_notices.func(**arguments)
    told = NoticeMail.objects.order_by("person__login").values_list("person__login", flat=True)
    assert list(told) == ["astrid", "birger", "ines", "tora"]


def test_the_job_is_known_to_the_tick():
    (job,) = [job for job in jobs.registered() if job.name == "notices: write"]
    assert job.every == timedelta(hours=1)
    assert job.func is tasks.start_notices


def test_two_sources_cannot_share_a_name(monkeypatch):
    monkeypatch.setattr(notices, "_sources", {})
    first, second = (lambda *args: False), (lambda *args: True)
    notices.register("log", first)
    notices.register("log", first)
    with pytest.raises(ValueError, match="log"):
        notices.register("log", second)


def test_a_second_worker_while_the_first_is_sending_sends_nothing(cast, news, monkeypatch):
    news("astrid")
    write(cast)
    key = NoticeMail.objects.get().pk
    sent = []

    def send(message, *args, **kwargs):
        sent.append(message)
        assert notices.send(mail_id=key, at=EVENING) is None
        return 1

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", send)
    notices.send(mail_id=key, at=EVENING)
    assert len(sent) == 1
    assert NoticeMail.objects.get().tries == 1


def test_a_second_run_while_the_first_is_asking_writes_nothing(cast, monkeypatch):
    def slow_source(person, since, at):
        # Another run was quicker with this person.
        notices.write(person=person, day=DAY, at=at)
        return True

    monkeypatch.setattr(notices, "_sources", {"slow": slow_source})
    write(cast)
    readers = notices.readers(EVENING).count()
    assert readers > 1
    assert NoticeMail.objects.count() == readers
    assert DBTaskResult.objects.filter(task_path="access.tasks.send_notice").count() == readers
