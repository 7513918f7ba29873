"""What a head and the owner's officer see to: on their start page, with what waits there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.families import pages as families
from access.readings import lines
from access.reviews import page as reviews
from transfers import moves
from visibility import ties
from visibility.relations import HEAD, HEADS, OFFICER, OVERSEES
from visibility.viewer import Strength, Viewer


@dataclass(frozen=True)
class Charge:
    """One page to see to; `waits` says in words what lies there, or nothing."""

    label: str
    href: str
    icon: str
    waits: str = ""


def in_charge(viewer: Viewer) -> list[Charge]:
    """The pages of who heads a unit or oversees one, what waits first told; nothing for anybody else."""
    if viewer.strength <= Strength.LOW or not ties.units(viewer, HEADS, OVERSEES):
        return []
    found = []
    if ties.children(viewer, HEAD, OFFICER):
        found.append(Charge(_("Who has access"), reverse("access:children"), "lock", _envelopes(viewer)))
        found.append(Charge(_("Moving on"), reverse("transfers:listing"), "school", _moves(viewer)))
    found.append(Charge(_("Reviews"), reverse("reviews:all"), "check", _reviews(viewer)))
    found.append(Charge(_("Questions about the reading log"), reverse("readings:questions"), "eye", _questions(viewer)))
    found.append(Charge(_("Team"), reverse("work:team"), "people"))
    if ties.units(viewer, OVERSEES):
        found.append(Charge(_("Without an e-ID"), reverse("work:without_e_id"), "key"))
    return found


def _envelopes(viewer: Viewer) -> str:
    closed = sum(len(rows) for rows in families.envelopes(viewer).values())
    return ngettext("%(num)s closed envelope", "%(num)s closed envelopes", closed) % {"num": closed} if closed else ""


def _moves(viewer: Viewer) -> str:
    silent = moves.silent(viewer)
    return (
        ngettext("%(num)s waits for an answer", "%(num)s wait for an answer", silent) % {"num": silent}
        if silent
        else ""
    )


def _reviews(viewer: Viewer) -> str:
    found = reviews.overview(viewer)
    mine = sum(month.signed_at is None for month in found.mine)
    if mine:
        return _("Yours to sign")
    others = sum(month.signed_at is None for month in found.others)
    return ngettext("%(num)s not signed yet", "%(num)s not signed yet", others) % {"num": others} if others else ""


def _questions(viewer: Viewer) -> str:
    waiting = len(lines.waiting(viewer))
    return (
        ngettext("%(num)s waits for an answer", "%(num)s wait for an answer", waiting) % {"num": waiting}
        if waiting
        else ""
    )
