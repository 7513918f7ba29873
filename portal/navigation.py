"""What stands around a page: places, menus, the way out. One object a request, made from the viewer's hat alone."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from access.signing import switching
from access.team.middleware import DEVICE_KEY, IDLE
from learninglog import slots, units
from people.models import Child
from portal import signing
from portal.start import groups, places
from visibility import ties
from visibility.matrix import COVER
from visibility.relations import HEAD, HEADS, KEEPER, OFFICER, OVERSEES, WORKS_AT
from visibility.viewer import Hat, Strength, Viewer

OF_TALKS = ("issue", "prepare", "show", "talk", "after", "child", "times", "keep_times", "wall", "offer")


@dataclass(frozen=True)
class Link:
    """A place to go. A `post` link makes something, so it is a form's button and never followed by itself."""

    label: str
    href: str
    icon: str = "leaf"
    current: bool = False
    count: int = 0
    post: bool = False


@dataclass(frozen=True)
class Lock:
    """The way out of a shared tablet; `after` are seconds in which nobody does anything."""

    label: str
    href: str
    after: int


@dataclass(frozen=True)
class HatOffer:
    """Another hat of one's own: a button that puts it on."""

    value: str
    label: str
    icon: str


@dataclass
class Navigation:
    """What templates/base/ expects: see the heads of those files."""

    request: HttpRequest
    viewer: Viewer | None = None
    nav: list[Link] = field(default_factory=list)
    camera: Link | None = None
    compose: Link | None = None
    place: str = ""
    account_links: list[Link] = field(default_factory=list)

    @property
    def lock(self) -> Lock | None:
        """On a shared tablet: how it is left, by hand and by itself."""
        if DEVICE_KEY not in self.request.session:
            return None
        return Lock(_("Lock the tablet"), reverse("tablet:lock"), int(IDLE.total_seconds()))

    @property
    def hat(self) -> str:
        """As what one is here."""
        labels = {
            Hat.GUARDIAN: _("Here as guardian"),
            Hat.STAFF: _("Here as staff"),
            Hat.SCHOOL: _("Here for the school"),
            Hat.OFFICE: _("Here for the office"),
        }
        return labels[self.viewer.hat] if self.viewer else ""

    @property
    def hats(self) -> list[HatOffer]:
        """What else one could be here, one tap away."""
        labels = {
            Hat.GUARDIAN: (_("Switch to guardian"), "home"),
            Hat.STAFF: (_("Switch to staff"), "leaf"),
            Hat.SCHOOL: (_("Switch to the school"), "school"),
            Hat.OFFICE: (_("Switch to the office"), "settings"),
        }
        return [HatOffer(hat.value, *labels[hat]) for hat in switching.offered(self.request)] if self.viewer else []

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def site_name(self) -> str:
        """The organisation's name for its site."""
        return (self.site.site_name if self.site else "") or settings.WAGTAIL_SITE_NAME

    @cached_property
    def door_links(self) -> list[Link]:
        """For pages outside the doors: the way back in."""
        door = door_of(self.request)
        return [door] if door else []

    @cached_property
    def public(self) -> list[Link]:
        """The site's own pages that an editor put into menus."""
        if self.site is None:
            return []
        pages = Page.objects.live().child_of(self.site.root_page).in_menu().specific()
        return [_page_link(page, self.request) for page in pages]


def navigation(request: HttpRequest) -> Navigation:
    """The navigation of this request, made once."""
    viewer = getattr(request, "viewer", None)
    found: Navigation | None = getattr(request, "made_navigation", None)
    if found is None:
        found = Navigation(request, viewer)
        if viewer is not None:
            _furnish(found, viewer)
        request.made_navigation = found  # type: ignore[attr-defined]
    return found


def door_of(request: HttpRequest) -> Link | None:
    """The way back in for who is signed in."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return None
    labels = {
        Hat.GUARDIAN: _("To your children’s pages"),
        Hat.STAFF: _("To your groups"),
        Hat.SCHOOL: _("To the school’s pages"),
        Hat.OFFICE: _("To the office"),
    }
    return Link(labels[viewer.hat], reverse(signing.DOORS[viewer.hat]), "home")


def _furnish(found: Navigation, viewer: Viewer) -> None:
    if viewer.hat == Hat.GUARDIAN:
        _for_family(found, viewer)
    elif viewer.hat == Hat.STAFF:
        _for_staff(found, viewer)
    elif viewer.hat == Hat.SCHOOL:
        of_one = ("school:transfer", "school:log", "school:conferences")
        found.nav = [_link(found, _("Start"), "portal:school", "school", of_one)]
    else:
        found.nav = [Link(_("Office"), reverse("wagtailadmin_home"), "settings")]
    found.account_links.append(Link(_("Where you are signed in"), reverse("account:sessions"), "lock"))
    found.account_links.append(Link(_("Public pages"), "/", "globe"))


def _for_family(found: Navigation, viewer: Viewer) -> None:
    found.account_links = [Link(_("Mail to you"), reverse("portal:notices"), "mail")]
    start = _link(found, _("Start"), "portal:family", "home")
    child = _own_child(found.request, viewer)
    if child is None:
        children = places.children_of(viewer)
        logs = [_link(found, child.given_name, "family:log", "log", child=child.public_id) for child in children[:4]]
        found.nav = [start, *logs]
        return
    found.place = child.given_name
    tabs = slots.tabs(viewer, child)
    found.nav = [start, *(_link(found, str(t.label), t.url, t.icon, t.also, child=child.public_id) for t in tabs)]


def _own_child(request: HttpRequest, viewer: Viewer) -> Child | None:
    """The child whose page this is: as the door found it, or looked for among the viewer's own."""
    found: Child | None = getattr(request, "child", None)
    here = _key(request, "child")
    if found is not None or here is None:
        return found
    return next((child for child in places.children_of(viewer) if child.public_id == here), None)


def _for_staff(found: Navigation, viewer: Viewer) -> None:
    today = _link(found, _("Today"), "portal:staff", "today")
    group = groups.chosen(found.request, viewer)
    found.account_links = _about_work(viewer)
    if group is None:
        found.nav = [today]
        return
    key = group.public_id
    found.place = group.name
    log = _link(found, _("Log"), "staff:group_log", "log", group=key)
    coverage = _link(found, _("Coverage"), "staff:coverage", "coverage", ("staff:covered",), group=key)
    of_plans = ("staff:plan", "staff:new_plan", "staff:edit_plan", "staff:conclusions")
    plans = _link(found, _("Plans"), "staff:plans", "plans", of_plans, group=key)
    of_talks = tuple(f"talks:{page}" for page in OF_TALKS)
    talks = _link(found, _("Talks"), "talks:group", "talks", of_talks, group=key)
    if not group.works_here:
        found.nav = [today, log, talks, coverage, plans]
        return
    waits = groups.what_waits(group, viewer)
    found.nav = [
        today,
        log,
        _link(found, _("Tray"), "staff:tray", "tray", count=waits.tray, group=key),
        _link(found, _("Replies"), "staff:replies", "talk", ("staff:thread",), count=waits.replies, group=key),
        _link(found, _("Drafts"), "staff:drafts", "draft", group=key),
        talks,
        plans,
        coverage,
        _link(found, _("Homes to reach"), "staff:unreached", "call", group=key),
    ]
    found.compose = Link(_("New entry"), reverse("staff:new", kwargs={"group": key}), "plus", post=True)
    found.camera = Link(_("To the tray"), reverse("staff:tray", kwargs={"group": key}) + "#add", "camera")


def _about_work(viewer: Viewer) -> list[Link]:
    """Pages about who works here and how: what this viewer may open of them."""
    found = []
    if viewer.strength > Strength.LOW and ties.units(viewer, HEADS, OVERSEES):
        found.append(Link(_("Team"), reverse("work:team"), "people"))
        found.append(Link(_("Reviews"), reverse("reviews:all"), "check"))
        found.append(Link(_("Questions about the reading log"), reverse("readings:questions"), "eye"))
        if ties.children(viewer, HEAD, OFFICER):
            found.append(Link(_("Who has access"), reverse("access:children"), "lock"))
            found.append(Link(_("Answers about pictures"), reverse("answers:listing"), "picture"))
            found.append(Link(_("Moving on"), reverse("transfers:listing"), "school"))
    elif viewer.strength > Strength.LOW and ties.children(viewer, KEEPER):
        found.append(Link(_("Who has access"), reverse("access:children"), "lock"))
        found.append(Link(_("Moving on"), reverse("transfers:listing"), "school"))
    if viewer.strength > Strength.LOW and ties.units(viewer, HEADS):
        for unit in units.allowed(viewer, COVER):
            href = reverse("staff:unit", kwargs={"unit": unit.public_id})
            found.append(Link(_("What %(unit)s offered") % {"unit": unit.name}, href, "coverage"))
            href = reverse("talks:unit", kwargs={"unit": unit.public_id})
            found.append(Link(_("Conferences at %(unit)s") % {"unit": unit.name}, href, "talks"))
    if viewer.strength > Strength.LOW and ties.units(viewer, OVERSEES):
        found.append(Link(_("Totals of the units"), reverse("staff:totals"), "coverage"))
    if viewer.strength > Strength.LOW and ties.units(viewer, OVERSEES):
        found.append(Link(_("Without an e-ID"), reverse("work:without_e_id"), "key"))
        found.append(Link(_("Questions about pictures"), reverse("answers:settings"), "settings"))
        found.append(Link(_("Questions about moving on"), reverse("transfers:settings"), "settings"))
        found.append(Link(_("Groups and their families"), reverse("openings:listing"), "people"))
    if ties.units(viewer, WORKS_AT):
        found.append(Link(_("Passes"), reverse("work:passes"), "key"))
        found.append(Link(_("Shared tablets"), reverse("work:devices"), "phone"))
    return found


def _link(
    found: Navigation, label: str, name: str, icon: str, also: tuple[str, ...] = (), count: int = 0, **kwargs: Any
) -> Link:
    match = found.request.resolver_match
    ours = (
        match is not None
        and match.view_name in (name, *also)
        and all(match.kwargs.get(key, value) == value for key, value in kwargs.items())
    )
    return Link(label, reverse(name, kwargs=kwargs), icon, ours, count)


def _page_link(page: Page, request: HttpRequest) -> Link:
    href = page.get_url(request) or "/"
    label = page.title_in_language if hasattr(page, "title_in_language") else page.title
    return Link(label, href, current=request.path.startswith(href))


def _key(request: HttpRequest, name: str) -> uuid.UUID | None:
    value = request.resolver_match.kwargs.get(name) if request.resolver_match else None
    return value if isinstance(value, uuid.UUID) else None
