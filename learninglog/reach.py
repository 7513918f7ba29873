"""Who gets an entry, in words: the screens before sharing and of "Why?" read it here."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language

from ground.names import sort_names
from learninglog import mentions
from learninglog.composer import PictureCard, compose
from learninglog.models import Entry, EntryChild
from learninglog.services.drafts import labels_for
from learninglog.services.sharing import Preview
from people.models import Child, Guardianship, Person
from visibility.audience import Reach
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Adult:
    """`why` is the relation in words; `called` what the child calls the adult."""

    name: str
    called: str = ""
    why: str = ""


@dataclass(frozen=True)
class Family:
    child: str
    public_id: uuid.UUID
    adults: list[Adult]
    waiting: list[Adult]
    pictures: int


@dataclass(frozen=True)
class Name:
    """A plain first name in the text, and the child it may be."""

    word: str
    child: uuid.UUID


@dataclass(frozen=True)
class Forbidden:
    """A picture on which children can be recognised who may not be photographed."""

    card: PictureCard
    names: list[str]


@dataclass
class Reached:
    families: list[Family]
    staff: list[Adult]
    staying: list[PictureCard] = field(default_factory=list)
    forbidden: list[Forbidden] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    child_ids: list[int] = field(default_factory=list)


def described(preview: Preview, viewer: Viewer) -> Reached:
    """The preview with names, for one who may share the entry."""
    labels = {label.child_id: label.text for label in labels_for(entry=preview.entry, by=viewer)}
    on_entry = EntryChild.objects.filter(entry=preview.entry, left_out=False)
    children = {row.pk: row for row in Child.objects.filter(pk__in=on_entry.values("child"))}
    cards = compose(preview.entry, viewer).pictures
    staying = set(_public_ids(preview))
    ties = _ties(children, viewer)
    reached = {(reach.child_id, reach.person_id) for reach in preview.reaches if reach.relation is GUARDIAN}
    families = [
        Family(
            labels.get(key, child.given_name),
            child.public_id,
            [_adult(tie) for tie in ties if tie.child_id == key and (key, tie.person_id) in reached],
            [_adult(tie) for tie in ties if tie.child_id == key and tie.pk in preview.not_activated],
            preview.pictures_to.get(key, 0),
        )
        for key, child in children.items()
    ]
    return Reached(
        families=sort_names(families, lambda family: family.child, get_language() or "en"),
        staff=staff_of(preview.reaches),
        staying=[card for card in cards if card.public_id in staying],
        forbidden=_forbidden(preview, cards, labels),
        names=_names(preview.plain_names),
        tokens=_tokens(preview.reaches),
        child_ids=list(children),
    )


def _public_ids(preview: Preview) -> list[uuid.UUID]:
    rows = preview.entry.entry_pictures.filter(picture__in=preview.staying_pictures)
    return list(rows.order_by("pk").values_list("picture__public_id", flat=True))


def _forbidden(preview: Preview, cards: list[PictureCard], labels: dict[int, str]) -> list[Forbidden]:
    rows = preview.entry.entry_pictures.filter(picture__in=preview.not_photographed).order_by("pk")
    keys = {public_id: pk for pk, public_id in rows.values_list("picture_id", "picture__public_id")}
    found = [(card, preview.not_photographed[keys[card.public_id]]) for card in cards if card.public_id in keys]
    return [Forbidden(card, [labels[key] for key in children if key in labels]) for card, children in found]


def _ties(children: dict[int, Child], viewer: Viewer) -> list[Guardianship]:
    rows = Guardianship.objects.running(viewer.at).filter(child__in=children)
    return list(rows.select_related("person").order_by("kind", "person__given_name", "pk"))


def _adult(tie: Guardianship) -> Adult:
    return Adult(tie.person.get_full_name(), tie.label or str(tie.get_kind_display()))


def staff_of(reaches: Iterable[Reach]) -> list[Adult]:
    """Everyone of the staff once, by name, with every relation that lets them in."""
    why: dict[int, dict[str, None]] = {}
    for reach in reaches:
        if reach.relation.hat == "staff":
            why.setdefault(reach.person_id, {})[str(reach.relation.label)] = None
    people = Person.objects.filter(pk__in=why).order_by("pk")
    adults = [Adult(person.get_full_name(), why=", ".join(why[person.pk])) for person in people]
    return sort_names(adults, lambda adult: adult.name, get_language() or "en")


def _names(plain: list[mentions.PlainName]) -> list[Name]:
    keys = dict(Child.objects.filter(pk__in=[name.child_id for name in plain]).values_list("pk", "public_id"))
    return [Name(name.word, keys[name.child_id]) for name in plain]


def _tokens(reaches: Iterable[Reach]) -> list[str]:
    """Pairs of public ids, child and adult, that the form brings back: to say later who was added or is gone."""
    pairs = [(reach.child_id, reach.person_id) for reach in reaches if reach.relation is GUARDIAN and reach.child_id]
    children = dict(Child.objects.filter(pk__in=[pair[0] for pair in pairs]).values_list("pk", "public_id"))
    people = dict(Person.objects.filter(pk__in=[pair[1] for pair in pairs]).values_list("pk", "public_id"))
    return sorted(f"{children[child]}:{people[person]}" for child, person in set(pairs) if child)


@dataclass(frozen=True)
class Difference:
    """Since it was confirmed: who came, who is gone (by name), and whether it was the entry itself."""

    added: list[str]
    removed: int
    saved: bool


def difference(*, before: list[str], now: Reached, revision: str, entry: Entry) -> Difference:
    """What changed between the list that was confirmed and the one of this moment."""
    new = set(now.tokens) - set(before)
    people = {token.partition(":")[2] for token in new}
    rows = Person.objects.filter(public_id__in=people).order_by("given_name", "pk")
    added = [person.get_full_name() for person in rows]
    return Difference(added, len(set(before) - set(now.tokens)), revision != str(entry.revision))
