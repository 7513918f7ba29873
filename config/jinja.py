"""The Jinja2 environment of our own pages: strict, autoescaped, with the few helpers a template needs."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup


def url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


def navigation(request: Any) -> Any:
    """What stands around the page; imported late, because templates are ready before the rooms are."""
    from portal.navigation import navigation as found

    return found(request)


def editorial_picture(image: Any, spec: str) -> Any:
    """A ready-made size of an editorial picture, as "width-1200"."""
    return image.get_rendition(f"{spec}|format-webp")


def _richtext(value: str) -> Markup:
    """An editor's text, as Wagtail keeps it, as HTML."""
    from wagtail.rich_text import expand_db_html

    return Markup(expand_db_html(value))  # noqa: S704  Wagtail has whitelisted it when it was saved


def environment(**options: Any) -> Environment:
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["extensions"] = ["jinja2.ext.i18n"]
    env = Environment(**options)  # noqa: S701  Django's backend passes autoescape=True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.globals.update(
        static=static,
        url=url,
        navigation=navigation,
        editorial_picture=editorial_picture,
        get_language=translation.get_language,
        language_bidi=translation.get_language_bidi,
        languages=settings.LANGUAGES,
        demo=settings.DEMO,
    )
    env.filters.update(day=_day, day_and_month=_day_and_month, month=_month, richtext=_richtext)
    return env


def _day(value: Any) -> str:
    """A day in words with its weekday, as in "Tuesday 17 November"."""
    return date_format(value, _pattern("l j F"))


def _day_and_month(value: Any) -> str:
    return date_format(value, _pattern("j F"))


def _month(value: Any) -> str:
    return date_format(value, _pattern("F Y"))


def _pattern(pattern: str) -> str:
    return pattern.replace("j", "j.") if translation.get_language() == "nb" else pattern
