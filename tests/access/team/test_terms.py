"""The terms are asked before reading; what the product exempts never waits; a no is all right and stays discreet."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from access.models import FrozenWording, ReviewLine, TermsAnswer, Wording, WordingKind
from access.reviews import odd
from access.reviews.odd import Look
from access.terms import services
from access.terms.services import State
from people.models import AccessEvent
from tests.access.team.conftest import href
from tests.cast import NOW
from tests.entries import shared

pytestmark = pytest.mark.django_db


def publish(kind=WordingKind.TERMS, language="en", edition=1, title="Terms", body="<p>Be kind.</p>") -> Wording:
    """As the office does it: a draft that is published."""
    row = Wording.objects.filter(kind=kind, language=language).first() or Wording(
        kind=kind, language=language, live=False
    )
    row.edition, row.title, row.body = edition, title, body
    if row.pk is None:
        row.save()
    row.save_revision().publish()
    return row


def say(client, answer, **more):
    return client.post(reverse("terms:ask"), {"answer": answer} | more)


def test_without_published_terms_nothing_waits(cast, at):
    assert at("astrid").get(href("family:log", child=cast.alma)).status_code == 200
    assert at("astrid").get(reverse("terms:ask")).status_code == 404
    assert services.state(cast.astrid) == State.NO_TERMS


def test_a_draft_is_no_terms(cast, at):
    Wording.objects.create(kind=WordingKind.TERMS, language="en", title="Terms", body="<p>Draft</p>", live=False)
    assert services.state(cast.astrid) == State.NO_TERMS


def test_before_reading_the_terms_are_asked_and_a_yes_leads_on(cast, at):
    publish()
    client, log = at("astrid"), href("family:log", child=cast.alma)
    asked = client.get(log)
    assert asked.status_code == 302
    page = client.get(asked.headers["Location"]).content.decode()
    assert "Be kind." in page
    done = say(client, "yes", next=log)
    assert done.headers["Location"] == log
    assert client.get(log).status_code == 200
    (event,) = AccessEvent.objects.filter(what=AccessEvent.What.TERMS)
    assert (event.before, event.after) == ({"state": "asks"}, {"state": "accepted", "edition": 1})


def test_the_answer_keeps_the_very_words_that_were_answered(cast, at):
    publish()
    say(at("astrid"), "yes")
    publish(title="Terms, corrected", body="<p>Be kinder.</p>")
    assert TermsAnswer.objects.get().wording.body == "<p>Be kind.</p>"
    # A corrected word keeps the edition: nobody is asked again.
    assert services.state(cast.astrid) == State.ACCEPTED
    frozen = FrozenWording.objects.order_by("pk")[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenWording.objects.filter(pk=frozen.pk).update(body="<p>Otherwise.</p>")
    with pytest.raises(DatabaseError), transaction.atomic():
        frozen.delete()


def test_publishing_the_same_words_again_is_the_same_copy(cast):
    publish()
    publish()
    assert FrozenWording.objects.count() == 1


def test_a_new_edition_asks_again(cast, at):
    publish()
    client = at("astrid")
    say(client, "yes")
    publish(edition=2, body="<p>Otherwise.</p>")
    assert client.get(href("family:log", child=cast.alma)).status_code == 302
    say(client, "yes")
    assert client.get(href("family:log", child=cast.alma)).status_code == 200


READING = ("family:log", "family:from_home", "family:contacts")
NEVER_WAITS = ("family:settings", "readings:family", "families:access")


@pytest.mark.parametrize("answered", ["", "no"])
def test_what_is_exempt_never_waits_and_what_is_read_does(cast, at, answered):
    publish()
    entry = shared(cast, cast.alma)
    client = at("astrid")
    if answered:
        say(client, answered)
    for name in READING:
        assert client.get(href(name, child=cast.alma)).status_code == 302, name
    assert client.get(href("family:entry", child=cast.alma, entry=entry)).status_code == 302
    assert client.get(reverse("portal:family")).status_code == 302
    for name in NEVER_WAITS:
        assert client.get(href(name, child=cast.alma)).status_code == 200, name
    assert client.get(reverse("portal:notices")).status_code == 200
    assert client.post(reverse("portal:sign_out")).status_code == 302


def test_declining_shows_the_other_way_and_what_is_open_in_any_case(cast, at):
    publish()
    client = at("astrid")
    page = client.get(say(client, "no").headers["Location"]).content.decode()
    assert "that is all right" in page
    assert "another way" in page
    assert href("readings:family", child=cast.alma) in page
    assert href("family:settings", child=cast.alma) in page
    say(client, "yes")
    assert client.get(href("family:log", child=cast.alma)).status_code == 200


def test_the_staff_see_the_home_among_those_to_reach_and_not_why(cast, at):
    publish()
    unreached = href("staff:unreached", group=cast.granen)

    cast.birger_bo.activated_at = NOW - timedelta(days=1)
    cast.birger_bo.save()
    assert "Birger" not in at("cecilia").get(unreached).content.decode()
    say(at("birger"), "no")
    page = at("cecilia").get(unreached).content.decode()
    assert "Birger" in page
    assert "declined" not in page.lower()
    assert "nobody is active yet" not in page.partition("Birger")[2][:300]
    found = odd.points(Look(cast.unit, NOW - timedelta(days=31), NOW))
    points = [point for point in found if point.kind == ReviewLine.Kind.TERMS_DECLINED]
    assert [(point.person_id, point.child_id) for point in points] == [(cast.birger.pk, cast.bo.pk)]


def test_who_said_no_to_the_old_edition_is_reached_another_way_until_they_say_yes(cast, at):
    publish()
    say(at("birger"), "no")
    publish(edition=2)
    assert services.declined([cast.birger.pk]) == {cast.birger.pk}
    say(at("birger"), "yes")
    assert services.declined([cast.birger.pk]) == set()


def test_staff_and_who_has_nothing_to_read_are_never_asked(cast, at):
    publish()
    assert at("cecilia").get(href("staff:child", child=cast.bo)).status_code == 200
    assert at("stranger").get(href("family:log", child=cast.alma)).status_code == 404
    assert at("stranger").get(reverse("portal:family")).status_code == 200
    assert at("anders").get(reverse("portal:family"))["Location"] == reverse("families:wanted")


def test_the_words_come_in_the_language_one_has_and_from_right_to_left(cast, at):
    publish(language="sv", title="Villkor", body="<p>Var snäll.</p>")
    publish(language="ar", title="الشروط", body="<p>كن لطيفا</p>")
    client = at("astrid")
    page = client.get(reverse("terms:ask") + "?language=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert "كن لطيفا" in page
    # The page itself is in English, the terms are not written in it: then as the person has them.
    assert "Var snäll." in client.get(reverse("terms:ask")).content.decode()


def test_a_translation_of_an_older_edition_is_not_shown_when_the_newest_is_in_another_language(cast):
    publish(language="sv", edition=1)
    publish(language="en", edition=2, body="<p>New.</p>")
    found = services.current(WordingKind.TERMS, "sv")
    assert found is not None
    assert (found.language, found.edition) == ("en", 2)


def test_a_way_on_that_leads_elsewhere_is_not_taken(cast, at):
    publish()
    assert say(at("astrid"), "yes", next="https://example.org/").headers["Location"] == "/family/"


def test_the_privacy_notice_is_there_for_everybody_and_asks_nothing(cast, client, at):
    address = reverse("terms:privacy")
    assert client.get(address).status_code == 404
    publish(kind=WordingKind.PRIVACY, title="Privacy", body="<p>We keep little.</p>")
    assert "We keep little." in client.get(address).content.decode()
    assert at("astrid").get(href("family:log", child=cast.alma)).status_code == 200


def test_asking_where_somebody_stands_takes_one_statement(cast, at, django_assert_num_queries):
    publish()
    say(at("astrid"), "yes")
    with django_assert_num_queries(1):
        assert services.state(cast.astrid) == State.ACCEPTED
