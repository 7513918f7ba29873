"""Putting on another hat that one has: one tap, a new session, as surely signed in as before."""

from django.http import HttpRequest

from access.models import OpenSession
from access.signing import session
from access.signing.hats import hats_of
from visibility.viewer import Hat, Strength, Viewer

OFFERED_KEY = "hats_offered"


def offered(request: HttpRequest) -> list[Hat]:
    """What the last start page found that one could be here instead; kept in the session, so it costs nothing."""
    return [Hat(hat) for hat in request.session.get(OFFERED_KEY, ()) if hat in Hat.values]


def look_once(request: HttpRequest, viewer: Viewer) -> None:
    """Look when a session opens its first start page; what changes later is found at the next sign-in."""
    if OFFERED_KEY not in request.session:
        look(request, viewer)


def look(request: HttpRequest, viewer: Viewer) -> list[Hat]:
    """Look now, and remember it for the menus of the pages that follow.

    A weak sign-in changes no hat: after a tablet's PIN or a password, each door is entered by itself. And what a
    second factor at work has made sure stays at work.
    """
    sure = viewer.strength >= Strength.SUBSTANTIAL
    found = [hat for hat in hats_of(viewer.person, viewer.at) if hat != viewer.hat] if sure else []
    if request.session.get(session.RAISED_KEY):
        found = [hat for hat in found if hat in session.AT_WORK]
    values = [hat.value for hat in found]
    if request.session.get(OFFERED_KEY) != values:
        request.session[OFFERED_KEY] = values
    return found


def switch(request: HttpRequest, viewer: Viewer, hat: Hat) -> bool:
    """Wear another hat from now on; False where it is not theirs now."""
    if hat not in look(request, viewer):
        return False
    before = OpenSession.objects.filter(session_id=request.session.session_key).first()
    way = str(request.session.get(session.WAY_KEY, ""))
    raised = bool(request.session.get(session.RAISED_KEY))
    session.sign_in(request, viewer.person, hat=hat, strength=viewer.strength, way=way, at=viewer.at, raised=raised)
    if before is not None and before.there:
        # So that the provider's own way out still finds this session.
        now_open = OpenSession.objects.filter(session_id=request.session.session_key)
        now_open.update(there=before.there)
    return True
