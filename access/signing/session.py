"""The one place where a browser becomes a person's: under one hat, at one strength, until it has been idle for long."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from access import endings
from access.models import OpenSession
from access.signing import devices
from access.signing.hats import hats_of
from ground.fields import keyed_hash
from people.models import Guardianship, Person
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAY_KEY = "way"
# That it was a second factor at work that made the sign-in so sure: it says nothing of the same person at home.
RAISED_KEY = "raised_at_work"
AT_WORK = (Hat.STAFF, Hat.SCHOOL)
# A session is written at most once a minute only because somebody is there.
GRAIN = timedelta(seconds=60)


@transaction.atomic
def sign_in(
    request: HttpRequest, person: Person, *, hat: Hat, strength: Strength, way: str, at: datetime, there: str = "",
    raised: bool = False,
) -> None:  # fmt: skip
    """Give the browser a new session in which this person wears one hat; nothing of the session before is kept.

    `there` is the provider's own name for its session, where it gave one; `raised` says that the strength is owed to a
    second factor at work.
    """
    request.session.flush()
    login(request, person, backend=BACKEND)
    session = request.session
    session[HAT_KEY], session[STRENGTH_KEY], session[WAY_KEY] = hat.value, int(strength), way
    session[RAISED_KEY] = raised
    session.set_expiry(idle())
    session.save()
    OpenSession.objects.create(
        session_id=str(session.session_key),
        person=person,
        hat=hat,
        strength=strength,
        way=way,
        device=devices.words(request.headers.get("user-agent", "")),
        there=there_hash(way, there) if there else "",
        began_at=at,
        seen_at=at,
    )


def idle() -> timedelta:
    """How long a session lives in which nothing happens."""
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def sign_out(request: HttpRequest) -> str:
    """End the session, after the rooms have ended what dies with it; by which way the person had come in."""
    way = str(request.session.get(WAY_KEY, ""))
    if isinstance(request.user, Person):
        endings.signed_out(request.user)
    logout(request)
    return way


def seen(request: HttpRequest, *, at: datetime) -> None:
    """Somebody is there: the session lives on from now."""
    session = request.session
    if HAT_KEY not in session or session.get_expiry_age() > (idle() - GRAIN).total_seconds():
        return
    session.set_expiry(idle())
    OpenSession.objects.filter(session_id=session.session_key).update(seen_at=at)


def there_hash(way: str, sid: str) -> str:
    """What is kept of a provider's own name for its session."""
    return keyed_hash(f"{way}\n{sid}", purpose="provider-session")


def of_person(person: Person) -> QuerySet[OpenSession]:
    """The browsers in which a person is signed in, the one used last first."""
    # The database's clock, as Django's sessions have it.
    return OpenSession.objects.filter(person=person, session__expire_date__gt=Now()).order_by("-seen_at", "-pk")


def end(rows: QuerySet[OpenSession]) -> int:
    """End these sessions at once; how many there were."""
    keys = list(rows.values_list("session_id", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)


def end_all(person: Person, *, hats: tuple[Hat, ...] = tuple(Hat)) -> int:
    """End every session of a person under these hats, wherever it is."""
    return end(OpenSession.objects.filter(person=person, hat__in=hats))


def end_without_ground(person: Person, at: datetime) -> int:
    """End what is open under hats that the person has no ground for any more; how many sessions there were."""
    worn = {Hat(hat) for hat in OpenSession.objects.filter(person=person).values_list("hat", flat=True)}
    return end_all(person, hats=tuple(worn.difference(hats_of(person, at)))) if worn else 0


def end_groundless(at: datetime) -> int:
    """End the sessions whose ground has run out by itself: the pass, the duty, the tie; how many."""
    people = Person.objects.filter(open_sessions__isnull=False).distinct().select_related("organisation")
    return sum(end_without_ground(person, at) for person in people.order_by("pk"))


def end_with_guardianship(guardianship: Guardianship, at: datetime) -> None:
    """What `people.endings` calls when an adult's access to a child stops."""
    end_all(guardianship.person, hats=(Hat.GUARDIAN,))


def forget_ended(at: datetime) -> int:
    """Delete sessions that have run out; how many."""
    ended, _ = Session.objects.filter(expire_date__lt=at).delete()
    return ended


def end_there(way: str, sid: str) -> int:
    """End what began with the provider's session of this name; how many sessions there were."""
    return end(OpenSession.objects.filter(way=way, there=there_hash(way, sid)))
