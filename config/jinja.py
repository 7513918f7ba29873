"""The Jinja2 environment of our own pages: strict, autoescaped, with the few helpers a template needs."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.formats import date_format
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ground.addresses import address


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
        static=_static,
        url=address,
        navigation=navigation,
        editorial_picture=editorial_picture,
        get_language=translation.get_language,
        language_bidi=translation.get_language_bidi,
        languages=settings.LANGUAGES,
        demo=settings.DEMO,
    )
    env.filters.update(
        day=_day,
        day_and_month=_day_and_month,
        month=_month,
        moment=_moment,
        dated=_dated,
        clock=_clock,
        richtext=_richtext,
    )
    return env


def _day(value: Any) -> str:
    """A day, or that of a moment where the organisation is, in words with its weekday: "Tuesday 17 November"."""
    day = value.astimezone(timezone.get_current_timezone()) if isinstance(value, datetime) else value
    return _in_words(day, "l j F", translation.get_language())


def _day_and_month(value: Any) -> str:
    return _in_words(value, "j F", translation.get_language())


def _month(value: Any) -> str:
    return _in_words(value, "F Y", translation.get_language())


def _moment(value: Any) -> str:
    """A day and a clock time where the organisation is, as in "17 November 09:30"."""
    return _in_words(value.astimezone(timezone.get_current_timezone()), "j F H:i", translation.get_language())


def _clock(value: Any) -> str:
    """The time of day of a moment where the organisation is, as in "09:30"."""
    return date_format(value.astimezone(timezone.get_current_timezone()), "H:i")


def _dated(value: Any) -> str:
    """A day, or that of a moment where the organisation is, with its year, as in "17 November 2026"."""
    day = value.astimezone(timezone.get_current_timezone()) if isinstance(value, datetime) else value
    return _in_words(day, "j F Y", translation.get_language())


@lru_cache(maxsize=2048)
def _in_words(value: Any, pattern: str, language: str | None) -> str:
    return date_format(value, pattern.replace("j", "j.") if language == "nb" else pattern)


_kept_static = lru_cache(maxsize=512)(static)


def _static(path: str) -> str:
    # In development a file may change under its name at any time.
    return static(path) if settings.DEBUG else _kept_static(path)
