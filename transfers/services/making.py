"""Making a package: taken by one worker at a time, looked at again and again, and ready only as a whole."""

import logging
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from media_policy import files
from transfers.models import Package, Receipt
from transfers.packaging import bag, building, workshop
from transfers.packaging.bag import Stopped
from transfers.packaging.building import Builder
from transfers.services import going, handovers, keys

logger = logging.getLogger("transfers")

State, What = Package.State, Receipt.What
UNDER_WAY = (State.WAITING, State.BUILDING)
# How long a finished one lies there; a link to it may end sooner.
KEPT = timedelta(days=30)
# What was chosen may change while it is packed; then it is packed anew, but not for ever.
MOST_TRIES = 3
Opened = Callable[[], AbstractContextManager[Any]]


class _Superseded(Exception):
    """Another worker makes it now, or it is not to be made any more."""


def make(*, package_id: int, now: Callable[[], datetime], opened: Opened = workshop.opened) -> str:
    """Make one package that waits, or that a lost worker left; the state it is in afterwards.

    A second call while it is made takes it over. Whatever goes wrong, there is no file of it left.
    """
    package = _claimed(package_id, now())
    if package is None:
        return Package.objects.filter(pk=package_id).values_list("state", flat=True).first() or ""
    builder = Builder(package, keys.in_use(package.child.organisation, now()), _Going(package, now))
    mine = True
    try:
        _tried(builder, now, opened)
    except _Superseded:
        return str(Package.objects.values_list("state", flat=True).get(pk=package.pk))
    except Stopped:
        mine = _ended(package, State.STOPPED, What.STOPPED, now())
    except (OSError, workshop.Lost, workshop.CannotBeMade, building.Missing) as failure:
        # The kind alone: the words of a storage may hold an address, and those of a decoder what it read.
        logger.error("package %s could not be made: %s", package.pk, type(failure).__qualname__)
        mine = _ended(package, State.FAILED, What.FAILED, now(), {"why": type(failure).__qualname__})
    except Exception:
        # A mistake of ours: it is told, and nobody waits for hours.
        _ended(package, State.FAILED, What.FAILED, now())
        raise
    if mine:
        # Another worker's copies lie in the same folder.
        builder.tidy()
    return str(Package.objects.values_list("state", flat=True).get(pk=package.pk))


def _tried(builder: Builder, now: Callable[[], datetime], opened: Opened) -> None:
    for _number in range(MOST_TRIES):
        if _made(builder, now, opened):
            return
    raise Stopped


def _made(builder: Builder, now: Callable[[], datetime], opened: Opened) -> bool:
    """One try; whether what was packed is still what may go."""
    package = builder.package
    with translation.override(package.language):
        before = going.parcel(package, now())
        if before is None:
            raise Stopped
        Package.objects.filter(pk=package.pk, claim=package.claim).update(done=0, total=builder.total(before))
        parcel = builder.prepared(before, opened)
        with building.zip_file(builder) as (path, out):
            written = builder.written(parcel, out)
            out.flush()
            if going.marks(going.parcel(package, now())) != going.marks(before):
                return False
            octets = path.stat().st_size
            name = building.put_away(path)
        try:
            _finished(package, name, octets, written, parcel.content.counts, going.marks(parcel), now())
        except BaseException:
            files.remove([name])
            raise
    return True


class _Going:
    """Tells how far it is, and asks whether to go on: still ours, and still a yes."""

    def __init__(self, package: Package, now: Callable[[], datetime]) -> None:
        self.package, self.now, self.done, self.asked = package, now, 0, 0

    def __call__(self, done: int) -> bool:
        self.done += done
        if self.done - self.asked < building.STRIDE and self.asked:
            return True
        self.asked = self.done
        mine = Package.objects.filter(pk=self.package.pk, claim=self.package.claim, state=State.BUILDING)
        if not mine.update(done=self.done):
            raise _Superseded
        return going.may_go(self.package, self.now())


@transaction.atomic
def _claimed(package_id: int, at: datetime) -> Package | None:
    rows = Package.objects.select_for_update(of=("self",)).filter(pk=package_id, state__in=UNDER_WAY)
    package: Package | None = rows.select_related("child__organisation", "handover", "guardianship__person").first()
    if package is None:
        return None
    package.state, package.claim, package.claimed_at = State.BUILDING, secrets.token_hex(16), at
    package.save(update_fields=["state", "claim", "claimed_at"])
    return package


@transaction.atomic
def _finished(
    package: Package, name: str, octets: int, written: bag.Written, counts: dict[str, int], marks: list[str],
    at: datetime,
) -> None:  # fmt: skip
    mine = Package.objects.select_for_update().filter(pk=package.pk, claim=package.claim, state=State.BUILDING)
    row: Package | None = mine.first()
    if row is None:
        raise _Superseded
    # Asked once more behind the lock: a choice that is withdrawn after this finds the package and stops it.
    if not going.may_go(package, at):
        raise Stopped
    row.state, row.file, row.octets, row.digest = State.READY, name, octets, written.digest
    row.contents, row.done, row.finished_at, row.claim = counts, row.total, at, ""
    row.expires_at = at + KEPT
    row.save()
    if row.handover is not None and not row.handover.is_in_system:
        # From here on its window can only become smaller.
        handovers.opened(row.handover, at)
    detail = {"digest": written.digest, "octets": octets, "files": written.files, "marks": marks, **counts}
    Receipt.objects.create(package=row, at=at, what=What.MADE, detail=detail)


@transaction.atomic
def _ended(package: Package, state: str, what: str, at: datetime, detail: dict[str, Any] | None = None) -> bool:
    mine = Package.objects.filter(pk=package.pk, claim=package.claim, state=State.BUILDING)
    if not mine.update(state=state, claim="", finished_at=at, done=0, total=0):
        return False
    Receipt.objects.create(package=package, at=at, what=what, detail=detail or {})
    return True
