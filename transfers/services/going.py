"""Whether a package may go now, and what is in it: asked when it is made, before it is ready, and at every download."""

import hashlib
from datetime import datetime

from people.models import Child, Guardianship
from transfers import content, disclosing, receiving, windows
from transfers.models import Handover, Package
from transfers.packaging.parcel import Parcel
from visibility import rule
from visibility.matrix import COPY
from visibility.viewer import Hat, Strength, Viewer


def may_go(package: Package, at: datetime) -> bool:
    """Whether whoever it is for may have it at this moment: asked of the answers and ties of now, never kept."""
    if not Child.objects.unblocked().filter(pk=package.child_id).exists():
        return False
    if package.guardianship_id is not None:
        tie = Guardianship.objects.active(at).filter(pk=package.guardianship_id).first()
        return tie is not None and rule.may(_guardian(tie, at), COPY, tie.child)
    if package.handover_id is None:
        return disclosing.behind(package) is not None
    handover: Handover | None = Handover.objects.filter(pk=package.handover_id, ended_at__isnull=True).first()
    return handover is not None and receiving.may_receive(handover, at)


def parcel(package: Package, at: datetime) -> Parcel | None:
    """What goes into it now, in the active language; None when nothing may."""
    if not may_go(package, at):
        return None
    child = Child.objects.select_related("organisation").get(pk=package.child_id)
    told = {
        "public_id": package.public_id, "made_at": package.created_at, "language": package.language,
        "time_zone": child.organisation.time_zone,
    }  # fmt: skip
    if package.guardianship is not None:
        return Parcel(content=content.own_copy(child, _guardian(package.guardianship, at)), **told)
    if package.handover_id is None:
        disclosure = disclosing.behind(package)
        shown = disclosing.of_disclosure(disclosure, at) if disclosure is not None else None
        return Parcel(content=shown, made_for=package.made_for, decided=True, **told) if shown is not None else None
    handover = Handover.objects.select_related("child__organisation").get(pk=package.handover_id)
    window = windows.effective(handover)
    return Parcel(
        content=content.of_handover(handover, None, at), made_for=package.made_for,
        starts=window.starts if window else None, until=window.until if window else None,
        choices=receiving.receipts(handover, at), **told,
    )  # fmt: skip


def _guardian(tie: Guardianship, at: datetime) -> Viewer:
    """Whose own copy it is, looking now."""
    return Viewer(person=tie.person, hat=Hat.GUARDIAN, strength=Strength.SUBSTANTIAL, at=at)


def marks(made: Parcel | None) -> list[str]:
    """A short digest of everything in it, that tells nothing: what is gone later has a mark without a thing."""
    if made is None:
        return []
    told = made.content
    things = [f"entry {one.public_id} {one.shared_at.isoformat()}" for one in told.entries]
    things += [f"words {one.public_id}" for one in told.words]
    things += [f"talk {one.public_id} {one.sealed_at}" for one in told.conferences]
    things += [f"picture {one.public_id}" for one in told.pictures]
    things += [f"clip {one.public_id}" for one in told.clips]
    return sorted(hashlib.sha256(f"{made.public_id} {thing}".encode()).hexdigest()[:16] for thing in things)
