"""Asking for packages, taking them back, and sweeping away what nobody may have any more."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from access.recordings.services import NotPossible
from conferences.models import Conference
from learninglog.models import Entry
from media_policy import files
from people.models import Guardianship, Person
from transfers.disclosing import GRANTED
from transfers.models import DisclosedItem, Disclosure, Handover, Package, Receipt
from transfers.packaging.building import FOLDER
from transfers.services import going
from transfers.services.making import KEPT as KEPT
from transfers.services.making import UNDER_WAY
from visibility import rule
from visibility.matrix import COPY, DISCLOSE, READ, REVOKE, SEND
from visibility.viewer import Viewer

logger = logging.getLogger("transfers")

State, What = Package.State, Receipt.What
# A task that was lost before it began is put again after so long, and a making that nobody ends is given up.
PUT_AGAIN = timedelta(minutes=15)
GIVEN_UP = timedelta(hours=6)
ORPHANED = timedelta(days=1)


@transaction.atomic
def for_handover(*, handover: Handover, made_for: str, language: str, by: Viewer | None, at: datetime) -> Package:
    """The package for a receiver elsewhere: the one that is being made or is ready, or a new one that is begun.

    Two who ask at once get the same; without `by` it is the operator who asks. Raises PermissionDenied, and
    NotPossible: "no yes" when nothing may go now, "in the system" for a receiver who reads it there.
    """
    row = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if by is not None and not rule.may(by, SEND, row):
        raise PermissionDenied
    if row.is_in_system:
        raise NotPossible("in the system")
    found = _standing(Package.objects.filter(handover=row), at)
    if found is not None:
        return found
    wanted = Package(child_id=row.child_id, handover=row, made_for=made_for, language=language)
    return _begun(wanted, by.person if by else None, at)


@transaction.atomic
def for_disclosure(
    *, disclosure: Disclosure, entries: Iterable[Entry], conferences: Iterable[Conference], language: str, by: Viewer
) -> Package:  # fmt: skip
    """What is handed out to a parent without access: the items that the head chose of what they may read themselves.

    Once for each decision. Raises PermissionDenied, and NotPossible for a decision that grants nothing, or for
    nothing chosen.
    """
    row = Disclosure.objects.select_for_update(of=("self",)).select_related("child", "package").get(pk=disclosure.pk)
    if not rule.may(by, DISCLOSE, row.child):
        raise PermissionDenied
    if row.decision not in GRANTED:
        raise NotPossible("decision")
    if row.package is not None and row.package.state in (*UNDER_WAY, State.READY):
        return row.package
    chosen = [DisclosedItem(disclosure=row, entry=one) for one in entries if rule.may(by, READ, one)]
    chosen += [DisclosedItem(disclosure=row, conference=one) for one in conferences if rule.may(by, READ, one)]
    if not chosen:
        raise NotPossible("items")
    row.items.all().delete()
    DisclosedItem.objects.bulk_create(chosen)
    wanted = Package(
        child_id=row.child_id, made_for=row.asked_by, language=language, created_at=by.at, created_by=by.person
    )
    wanted.save()
    row.package = wanted
    row.save(update_fields=["package"])
    return _begun(wanted, by.person, by.at)


@transaction.atomic
def own_copy(*, guardianship: Guardianship, by: Viewer) -> Package:
    """A guardian's own copy: the one that is being made, or a new one; one that was ready before is taken away.

    Also where downloads are off, and whatever the terms. Raises PermissionDenied for anybody else.
    """
    row = Guardianship.objects.select_for_update(of=("self",)).select_related("child").get(pk=guardianship.pk)
    if row.person_id != by.person.pk or not rule.may(by, COPY, row.child):
        raise PermissionDenied
    mine = Package.objects.filter(guardianship=row)
    found: Package | None = mine.filter(state__in=UNDER_WAY).first()
    if found is not None:
        return found
    wanted = Package(child_id=row.child_id, guardianship=row, language=by.person.language)
    made = _begun(wanted, by.person, by.at)
    for old in mine.filter(state=State.READY):
        _taken_away(old, State.GONE, What.GONE, by.at, by.person)
    return made


def newest_own_copy(guardianship: Guardianship) -> Package | None:
    """The copy that this guardian asked for last."""
    return Package.objects.filter(guardianship=guardianship).order_by("-created_at", "-pk").first()


def percent(package: Package) -> int:
    """How far it is, in hundredths of its files."""
    if package.state == State.READY:
        return 100
    return min(99, package.done * 100 // package.total) if package.total else 0


@transaction.atomic
def revoke(*, package: Package, by: Viewer | None, at: datetime) -> None:
    """Take a package back: its file goes, its link opens nothing; what was fetched before cannot be called back.

    Without `by` it is the operator who does. Raises PermissionDenied.
    """
    row = locked(package)
    if by is not None and not may(by, row, REVOKE):
        raise PermissionDenied
    if row.revoked_at is None and row.state != State.GONE:
        state = State.STOPPED if row.state in UNDER_WAY else State.GONE
        _taken_away(row, state, What.REVOKED, at, by.person if by else None, revoked=True)


@transaction.atomic
def look_again(*, package: Package, at: datetime) -> bool:
    """Whether a package still may go; where it may not, it is stopped and its file removed."""
    row = locked(package)
    if row.state in (*UNDER_WAY, State.READY) and not going.may_go(row, at):
        stop(row, at)
        return False
    return row.state in (*UNDER_WAY, State.READY)


def may(by: Viewer, row: Package, action: str) -> bool:
    """Whether this viewer may hand a package over, or take it back: as its transfer or its case allows it."""
    if row.handover is not None:
        return rule.may(by, action, row.handover)
    return row.guardianship_id is None and rule.may(by, DISCLOSE, row.child)


def stop(row: Package, at: datetime) -> None:
    """Stop a locked package: it is not to be had any more, whatever state it was in."""
    _taken_away(row, State.STOPPED, What.STOPPED, at, None)


def stop_for(*, child_id: int, at: datetime) -> int:
    """Look again at every package of a child, after an answer, a tie or a transfer has changed; how many stopped."""
    rows = Package.objects.filter(child=child_id, state__in=(*UNDER_WAY, State.READY)).order_by("pk")
    return sum(not look_again(package=row, at=at) for row in rows)


def of_guardian_ended(guardianship: Guardianship, at: datetime) -> None:
    """A copy of one's own ends with the tie; and a yes may have become none."""
    stop_for(child_id=guardianship.child_id, at=at)


def forget(packages: QuerySet[Package]) -> None:
    """Remove the files of packages whose rows are being emptied, once that is certain."""
    names = list(packages.exclude(file="").values_list("file", flat=True))
    transaction.on_commit(lambda: files.remove(names))


def sweep(at: datetime) -> int:
    """Take away what has expired or may not go any more, begin again what was lost, give up what never ends."""
    swept = 0
    for row in Package.objects.filter(state=State.READY).order_by("pk"):
        if row.expires_at is not None and row.expires_at <= at:
            with transaction.atomic():
                _taken_away(locked(row), State.GONE, What.EXPIRED, at, None)
            swept += 1
        else:
            swept += not look_again(package=row, at=at)
    for row in Package.objects.filter(state=State.WAITING, created_at__lte=at - PUT_AGAIN).order_by("pk"):
        _enqueue(row)
    endless = Package.objects.filter(state=State.BUILDING, claimed_at__lte=at - GIVEN_UP)
    for row in endless.order_by("pk"):
        with transaction.atomic():
            _taken_away(locked(row), State.FAILED, What.FAILED, at, None)
        swept += 1
    return swept + _orphans(at)


def _orphans(at: datetime) -> int:
    """Files of packages that no row knows: a worker died between the file and the row."""
    known = set(Package.objects.exclude(file="").values_list("file", flat=True))
    oldest = (at - ORPHANED).timestamp()
    lost = [
        name
        for shelf in files.SHELVES
        for name, since in files.on_shelf(shelf, FOLDER)
        if name not in known and since < oldest
    ]
    files.remove(lost)
    return len(lost)


def _standing(rows: QuerySet[Package], at: datetime) -> Package | None:
    ready = Q(state=State.READY, expires_at__gt=at, revoked_at__isnull=True)
    return rows.filter(Q(state__in=UNDER_WAY) | ready).order_by("-created_at", "-pk").first()


def _begun(wanted: Package, by: Person | None, at: datetime) -> Package:
    wanted.created_at, wanted.created_by = at, by
    if not going.may_go(wanted, at):
        raise NotPossible("no yes")
    wanted.save()
    Receipt.objects.create(package=wanted, at=at, what=What.ASKED, by=by)
    _enqueue(wanted)
    return wanted


def _enqueue(package: Package) -> None:
    from transfers.tasks import make_package

    make_package.enqueue(package_id=package.pk)


def locked(package: Package) -> Package:
    """The row as it is now, held until the transaction ends."""
    rows = Package.objects.select_for_update(of=("self",)).select_related("child", "guardianship", "handover")
    found: Package = rows.get(pk=package.pk)
    return found


def _taken_away(
    row: Package, state: str, what: str, at: datetime, by: Person | None, *, revoked: bool = False
) -> None:  # fmt: skip
    """End a package; its file goes when that is certain. What is being made finds out by itself."""
    name, changed = row.file, {"state": state, "file": "", "claim": "", "code_hash": "", "finished_at": at}
    if revoked:
        changed["revoked_at"] = at
    for field, value in changed.items():
        setattr(row, field, value)
    row.save(update_fields=list(changed))
    detail: dict[str, Any] = {"downloads": row.downloads} if row.downloads else {}
    Receipt.objects.create(package=row, at=at, what=what, by=by, detail=detail)
    if name:
        transaction.on_commit(lambda: files.remove([name]))


def about_own_copy(person: Person, since: datetime, at: datetime) -> bool:
    """Whether a copy that this guardian asked for has become ready in (since, at]."""
    mine = Package.objects.filter(guardianship__person=person, state=State.READY)
    return mine.filter(finished_at__gt=since, finished_at__lte=at).exists()
