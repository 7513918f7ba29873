"""Opening a group to its families: the owner's alone, with its meaning read, and undone at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from access.openings import services
from access.questions import services as questions
from media_policy.questions import Question
from people.models import AccessEvent, Duty, GroupOpening, Round
from tests.cast import NOW
from visibility.viewer import Hat, Strength, Viewer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _owner(cast):
    cast.olga = cast.make.person("olga", "Olga", "Lind")
    cast.make.duty(cast.olga, Duty.Role.OWNERS_OFFICER, None)


def acting(person, at=NOW):
    return Viewer(person, Hat.STAFF, Strength.SUBSTANTIAL, at)


@pytest.fixture
def page(cast, client, as_persona, stop_clock):
    stop_clock(NOW)
    address = reverse("openings:group", kwargs={"group": cast.granen.public_id})

    def sent(data=None, as_whom="olga"):
        as_persona(client, getattr(cast, as_whom), Hat.STAFF)
        return client.get(address) if data is None else client.post(address, data)

    return sent


def test_opening_puts_the_question_to_everybody_at_once_and_is_one_event(cast):
    owner = acting(cast.olga)
    first = services.open_group(group=cast.granen, by=owner)
    assert services.open_group(group=cast.granen, by=acting(cast.olga, NOW + DAY)) == first
    assert Round.objects.get(group=cast.granen, question=Question.OTHER_FAMILIES).put_at == NOW
    assert AccessEvent.objects.filter(what="group_opened", group=cast.granen, by=cast.olga).count() == 1


def test_closing_counts_from_the_moment_and_a_second_opening_is_another(cast):
    services.open_group(group=cast.granen, by=acting(cast.olga))
    services.close_group(group=cast.granen, by=acting(cast.olga, NOW + DAY))
    services.close_group(group=cast.granen, by=acting(cast.olga, NOW + 2 * DAY))
    services.open_group(group=cast.granen, by=acting(cast.olga, NOW + 3 * DAY))
    rows = GroupOpening.objects.filter(group=cast.granen).order_by("opened_at")
    assert list(rows.values_list("opened_at", "closed_at")) == [(NOW, NOW + DAY), (NOW + 3 * DAY, None)]
    assert AccessEvent.objects.filter(what="group_closed", group=cast.granen).count() == 1


@pytest.mark.parametrize("who", ["cecilia", "eva", "astrid"])
def test_nobody_but_the_owner_opens_or_closes(cast, who):
    with pytest.raises(PermissionDenied):
        services.open_group(group=cast.granen, by=acting(getattr(cast, who)))
    services.open_group(group=cast.granen, by=acting(cast.olga))
    with pytest.raises(PermissionDenied):
        services.close_group(group=cast.granen, by=acting(getattr(cast, who), NOW + DAY))


def test_a_group_that_is_no_more_is_not_opened(cast):
    cast.granen.closed_on = NOW.date()
    cast.granen.save()
    with pytest.raises(PermissionDenied):
        services.open_group(group=cast.granen, by=acting(cast.olga))


def test_the_page_opens_only_when_the_owner_has_ticked_that_it_may_be_opened(cast, page, stop_clock):
    refused = page({"do": "open"})
    assert refused.status_code == 422
    assert not GroupOpening.objects.filter(group=cast.granen).exists()
    assert page({"do": "open", "understood": "yes"}).status_code == 302
    assert GroupOpening.objects.filter(group=cast.granen, closed_at__isnull=True).exists()
    stop_clock(NOW + DAY)
    assert page({"do": "close"}).status_code == 302
    assert not GroupOpening.objects.filter(group=cast.granen, closed_at__isnull=True).exists()


def test_the_list_says_which_groups_are_open_and_names_no_child(cast, client, as_persona, stop_clock):
    stop_clock(NOW + DAY)
    services.open_group(group=cast.granen, by=acting(cast.olga))
    as_persona(client, cast.olga, Hat.STAFF)
    text = client.get(reverse("openings:listing")).content.decode()
    assert cast.granen.name in text
    assert cast.alma.given_name not in text


def test_guardians_who_are_asked_get_the_days_mail_until_they_have_answered(cast):
    assert not questions.is_asked_anew(cast.astrid, NOW - DAY, NOW)
    services.open_group(group=cast.granen, by=acting(cast.olga))
    assert questions.is_asked_anew(cast.astrid, NOW - DAY, NOW)
    assert not questions.is_asked_anew(cast.astrid, NOW, NOW + DAY), "they were told already"
    assert not questions.is_asked_anew(cast.stranger, NOW - DAY, NOW)
    seen = Viewer(cast.astrid, Hat.GUARDIAN, Strength.SUBSTANTIAL, NOW)
    tie = cast.astrid_alma
    questions.answer(guardianship=tie, question=Question.OTHER_FAMILIES, value="no", wording="", by=seen)
    assert not questions.is_asked_anew(cast.astrid, NOW - DAY, NOW)
