"""Until which day guardians read about a child who has left: by the owner's plan, and never without being told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from access import notices
from access.leaving import services, told
from access.models import NoticeMail
from access.recordings.services import NotPossible
from ground import jobs
from learninglog.models import Entry
from people.models import AccessEvent, Child, Duty, Placement
from tests.cast import LONG_AGO, NOW, TODAY
from tests.entries import shared
from visibility import relations, rule
from visibility.viewer import Hat, Moment

pytestmark = pytest.mark.django_db

YEAR, SIXTY, ONE = timedelta(days=365), timedelta(days=60), timedelta(days=1)
ENDS = "reading_ends"


@pytest.fixture
def left(cast):
    """Bo left his preschool 305 days ago, where a year's reading is the plan: the end is sixty days off."""
    cast.entry = shared(cast, cast.bo)
    set_left(cast, TODAY - YEAR + SIXTY)
    cast.organisation.reading_days = 365
    cast.organisation.save()
    return cast


def set_left(cast, day, child=None):
    Placement.objects.filter(child=child or cast.bo).update(starts_on=LONG_AGO, ends_on=day)


def last(cast, child=None):
    return Child.objects.get(pk=(child or cast.bo).pk).reading_ends_on


def reads(cast, at=NOW, name="birger"):
    return Entry.objects.visible_to(cast.viewer(name, Hat.GUARDIAN, at=at)).filter(pk=cast.entry.pk).exists()


def test_the_day_is_set_sixty_days_before_and_no_sooner(left):
    assert services.follow(NOW - ONE) == 0
    assert last(left) is None
    assert services.follow(NOW) == 1
    assert last(left) == TODAY + SIXTY
    (event,) = AccessEvent.objects.filter(what=ENDS)
    assert (event.child, event.after, event.by) == (left.bo, {"reading ends on": "2027-01-16"}, None)


def test_guardians_read_until_the_day_and_not_on_it(left):
    services.follow(NOW)
    assert reads(left, NOW + SIXTY - ONE)
    assert not reads(left, NOW + SIXTY)
    birger = left.viewer("birger", at=NOW + SIXTY)
    for action in ("READ", "CONTACT", "CONTRIBUTE", "ANSWER", "OBJECT", "LINES", "COPY", "LEAVE_OUT", "JOIN"):
        assert not rule.may(birger, action, left.bo), action
    # Staff and other families are not touched by it.
    assert rule.may(left.viewer("astrid", at=NOW + SIXTY), "READ", left.alma)


@pytest.mark.parametrize("name", ["GUARDIAN", "FAMILY", "HOME", "HOME_NOW", "LEGAL", "TALK_FAMILY", "TALK_HOME_NOW"])
def test_it_is_the_same_asked_from_the_guardian_and_from_the_child(left, name):
    services.follow(NOW)
    relation = getattr(relations, name)
    for at, holds in ((NOW + SIXTY - ONE, True), (NOW + SIXTY, False)):
        moment = Moment.of(at, left.organisation)
        assert (left.bo.pk in relation.children_of(left.birger.pk, moment).values_list("tie_child", flat=True)) is holds
        assert relation.people_of([left.bo.pk], moment).exists() is holds


def test_whoever_left_long_ago_is_told_sixty_days_before_all_the_same(left):
    set_left(left, LONG_AGO + YEAR)
    services.follow(NOW)
    assert last(left) == TODAY + SIXTY


def test_every_guardian_is_told_once_also_who_wants_no_mail_about_news(left):
    notices.choose(person=left.birger, by_mail=False, at=NOW)
    assert notices.write(person=left.birger, day=TODAY, at=NOW) is not None
    services.follow(NOW)
    services.follow(NOW + ONE)
    row = NoticeMail.objects.get(about=ENDS)
    assert (row.person, row.written_at) == (left.birger, NOW)
    for key in NoticeMail.objects.values_list("pk", flat=True):
        notices.send(mail_id=key, at=NOW + ONE)
    (message,) = mail.outbox
    assert message.to == ["birger@example.org"]
    words = (message.subject + message.body).casefold()
    assert "bo" not in words.replace("birger", "").split()
    assert left.organisation.name.casefold() not in words
    assert str(left.bo.public_id) not in words


def test_the_day_s_mail_about_news_comes_all_the_same(left, monkeypatch):
    services.follow(NOW)
    monkeypatch.setattr(notices, "_sources", {"test": lambda person, since, at: True})
    notices.write_batch(organisation_id=left.organisation.pk, after=0, at=NOW)
    about = NoticeMail.objects.filter(person=left.birger).order_by("pk").values_list("about", flat=True)
    assert list(about) == [ENDS, "news"]


def test_an_inactive_guardian_is_not_told(left):
    left.birger.guardianships.update(inactivated_at=NOW)
    services.follow(NOW)
    assert not NoticeMail.objects.exists()


def test_a_child_who_is_at_a_school_of_the_owner_is_read_about(left):
    Placement.objects.create(child=left.bo, unit=left.school, starts_on=TODAY + YEAR)
    assert services.follow(NOW) == 0
    assert last(left) is None


def test_a_child_who_comes_back_is_read_about_again_at_the_next_look(left):
    services.follow(NOW)
    later = NOW + SIXTY + ONE
    assert not reads(left, later)
    left.make.place(left.bo, left.klovern, starts=later.date())
    assert services.follow(later) == 1
    assert reads(left, later)
    assert AccessEvent.objects.filter(what=ENDS).latest("pk").after == {}


def test_without_a_plan_there_is_no_end(left):
    left.organisation.reading_days = None
    left.organisation.save()
    assert services.follow(NOW + 10 * YEAR) == 0
    assert reads(left, NOW + 10 * YEAR)


def test_a_child_without_any_place_has_not_left(left):
    Placement.objects.filter(child=left.bo).delete()
    assert services.follow(NOW) == 0


def test_a_shorter_plan_never_brings_the_day_nearer_and_a_longer_one_is_told_anew(left):
    services.follow(NOW)
    plan(left, 60)
    services.follow(NOW)
    assert last(left) == TODAY + SIXTY
    plan(left, 375)
    services.follow(NOW)
    assert last(left) is None
    services.follow(NOW + timedelta(days=10))
    assert last(left) == TODAY + SIXTY + timedelta(days=10)
    assert NoticeMail.objects.filter(about=ENDS).count() == 2


def test_what_has_ended_is_not_begun_again_by_a_longer_plan(left):
    services.follow(NOW)
    plan(left, None)
    assert services.follow(NOW + SIXTY) == 0
    assert not reads(left, NOW + SIXTY)


def plan(cast, days):
    type(cast.organisation).objects.filter(pk=cast.organisation.pk).update(reading_days=days)


def test_the_same_look_twice_changes_nothing(left):
    assert [services.follow(NOW), services.follow(NOW), services.follow(NOW + ONE)] == [1, 0, 0]


def test_a_blocked_child_is_passed_over(left):
    Child.objects.filter(pk=left.bo.pk).update(blocked_at=NOW)
    assert services.follow(NOW) == 0


def test_it_is_looked_at_by_itself(left):
    assert "reading: ends after leaving" in {job.name for job in jobs.registered()}


# --- the owner ------------------------------------------------------------------------------------------------------


@pytest.fixture
def olga(cast):
    cast.olga = cast.make.person("olga", "Olga", "Extra")
    cast.make.duty(cast.olga, Duty.Role.OWNERS_OFFICER, None)
    return cast.viewer("olga", Hat.STAFF)


def test_the_owner_sets_the_plan_and_nobody_else(cast, olga):
    owner = cast.organisation
    services.set_plan(organisation=owner, days=730, by=olga)
    services.set_plan(organisation=owner, days=730, by=olga)
    event = AccessEvent.objects.get(what="setting")
    assert (event.before, event.after) == ({"reading days": None}, {"reading days": 730})
    for name in ("eva", "cecilia", "astrid"):
        with pytest.raises(PermissionDenied):
            services.set_plan(organisation=owner, days=60, by=cast.viewer(name))


@pytest.mark.parametrize("days", [0, 59, 3651])
def test_a_plan_is_sixty_days_at_least_and_ten_years_at_most(cast, olga, days):
    with pytest.raises(NotPossible, match="days"):
        services.set_plan(organisation=cast.organisation, days=days, by=olga)


# --- what the pages tell --------------------------------------------------------------------------------------------


def test_the_last_day_is_told_while_it_is_to_come(left):
    services.follow(NOW)
    birger, bo = left.viewer("birger"), Child.objects.get(pk=left.bo.pk)
    assert told.last_days([bo, left.alma], birger) == {left.bo.pk: TODAY + SIXTY - ONE}
    assert told.last_days([bo], left.viewer("birger", at=NOW + SIXTY)) == {}


def test_that_it_is_over_is_told_for_a_while_to_those_whom_it_concerns(left):
    services.follow(NOW)
    assert [told.is_over(left.viewer("birger", at=NOW + SIXTY + late)) for late in (-ONE, ONE * 0, SIXTY)] == [
        False, True, False,
    ]  # fmt: skip
    assert not told.is_over(left.viewer("astrid", at=NOW + SIXTY))
