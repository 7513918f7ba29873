"""Handing a package over: a link by one way, a code that works once by another, so many downloads, until a day.

Nobody signs in. The link alone opens a page that asks for the code; what the code opens is one browser, for an hour.
"""

import secrets
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from access.recordings.services import NotPossible
from ground.fields import keyed_hash
from media_policy import files
from transfers.models import Package, Receipt
from transfers.services import going, packages
from visibility.matrix import SEND
from visibility.viewer import Viewer

State, What = Package.State, Receipt.What
# Nothing that looks like something else when it is read out over the telephone, and no vowels.
LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ2346789"
LENGTH, GROUP = 12, 4
MOST_WRONG: Final = 5
LASTS: Final = timedelta(days=14)
MOST_DOWNLOADS: Final = 3
# How long a browser that gave the code may fetch it.
OPEN_FOR: Final = timedelta(hours=1)
PIECE: Final = 256 * 1024
# So many pieces go by between two looks at whether it still may go.
STRIDE: Final = 16


class NotHere(Exception):
    """There is nothing behind the link: never was, has expired, was revoked or fetched as often as it may be."""


class WrongCode(Exception):
    """Not the right code; `left` says how many tries there are until a new code is needed."""

    def __init__(self, left: int) -> None:
        super().__init__("wrong code")
        self.left = left


class Stopped(Exception):
    """A choice was withdrawn while it was fetched: the rest is not sent."""


@dataclass(frozen=True)
class Link:
    """What is told to the receiver, by two ways. The code is nowhere else."""

    package: Package
    code: str

    @property
    def spoken(self) -> str:
        """The code in groups, as it is written down and read out."""
        return "-".join(self.code[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def hand_over(
    *, package: Package, by: Viewer | None, at: datetime, lasts: timedelta = LASTS,
    most_downloads: int = MOST_DOWNLOADS,
) -> Link:  # fmt: skip
    """Make a link and a code for a package that is ready; a code that was given before opens nothing any more.

    Without `by` it is the operator who does. Raises PermissionDenied, and NotPossible: "not ready", or "no yes" when
    something in it may not go any more; then it is stopped, so that a new one can be made.
    """
    link = _linked(package, by, at, lasts, most_downloads)
    if link is None:
        raise NotPossible("no yes")
    return link


@transaction.atomic
def _linked(package: Package, by: Viewer | None, at: datetime, lasts: timedelta, most_downloads: int) -> Link | None:
    row = packages.locked(package)
    if by is not None and not packages.may(by, row, SEND):
        raise PermissionDenied
    if row.state != State.READY or row.guardianship_id is not None:
        raise NotPossible("not ready")
    if not _unchanged(row, at):
        packages.stop(row, at)
        return None
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    row.code_hash, row.wrong_codes = _hash(row, code), 0
    row.expires_at = min(at + lasts, (row.finished_at or at) + packages.KEPT)
    row.most_downloads = row.downloads + most_downloads
    row.save(update_fields=["code_hash", "wrong_codes", "expires_at", "most_downloads"])
    Receipt.objects.create(
        package=row, at=at, what=What.SENT, by=by.person if by else None, detail={"until": row.expires_at.isoformat()}
    )
    return Link(row, code)


def behind(public_id: uuid.UUID, at: datetime) -> Package:
    """The package behind a link. Raises NotHere."""
    row: Package | None = Package.objects.filter(
        public_id=public_id, state=State.READY, guardianship__isnull=True, revoked_at__isnull=True, expires_at__gt=at,
        downloads__lt=F("most_downloads"), receipts__what=What.SENT,
    ).first()  # fmt: skip
    if row is None:
        raise NotHere
    return row


def open_with(*, public_id: uuid.UUID, code: str, at: datetime) -> Package:
    """Spend the code: whoever gave it may fetch the package for OPEN_FOR. Raises NotHere and WrongCode."""
    # The count of wrong ones has to stay, so the error is raised outside.
    row, left = _judged(public_id, code, at)
    if left is not None:
        raise WrongCode(left)
    return row


def turn(row: Package) -> int:
    """Which handing over of a package this is: whoever gave an earlier code does not fetch by a later one."""
    newest = row.receipts.filter(what=What.SENT).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _held(public_id: uuid.UUID, at: datetime) -> Package:
    """The package behind a link, locked. Raises NotHere, also where it went while this one waited for the lock."""
    row = packages.locked(behind(public_id, at))
    behind(public_id, at)
    return row


@transaction.atomic
def _judged(public_id: uuid.UUID, code: str, at: datetime) -> tuple[Package, int | None]:
    row = _held(public_id, at)
    if row.code_hash and secrets.compare_digest(row.code_hash, _hash(row, code)):
        row.code_hash, row.wrong_codes = "", 0
        row.save(update_fields=["code_hash", "wrong_codes"])
        return row, None
    if not row.code_hash:
        return row, 0
    row.wrong_codes += 1
    if row.wrong_codes >= MOST_WRONG:
        row.code_hash = ""
    row.save(update_fields=["code_hash", "wrong_codes"])
    Receipt.objects.create(package=row, at=at, what=What.WRONG_CODE, detail={"left": MOST_WRONG - row.wrong_codes})
    return row, MOST_WRONG - row.wrong_codes


def fetch(*, public_id: uuid.UUID, now: Callable[[], datetime]) -> tuple[Package, Iterator[bytes]]:
    """Count one download, and give the zip piece by piece; whether it may go is asked again on the way.

    For whoever `open_with` let in. Raises NotHere before the first piece, and Stopped in the middle;
    FileNotFoundError where the storage has lost it, and that is no download.
    """
    found = _counted(public_id, now())
    if found is None:
        raise NotHere
    row, source = found
    return row, _read(row, source, now)


def own(*, package: Package, now: Callable[[], datetime]) -> Iterator[bytes]:
    """A guardian's own copy, piece by piece, for the view that has asked who it is. Raises NotHere, and Stopped."""
    at = now()
    row = Package.objects.filter(pk=package.pk, state=State.READY, guardianship__isnull=False, expires_at__gt=at)
    found = row.select_related("guardianship").first()
    if found is None or found.guardianship is None or not _stands(found, at):
        raise NotHere
    source = files.opened(found.file)
    with transaction.atomic():
        Receipt.objects.create(package=found, at=at, what=What.DOWNLOADED, by=found.guardianship.person)
    return _read(found, source, now)


@transaction.atomic
def _stands(package: Package, at: datetime) -> bool:
    """Whether a copy may be fetched as it is: its guardian reads all of it still, and nothing was withdrawn since."""
    row = packages.locked(package)
    if row.state == State.READY and _unchanged(row, at):
        return True
    if row.state == State.READY:
        packages.stop(row, at)
    return False


def _read(package: Package, source: IO[bytes], now: Callable[[], datetime]) -> Iterator[bytes]:
    try:
        number = 0
        while piece := source.read(PIECE):
            number += 1
            if number % STRIDE == 0 and not packages.look_again(package=package, at=now()):
                raise Stopped
            yield piece
    finally:
        source.close()


@transaction.atomic
def _counted(public_id: uuid.UUID, at: datetime) -> tuple[Package, IO[bytes]] | None:
    try:
        row = _held(public_id, at)
    except NotHere:
        return None
    if not _unchanged(row, at):
        # Something in it was withdrawn or left out since: it is not handed out any more, and a new one can be made.
        packages.stop(row, at)
        return None
    source = files.opened(row.file)
    row.downloads += 1
    row.save(update_fields=["downloads"])
    Receipt.objects.create(package=row, at=at, what=What.DOWNLOADED, detail={"number": row.downloads})
    return row, source


def _unchanged(row: Package, at: datetime) -> bool:
    """Whether everything in it may still go: nothing was withdrawn or left out since it was made."""
    made = row.receipts.filter(what=What.MADE).order_by("-at", "-pk").first()
    if made is None or not going.may_go(row, at):
        return False
    return set(made.detail.get("marks", [])) <= set(going.marks(going.parcel(row, at)))


def plain(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def _hash(row: Package, code: str) -> str:
    return keyed_hash(f"{row.public_id}\n{plain(code)}", purpose="package-code")


def address(row: Package) -> str:
    """The whole address of the page behind a link."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("packages:package", args=[row.public_id])
