"""Who has access in Lindby and how it came about: terms, consents, words of families, reviews, a tablet's PINs."""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from access.families import consents, envelopes, words
from access.families.words import Wish
from access.models import Device, Review, Wording, WordingKind
from access.readings import services as readings
from access.reviews import services as reviews
from access.team import devices, pins
from access.terms import services as terms
from people.models import Duty, Group, Guardianship, Person
from portal.demo import staff
from portal.demo.lindby import World
from portal.demo.terms import texts
from visibility import readinglog
from visibility.models import ReadingChild
from visibility.viewer import Hat, Strength, Viewer

# Told on the demo's own page: everybody who works at Skogsgläntan has chosen the same.
PIN = "7294"
HEAD, MOTHER = "Eva Holm", "Astrid Berg"
NOT_SHOWN_THE_RULES = "Yvonne Krantz"
LONG_AWAY = "Torbjörn Ask"
DECLINES = "Yusuf Haddad"
RIGHT = "Stämmer."


def arrange(world: World) -> None:
    """Everything around access, in the order in which it came about."""
    _signed_in(world)
    _terms(world)
    for (given, name), tie in sorted(world.ties.items()):
        if tie.kind != Guardianship.Kind.LEGAL:
            _consented(world, given, name, tie)
    _waiting(world)
    _read(world)
    _pins(world)
    _reviewed(world)


def _signed_in(world: World) -> None:
    """When everybody was here last, and who has been shown the rules."""
    for number, (name, person) in enumerate(world.people.items()):
        days = 83 if name == LONG_AWAY else number % 6
        person.last_login = world.dates.now - timedelta(days=days, minutes=17 * number % 600)
    Person.objects.bulk_update(world.people.values(), ["last_login"])
    for duty in Duty.objects.filter(unit__isnull=False).exclude(person=world.people.get(NOT_SHOWN_THE_RULES)):
        duty.shown_rules_on = duty.starts_on
        duty.save(update_fields=["shown_rules_on"])


def _terms(world: World) -> None:
    """The office has published both texts in three languages; every guardian but one has accepted the first."""
    published = world.dates.at(world.dates.opened, 9)
    for text in texts():
        row = Wording.objects.create(
            kind=text.kind, language=text.language, title=text.title, body=text.body, live=False
        )  # fmt: skip
        # Frozen first, under the day that is told of: publishing finds that copy.
        terms.freeze(wording=row, at=published)
        row.save_revision(user=world.people["Olle Kansli"]).publish()
    for tie in Guardianship.objects.filter(activated_at__isnull=False).select_related("person").order_by("begins_at"):
        wording = terms.current(WordingKind.TERMS, tie.person.language)
        if wording is not None and not tie.person.terms_answers.exists():
            at = min(max(tie.begins_at, published) + timedelta(hours=30), world.dates.now)
            no = tie.person.get_full_name() == DECLINES
            terms.answer(person=tie.person, wording=wording, accepted=not no, at=at)


def _consented(world: World, given: str, name: str, tie: Guardianship) -> None:
    """The legal guardians' yes to another adult, each under their own hat."""
    at = tie.begins_at
    head = world.viewer(world.head_of(world.groups[world.families[given].group].unit).get_full_name(), at)
    consents.ask(guardianship=tie, by=head)
    for row in consents.open_rows(tie).values():
        by = world.viewer(row.legal.person.get_full_name(), at, Hat.GUARDIAN)
        consents.answer(consent=row, yes=True, by=by, reads_conferences=tie.reads_conferences)


def _waiting(world: World) -> None:
    """What lies on the head's table: a grandmother whom Alma's mother wants in, and why Sami has one guardian."""
    dates = world.dates
    alma = world.children["Alma"]
    mother, head = world.ties["Alma", MOTHER], world.viewer(HEAD, dates.at(dates.ago(3), 14))
    wish = Wish("Margareta Berg", Guardianship.Kind.CARER, "mormor")
    words.tell(guardianship=mother, wishes=[wish], by=world.viewer(MOTHER, dates.at(dates.ago(4), 20), Hat.GUARDIAN))
    carer = envelopes.note_adult(
        child=alma, kind=wish.kind, given_name="Margareta", family_name="Berg", national_id="", label=wish.label,
        phone="070-174 06 99", by=head,
    )  # fmt: skip
    consents.ask(guardianship=carer, by=head)
    envelopes.note_one_guardian(
        child=world.children["Sami"], why="Päivi har ensam vårdnad. Domen visad 12 augusti.",
        by=world.viewer(HEAD, dates.at(dates.ago(90), 10)),
    )  # fmt: skip
    inactive = world.ties["Amina", "Abdi Warsame"]
    Guardianship.objects.filter(pk=inactive.pk).update(inactivated_at=None)
    envelopes.make_inactive(
        guardianship=inactive, reason="Beslut från tingsrätten, visat av Hodan.", remind_on=dates.ago(-20),
        by=world.viewer(HEAD, inactive.inactivated_at or dates.now),
    )  # fmt: skip


def _read(world: World) -> None:
    """Some readings by the staff of late, and what Alma's mother asked about one of them."""
    dates, alma = world.dates, world.children["Alma"]
    for name, days, hour in (("Frans Nyman", 12, 9), ("Cecilia Sund", 6, 13), (HEAD, 5, 15), ("Frans Nyman", 2, 10)):
        by = world.viewer(name, dates.at(dates.ago(days), hour))
        readinglog.record(viewer=by, what="log", about=alma.public_id, child_ids=[alma.pk])
    lines = ReadingChild.objects.filter(child=alma, line__person=world.people["Frans Nyman"]).order_by("at", "pk")
    asked = [
        readings.ask(row=row, text=text, by=world.viewer(MOTHER, row.at + timedelta(hours=9), Hat.GUARDIAN))
        for row, text in zip(
            lines, ("Vem är Frans, och varför läste han?", "Hur länge arbetar Frans med Alma?"), strict=True
        )
    ]
    readings.answer(
        question=asked[0], by=world.viewer(HEAD, asked[0].asked_at + timedelta(hours=14)),
        text="Frans är specialpedagog hos oss. Han är med i Almas grupp på måndagar, som vi kom överens om i höstas.",
    )  # fmt: skip


def _pins(world: World) -> None:
    """Everybody at Skogsgläntan can say who they are on a shared tablet."""
    people = {job.name for job in staff.JOBS if job.unit == "Skogsgläntan" and job.ended is None and not job.on_leave}
    for name in [*sorted(people), staff.SUBSTITUTE[0]]:
        pins.choose(
            person=world.people[name], pin=PIN, at=world.dates.at(world.dates.ago(30), 8), by=world.people[name]
        )


def _reviewed(world: World) -> None:
    """Last month is signed but for one preschool; this month is open everywhere."""
    first = world.dates.today.replace(day=1)
    last = (first - timedelta(days=1)).replace(day=1)
    reviews.open_due(at=world.dates.at(last, 5))
    for head, unit in ((HEAD, "Skogsgläntan"), ("Ulla Forsberg", "Ängen"), ("Staffan Bure", "Björkskolan")):
        review = Review.objects.filter(unit=world.units[unit], month=last).first()
        if review is not None:
            _sign(world, review, head, world.dates.at(last + timedelta(days=3), 11))
    reviews.open_due(at=world.dates.at(first, 5))


def _sign(world: World, review: Review, head: str, at: datetime) -> None:
    by = world.viewer(head, at)
    for point in reviews.open_points(review, at):
        reviews.see(review=review, key=point.key, note=RIGHT, by=by)
    reviews.sign(review=review, remark="", by=by)


def tablet(*, at: datetime) -> tuple[Device, str] | None:
    """A shared tablet of Skogsgläntan, paired by the head at this moment, and the key that its browser keeps."""
    head = Person.objects.select_related("organisation").get(login="eva")
    group = Group.objects.select_related("unit__organisation").get(name="Granen", unit__name="Skogsgläntan")
    waiting, key = devices.show_code(at=at)
    by = Viewer(head, Hat.STAFF, Strength.SUBSTANTIAL, at)
    with translation.override(head.language):
        name = _("The demo’s tablet")
    paired = devices.pair(code=waiting.code, unit=group.unit, group=group, name=name, by=by)
    return (paired, key) if paired else None
