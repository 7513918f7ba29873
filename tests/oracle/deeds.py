"""Each step of a plan, done: facts through the models, writing through the services, each with its own moment."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from learninglog import services
from learninglog.models import Entry, EntryChild, HomeWordsPicture, Thread, TrayItem, TrayPicture
from learninglog.services import composing, threads, words
from learninglog.services.drafts import ChildInput, EntryInput, WouldShutOut, labels_for, may_start
from media_policy import services as media
from media_policy.models import Picture
from people import models as people
from tests.oracle import at_answers, at_conferences, at_coverage, at_covers, at_families, at_films, at_plans
from tests.oracle.transfer_deeds import DEEDS as OF_TRANSFERS
from visibility.viewer import Hat, Strength, Viewer

if TYPE_CHECKING:
    from tests.oracle.worlds import World

REFUSALS = (
    PermissionDenied,
    IntegrityError,
    ValueError,
    IndexError,
    ZeroDivisionError,
    KeyError,
    services.NotReady,
    WouldShutOut,
    threads.Empty,
    words.NoPreschool,
)


def do(world: "World", step: tuple[Any, ...]) -> bool:
    """Carry one step out; False when it is refused or makes no sense in this world."""
    name, *rest = step
    try:
        with transaction.atomic():
            return DEEDS[name](world, *rest) is not False
    except REFUSALS:
        return False


def viewer(world: "World", person: Any, hat: Hat, at: Any) -> Viewer:
    row = people.Person.objects.select_related("organisation").get(pk=person.pk)
    return Viewer(person=row, hat=hat, strength=Strength.SUBSTANTIAL, at=at)


def at_work(world: "World", first: int, at: Any, attempt: Any) -> Any:
    """Do it as the first person who may, beginning with the one the plan names."""
    for offset in range(len(world.people)):
        by = viewer(world, world.people[(first + offset) % len(world.people)], Hat.STAFF, at)
        try:
            with transaction.atomic():
                return attempt(by)
        except PermissionDenied:
            continue
    raise PermissionDenied


def organisation(world: "World", zone: str, tail: int) -> None:
    from tests.oracle import worlds

    world.organisation = people.Organisation.objects.create(
        name="Lindby", country="SE", time_zone=zone, finishing_tail_days=tail
    )
    kinds = ("preschool", "preschool", "school")
    world.units = [
        people.Unit.objects.create(organisation=world.organisation, name=f"Unit {n}", kind=kind)
        for n, kind in enumerate(kinds)
    ]
    world.groups = [
        people.Group.objects.create(unit=world.units[unit], name=f"Group {n}") for n, unit in enumerate((0, 0, 1, 2))
    ]
    world.children = [
        people.Child.objects.create(organisation=world.organisation, given_name=name) for name in worlds.NAMES
    ]
    world.people = [
        people.Person.objects.create_user(login=f"p{n}", given_name=f"Person{n}", organisation=world.organisation)
        for n in range(worlds.PEOPLE)
    ]


def place(world: "World", child: int, group: int, start: int, end: int | None) -> None:
    days = {"starts_on": world.day(start), "ends_on": world.day(end)}
    row, where = world.children[child], world.groups[group]
    people.Placement.objects.create(child=row, unit=where.unit, **days)
    people.GroupMembership.objects.create(child=row, group=where, **days)


def member(world: "World", child: int, group: int, start: int, end: int | None) -> None:
    people.GroupMembership.objects.create(
        child=world.children[child], group=world.groups[group], starts_on=world.day(start), ends_on=world.day(end)
    )


def duty(world: "World", person: int, unit: int, role: str, start: int, end: int | None, assigned: Any) -> None:
    row = people.Duty.objects.create(
        person=world.people[person], organisation=world.organisation, unit=world.units[unit], role=role,
        starts_on=world.day(start), ends_on=world.day(end),
    )  # fmt: skip
    for group, begins, ends in assigned:
        people.GroupAssignment.objects.create(
            duty=row, group=world.groups[group], starts_on=world.day(begins), ends_on=world.day(ends)
        )
    world.duties.append(row)


def leave(world: "World", number: int, start: int, end: int | None) -> None:
    row = world.duties[number]
    people.DutyLeave.objects.create(duty=row, starts_on=world.day(start), ends_on=world.day(end))


def named(world: "World", number: int, child: int, start: int, end: int | None) -> None:
    people.NamedChild.objects.create(
        duty=world.duties[number], child=world.children[child], starts_on=world.day(start), ends_on=world.day(end)
    )


def give_pass(world: "World", person: int, group: int, begins: int, ends: int) -> None:
    people.Pass.objects.create(
        person=world.people[person], group=world.groups[group], given_by=world.people[0],
        begins_at=world.moment(0, begins), ends_at=world.moment(0, ends),
    )  # fmt: skip


def guardian(
    world: "World", person: int, child: int, kind: str, start: int, end: int | None, active: int | None,
    inactive: int | None, log: bool,
) -> None:  # fmt: skip
    tie = people.Guardianship.objects.create(
        person=world.people[person], child=world.children[child], kind=kind, begins_at=world.moment(start),
        ends_at=world.moment(end), activated_at=world.moment(active), inactivated_at=world.moment(inactive),
        reads_log=log or kind == "legal", reads_conferences=kind == "legal",
    )  # fmt: skip
    home = people.Home.objects.create(child=tie.child)
    people.HomeMembership.objects.create(home=home, guardianship=tie, begins_at=tie.begins_at)


def join(world: "World", child: int, offset: int) -> None:
    """All guardians of a child into one new home, as two who both ask are."""
    at = world.moment(offset)
    running = people.HomeMembership.objects.running(at).filter(
        guardianship__child=world.children[child], begins_at__lt=at
    )
    ties = list(running.order_by("pk").values_list("guardianship_id", flat=True))
    running.update(ends_at=at)
    home = people.Home.objects.create(child=world.children[child])
    for tie in ties:
        people.HomeMembership.objects.create(home=home, guardianship_id=tie, begins_at=at)


def separate(world: "World", child: int, offset: int) -> None:
    """Each guardian into a new home of their own."""
    at = world.moment(offset)
    running = people.HomeMembership.objects.running(at).filter(
        guardianship__child=world.children[child], begins_at__lt=at
    )
    ties = list(running.order_by("pk").values_list("guardianship_id", flat=True))
    running.update(ends_at=at)
    for tie in ties:
        home = people.Home.objects.create(child=world.children[child])
        people.HomeMembership.objects.create(home=home, guardianship_id=tie, begins_at=at)


def open_group(world: "World", group: int, opened: int, closed: int | None) -> None:
    people.GroupOpening.objects.create(
        group=world.groups[group], opened_at=world.moment(opened), closed_at=world.moment(closed)
    )


def _form(
    world: "World", entry: Entry, by: Viewer, number: int, children: Any, asked: Any, mentioned: Any, edition: int = 0
) -> EntryInput:  # fmt: skip
    """Every private word is its own, so that it can be recognised wherever it turns up.

    Only children whom the writer may mention are mentioned: another name stays the plain word that was typed.
    """
    known = {label.child_id for label in labels_for(entry=entry, by=by)}
    names = [f"@{world.children[key].given_name}" for key in mentioned if world.children[key].pk in known]
    also = f"and {names[-1]} laughed" if names else "and laughed"
    own = {
        world.children[key].pk: ChildInput(
            line=f"line{number}of{key}ed{edition}", asked=word, quotes=[f"quote{number}of{key}", also]
        )
        for key, word in zip(children, asked, strict=True)
    }
    return EntryInput(
        title=f"title{number}", text=f"text{number}ed{edition} {', '.join(names)} dug.", children=own,
        happened_on=world.day(-1 - number * 11 % 70), goals=at_coverage.of_entry(number, edition),
    )  # fmt: skip


def _begun(world: "World", group: Any, by: Viewer, children: Any) -> Any:
    """In a group one works in; else about the first of the children, by whoever may write about that one."""
    alone = bool(children) and not may_start(group=group, by=by)
    return services.start_entry(group=group, by=by, about=world.children[children[0]] if alone else None)


def write(
    world: "World", number: int, person: int, at: int, group: int, children: Any, asked: Any, mentioned: Any
) -> None:

    def attempt(by: Viewer) -> Entry:
        entry = _begun(world, world.groups[group], by, children)
        data = _form(world, entry, by, number, children, asked, mentioned)
        return services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)[0]

    world.entries[number] = at_work(world, person, world.moment(at), attempt)


def picture(world: "World", number: int, marking: str, subjects: Any) -> None:
    entry = world.entries[number]
    row = _picture(world, marking, subjects, entry.created_by, entry.unit)
    at_work(world, 0, entry.updated_at, lambda by: services.add_picture(entry=entry, picture=row, by=by))


def _picture(world: "World", marking: str, subjects: Any, by: Any, unit: Any) -> Picture:
    row = Picture.objects.create(
        organisation=world.organisation, unit=unit, uploaded_by=by, uploaded_at=world.moment(0),
        client_key=uuid.uuid4(), width=16, height=12,
    )  # fmt: skip
    for purpose in ("master", "full", "card", "thumb"):
        row.derivatives.create(
            purpose=purpose, etag=uuid.uuid4().hex, storage_name=uuid.uuid4().hex, content_type="image/webp",
            byte_size=1, width=16, height=12,
        )  # fmt: skip
    if marking != "unmarked":
        marked = [world.children[key] for key in subjects] if marking == "marked" else []
        mark_by = Viewer(person=by, hat=Hat.STAFF, strength=Strength.LOW, at=row.uploaded_at)
        media.mark(picture=row, children=marked, nobody=marking == "nobody", by=mark_by)
    return row


def _entry(world: "World", number: int) -> Any:
    return Entry.objects.get(pk=world.entries[number].pk)


def share(world: "World", number: int, at: int) -> None:
    entry = _entry(world, number)
    at_work(world, 0, world.moment(at, 1), lambda by: services.share_entry(entry=entry, by=by))


def withdraw(world: "World", number: int, at: int) -> None:
    entry = _entry(world, number)
    at_work(world, 0, world.moment(at), lambda by: services.withdraw_entry(entry=entry, by=by))


def discard(world: "World", number: int, at: int) -> None:
    entry = _entry(world, number)
    at_work(world, 0, world.moment(at), lambda by: services.discard_entry(entry=entry, by=by))


def _children_of(entry: Any) -> list[Any]:
    rows = EntryChild.objects.filter(entry=entry, left_out=False).select_related("child").order_by("position", "pk")
    if not rows:
        raise KeyError
    return [row.child for row in rows]


def edit(world: "World", number: int, at: int, choice: int, *, drop: bool = False) -> None:
    """Write it anew, with all its children or without one of them."""
    entry = _entry(world, number)
    about = _children_of(entry)
    kept = [child for place, child in enumerate(about) if not drop or place != choice % len(about)]
    keys = [world.children.index(child) for child in kept]

    def attempt(by: Viewer) -> Any:
        data = _form(world, entry, by, number, keys, [""] * len(keys), keys[:2], edition=choice + 1)
        return services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)

    at_work(world, 0, world.moment(at), attempt)


def take_off(world: "World", number: int, at: int, choice: int) -> None:
    edit(world, number, at, choice, drop=True)


def leave_out(world: "World", number: int, at: int, choice: int) -> None:
    entry = _entry(world, number)
    about = _children_of(entry)
    child = about[choice % len(about)]
    at_work(world, 0, world.moment(at), lambda by: services.leave_out(entry=entry, child=child, by=by))


def mark_again(world: "World", number: int, at: int, choice: int, marking: str, subjects: Any) -> None:
    """Say anew who is in one of its pictures, as the page before sharing does; it stands shared as it was, or not."""
    entry = _entry(world, number)
    held = list(entry.entry_pictures.select_related("picture").order_by("pk"))
    row = held[choice % len(held)].picture
    keys = frozenset(world.children[key].pk for key in subjects) if marking == "marked" else frozenset()
    said = composing.Marked(keys, marking == "nobody")
    at_work(
        world, 0, world.moment(at),
        lambda by: composing.mark_picture(entry=entry, by=by, picture=row.public_id, marked=said),
    )  # fmt: skip


def picture_gone(world: "World", number: int, at: int) -> None:
    held = _entry(world, number).entry_pictures.order_by("pk").first()
    if held is None:
        raise KeyError
    media.erase_picture(picture=held.picture, by_reason="removed", at=world.moment(at))


def thread(world: "World", number: int, child: int, answered: bool) -> None:
    entry, row = _entry(world, number), world.children[child]
    at = entry.current.at if entry.current else world.moment(0)
    said = _as_guardian(
        world, row, at,
        lambda by: threads.write(entry=entry, child=row, by=by, text="Thank you", client_key=uuid.uuid4()),
    )  # fmt: skip
    if answered:
        held = Thread.objects.get(pk=said.thread_id)
        at_work(world, 0, at, lambda by: threads.reply(thread=held, by=by, text="Yes", client_key=uuid.uuid4()))


def _as_guardian(world: "World", child: Any, at: Any, attempt: Any) -> Any:
    ties = people.Guardianship.objects.active(at).filter(child=child, reads_log=True).order_by("-pk")
    tie = ties.select_related("person").first()
    if tie is None:
        raise PermissionDenied
    return attempt(viewer(world, tie.person, Hat.GUARDIAN, at))


def write_words(world: "World", child: int, at: int, readers: str, shown: bool) -> None:
    row, moment = world.children[child], world.moment(at)

    def attempt(by: Viewer) -> Any:
        if shown:
            home = words.writing_home(by, row)
            words.show_to_other_homes(home=home, on=True, by=by)
        return words.write_words(
            child=row, by=by, text=f"fox{child}words", happened_on=world.day(-1), readers=readers,
            client_key=uuid.uuid4(),
        )  # fmt: skip

    said = _as_guardian(world, row, moment, attempt)
    held = _picture(world, "marked", [child], said.written_by, said.unit)
    HomeWordsPicture.objects.create(words=said, picture=held)


def tray(world: "World", group: int, used: bool, subjects: Any) -> None:
    where = world.groups[group]
    item = TrayItem.objects.create(
        unit=where.unit, group=where, created_by=world.people[group], created_at=world.moment(-1), text="leaves",
        used_in=next(iter(world.entries.values()), None) if used else None,
    )  # fmt: skip
    for marking in ("unmarked", "marked"):
        TrayPicture.objects.create(
            item=item, picture=_picture(world, marking, subjects, world.people[group], where.unit)
        )


def end(world: "World", what: str, number: int, offset: int) -> None:
    """Something that ran ends; what would end before it began is refused."""
    models = {
        "membership": people.GroupMembership,
        "placement": people.Placement,
        "assignment": people.GroupAssignment,
        "duty": people.Duty,
    }
    rows: Any = models[what]._default_manager.order_by("pk")
    row = rows[number % rows.count()]
    row.ends_on = world.day(offset)
    row.save()


def inactivate(world: "World", number: int, offset: int) -> None:
    rows = people.Guardianship.objects.filter(activated_at__isnull=False).order_by("pk")
    row = rows[number % rows.count()]
    row.inactivated_at = max(row.activated_at, world.moment(offset) or row.activated_at)
    row.save()


def block(world: "World", child: int) -> None:
    people.Child.objects.filter(pk=world.children[child].pk).update(blocked_at=world.moment(0) - timedelta(days=1))


def become_guardian(world: "World", person: int, child: int, active: bool) -> None:
    """Somebody at work becomes, or was, a guardian of a child of the group."""
    guardian(world, person, child, "parent", -1, None if active else 0, -1 if active else None, None, True)


DEEDS: dict[str, Any] = {
    "organisation": organisation, "place": place, "member": member, "duty": duty, "leave": leave, "named": named,
    "pass": give_pass, "guardian": guardian, "join": join, "separate": separate, "open group": open_group,
    "write": write, "picture": picture, "share": share, "withdraw": withdraw, "discard": discard, "edit": edit,
    "take off": take_off, "leave out": leave_out, "picture gone": picture_gone, "mark again": mark_again,
    "thread": thread, "words": write_words, "tray": tray, "end": end, "inactivate": inactivate, "block": block,
    "become guardian": become_guardian, **at_families.DEEDS, **at_answers.DEEDS, **at_films.DEEDS,
    **at_plans.DEEDS, **at_covers.DEEDS, **at_conferences.DEEDS, **OF_TRANSFERS,
}  # fmt: skip
