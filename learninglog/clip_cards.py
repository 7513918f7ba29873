"""What the composer and the page before sharing show of a draft's films and recordings."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ground.addresses import address
from learninglog import clips, mentions
from learninglog.models import Entry, EntryClip
from learninglog.services.drafts import labels_for
from learninglog.services.sharing import Preview
from media_policy.clips.refusal import sentence_of
from media_policy.models import Clip, ClipUpload
from people.models import Child
from visibility.viewer import Viewer


@dataclass(frozen=True)
class ClipCard:
    """`who` are public ids; `sentence` says why it was not taken in; `forbidden` names who may not be filmed."""

    public_id: uuid.UUID
    kind: str
    state: str
    progress: int
    sentence: str
    duration_ms: int
    width: int
    height: int
    caption: str
    words: str
    who: frozenset[uuid.UUID]
    nobody: bool
    forbidden: list[str] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        return self.nobody or bool(self.who)

    @property
    def is_ready(self) -> bool:
        return self.state == Clip.State.READY

    @property
    def is_film(self) -> bool:
        return self.kind != Clip.Kind.SOUND

    @property
    def href_state(self) -> str:
        return address("media_policy:clip_state", public_id=self.public_id)

    @property
    def href_play(self) -> str:
        return address("media_policy:clip", public_id=self.public_id, purpose="play")

    @property
    def href_poster(self) -> str:
        return address("media_policy:clip", public_id=self.public_id, purpose="poster")


@dataclass(frozen=True)
class Unfinished:
    """A file of this person that has arrived in part; `done` in hundredths."""

    public_id: uuid.UUID
    done: int
    megabytes: int


@dataclass(frozen=True)
class Films:
    """What the composer has of them; `limits` are told beside the field."""

    cards: list[ClipCard]
    unfinished: list[Unfinished]
    limits: str


def of(entry: Entry, viewer: Viewer) -> Films:
    """The draft's films and recordings, for one who may write on it."""
    return Films(_cards(_held(entry, viewer), entry, viewer), _unfinished(entry, viewer), limits())


def one(entry: Entry, viewer: Viewer, public_id: uuid.UUID) -> list[ClipCard]:
    """One of them, when it is in the draft and shown to the viewer."""
    return _cards(_held(entry, viewer).filter(clip__public_id=public_id), entry, viewer)


def limits() -> str:
    """How long and how heavy one may be, in words."""
    minutes, megabytes = settings.CLIP_MAX_SECONDS // 60, settings.CLIP_MAX_BYTES // (1024 * 1024)
    said = ngettext(
        "A film or a recording: at most %(num)s minute and %(megabytes)s megabytes.",
        "A film or a recording: at most %(num)s minutes and %(megabytes)s megabytes.",
        minutes,
    )
    return said % {"num": minutes, "megabytes": megabytes}


def _held(entry: Entry, viewer: Viewer) -> QuerySet[EntryClip]:
    rows = clips.shown_to_staff(viewer).filter(entry=entry)
    return rows.select_related("clip").prefetch_related("clip__subjects__child").order_by("position", "pk")


def _cards(held: Iterable[EntryClip], entry: Entry, viewer: Viewer) -> list[ClipCard]:
    rows = list(held)
    labels = labels_for(entry=entry, by=viewer) if rows else []
    everybody = {subject.child_id for row in rows for subject in row.clip.subjects.all()}
    unfilmed = clips.not_filmed(everybody, viewer.at)

    def typed(text: str) -> str:
        return mentions.to_labels(text, labels, entry.language)

    return [_card(row, typed, unfilmed) for row in rows]


def _card(row: EntryClip, typed: Callable[[str], str], unfilmed: set[int]) -> ClipCard:
    clip: Clip = row.clip
    children: list[Child] = [subject.child for subject in clip.subjects.all()]
    return ClipCard(
        public_id=clip.public_id,
        kind=clip.kind,
        state=clip.state,
        progress=clip.progress,
        sentence=sentence_of(clip.refusal) if clip.refusal else "",
        duration_ms=clip.duration_ms,
        width=clip.width,
        height=clip.height,
        caption=typed(row.caption),
        words=typed(row.words),
        who=frozenset(child.public_id for child in children),
        nobody=clip.marking == Clip.Marking.NOBODY,
        forbidden=sorted(child.given_name for child in children if child.pk in unfilmed),
    )


def _unfinished(entry: Entry, viewer: Viewer) -> list[Unfinished]:
    rows = ClipUpload.objects.visible_to(viewer).about("entry", entry.public_id).order_by("pk")
    return [
        Unfinished(row.public_id, row.received * 100 // row.size, max(1, row.size // (1024 * 1024))) for row in rows
    ]


@dataclass(frozen=True)
class Going:
    """Before sharing: those nobody may share, those that stay with the staff and why, how many each family gets."""

    forbidden: list[ClipCard]
    staying: list[tuple[ClipCard, str]]
    waiting: int
    to: dict[uuid.UUID, int]


def going(preview: Preview, viewer: Viewer) -> Going:
    """What becomes of the films and recordings, in words."""
    held = list(_held(preview.entry, viewer))
    cards = dict(zip((row.clip_id for row in held), _cards(held, preview.entry, viewer), strict=True))
    keys = dict(Child.objects.filter(pk__in=preview.clips_to).values_list("pk", "public_id"))
    return Going(
        forbidden=[card for card in cards.values() if card.forbidden],
        staying=[(cards[key], _why(cards[key])) for key in preview.staying_clips if key in cards],
        waiting=sum(1 for card in cards.values() if card.state == Clip.State.WAITING),
        to={keys[key]: number for key, number in preview.clips_to.items() if key in keys},
    )


def _why(card: ClipCard) -> str:
    if not card.marked:
        return _("Nobody has said who is in it. Until you do, only the staff have it.")
    if len(card.who) > 1:
        return _("Several children are in it: other families get it only in an open group, with a yes for everyone.")
    return _("No family of the entry may have it: somebody in it said no, or belongs to another family.")
