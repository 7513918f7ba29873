"""The stopped clock of the suite reaches everybody who holds `now` by name."""

from datetime import UTC, datetime

from ground import clock
from visibility import middleware

MOMENT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


def test_a_stopped_clock_stands_still_for_everybody(stop_clock):
    stop_clock(MOMENT)
    assert clock.now() == MOMENT
    assert middleware.now() == MOMENT


def test_the_clock_runs_when_nobody_stops_it():
    assert clock.now() != MOMENT
    assert clock.now().tzinfo is UTC


def test_a_persona_is_signed_in_under_one_hat(client, cast, as_persona, rf):
    from visibility.viewer import Hat, Strength

    as_persona(client, cast.astrid, Hat.GUARDIAN)
    request = rf.get("/")
    request.session, request.user = client.session, cast.astrid
    viewer = middleware.viewer_of(request)
    assert (viewer.person, viewer.hat, viewer.strength) == (cast.astrid, Hat.GUARDIAN, Strength.SUBSTANTIAL)
