"""What would go along as of now, for a guardian: in the receiver's rendition, with what is left out beside it."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from conferences.models import Conference
from learninglog.models import Entry, HomeWords
from media_policy.models import Picture
from people.models import Child, Guardianship
from transfers import choosing, content, parts, receiving, rows, windows
from transfers.models import Handover, LeftOut, WordsAlong
from transfers.services import leaving_out
from transfers.services.leaving_out import Out
from visibility.matrix import GO_ALONG
from visibility.viewer import Viewer
from visibility.window import Window

Thing = Entry | Picture | Conference
KINDS: dict[str, Any] = {"entry": Entry, "picture": Picture, "conference": Conference}


@dataclass(frozen=True)
class Ticked:
    """Words from home of the viewer's own, and whether they go along."""

    public_id: uuid.UUID
    text: str
    day: Any
    along: bool


@dataclass(frozen=True)
class Preview:
    """`content` holds what goes and what is left out; `since` is when this guardian chose last."""

    content: parts.Content
    out: Out
    own_words: list[Ticked]
    window: Window | None
    log: bool
    conferences: bool
    since: datetime | None

    def is_new(self, at: datetime | None) -> bool:
        """Whether something stands there since this guardian chose."""
        return self.since is not None and at is not None and at > self.since

    @property
    def fresh(self) -> list[parts.Entry]:
        """The entries that are new since the choice and go along."""
        return [e for e in self.content.entries if self.is_new(e.shared_at) and e.public_id not in self.out.entries]

    @property
    def going(self) -> dict[str, int]:
        """How much would go, without what is left out."""
        entries = [one for one in self.content.entries if one.public_id not in self.out.entries]
        pictures = {p.public_id for one in entries for p in one.pictures} - self.out.pictures
        talks = [one for one in self.content.conferences if one.public_id not in self.out.conferences]
        return {"entries": len(entries), "pictures": len(pictures), "conferences": len(talks)}


def of(handover: Handover, tie: Guardianship, viewer: Viewer) -> Preview:
    """Both parts whatever was chosen, so that one can look before one says yes."""
    child, kind = handover.child, choosing.kind_of(handover)
    going = rows.in_window(handover)
    out = leaving_out.of_child(child, viewer)
    window = windows.effective(handover)
    stands_out = LeftOut.objects.filter(child=child, put_back_at__isnull=True)
    entries = Q(pk__in=going.entries.values("pk"))
    talks = Q(pk__in=going.conferences.values("pk"))
    if window is not None:
        # What is left out stands in its place, so that it can be put back.
        days = {"publications__happened_on__gte": window.starts, "publications__happened_on__lt": window.until}
        left = Entry.objects.filter(publications__child=child, **days, pk__in=stands_out.values("entry"))
        entries |= Q(pk__in=left.values("pk"))
        held = {"talks__held_on__gte": window.starts, "talks__held_on__lt": window.until}
        kept = Conference.objects.filter(child=child, sealed_at__isnull=False, **held)
        talks |= Q(pk__in=kept.filter(pk__in=stands_out.values("conference")).values("pk"))
    # A guardian looks at what they read anyway, and at nothing else.
    shown = replace(
        going,
        entries=Entry.objects.visible_to(viewer).filter(entries),
        words=HomeWords.objects.visible_to(viewer).filter(pk__in=going.words.values("pk")),
        conferences=Conference.objects.visible_to(viewer).filter(talks),
        left_out=frozenset(),
    )
    told = content.gathered(
        child, shown, at=viewer.at, first_day=handover.first_day, until=receiving.until(handover),
        highlights=receiving.highlights(handover),
    )  # fmt: skip
    log, conferences = receiving.chosen(handover, viewer.at)
    since = choosing.chosen_at(tie, kind)
    return Preview(told, out, _own_words(child, window, viewer), window, log, conferences, since)


def _own_words(child: Child, window: Window | None, viewer: Viewer) -> list[Ticked]:
    if window is None:
        return []
    mine = HomeWords.objects.visible_to(viewer, GO_ALONG).standing().filter(child=child)
    mine = mine.filter(happened_on__gte=window.starts, happened_on__lt=window.until).order_by("happened_on", "pk")
    along = set(WordsAlong.objects.filter(words__in=mine, taken_back_at__isnull=True).values_list("words", flat=True))
    return [Ticked(row.public_id, row.text, row.happened_on, row.pk in along) for row in mine]


def thing(kind: str, public_id: uuid.UUID, viewer: Viewer) -> Thing | None:
    """An entry, a picture or a conference that this guardian reads."""
    model = KINDS.get(kind)
    if model is None:
        return None
    found: Thing | None = model.objects.visible_to(viewer).filter(public_id=public_id).first()
    return found


def own_words(public_id: uuid.UUID, child: Child, viewer: Viewer) -> HomeWords | None:
    """Words from home that this guardian wrote."""
    mine = HomeWords.objects.visible_to(viewer, GO_ALONG).filter(child=child, public_id=public_id)
    found: HomeWords | None = mine.first()
    return found
