"""Consents to other adults' access: one legal guardian's for another parent, every one's for a close carer.

Whoever was made inactive is not asked, and whoever is not activated yet answers on paper or in person. Any withdrawal
closes the access at once.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch

from access.models import Consent, Recording
from access.recordings import services as recordings
from access.recordings.services import Told
from people import services
from people.models import AccessEvent, Guardianship
from visibility import rule
from visibility.matrix import ACTIVATE, CONSENT, INACTIVATE, REFUSE
from visibility.viewer import Viewer

LEGAL, PARENT = Guardianship.Kind.LEGAL, Guardianship.Kind.PARENT


def deciding(guardianship: Guardianship, at: datetime) -> list[Guardianship]:
    """The legal guardians whose consent counts: known now and not made inactive, activated or not."""
    running = Guardianship.objects.running(at).legal().filter(child=guardianship.child_id)
    rows = running.exclude(inactivated_at__lte=at).exclude(pk=guardianship.pk)
    return list(rows.select_related("person").order_by("pk"))


def open_rows(guardianship: Guardianship) -> dict[int, Consent]:
    """What has been asked and not closed, by the legal guardianship."""
    rows = Consent.objects.filter(guardianship=guardianship, closed_at__isnull=True).order_by("pk")
    return {row.legal_id: row for row in rows.select_related("legal__person")}


def answers(guardianship: Guardianship) -> list[Consent]:
    """Every answer, the newest first, those that stand no longer too; with how the head recorded it."""
    rows = Consent.objects.filter(guardianship=guardianship).exclude(given="").order_by("-answered_at", "-pk")
    recorded = Prefetch("recording", Recording.objects.for_list())
    return list(rows.select_related("legal__person").prefetch_related(recorded))


def missing(guardianship: Guardianship, at: datetime) -> list[Guardianship]:
    """Whose yes is still lacking; empty means that there is enough to open, or to stay open."""
    if guardianship.kind == LEGAL:
        return []
    asked = deciding(guardianship, at)
    said_yes = {key for key, row in open_rows(guardianship).items() if row.given == Consent.Given.YES}
    if guardianship.kind == PARENT and said_yes & {row.pk for row in asked}:
        return []
    return [row for row in asked if row.pk not in said_yes]


def enough(guardianship: Guardianship, at: datetime) -> bool:
    """Whether the consents suffice; without any legal guardian who could give one they never do."""
    if guardianship.kind == LEGAL:
        return True
    return bool(deciding(guardianship, at)) and not missing(guardianship, at)


def reads_conferences(guardianship: Guardianship) -> bool | None:
    """What the standing consents name; where they differ, the narrower. None for a legal guardian, who reads all."""
    if guardianship.kind == LEGAL:
        return None
    given = [row.reads_conferences for row in open_rows(guardianship).values() if row.given == Consent.Given.YES]
    return bool(given) and all(given)


@transaction.atomic
def ask(*, guardianship: Guardianship, by: Viewer, reads_conferences: bool = False) -> int:
    """Ask every legal guardian who counts and has not been asked; how many."""
    _may(by, ACTIVATE, guardianship)
    if guardianship.kind == LEGAL:
        raise PermissionDenied
    known = open_rows(guardianship)
    new = [legal for legal in deciding(guardianship, by.at) if legal.pk not in known]
    for legal in new:
        Consent.objects.create(
            guardianship=guardianship,
            legal=legal,
            asked_at=by.at,
            asked_by=by.person,
            reads_conferences=reads_conferences,
        )
    return len(new)


def waiting_for(viewer: Viewer, guardianship: Guardianship) -> list[Consent]:
    """What this legal guardian is asked, or has said yes to: the rows they can still answer or take back."""
    rows = Consent.objects.filter(legal=guardianship, legal__person=viewer.person, closed_at__isnull=True)
    return list(rows.filter(guardianship__ends_at__isnull=True).select_related("guardianship__person").order_by("pk"))


@transaction.atomic
def answer(*, consent: Consent, yes: bool, by: Viewer, reads_conferences: bool = False) -> Consent:
    """A legal guardian answers in the system; a yes asks for a sure sign-in, a no or a withdrawal for none."""
    row = _locked(consent)
    if row.legal.person_id != by.person.pk or row.closed_at is not None:
        raise PermissionDenied
    _may(by, CONSENT if yes else REFUSE, row.guardianship)
    if not Guardianship.objects.active(by.at).filter(pk=row.legal_id).exists():
        raise PermissionDenied
    return _answered(row, yes, by, reads_conferences)


@transaction.atomic
def record(
    *, guardianship: Guardianship, legal: Guardianship, yes: bool, told: Told, by: Viewer,
    reads_conferences: bool = False,
) -> Consent:  # fmt: skip
    """The head writes down what a legal guardian said on paper or in person. Raises PermissionDenied, NotPossible."""
    _may(by, ACTIVATE if yes else INACTIVATE, guardianship)
    already = Consent.objects.filter(recording__in=recordings.known(by, told)).first()
    if already is not None:
        return already
    if guardianship.kind == LEGAL or legal not in deciding(guardianship, by.at):
        raise PermissionDenied
    row = open_rows(guardianship).get(legal.pk) or Consent.objects.create(
        guardianship=guardianship, legal=legal, asked_at=by.at, asked_by=by.person
    )
    recording = recordings.record(guardianship=legal, told=told, by=by)
    return _answered(_locked(row), yes, by, reads_conferences, recording)


def _answered(
    row: Consent, yes: bool, by: Viewer, reads_conferences: bool, recording: Recording | None = None
) -> Consent:
    before = {"given": row.given, "reads_conferences": row.reads_conferences}
    if row.given and (recording or row.recording_id):
        row = _after(row, by)
    row.given = Consent.Given.YES if yes else Consent.Given.NO
    row.answered_at, row.recording = by.at, recording
    row.reads_conferences = yes and reads_conferences
    row.closed_at = None if yes else by.at
    row.save()
    services.note(
        what=AccessEvent.What.CONSENTED,
        child=row.guardianship.child,
        at=by.at,
        by=by.person,
        person=row.guardianship.person,
        before=before,
        after={
            "given": row.given,
            "reads_conferences": row.reads_conferences,
            "legal": row.legal.person_id,
            "medium": recording.medium if recording else "",
        },
    )
    # Of another parent one yes is enough, so only taking that one back closes; a carer needs everyone's.
    if not yes and (before["given"] == Consent.Given.YES or row.guardianship.kind == Guardianship.Kind.CARER):
        services.make_inactive(
            guardianship=row.guardianship, at=by.at, by=by.person, reason="consent withdrawn"
        )  # fmt: skip
    elif before["given"] == Consent.Given.YES:
        _narrow(row.guardianship)
    return row


def _after(row: Consent, by: Viewer) -> Consent:
    """A row of its own for the next answer: what stands on paper is kept as it was said."""
    Consent.objects.filter(pk=row.pk).update(closed_at=by.at)
    return Consent(guardianship=row.guardianship, legal=row.legal, asked_at=row.asked_at, asked_by=row.asked_by)


def _narrow(guardianship: Guardianship) -> None:
    """A consent that names less takes effect at once; one that names more waits for the head."""
    if not reads_conferences(guardianship):
        Guardianship.objects.filter(pk=guardianship.pk).update(reads_conferences=False)


def _locked(consent: Consent) -> Consent:
    rows = Consent.objects.select_for_update(of=("self",)).select_related("legal", "guardianship__child__organisation")
    row: Consent = rows.get(pk=consent.pk)
    return row


def _may(by: Viewer, action: str, guardianship: Guardianship) -> None:
    if not rule.may(by, action, guardianship.child):
        raise PermissionDenied
