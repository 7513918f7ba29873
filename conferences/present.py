"""What is turned to a family at the talk: what each home may read, this home's own part, and never another's."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from conferences import around, asks, sides
from conferences.asks import Ask
from conferences.choices import FilledBy, QuestionType
from conferences.models.fields import Seen
from conferences.reading import Page
from people.models import Home
from visibility.viewer import Viewer


def of(page: Page, home: Home | None, viewer: Viewer) -> dict[str, Any]:
    """Sections of what is filled in and meant for this home, and the homes to choose from where there are two."""
    conference = page.conference
    homes = [side for side in sides.of(conference, viewer) if side.home]
    # Where there is one home nobody has to choose it.
    mine = home or (homes[0].home if len(homes) == 1 else None)
    shown = [replace(section, asks=_asks(section.asks, mine)) for section in asks.of_staff(page, viewer)]
    here = reverse("talks:present", kwargs={"conference": conference.public_id})
    links = [(_("All together"), here, home is None)] + [
        (side.names, f"{here}?{urlencode({'home': side.home.public_id})}", side.home == home)
        for side in homes
        if side.home
    ]
    return {
        "name": around.name_of(conference),
        "sections": [section for section in shown if any(ask.type != QuestionType.STATEMENT for ask in section.asks)],
        "last": asks.carried_over(page, viewer),
        "homes": links if len(homes) > 1 else [],
    }


def _asks(rows: list[Ask], home: Home | None) -> list[Ask]:
    found = []
    for ask in rows:
        if ask.seen == Seen.STAFF:
            continue
        if ask.filled_by == FilledBy.HOME or ask.from_homes:
            own = [part for part in ask.from_homes if home is not None and part.home == home]
            ask = replace(ask, from_homes=own)
        if ask.type == QuestionType.STATEMENT or not ask.is_empty:
            found.append(ask)
    return found
