"""The demo world, in its small size: what it is made of, and that it is what the product does."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from PIL import Image

from conferences.models import Offer
from curriculum.models import Goal
from learninglog import mentions, sensitive
from learninglog.models import Entry, HomeWords, Message, SecondWords, SharedVersion, Thread, TrayItem
from learninglog.pictures import shown_to_family
from learninglog.rendition import for_viewer
from learninglog.staff_feeds import drafts, not_reached, replies
from media_policy import files
from media_policy.models import Derivative, Picture
from people.models import Child, Group, GroupOpening, Guardianship, HomeMembership, Organisation, Person, Unit
from portal.demo import painter, staff
from portal.demo.building import build
from portal.demo.families import FAMILIES, QUIET, Kind
from portal.demo.painter import SCENES
from portal.demo.personas import PARTS
from portal.demo.stories import from_home, stories, talk
from portal.demo.world import is_built
from portal.office.rights import may_enter
from portal.start.groups import mine
from portal.start.staff import today
from visibility.viewer import Hat, Strength, Viewer

# The demo is a site on SQLite.
pytestmark = pytest.mark.once
AT = datetime(2026, 11, 17, 13, 40, tzinfo=UTC)
PLANTED = [text.encode() for text in (painter.MAKE, painter.MODEL, painter.SERIAL, painter.DATUM)]


def made(at: datetime = AT, seed: int = 1) -> None:
    build(at=at, seed=seed, small=True, say=lambda text: None, step=lambda what, number, of: None)


@contextmanager
def undone() -> Iterator[None]:
    """What is written in here is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told() -> list[Any]:
    """Everything that the world says and shows, in its order, without keys and ids."""
    names = dict(Child.objects.values_list("pk", "given_name"))

    def plain(text: str) -> str:
        return mentions.masked(text, names, "sv")

    found: list[Any] = []
    for entry in Entry.objects.order_by("pk").select_related("group", "created_by"):
        rows = entry.entry_children.order_by("position").prefetch_related("quotes")
        own = [(names[r.child_id], plain(r.line), r.asked, [plain(q.text) for q in r.quotes.all()]) for r in rows]
        shown = [plain(held.caption) for held in entry.entry_pictures.order_by("position")]
        goals = sorted(entry.entry_goals.values_list("goal__code", flat=True))
        found.append(
            (
                entry.group.name,
                entry.created_by.get_full_name(),
                entry.created_at,
                entry.happened_on,
                plain(entry.title),
            )
        )
        found.append((plain(entry.text), own, shown, goals, entry.versions.count(), entry.withdrawn_at))
    found += Message.objects.order_by("pk").values_list("text", "side", "sent_at")
    found += HomeWords.objects.order_by("pk").values_list("text", "readers", "written_at")
    found += Guardianship.objects.order_by("pk").values_list("kind", "begins_at", "ends_at", "activated_at")
    for picture in Picture.objects.order_by("pk"):
        thumb = picture.derivatives.get(purpose="thumb")
        found.append((_digest(thumb), sorted(names[s.child_id] for s in picture.subjects.all()), picture.taken_at))
    return found


def _digest(derivative: Derivative) -> str:
    with files.storage().open(derivative.storage_name) as file:
        return hashlib.sha256(file.read()).hexdigest()


@dataclass
class Lindby:
    """The small world; `before` is what the same seed told the first time."""

    before: list[Any]

    def person(self, slug: str) -> Person:
        return Person.objects.select_related("organisation").get(login=slug)

    def viewer(self, slug: str, hat: Hat = Hat.STAFF) -> Viewer:
        return Viewer(self.person(slug), hat, Strength.SUBSTANTIAL, AT)

    def entries(self, slug: str, hat: Hat = Hat.STAFF) -> list[Entry]:
        return list(Entry.objects.visible_to(self.viewer(slug, hat)).order_by("pk"))

    def child(self, given: str) -> Child:
        return Child.objects.get(given_name=given)

    def group(self, name: str) -> Group:
        return Group.objects.get(name=name)


@pytest.fixture(scope="module")
def lindby(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Lindby]:
    """Built twice with one seed; the second one is what the tests look at."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        from django.conf import settings

        patch.setattr(settings, "PRIVATE_MEDIA_ROOT", folder / "private")
        patch.setattr(settings, "SPOOL_ROOT", folder / "spool")
        with undone():
            made()
            before = told()
        with undone():
            made()
            yield Lindby(before)


def test_the_same_seed_tells_the_same_world(lindby: Lindby) -> None:
    assert told() == lindby.before


def test_the_world_is_lindby_with_three_preschools_and_a_school(lindby: Lindby) -> None:
    assert Organisation.objects.get().name == "Lindby kommun"
    kinds = sorted(Unit.objects.values_list("kind", flat=True))
    assert kinds == ["preschool", "preschool", "preschool", "school"]
    assert set(Group.objects.values_list("kind", flat=True)) == {"department", "club", "summer", "class"}
    assert list(GroupOpening.objects.values_list("group__name", flat=True)) == [staff.OPEN_GROUP]


def test_there_is_every_kind_of_family(lindby: Lindby) -> None:
    by_kind = {row.kind: row.given for row in FAMILIES if row.in_small}
    assert set(by_kind) == set(Kind)

    def ties(kind: Kind) -> list[Guardianship]:
        return list(Guardianship.objects.filter(child=lindby.child(by_kind[kind])).order_by("pk"))

    def homes(kind: Kind) -> int:
        running = HomeMembership.objects.running(AT).filter(guardianship__in=ties(kind))
        return running.values("home").distinct().count()

    last = {kind: ties(kind)[-1] for kind in Kind}
    assert (len(ties(Kind.JOINED)), homes(Kind.JOINED)) == (2, 1)
    assert (len(ties(Kind.TWO_HOMES)), homes(Kind.TWO_HOMES)) == (2, 2)
    assert (len(ties(Kind.ONE)), homes(Kind.ONE)) == (1, 1)
    assert homes(Kind.SEPARATED) == 2
    assert HomeMembership.objects.filter(guardianship__in=ties(Kind.SEPARATED), ends_at__lt=AT).count() == 2
    assert last[Kind.WAITING].activated_at is None
    assert last[Kind.CARER].kind == Guardianship.Kind.CARER
    assert not last[Kind.CARER].reads_conferences
    assert (last[Kind.OTHER].kind, homes(Kind.OTHER)) == (Guardianship.Kind.PARENT, 1)
    assert last[Kind.ENDED].ends_at is not None
    assert last[Kind.ENDED].ends_at < AT
    assert last[Kind.INACTIVE].inactivated_at is not None


def test_every_persona_is_there(lindby: Lindby) -> None:
    slugs = {persona.slug for part in PARTS for persona in part.personas}
    assert slugs == {
        "astrid", "anders", "birger", "cecilia", "david", "eva", "frans", "gun", "ines", "olga", "siri",
        "office", "stranger",
    }  # fmt: skip
    assert set(Person.objects.filter(login__in=slugs, is_active=True).values_list("login", flat=True)) == slugs
    assert not Person.objects.filter(is_superuser=True).exists()


def test_astrid_reads_alma_and_anders_nothing(lindby: Lindby) -> None:
    alma = lindby.child("Alma")
    seen = lindby.entries("astrid", Hat.GUARDIAN)
    assert len(seen) >= 3
    assert all(entry.publications.filter(child=alma).exists() for entry in seen)
    assert lindby.entries("anders", Hat.GUARDIAN) == []


def test_birger_reads_bo_and_no_other_name_of_the_group(lindby: Lindby) -> None:
    viewer = lindby.viewer("birger", Hat.GUARDIAN)
    shown = for_viewer(lindby.entries("birger", Hat.GUARDIAN), viewer)
    text = " ".join(f"{row.title} {row.text}" for row in shown)
    others = Child.objects.exclude(given_name="Bo").values_list("given_name", flat=True)
    assert "Bo" in text
    assert mentions.plain_names([text], [(0, name) for name in others], []) == []


def test_ines_reads_only_her_own_child_at_home(lindby: Lindby) -> None:
    elsa = lindby.child("Elsa")
    at_home = lindby.entries("ines", Hat.GUARDIAN)
    assert at_home
    assert all(entry.publications.filter(child=elsa).exists() for entry in at_home)
    at_work = {entry.pk for entry in lindby.entries("ines")}
    only_elsa = [e for e in Entry.objects.all() if set(e.entry_children.values_list("child", flat=True)) == {elsa.pk}]
    assert not at_work & {entry.pk for entry in only_elsa}


def test_cecilia_finds_a_full_day_in_granen(lindby: Lindby) -> None:
    viewer, granen = lindby.viewer("cecilia"), lindby.group("Granen")
    assert {entry.group.name for entry in lindby.entries("cecilia")} >= {"Granen", staff.CLUB}
    page = today(viewer, mine(viewer), next(group for group in mine(viewer) if group.name == "Granen"))
    assert len(page.children) == 12
    assert page.tray
    assert page.drafts
    assert {face.name for face in page.quiet} >= set(QUIET)
    assert [thread.child.given_name for thread in replies(viewer=viewer, group=granen)]
    unfinished = drafts(viewer=viewer, group=granen)
    assert sorted(entry.withdrawn_at is not None for entry in unfinished) == [False, False, False, True]
    assert "Sami" in {home.child.given_name for home in not_reached(viewer=viewer, group=granen)}


def test_david_and_the_stranger_see_nothing_under_any_hat(lindby: Lindby) -> None:
    for slug in ("david", "stranger"):
        for hat in Hat:
            assert lindby.entries(slug, hat) == []
            assert not Picture.objects.visible_to(lindby.viewer(slug, hat)).exists()
    assert Entry.objects.filter(created_by__login="david").exists()


def test_eva_reads_what_is_shared_and_no_draft(lindby: Lindby) -> None:
    seen = lindby.entries("eva")
    assert seen
    assert all(entry.first_shared_at for entry in seen)
    assert {entry.unit.name for entry in seen} == {"Skogsgläntan"}


def test_frans_sees_the_children_he_works_with(lindby: Lindby) -> None:
    named = {lindby.child(name).pk for name in staff.NAMED_BY_FRANS}
    seen = lindby.entries("frans")
    assert seen
    assert all(named & set(entry.entry_children.values_list("child", flat=True)) for entry in seen)


def test_siri_works_in_granen_until_the_pass_runs_out(lindby: Lindby) -> None:
    assert {entry.group.name for entry in lindby.entries("siri")} >= {"Granen"}
    assert [group.name for group in mine(lindby.viewer("siri"))] == ["Granen"]
    first = lindby.person("siri").passes.order_by("begins_at").first()
    assert first is not None
    evening = Viewer(lindby.person("siri"), Hat.STAFF, Strength.SUBSTANTIAL, first.ends_at)
    assert not Entry.objects.visible_to(evening).exists()


def test_gun_sees_nothing_before_there_is_a_yes(lindby: Lindby) -> None:
    assert lindby.child("Alma").placements.filter(unit__kind="school", ends_on__isnull=True).exists()
    assert lindby.entries("gun", Hat.SCHOOL) == []


def test_the_office_may_enter_the_office_and_reach_no_child(lindby: Lindby) -> None:
    assert may_enter(lindby.viewer("office", Hat.OFFICE))
    for hat in Hat:
        assert lindby.entries("office", hat) == []


def test_one_entry_is_withdrawn_and_one_shared_again(lindby: Lindby) -> None:
    withdrawn = Entry.objects.get(withdrawn_at__isnull=False)
    assert not withdrawn.publications.exists()
    again = Entry.objects.filter(current__number__gt=1)
    assert again.count() == 2
    assert all(entry.publications.exists() for entry in again)


def test_two_wrote_on_one_draft_and_no_word_is_lost(lindby: Lindby) -> None:
    second = SecondWords.objects.get()
    assert second.entry.current is None
    assert second.text != second.entry.text
    assert second.written_by != second.entry.created_by


def test_homes_talk_with_the_staff_and_some_wait(lindby: Lindby) -> None:
    assert Thread.objects.filter(waiting_since__isnull=False).exists()
    assert Message.objects.filter(side=Message.Side.STAFF).exists()
    assert HomeWords.objects.filter(child=lindby.child("Alma")).count() >= 3
    assert HomeWords.objects.filter(words_pictures__isnull=False).exists()
    assert HomeWords.objects.filter(withdrawn_at__isnull=False).count() == 1
    assert TrayItem.objects.filter(created_by__login="siri").exists()


def test_homes_have_times_of_their_own_and_some_have_booked(lindby: Lindby) -> None:
    standing = Offer.objects.filter(ended_at__isnull=True)
    booked = standing.filter(booked_at__isnull=False, time__starts_at__gt=AT).values("conference")
    assert booked
    assert standing.exclude(conference__in=booked).exists()


def test_nothing_happens_after_now(lindby: Lindby) -> None:
    for rows, column in (
        (Entry.objects.all(), "updated_at"), (SharedVersion.objects.all(), "at"), (Message.objects.all(), "sent_at"),
        (HomeWords.objects.all(), "written_at"), (Picture.objects.all(), "uploaded_at"),
        (TrayItem.objects.all(), "created_at"),
    ):  # fmt: skip
        assert rows.exists()
        assert not rows.filter(**{f"{column}__gt": AT}).exists()


def test_every_picture_is_marked_or_left_out_on_purpose(lindby: Lindby) -> None:
    marked, nobody, unmarked = (Picture.objects.filter(marking=value) for value in ("children", "nobody", "unmarked"))
    assert all(picture.subjects.exists() for picture in marked)
    assert marked.exists()
    assert nobody.exists()
    assert not any(picture.subjects.exists() for picture in [*nobody, *unmarked])
    assert unmarked.count() < Picture.objects.count() / 5
    for person in Person.objects.filter(guardianships__isnull=False).distinct().select_related("organisation"):
        viewer = Viewer(person, Hat.GUARDIAN, Strength.SUBSTANTIAL, AT)
        assert not shown_to_family(viewer).filter(picture__in=unmarked).exists()


def test_nothing_that_the_camera_wrote_is_in_a_stored_file(lindby: Lindby) -> None:
    rows = Derivative.objects.select_related("picture").order_by("pk")
    assert rows.count() == 4 * Picture.objects.count()
    for row in rows:
        with files.storage().open(row.storage_name) as file:
            data = file.read()
        assert not [text for text in PLANTED if text in data]
        with Image.open(io.BytesIO(data)) as image:
            assert not image.getexif()
            assert "xmp" not in image.info
            # Also what was held another way is upright: every picture is painted broad, save what was cut out of one.
            assert row.picture.made_from_id or image.width > image.height


def test_the_command_keeps_a_demo_that_is_there(lindby: Lindby) -> None:
    entries, out = Entry.objects.count(), io.StringIO()
    call_command("build_demo", size="small", stdout=out)
    assert "there already" in out.getvalue()
    assert Entry.objects.count() == entries


def test_the_command_refuses_where_the_demo_is_off(db: None, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("build_demo", size="small")
    assert not Organisation.objects.exists()


def test_the_command_refuses_beside_a_real_organisation(db: None) -> None:
    Organisation.objects.create(name="Sjövik", country="SE")
    with pytest.raises(CommandError, match="not the demo's"):
        call_command("build_demo", size="small")
    assert not Person.objects.exists()


def test_a_demo_that_breaks_leaves_nothing_behind(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> None:
        raise RuntimeError("no paper")

    monkeypatch.setattr("portal.demo.building.diary.plan", broken)
    with pytest.raises(RuntimeError, match="no paper"):
        call_command("build_demo", size="small", verbosity=0)
    assert not is_built()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "at",
    [datetime(2027, 7, 18, 3, 5, tzinfo=UTC), datetime(2028, 2, 29, 22, 30, tzinfo=UTC)],
    ids=["a summer Sunday before sunrise", "the night of a leap day"],
)
def test_it_can_be_built_on_any_day(db: None, at: datetime, tmp_path: Any, settings: Any) -> None:
    settings.PRIVATE_MEDIA_ROOT, settings.SPOOL_ROOT = tmp_path / "private", tmp_path / "spool"
    made(at)
    assert Entry.objects.filter(first_shared_at__isnull=False).count() >= 10
    assert not Entry.objects.filter(updated_at__gt=at).exists()
    siri = Viewer(Person.objects.get(login="siri"), Hat.STAFF, Strength.SUBSTANTIAL, at)
    assert [group.name for group in mine(siri)] == ["Granen"]


def test_the_stories_fit_the_product(db: None) -> None:
    call_command("load_frameworks", verbosity=0)
    call_command("load_sensitive_words", verbosity=0)
    codes = {
        code.partition(":")[2] for code in Goal.objects.filter(framework__country="SE").values_list("code", flat=True)
    }
    words, children = sensitive.words(), [(0, row.given) for row in FAMILIES]
    assert len({story.key for story in stories()}) == len(stories()) >= 100
    for story in stories():
        assert {*story.goals, *story.remarks} <= codes, story.key
        assert set(story.scenes) <= set(SCENES), story.key
        texts = [story.title, story.text, *story.captions, *story.quotes, *story.lines, *story.remarks.values()]
        assert not sensitive.findings(texts, words), story.key
        assert not mentions.plain_names(texts, children, story.not_names), story.key
    said = [text for row in talk() for text in row] + [row.text for row in from_home()]
    assert not sensitive.findings(said, words)


def test_there_is_something_to_tell_in_every_month() -> None:
    for month in range(1, 13):
        assert [row for row in from_home() if month in row.months]
        ordinary = [story for story in stories() if month in story.months and not story.only]
        assert len(ordinary) > 20 or month == 7
        assert month == 7 or [story for story in stories() if month in story.months and story.only == "club"]
    assert all([s for s in stories() if month in s.months and s.only == "summer"] for month in (7, 8))
