"""What the page shows on which a picture is cropped or covered, and what its form says."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ground.addresses import address
from ground.names import sort_names
from learninglog import mentions
from learninglog.forms import NOBODY, key_of
from learninglog.models import Entry, EntryChild, EntryPicture
from learninglog.openly import is_open, not_photographed, openly
from learninglog.pictures import shown_to_staff, whole_to_staff
from learninglog.services.composing import Marked
from learninglog.services.covering import MOST_STAND_INS, Use, Wrong
from learninglog.services.drafts import labels_for
from media_policy.covering.regions import LONGEST
from media_policy.models import Picture
from people.models import Child
from visibility.viewer import Viewer

SIDES = ("left", "top", "right", "bottom")


@dataclass(frozen=True)
class Who:
    """A child who may be said to be recognised; `note` says what the answers forbid."""

    public_id: uuid.UUID
    label: str
    checked: bool
    note: str = ""


@dataclass(frozen=True)
class StandIn:
    """One that is shown instead of the whole one, and who can be recognised on it."""

    public_id: uuid.UUID
    covered: bool
    names: list[str]
    nobody: bool
    who: list[Who] = field(default_factory=list)

    @property
    def href_thumb(self) -> str:
        return address("media_policy:picture", public_id=self.public_id, purpose="thumb")


@dataclass(frozen=True)
class CoverPage:
    """`forbidden` names those for whom the whole one has to go, `unshown` those whom other families may not see."""

    picture: Picture
    alt: str
    is_open: bool
    forbidden: list[str]
    unshown: list[str]
    who: list[Who]
    nobody: bool
    stand_ins: list[StandIn]
    form: "Form"
    child_ids: list[int] = field(default_factory=list)

    @property
    def href_full(self) -> str:
        return address("media_policy:picture", public_id=self.picture.public_id, purpose="full")

    @property
    def more_fit(self) -> bool:
        return len(self.stand_ins) < MOST_STAND_INS


@dataclass
class Form:
    """What was sent, as it was sent, so that nothing is lost; `errors` by "drawn" and "who"."""

    drawn: str = ""
    cut: dict[str, str] = field(default_factory=dict)
    said: list[str] | None = None
    client_key: uuid.UUID = field(default_factory=uuid.uuid4)
    back: str = ""
    errors: dict[str, str] = field(default_factory=lambda: {"drawn": "", "who": ""})

    @classmethod
    def of(cls, sent: QueryDict) -> "Form":
        return cls(
            drawn=str(sent.get("drawn", ""))[:LONGEST],
            cut={side: str(sent.get(f"cut_{side}", ""))[:10] for side in SIDES},
            said=sent.getlist("who"),
            client_key=key_of(str(sent.get("client_key", ""))) or uuid.uuid4(),
            back=str(sent.get("back", "")),
        )

    def plan(self) -> str:
        """What was drawn; without a script the four numbers, hundredths to cut away, are a frame."""
        return self.drawn or self._by_numbers()

    def _by_numbers(self) -> str:
        away = {side: int(text) / 100 for side, text in self.cut.items() if text.isascii() and text.isdigit()}
        if not any(away.values()):
            return ""
        left, top, right, bottom = (away.get(side, 0.0) for side in SIDES)
        frame = {"x": left, "y": top, "width": 1 - left - right, "height": 1 - top - bottom}
        return json.dumps({"crop": frame})

    def marked(self, children: Iterable[Child]) -> Marked:
        """Who can be recognised, of the children that may be chosen."""
        said = set(self.said or ())
        return Marked(frozenset(child.pk for child in children if str(child.public_id) in said), NOBODY in said)


def sentence(wrong: Wrong) -> str:
    """Why it could not be done so, for the person at the screen."""
    sentences = {
        Wrong.NOT_SAID: _("Say who can still be recognised, or nobody."),
        Wrong.HIDDEN: _("In this group a covered spot would tell that somebody else is there. Crop it instead."),
        Wrong.GOES_FIRST: _("Somebody in it may not be photographed. The whole picture cannot be kept."),
        Wrong.MANY: _("There are as many of this picture as fit. Take one away first."),
    }
    return sentences[wrong]


def use_of(text: str) -> Use | None:
    """Which of the two buttons was pressed."""
    return Use(text) if text in list(Use) else None


def whole(entry: Entry, viewer: Viewer, public_id: uuid.UUID) -> EntryPicture | None:
    """The picture's row in the entry, where the viewer is shown it."""
    rows = whole_to_staff(viewer).filter(entry=entry, picture__public_id=public_id)
    return rows.select_related("picture").prefetch_related("picture__subjects").first()


def page(entry: Entry, viewer: Viewer, held: EntryPicture, form: Form) -> CoverPage:
    """For one who may write on the entry."""
    labels = labels_for(entry=entry, by=viewer)
    marked = {subject.child_id for subject in held.picture.subjects.all()}
    here = set(EntryChild.objects.filter(entry=entry, left_out=False).values_list("child_id", flat=True))
    forbidden = not_photographed({label.child_id for label in labels} | marked, viewer.at)
    others = openly(entry.group_id, here | marked, shared_at=viewer.at, at=viewer.at)
    unshown = marked - others.shown if others.is_open and len(here) > 1 else set()
    reasons = (marked & forbidden) or unshown
    names = {label.child_id: label.text for label in labels}
    likely = marked - reasons if reasons or others.is_open or len(marked) == 1 else set()
    chips = _Chips(labels, here | marked, forbidden)
    return CoverPage(
        picture=held.picture,
        alt=mentions.to_labels(held.alt, labels, entry.language) or _("Picture"),
        is_open=is_open(entry.group_id, viewer.at),
        forbidden=sorted(names[key] for key in marked & forbidden if key in names),
        unshown=sorted(names[key] for key in unshown if key in names),
        who=chips.of(likely, form.said),
        nobody=NOBODY in form.said if form.said is not None else bool(reasons) and not likely,
        stand_ins=stand_ins(held, viewer, chips),
        form=form,
        child_ids=sorted(here | marked),
    )


class _Chips:
    """The entry's children, and whoever is marked on the picture, by name."""

    def __init__(self, labels: list[mentions.Label], keys: set[int], forbidden: frozenset[int]) -> None:
        names = {label.child_id: label.text for label in labels if label.child_id in keys}
        children = Child.objects.filter(pk__in=list(names)).order_by("pk")
        self._forbidden = forbidden
        self.children = sort_names(
            [(child.pk, child.public_id, names[child.pk]) for child in children],
            lambda child: child[2],
            get_language() or "en",
        )

    def of(self, checked: Iterable[int], said: list[str] | None = None) -> list[Who]:
        ticked = set(checked)
        return [
            Who(
                public_id,
                label,
                key in ticked if said is None else str(public_id) in said,
                _("not to be photographed") if key in self._forbidden else "",
            )
            for key, public_id, label in self.children
        ]


def stand_ins(held: EntryPicture, viewer: Viewer, chips: _Chips) -> list[StandIn]:
    """What is shown instead of a picture to those who may not see it, in the order in which they are asked."""
    rows = shown_to_staff(viewer).filter(stands_for=held).select_related("picture").order_by("pk")
    return [_stand_in(row.picture, chips) for row in rows.prefetch_related("picture__subjects")]


def _stand_in(made: Picture, chips: _Chips) -> StandIn:
    keys = {subject.child_id for subject in made.subjects.all()}
    names = [label for key, _public_id, label in chips.children if key in keys]
    nobody = made.marking == Picture.Marking.NOBODY
    return StandIn(made.public_id, made.covered, names, nobody, chips.of(keys))


def done(use: Use, *, erased: bool, shared: bool) -> str:
    """What became of it, in words."""
    if use is Use.BESIDE:
        return _("Kept beside the whole one. Families who may not see that one get this.")
    if not erased:
        return _("It has taken the whole one’s place. Families keep the whole one until you share again.")
    if shared:
        return _("The whole picture is erased, also from what is shared. Share again, and families get the new one.")
    return _("The whole picture is erased. The new one is in its place.")


def context(found: CoverPage, entry: Entry) -> dict[str, Any]:
    """What the template reads."""
    return {"page": found, "entry": entry, "form": found.form, "sides": SIDES}
