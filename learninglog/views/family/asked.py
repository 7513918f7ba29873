"""What an address of a log asks for. Anything that makes no sense asks for nothing."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from learninglog import goals
from learninglog.feeds import Wanted

NEW, HOME = "new", "home"


@dataclass(frozen=True)
class Asked:
    child: uuid.UUID
    text: str = ""
    goal: uuid.UUID | None = None
    area: uuid.UUID | None = None
    show: str = ""
    before: str = ""
    month: str = ""

    @classmethod
    def of(cls, request: HttpRequest, child: uuid.UUID) -> "Asked":
        given = request.GET
        show = given.get("show", "")
        return cls(
            child,
            given.get("q", "").strip()[:200],
            _key(given.get("goal", "")),
            _key(given.get("area", "")),
            show if show in (NEW, HOME) else "",
            given.get("before", ""),
            given.get("month", ""),
        )

    @property
    def anything(self) -> bool:
        """Whether less than the whole log is asked for."""
        return bool(self.text or self.goal or self.area or self.show)

    def wanted(self, since: datetime) -> Wanted:
        """The same for the feed."""
        return Wanted(
            goals.chosen(goal=self.goal, area=self.area),
            self.show == HOME,
            self.text,
            since if self.show == NEW else None,
        )

    def href(self, **other: str) -> str:
        """The address that asks for this, with some of it asked otherwise."""
        asked = replace(self, **{"before": "", "month": "", **other})  # type: ignore[arg-type]
        named = {"q": asked.text, "goal": asked.goal, "area": asked.area, "show": asked.show}
        named |= {"before": asked.before, "month": asked.month}
        query = urlencode({name: str(value) for name, value in named.items() if value})
        return reverse("family:log", kwargs={"child": self.child}) + (f"?{query}" if query else "")


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
