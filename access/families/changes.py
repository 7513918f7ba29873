"""What has changed around a child's access, each event as a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from access.models import Recording
from people.models import AccessEvent, Child, Guardianship, Person

What = AccessEvent.What
MOST = 100


@dataclass(frozen=True)
class Change:
    at: datetime
    said: str
    by: str
    reason: str


def of_child(child: Child) -> list[Change]:
    """The newest events about the child, newest first."""
    rows = AccessEvent.objects.filter(child=child).select_related("by", "person").order_by("-at", "-pk")[:MOST]
    events = list(rows)
    consenting = {event.after.get("legal") for event in events} - {None}
    names = {person.pk: person.get_full_name() for person in Person.objects.filter(pk__in=consenting)}
    return [_change(event, names) for event in events]


def _change(event: AccessEvent, names: dict[int, str]) -> Change:
    by = event.by.get_full_name() if event.by else _("The system")
    return Change(event.at, _said(event, names), by, spoken(event.reason) or medium(event.after))


def spoken(reason: str) -> str:
    """A reason in words: the system's own are kept as machine words, people's as they wrote them."""
    ours = {
        "consents": _("The legal guardians’ consents"),
        "consent withdrawn": _("A consent was taken back"),
    }
    return ours.get(reason, reason)


def medium(after: dict[str, Any]) -> str:
    """Where the head wrote it down: whether it was said on paper or in person."""
    said = after.get("medium", "")
    return str(Recording.Medium(said).label) if said in Recording.Medium.values else ""


def _said(event: AccessEvent, names: dict[int, str]) -> str:
    who = event.person.get_full_name() if event.person else ""
    if event.erased_at is not None:
        return str(event.get_what_display())
    words = _WORDS.get(event.what)
    return words(event.after, who, names) if words else str(event.get_what_display())


def _consented(after: dict[str, Any], who: str, names: dict[int, str]) -> str:
    legal = names.get(after.get("legal", 0), "")
    if after.get("given") == "yes":
        return _("%(legal)s consented to access for %(who)s") % {"legal": legal, "who": who}
    return _("%(legal)s said no to access for %(who)s, or took the consent back") % {"legal": legal, "who": who}


def _wished(after: dict[str, Any], who: str, names: dict[int, str]) -> str:
    if after.get("medium"):
        return _("What %(who)s said about whom the family wants in was written down") % {"who": who}
    return _("%(who)s said whom the family wants in") % {"who": who}


def _activated(after: dict[str, Any], who: str, names: dict[int, str]) -> str:
    if after.get("reads_conferences", True):
        return _("%(who)s was activated: log and conferences") % {"who": who}
    return _("%(who)s was activated: the log") % {"who": who}


def _named(after: dict[str, Any], who: str, names: dict[int, str]) -> str:
    if after.get("ends_on", "None") == "None":
        return _("%(who)s works with the child by name from %(day)s") % {"who": who, "day": after.get("starts_on")}
    days = {"who": who, "from": after.get("starts_on"), "until": after.get("ends_on")}
    return _("%(who)s works with the child by name from %(from)s until %(until)s") % days


def _added(after: dict[str, Any], who: str, names: dict[int, str]) -> str:
    kind = after.get("kind", "")
    label = Guardianship.Kind(kind).label if kind in Guardianship.Kind.values else ""
    return _("%(who)s was noted for the child: %(kind)s") % {"who": who, "kind": label}


def _plain(sentence: Callable[[], str]) -> Callable[[dict[str, Any], str, dict[int, str]], str]:
    return lambda after, who, names: sentence() % {"who": who}


_WORDS: dict[str, Callable[[dict[str, Any], str, dict[int, str]], str]] = {
    What.ADDED: _added,
    What.ACTIVATED: _activated,
    What.INACTIVATED: _plain(lambda: _("%(who)s was made inactive")),
    What.ENDED: _plain(lambda: _("%(who)s’s tie to the child ended")),
    What.WISHED: _wished,
    What.CONSENTED: _consented,
    What.NOTED: _plain(lambda: _("Why only one guardian is known was noted")),
    What.HOMES_JOINED: _plain(lambda: _("Guardians read together in one home from now on")),
    What.HOMES_SEPARATED: _plain(lambda: _("The guardians of a home read alone again")),
    What.NAMED: _named,
    What.OWN_CHILD_LIFTED: _plain(lambda: _("The tie of %(who)s to the own child was lifted for the rest of the day")),
}
