"""What this room erases of a child: choices and cases go, transfers and packages are ended and emptied."""

from datetime import datetime

from people.models import Child
from transfers.models import (
    Disclosure,
    Handover,
    HiddenReceiver,
    Highlight,
    LeftOut,
    Package,
    Receipt,
    WordsAlong,
)
from transfers.services.packages import forget


def erase_child(child: Child, at: datetime) -> None:
    """Delete or empty every row about the child's transfers; that there were so many stays, without a word."""
    LeftOut.objects.filter(child=child).delete()
    WordsAlong.objects.filter(words__child=child).delete()
    mine = Handover.objects.filter(child=child)
    Highlight.objects.filter(handover__in=mine).delete()
    HiddenReceiver.objects.filter(handover__in=mine).delete()
    Disclosure.objects.filter(child=child).delete()
    packages = Package.objects.filter(child=child)
    forget(packages)
    Receipt.objects.filter(package__in=packages, erased_at__isnull=True).update(by=None, detail={}, erased_at=at)
    packages.filter(erased_at__isnull=True).update(
        state=Package.State.GONE, file="", digest="", code_hash="", made_for="", contents={}, created_by=None,
        revoked_at=at, erased_at=at,
    )  # fmt: skip
    ended = {"ended_at": at, "ended_because": Handover.Ended.ERASED}
    mine.filter(ended_at__isnull=True).update(**ended)
    mine.filter(erased_at__isnull=True).update(
        receiver_name="", requested_by="", placement=None, created_by=None, erased_at=at
    )
