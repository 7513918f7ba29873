"""Attempts that are guessed at, with a growing wait; nobody is ever locked out.

Failures are counted in buckets: by account, by address, and by a browser that has been in this account before. A
known browser has a bucket of its own and waits for no stranger's failures, so guessing at somebody's password from
elsewhere never keeps them out; a school's one address stands much before it waits, and never for long.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from access.models import Attempts
from ground.fields import keyed_hash

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Limit:
    """After `free` failures the wait begins at `first` and doubles up to `longest`; a quiet `forget` clears it all."""

    free: int
    first: timedelta
    longest: timedelta
    forget: timedelta

    def wait(self, refused: int) -> timedelta:
        if refused <= self.free:
            return NOTHING
        # Capped before it is computed: the count may be large.
        return min(self.first * 2 ** min(refused - self.free - 1, 20), self.longest)


LIMITS = {
    "account": Limit(5, timedelta(seconds=5), timedelta(minutes=15), timedelta(days=1)),
    "browser": Limit(10, timedelta(seconds=5), timedelta(minutes=5), timedelta(days=1)),
    "address": Limit(40, timedelta(seconds=2), timedelta(minutes=1), timedelta(hours=1)),
    # A shared tablet, whosever PIN is guessed at.
    "device": Limit(15, timedelta(seconds=30), timedelta(minutes=10), timedelta(hours=1)),
}
# Many people's attempts are counted there: one that was right clears nobody else's.
SHARED = ("address", "device")
KEPT = timedelta(days=2)

Buckets = Mapping[str, str]


def buckets(*, account: str, address: str, browser: str = "") -> dict[str, str]:
    """Where a failure counts: a browser known to the account counts by itself, another by account and address."""
    if browser:
        return {"browser": f"{account}\n{browser}"}
    return {"account": account, "address": address} if account else {"address": address}


@transaction.atomic
def enter(kind: str, where: Buckets, *, at: datetime) -> timedelta:
    """Whether an attempt may be made now: zero, and it is counted; or how long to wait, and nothing is counted.

    It is counted before it is judged, so that many at once are no way around; `succeeded` takes it back.
    """
    rows = [_locked(kind, name, value, at) for name, value in sorted(where.items())]
    wait = max((row.open_at - at for row in rows), default=NOTHING)
    if wait > NOTHING:
        return wait
    for name, row in zip(sorted(where), rows, strict=True):
        limit = LIMITS[name]
        row.refused = 1 if at - row.last_at > limit.forget else row.refused + 1
        row.last_at, row.open_at = at, at + limit.wait(row.refused)
        row.save(update_fields=["refused", "last_at", "open_at"])
    return NOTHING


@transaction.atomic
def succeeded(kind: str, where: Buckets, *, at: datetime) -> None:
    """It was the right one: forget this account's failures, and take the attempt back from its address."""
    for name, value in sorted(where.items()):
        row = _locked(kind, name, value, at)
        row.refused = max(row.refused - 1, 0) if name in SHARED else 0
        row.open_at = at if row.refused == 0 else min(row.open_at, at + LIMITS[name].wait(row.refused))
        row.save(update_fields=["refused", "open_at"])


def _locked(kind: str, name: str, value: str, at: datetime) -> Attempts:
    key = keyed_hash(f"{name}\n{value}", purpose="attempts")
    row: Attempts
    row, _ = Attempts.objects.select_for_update().get_or_create(
        kind=kind, key=key, defaults={"last_at": at, "open_at": at}
    )
    return row


def forget_old(at: datetime) -> int:
    """Delete counts that no longer decide anything; how many."""
    gone, _ = Attempts.objects.filter(last_at__lt=at - KEPT, open_at__lt=at).delete()
    return gone


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the last trusted proxy saw it; of an IPv6 address its network."""
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    found = hops[-trusted] if trusted and len(hops) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
