"""The tabs and panels that this room puts into its own slots."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.notices import wants_mail
from access.terms import gate
from access.terms.gate import OpenPage
from learninglog import slots
from learninglog.services.homes import running_home
from people.models import Child
from visibility import kinds, rule, ties
from visibility.matrix import READ
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer


def reads_log(viewer: Viewer, child: Child) -> bool:
    """Asked on every page, so of the ties that this look has read already."""
    return viewer.hat == GUARDIAN.hat and child.pk in ties.children(viewer, GUARDIAN)


def words_to_other_homes(viewer: Viewer, child: Child) -> Mapping[str, Any] | None:
    """For whoever reads the log; a home that has not written yet starts with showing nothing."""
    if not reads_log(viewer, child):
        return None
    home = running_home(viewer, child)
    return {"on": home is not None and home.shows_words_to_other_homes}


def mail_to_you(viewer: Viewer, child: Child) -> Mapping[str, Any]:
    """Whether there is mail when something is new; the choice itself is one for all children."""
    return {"on": wants_mail(viewer.person), "email": viewer.person.email, "href": reverse(settings.NOTICE_CHOICE_URL)}


def settings_of_children(viewer: Viewer) -> list[OpenPage]:
    """What is decided about each child stays open whatever was answered to the terms."""
    visible = rule.visible(kinds.by_name("CHILD"), viewer, READ)
    return [
        OpenPage(_("%(name)s’s settings") % {"name": child.given_name}, _settings_href(child), "settings")
        for child in Child.objects.filter(visible).order_by("given_name", "pk")
    ]


def _settings_href(child: Child) -> str:
    return reverse("family:settings", kwargs={"child": child.public_id})


UNDER_LOG = ("family:entry", "family:filters", "family:landmarks")
TABS = (
    slots.Tab("log", _("Log"), "log", "family:log", 10, UNDER_LOG, reads_log),
    slots.Tab("from_home", _("From home"), "pencil", "family:from_home", 30, ("family:withdraw_words",), reads_log),
    slots.Tab("contacts", _("Staff"), "people", "family:contacts", 40),
    slots.Tab("reading_log", _("Reading log"), "eye", "readings:family", 45, ("readings:family_line",)),
    slots.Tab("settings", _("Settings"), "settings", "family:settings", 50),
)
PANELS = (
    slots.Panel("notices", "learninglog/family/panel_notices.html", 40, mail_to_you),
    slots.Panel("words", "learninglog/family/panel_words.html", 50, words_to_other_homes),
)


def register_all() -> None:
    gate.register(settings_of_children)
    for tab in TABS:
        slots.register_tab(tab)
    for panel in PANELS:
        slots.register_panel(panel)
