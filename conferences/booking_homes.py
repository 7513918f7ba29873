"""The homes of conferences under way and the times that each was offered, as the staff see them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from access.terms.services import declined
from conferences.homes import invited
from conferences.models import Conference, Offer
from people.models import Guardianship, HomeMembership
from visibility.viewer import Viewer


@dataclass
class HomeLine:
    """One home in a conference under way. `tie` is none where the home is there no more but still holds times."""

    # One of its guardians stands for it: a home that has never written is none yet.
    tie: Guardianship | None
    names: str
    reached: bool
    booked: Offer | None = None
    offers: list[Offer] = field(default_factory=list)
    # Who may say on the telephone when the home comes.
    legal: list[Guardianship] = field(default_factory=list)


def of(conferences: list[Conference], viewer: Viewer) -> dict[int, list[HomeLine]]:
    """By conference: each home of its child, in five queries."""
    of_child = {row.child_id: row.pk for row in conferences}
    rows = invited(viewer.at).filter(child__in=of_child).select_related("person")
    ties = list(rows.order_by("kind", "person__given_name", "pk"))
    reached = _reached(ties, viewer)
    joined = HomeMembership.objects.running(viewer.at).filter(guardianship__in=ties)
    home_of = dict(joined.order_by("pk").values_list("guardianship", "home"))
    offers: dict[tuple[int, int], list[Offer]] = defaultdict(list)
    standing = Offer.objects.visible_to(viewer).filter(conference__in=of_child.values(), ended_at__isnull=True)
    for offer in standing.select_related("time__staff", "said_by").order_by("time__starts_at", "pk"):
        offers[offer.conference_id, offer.home_id].append(offer)
    members: dict[tuple[int, object], list[Guardianship]] = defaultdict(list)
    for tie in ties:
        members[tie.child_id, home_of.get(tie.pk, ("alone", tie.pk))].append(tie)
    found: dict[int, list[HomeLine]] = {row.pk: [] for row in conferences}
    for (child, home), adults in members.items():
        mine = offers.pop((of_child[child], home), []) if isinstance(home, int) else []
        names = ", ".join(tie.person.given_name for tie in adults)
        line = _line(adults[0], names, any(tie.pk in reached for tie in adults), mine)
        line.legal = [tie for tie in adults if tie.kind == Guardianship.Kind.LEGAL]
        found[of_child[child]].append(line)
    for (conference, _home), left in offers.items():
        found[conference].append(_line(None, _("A home as it was before"), False, left))
    return found


def _line(tie: Guardianship | None, names: str, reached: bool, offers: list[Offer]) -> HomeLine:
    return HomeLine(tie, names, reached, next((offer for offer in offers if offer.booked_at), None), offers)


def _reached(ties: list[Guardianship], viewer: Viewer) -> set[int]:
    """Those who can choose a time here. That somebody declined the terms is not said of them."""
    active = Guardianship.objects.active(viewer.at).filter(pk__in=[tie.pk for tie in ties])
    away = declined([tie.person_id for tie in ties])
    return {key for key, person in active.values_list("pk", "person") if person not in away}
