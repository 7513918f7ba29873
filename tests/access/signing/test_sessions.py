"""A session ends by itself, from elsewhere, and with the access it was for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import OpenSession
from access.signing import devices, session
from ground import jobs
from people import services
from tests.cast import NOW
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def enter(who="astrid", hat="guardian", **headers):
    """A browser in which a person of the demo is signed in."""
    client = Client(headers=headers)
    assert client.post("/demo/sign-in/", {"persona": who, "hat": hat}).status_code == 302
    return client


def is_in(client, door="/family/"):
    return client.get(door).status_code == 200


def test_an_idle_session_ends_after_three_quarters_of_an_hour(cast):
    client = enter()
    assert client.session.get_expiry_age() == pytest.approx(45 * 60, abs=60)
    # The database's own clock decides, so the row is made older instead of waiting.
    Session.objects.update(expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    assert not is_in(client)


def test_the_minutes_are_a_setting(cast, settings):
    settings.SESSION_IDLE_MINUTES = 10
    assert enter().session.get_expiry_age() == pytest.approx(600, abs=60)


def idle_for(client, minutes):
    kept = client.session
    kept.set_expiry(timedelta(minutes=45 - minutes))
    kept.save()


def test_a_session_lives_on_while_somebody_is_there(cast):
    client = enter()
    idle_for(client, 30)
    assert is_in(client)
    assert client.session.get_expiry_age() == pytest.approx(45 * 60, abs=60)


def test_what_a_page_asks_for_by_itself_is_nobody(cast, settings):
    settings.ASKED_BY_PAGES = {"portal:family"}
    client = enter()
    idle_for(client, 30)
    assert is_in(client)
    assert client.session.get_expiry_age() == pytest.approx(15 * 60, abs=60)


def test_being_there_is_written_once_a_minute_at_most(cast):
    client = enter()
    with CaptureQueriesContext(connection) as caught:
        client.get("/account/sessions/")
    assert [each["sql"] for each in caught if "UPDATE" in each["sql"]] == []


def test_one_sees_ones_own_sessions_and_nobody_elses(cast):
    client = enter(**{"user-agent": PHONE})
    enter(**{"user-agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18.0 Safari/605.1.15"})
    enter("birger", **{"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0"})
    page = client.get("/account/sessions/").content.decode()
    assert "Firefox, Android" in page
    assert "Safari, Mac" in page
    assert "Edge, Windows" not in page
    assert page.count("Sign out there") == 1


def test_one_signs_out_there(cast):
    here, there = enter(), enter()
    row = OpenSession.objects.get(session_id=there.session.session_key)
    assert here.post(reverse("account:end_session", kwargs={"browser": row.public_id})).status_code == 302
    assert not is_in(there)
    assert is_in(here)


def test_nobody_signs_out_somebody_else_or_oneself_there(cast):
    astrid, birger = enter(), enter("birger")
    for client, key in ((astrid, birger.session.session_key), (astrid, astrid.session.session_key)):
        row = OpenSession.objects.get(session_id=key)
        assert client.post(reverse("account:end_session", kwargs={"browser": row.public_id})).status_code == 404
    assert is_in(astrid)
    assert is_in(birger)


@pytest.mark.parametrize("how", ["ended", "inactive", "blocked"])
def test_every_session_ends_with_the_access_it_was_for(cast, how):
    phone, desk, other = enter(), enter(), enter("birger")
    if how == "ended":
        services.end_guardianship(guardianship=cast.astrid_alma, at=NOW, by=cast.eva, reason="")
    elif how == "inactive":
        services.make_inactive(guardianship=cast.astrid_alma, at=NOW, by=cast.eva, reason="")
    else:
        services.block_child(child=cast.alma, at=NOW, by=cast.eva)
    assert not is_in(phone)
    assert not is_in(desk)
    assert is_in(other)


def test_a_teacher_whose_guardianship_ends_goes_on_working(cast):
    home, work = enter("ines", "guardian"), enter("ines", "staff")
    services.end_guardianship(guardianship=cast.ines_elsa, at=NOW, by=cast.eva, reason="")
    assert not is_in(home)
    assert is_in(work, "/staff/")


def test_what_is_ended_at_work_ends_its_sessions_at_that_moment(cast, stop_clock):
    stop_clock(NOW)
    siri, cecilia, ines, eva = (enter(name, "staff") for name in ("siri", "cecilia", "ines", "eva"))
    given = reverse("work:end_pass", kwargs={"given": cast.siri.passes.get().public_id})
    assert ines.post(given).status_code == 302
    duty = reverse("work:duty", kwargs={"duty": cast.cecilia_duty.public_id})
    assert eva.post(duty, {"do": "end", "reason": "Moved"}).status_code == 302
    assert not is_in(siri, "/staff/")
    assert not is_in(cecilia, "/staff/")
    assert is_in(ines, "/staff/")
    assert is_in(eva, "/staff/")


def test_what_runs_out_by_itself_ends_its_sessions_soon_after(cast):
    siri, cecilia, home = enter("siri", "staff"), enter("cecilia", "staff"), enter()
    closes = cast.siri.passes.get().ends_at
    assert session.end_groundless(closes - timedelta(seconds=1)) == 0
    assert session.end_groundless(closes) == 1
    assert not is_in(siri, "/staff/")
    assert is_in(cecilia, "/staff/")
    assert is_in(home)
    assert "sessions: without ground" in {job.name for job in jobs.registered()}


def test_all_sessions_of_a_person_can_be_ended(cast):
    home, work = enter("ines", "guardian"), enter("ines", "staff")
    assert session.end_all(cast.ines, hats=(Hat.STAFF,)) == 1
    assert is_in(home)
    assert not is_in(work, "/staff/")
    assert session.end_all(cast.ines) == 1
    assert not is_in(home)


def test_signing_out_leaves_no_row(cast):
    client = enter()
    assert OpenSession.objects.count() == 1
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert OpenSession.objects.count() == Session.objects.count() == 0


def test_pages_behind_the_door_are_stored_nowhere(cast):
    assert enter().get("/family/")["Cache-Control"] == "no-store, private"


def test_sessions_that_have_run_out_are_forgotten(cast):
    enter()
    Session.objects.update(expire_date=NOW)
    assert session.forget_ended(NOW) == 0
    session.forget_ended(NOW + timedelta(seconds=1))
    assert OpenSession.objects.count() == Session.objects.count() == 0
    assert "sessions: forget" in {job.name for job in jobs.registered()}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Firefox, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_two_words(said, words):
    assert devices.words(said) == words
