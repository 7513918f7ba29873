"""Cropped and covered pictures of the demo: a covered one in the open group, and where members are hidden a crop for
each family."""

from datetime import timedelta

from learninglog import services
from learninglog.models import Entry
from learninglog.services.composing import Marked
from learninglog.services.covering import Use, cover
from learninglog.services.drafts import ChildInput, EntryInput
from media_policy import answers
from media_policy.covering.regions import Frame, Plan, Shape, Spot
from media_policy.questions import Question
from media_policy.services import keep, mark
from people.models import Child, Group, Unit
from portal.demo import darkroom, staff
from portal.demo.lindby import World
from portal.demo.painter import Shot
from portal.demo.writing import Writer
from visibility.viewer import Hat, Strength, Viewer

# Two children of the scene called "reading": where their heads are, and where one child ends and the other begins.
HEADS = (Frame(0.34, 0.46, 0.145, 0.185), Frame(0.515, 0.46, 0.145, 0.185))
HALVES = (Frame(0.1, 0, 0.4, 1), Frame(0.5, 0, 0.4, 1))
OPENLY = ("Läshörnan", "Två läste för varandra i soffan. Vi andra lyssnade.")
HIDDEN = ("Boken om igelkotten", "Två läste om igelkotten och räknade taggarna.")


def cover_some(writer: Writer) -> None:
    """Written after the answers, so that they are what the pictures go by."""
    world = writer.world
    group = world.groups[staff.OPEN_GROUP]
    children = _children(world, group)
    shown = answers.allowed(Question.OTHER_FAMILIES, [child.pk for child in children], world.dates.now, group=group.pk)
    photographed = answers.allowed(Question.PHOTOGRAPH, [child.pk for child in children], world.dates.now)
    seen = [child for child in children if child.pk in shown & photographed]
    unseen = [child for child in children if child.pk in photographed - shown]
    if len(seen) > 1 and unseen:
        pair, spot = (seen[0], unseen[0]), Plan((Spot(Shape.OVAL, HEADS[1]),))
        _share(writer, group, OPENLY, [*pair, seen[1]], pair, [(spot, [seen[0]])])
    for other in world.groups.values():
        here = _children(world, other)
        if other != group and other.unit.kind == Unit.Kind.PRESCHOOL and len(here) > 1:
            pair = (here[0], here[1])
            crops = [(Plan(frame=half), [child]) for half, child in zip(HALVES, pair, strict=True)]
            _share(writer, other, HIDDEN, here[:2], pair, crops)
            return


def _children(world: World, group: Group) -> list[Child]:
    here = Child.objects.in_group(group, world.dates.today).unblocked().order_by("pk")
    return list(here)


def _share(
    writer: Writer, group: Group, words: tuple[str, str], about: list[Child], pair: tuple[Child, Child],
    made: list[tuple[Plan, list[Child]]],
) -> None:  # fmt: skip
    world = writer.world
    wrote = Entry.objects.filter(group=group).order_by("-pk").select_related("created_by").first()
    if wrote is None:
        return
    by = Viewer(wrote.created_by, Hat.STAFF, Strength.SUBSTANTIAL, world.dates.now - timedelta(minutes=20))
    entry = services.start_entry(group=group, by=by, client_key=writer.key())
    order = [world.children[name].pk for name in writer.order]
    shot = Shot("reading", 11, by.at, tuple(order.index(child.pk) for child in pair))
    picture = keep(darkroom.develop(shot, world.dates.zone), by=by, unit=group.unit, client_key=writer.key())
    mark(picture=picture, children=pair, nobody=False, by=by)
    services.add_picture(entry=entry, picture=picture, by=by)
    data = EntryInput(
        title=words[0], text=words[1], happened_on=world.dates.today,
        children={child.pk: ChildInput() for child in about},
    )  # fmt: skip
    entry, _taken = services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)
    for plan, left in made:
        marked = Marked(frozenset(child.pk for child in left))
        cover(
            entry=entry, by=by, picture=picture.public_id, plan=plan, marked=marked, use=Use.BESIDE,
            client_key=writer.key(),
        )  # fmt: skip
    entry.refresh_from_db()
    services.share_entry(entry=entry, by=by)
