"""What a guardian sees and does about who has access to their own child."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from access.families import consents, homes, pages, words
from access.families.words import Wish
from access.models import Consent, FamilyWord
from people.models import Child, Guardianship
from visibility import kinds, rule
from visibility.matrix import JOIN, READ, TELL
from visibility.viewer import Viewer


@dataclass
class GuardianPage:
    """`mine` is the viewer's own tie; a legal guardian tells and consents, everybody who reads may join a home."""

    mine: Guardianship
    legal: bool
    said: FamilyWord | None = None
    asked: list[Consent] = field(default_factory=list)
    others: list[homes.Other] = field(default_factory=list)

    @property
    def together(self) -> bool:
        return any(other.together for other in self.others)


def child(viewer: Viewer, public_id: uuid.UUID, action: str = JOIN) -> Child | None:
    """The viewer's own child with this address, when they may do this."""
    return pages.child(viewer, public_id, action)


def page(row: Child, viewer: Viewer) -> GuardianPage:
    """What stands on the guardian's page about access."""
    mine = _own(row, viewer)
    legal = rule.may(viewer, TELL, row)
    found = GuardianPage(mine, legal, others=homes.others(mine, viewer))
    if legal:
        found.said = words.newest(mine)
        found.asked = consents.waiting_for(viewer, mine)
    return found


def _own(row: Child, viewer: Viewer) -> Guardianship:
    mine = homes.own_tie(viewer, row)
    if mine is None:
        raise PermissionDenied
    return mine


def waiting(viewer: Viewer) -> list[Guardianship]:
    """The closed envelopes of somebody who may say whom the family wants in, and read nothing yet."""
    model = kinds.of_model(Child)
    telling = Child.objects.filter(rule.visible(model, viewer, TELL)).exclude(rule.visible(model, viewer, READ))
    rows = Guardianship.objects.running(viewer.at).legal().filter(person=viewer.person, child__in=telling)
    return list(rows.select_related("child__organisation", "person").order_by("pk"))


@transaction.atomic
def tell_for_all(ties: Iterable[Guardianship], wishes: list[Wish], viewer: Viewer) -> None:
    """One form for all children of whom nothing is open yet: it must not tell how many or who they are."""
    for tie in ties:
        words.tell(guardianship=tie, wishes=wishes, by=viewer)


def tell(row: Child, wishes: list[Wish], viewer: Viewer) -> None:
    """What an active legal guardian says about one child."""
    words.tell(guardianship=_own(row, viewer), wishes=wishes, by=viewer)


def answer(row: Child, consent: str, yes: bool, conferences: bool, viewer: Viewer) -> None:
    """Answer what one is asked about this child, or take a yes back."""
    mine = _own(row, viewer)
    for asked in consents.waiting_for(viewer, mine):
        if str(asked.public_id) == consent:
            consents.answer(consent=asked, yes=yes, by=viewer, reads_conferences=conferences)
            return
    raise PermissionDenied


def asking(row: Child, do: str, whom: str, viewer: Viewer) -> str:
    """Ask to read together with another guardian, or do not ask any longer."""
    seen = {str(other.guardianship.public_id): other.guardianship for other in homes.others(_own(row, viewer), viewer)}
    if whom not in seen or do not in ("ask", "take_back"):
        raise PermissionDenied
    if do == "take_back":
        homes.take_back(child=row, whom=seen[whom], by=viewer)
        return _("Saved.")
    if homes.ask(child=row, whom=seen[whom], by=viewer):
        return _("You read together from now on.")
    return _("Asked. When both have asked, you read together.")


def is_asked(viewer: Viewer, row: Child) -> bool:
    """Whether a question about another adult waits for this guardian's answer."""
    rows = Consent.objects.filter(legal__person=viewer.person, legal__child=row, given="", closed_at__isnull=True)
    return rule.may(viewer, TELL, row) and rows.exists()
