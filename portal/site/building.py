"""Builds the first tree of public pages from the organisation's own facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii
from wagtail.models import Page, Site

from people.models import Organisation, Unit
from portal.models import GuidancePage, NewsIndexPage, NewsPage, OrganisationPage, SitePage, UnitPage
from portal.office.rights import office_group
from portal.site import texts
from portal.site.texts import Words


@transaction.atomic
def build(*, organisation: Organisation, day: date, language: str) -> list[SitePage]:
    """Make what is missing of the organisation's pages and the office's rights; returns the pages that are new."""
    office_group()
    made: list[SitePage] = []
    home = OrganisationPage.objects.first()
    if home is None:
        home = _new(made, OrganisationPage, _root(), texts.HOME, language, organisation.name, slug="organisation")
        _serve(home, organisation.name)
    for unit in organisation.units.order_by("pk"):
        if not UnitPage.objects.filter(unit=unit).exists():
            words = texts.PRESCHOOL if unit.kind == Unit.Kind.PRESCHOOL else texts.SCHOOL
            _new(made, UnitPage, home, words, language, unit.name, unit=unit, opening_hours="6.30–17.30")
    if not GuidancePage.objects.exists():
        _new(made, GuidancePage, home, texts.GUIDANCE, language, organisation.name, show_in_menus=True)
    index = NewsIndexPage.objects.child_of(home).first()
    if index is None:
        index = _new(made, NewsIndexPage, home, texts.NEWS, language, organisation.name, show_in_menus=True)
        _new(made, NewsPage, index, texts.FIRST_NEWS, language, organisation.name, day=day)
    return made


def _root() -> Page:
    root: Page = Page.objects.get(depth=1)
    return root


def _new(
    made: list[SitePage],
    kind: type[SitePage],
    parent: Page,
    words: Mapping[str, Words],
    language: str,
    name: str,
    **fields: Any,
) -> Any:
    own = words.get(language) or words["en"]
    title = _said(own.title, name)
    page = kind(title=title, **{"slug": slugify(string_to_ascii(title)), **fields})
    # In the order of the site's languages, so that editors find them where they look.
    for position, (code, _label) in enumerate(settings.LANGUAGES):
        said = words[code]
        page.texts.add(
            page.texts.model(
                language=code, title=_said(said.title, name), lead=said.lead, body=said.body, sort_order=position
            )
        )
    parent.add_child(instance=page)
    page.save_revision().publish()
    made.append(page)
    return page


def _said(text: str, name: str) -> str:
    return text % {"name": name}


def _serve(home: OrganisationPage, name: str) -> None:
    """Have the site begin at our page instead of the one that Wagtail is delivered with."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    before = site.root_page if site.root_page_id else None
    site.root_page, site.site_name = home, name
    site.save()
    if before is not None and before.specific_class is Page and before.numchild == 0:
        before.delete()
