"""What an address of a staff log asks for. Anything that makes no sense asks for nothing."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from learninglog.forms import key_of
from learninglog.staff_feeds import Wanted
from people.models import Child

HOME = "home"


@dataclass(frozen=True)
class Asked:
    path: str
    text: str = ""
    goal: uuid.UUID | None = None
    area: uuid.UUID | None = None
    child: uuid.UUID | None = None
    from_home: bool = False
    before: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        given = request.GET
        return cls(
            request.path,
            given.get("q", "").strip()[:200],
            key_of(given.get("goal", "")),
            key_of(given.get("area", "")),
            key_of(given.get("child", "")),
            given.get("show", "") == HOME,
            given.get("before", ""),
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.goal or self.area or self.child)

    def wanted(self, children: Iterable[Child], child: Child | None = None) -> Wanted:
        """The same for the feed; only a child of this list can be asked for."""
        named = next((one for one in children if one.public_id == self.child), None)
        return Wanted(self.text, self.goal, self.area, child or named)

    def href(self, **other: object) -> str:
        """The address that asks for this, with some of it asked otherwise, from the newest on."""
        asked = replace(self, **{"before": "", **other})  # type: ignore[arg-type]
        named = {"q": asked.text, "goal": asked.goal, "area": asked.area, "child": asked.child, "before": asked.before}
        named["show"] = HOME if asked.from_home else ""
        query = urlencode({name: str(value) for name, value in named.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def older(self, cursor: str | None) -> str:
        return self.href(before=cursor) if cursor else ""
