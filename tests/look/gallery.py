"""Every component with sample data, rendered by the site's own Jinja2 environment: what the tests of the look read."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from markupsafe import Markup

from tests.look import forms

PAGES = Path(__file__).parent / "pages"
WORDS = Markup("<p>We gathered leaves on the way to the pond and sorted them by shape.</p>")
SOMEBODY = uuid.UUID(int=7)


@dataclass
class Link:
    label: str
    href: str
    icon: str = "leaf"
    current: bool = False
    count: int = 0


@dataclass
class Picture:
    name: str
    alt: str
    caption: str = ""
    width: int = 1600
    height: int = 1200

    @property
    def href_card(self) -> str:
        return f"/sample/{self.name}"

    href_full = href_thumb = href_card


@dataclass
class Clip:
    caption: str
    is_film: bool = True
    is_ready: bool = True
    words: str = ""
    duration_ms: int = 83_000
    width: int = 1280
    height: int = 720
    public_id: uuid.UUID = SOMEBODY
    href_play: str = "/sample/film.mp4"
    href_poster: str = "/sample/weather.svg"


@dataclass
class Rendition:
    title: str
    happened_on: date
    pictures: list[Picture] = field(default_factory=list)
    badge: str = ""
    by_line: str = "Cecilia"
    children_line: str = ""
    body_html: Markup = WORDS
    quotes: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    public_id: uuid.UUID = field(default_factory=uuid.uuid4)
    href: str = "#"


@dataclass
class Person:
    given_name: str
    family_name: str
    public_id: uuid.UUID = SOMEBODY


@dataclass
class Viewer:
    person: Person


LEAF = Picture("leaf.svg", "A green leaf against the sun")
BLOCKS = Picture("blocks.svg", "A tower of blocks")
RAIN = Picture("weather.svg", "Rain over the hill", "The cloud came from the lake.", 1200, 1600)
BOOTS = Picture("boots.svg", "Two yellow boots in a puddle")
MITTEN = Picture("mitten.svg", "Mittens on a line")

ENTRIES = [
    Rendition(
        "Whose leaf is this?",
        date(2026, 11, 17),
        [LEAF, BLOCKS, BOOTS],
        "new",
        body_html=Markup(
            "<p>We gathered leaves on the way to the pond and sorted them by shape. Alma and friends held them up to "
            "the sun to see the <em>lines</em> inside.</p><ul><li>round ones</li><li>ones with teeth</li></ul>"
        ),
        quotes=["It has roads in it. For the water."],
        lines=[("Alma", "she counted the points aloud to seven, for the first time all by herself.")],
        remarks=[("Nature’s cycles", "Alma asked where the green goes.")],
        goals=["Nature’s cycles", "Exploring with words"],
    ),
    Rendition("A bridge of books", date(2026, 11, 12), [BLOCKS], "changed", children_line="Alma, Bo and Tyra"),
    Rendition("The ice on the bucket", date(2026, 11, 3), [RAIN, MITTEN]),
    Rendition("Boots in a row", date(2026, 10, 28), [BOOTS, LEAF, MITTEN, RAIN, BLOCKS, LEAF]),
    Rendition("No picture, only words", date(2026, 10, 21), quotes=["The moon is a mitten."]),
]
CHILDREN = ["Alma", "Bo", "Elsa", "Noor", "Tyra", "Milo", "Sami", "Åke"]
FAMILY_NAV = [
    Link("Log", "/log", "log", True),
    Link("Talks", "/talks", "talk", count=1),
    Link("From home", "/home", "home"),
    Link("Alma", "/alma", "person"),
]
STAFF_NAV = [
    Link("Today", "/today", "today", True),
    Link("Log", "/log", "log"),
    Link("Tray", "/tray", "tray", count=7),
    Link("Replies", "/replies", "talk", count=2),
    Link("Conferences", "/conferences", "calendar"),
    Link("What we offered", "/offered", "coverage"),
    Link("Plans", "/plans", "plans"),
    Link("People and access", "/people", "key"),
]


def context() -> dict[str, Any]:
    return {
        "url": lambda name, **kwargs: "/" + name.replace(":", "/"),
        "nav": FAMILY_NAV,
        "staff_nav": STAFF_NAV,
        "viewer": Viewer(Person("Astrid", "Lund")),
        "cecilia": Viewer(Person("Cecilia", "Berg", uuid.UUID(int=1))),
        "camera": None,
        "compose": None,
        "camera_link": Link("To the tray", "/tray/add", "camera"),
        "compose_link": Link("New entry", "/entries/new", "plus"),
        "account_links": [Link("As staff", "/hat", "people")],
        "entries": ENTRIES,
        "children": CHILDREN,
        "pictures": [LEAF, BLOCKS, BOOTS, MITTEN],
        "rain": RAIN,
        "films": [
            Clip("The bridge holds", words="It holds! It holds!"),
            Clip("The song about the snail", is_film=False),
            Clip("The first snow", is_ready=False),
        ],
        "empty_form": forms.SampleForm(),
        "wrong_form": forms.SampleForm({"email": "no address"}, auto_id="wrong_%s"),
        "tabs_here": [Link("All", "#", current=True), Link("From home", "#", count=3), Link("Goals", "#")],
        "foot_links": [Link("Accessibility", "/accessibility"), Link("Privacy", "/privacy")],
        "messages": [],
        "said": [Message(constants.SUCCESS, "Shared with 3 families."), Message(constants.ERROR, "Not sent.")],
        "site_name": "Skogsgläntan",
        "today": date(2026, 11, 17),
    }


def names() -> list[str]:
    return sorted(path.stem for path in PAGES.glob("*.html"))


def render(name: str, language: str = "en") -> str:
    """One page of the gallery as HTML, through the same engine and request context as the site's pages."""
    environment = engines["jinja2"].env
    template = environment.from_string((PAGES / f"{name}.html").read_text())
    request = RequestFactory().get("/gallery/")
    with translation.override(language):
        return template.render(context() | {"request": request, "csrf_input": Markup("")})
