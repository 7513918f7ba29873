"""What each reader gets: the staff the working copy, a home versions and its own part, and never another home's."""

import uuid

import pytest

from conferences import reading
from conferences.models import Conference
from conferences.services import sealing, showing, writing
from learninglog import services
from people.services import separate_home
from tests.cast import NOW
from tests.conferences.talks import begun, handed_in, key, put, said, shown
from tests.entries import picture, put_in, share, shared, write
from tests.visibility.conference_rows import agreed
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db

SECRET = "Something that only the staff know"


def at_home(world, row, name="astrid"):
    return reading.for_home(Conference.objects.get(pk=row.pk), world.viewer(name, Hat.GUARDIAN))


def at_work(world, row, name="cecilia"):
    return reading.for_staff(Conference.objects.get(pk=row.pk), world.viewer(name))


def everything(page):
    """All that a page holds, as one text; whatever is on it is in here."""
    return repr((page.sections, page.talks, [row.text for row in page.addenda], page.carried_over))


def test_before_it_is_shown_a_home_gets_nothing_of_it(world):
    row = begun(world, world.alma)
    put(row, "joy", "She sings", world.viewer("cecilia"))
    assert at_home(world, row).sections == []
    assert said(at_work(world, row), "joy").value == "She sings"


@pytest.mark.parametrize("sealed", [False, True])
def test_what_is_only_for_the_staff_never_leaves_whatever_step_it_is_at(world, sealed):
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    put(row, "watch", SECRET, cecilia)
    showing.show(conference=row, by=cecilia)
    if sealed:
        sealing.seal(conference=row, by=cecilia)
    for name in ("astrid", "mats", "ulf"):
        page = at_home(world, row, name)
        assert said(page, "watch") is None
        assert SECRET not in everything(page)
        assert "watch" not in everything(page)
    assert said(at_work(world, row), "watch").value == SECRET


def test_what_is_for_after_the_talk_comes_with_the_seal(world):
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    for name in ("after", "notes"):
        put(row, name, SECRET, cecilia)
    showing.show(conference=row, by=cecilia)
    page = at_home(world, row)
    assert said(page, "after") is None
    assert said(page, "notes").value is None
    assert SECRET not in everything(page)
    sealing.seal(conference=row, by=cecilia)
    assert [said(at_home(world, row), name).value for name in ("after", "notes")] == [SECRET, SECRET]


def test_what_is_written_on_stays_at_work_until_it_is_shown_again(world):
    row = shown(world, world.alma)
    put(row, "joy", "She dances", world.viewer("cecilia"))
    assert said(at_home(world, row), "joy").value == "She sings"
    showing.show(conference=row, by=world.viewer("cecilia"))
    assert said(at_home(world, row), "joy").value == "She dances"


def test_two_homes_never_read_each_others_part_at_any_step(world):
    row, cecilia = shown(world, world.alma), world.viewer("cecilia")
    entry = shared(world, world.alma, title="Ulf chose this")
    for name in ("at home", "words"):
        put(row, name, f"{name} of Ulf's", world.viewer("ulf"))
    writing.pick(conference=row, question=key("home log"), entry=entry, by=world.viewer("ulf"))
    handed_in(world, row, "ulf")
    writing.note_talk(
        conference=row, home=world.ulfs, held_on=NOW.date(), took_part="Ulf alone", interpreter="", by=cecilia
    )  # fmt: skip

    def apart():
        for name in ("astrid", "mats"):
            page = at_home(world, row, name)
            assert "Ulf" not in everything(page)
            assert page.talks == []
            assert said(page, "home log").materials == []
        assert said(at_home(world, row, "ulf"), "at home").value == "at home of Ulf's"
        assert len(at_home(world, row, "ulf").talks) == 1

    apart()
    showing.show(conference=row, by=cecilia)
    apart()
    sealing.seal(conference=row, by=cecilia)
    apart()


def test_one_home_writes_together(world):
    row = shown(world, world.alma)
    put(row, "at home", "We like stories", world.viewer("astrid"))
    field = said(at_home(world, row, "mats"), "at home")
    assert (field.value, field.number, field.by, field.editable) == ("We like stories", 1, "Astrid", True)


def test_the_staff_read_a_home_once_it_has_handed_in_and_not_what_it_wrote_before(world):
    row = shown(world, world.alma)
    put(row, "at home", "Written in anger", world.viewer("astrid"))
    put(row, "at home", "She sleeps badly", world.viewer("astrid"))
    assert said(at_work(world, row), "at home").from_homes == []
    handed_in(world, row, "astrid")
    (part,) = said(at_work(world, row), "at home").from_homes
    assert (part.home, part.value, part.by) == (world.astrids, "She sleeps badly", "Astrid")
    assert "anger" not in everything(at_work(world, row))
    put(row, "at home", "Better now", world.viewer("mats"))
    (part,) = said(at_work(world, row), "at home").from_homes
    assert part.value == "Better now"


def test_the_childs_words_stand_in_both_places(world):
    row = begun(world, world.alma)
    put(row, "words", "I like mud", world.viewer("cecilia"))
    showing.show(conference=row, by=world.viewer("cecilia"))
    put(row, "words", "I like snow", world.viewer("astrid"))
    field = said(at_home(world, row), "words")
    assert (field.value, field.told.value) == ("I like snow", "I like mud")
    assert said(at_home(world, row, "ulf"), "words").value is None
    assert said(at_work(world, row), "words").value == "I like mud"


def test_who_may_write_where_stands_on_the_page(world):
    row = shown(world, world.alma)
    work, home = at_work(world, row), at_home(world, row)
    writes = {name for name in ("watch", "joy", "words", "notes", "at home", "hello") if said(work, name).editable}
    assert writes == {"watch", "joy", "words", "notes"}
    fills_in = {name for name in ("joy", "words", "notes", "at home", "hello") if said(home, name).editable}
    assert fills_in == {"words", "at home"}
    assert not any(field.editable for part in at_work(world, row, "eva").sections for field in part.fields)
    sealing.seal(conference=row, by=world.viewer("cecilia"))
    for page in (at_work(world, row), at_home(world, row)):
        assert not any(field.editable for part in page.sections for field in part.fields)


def test_words_are_in_the_readers_language_or_say_which_they_are_in(world):
    row = shown(world, world.alma)
    page = reading.for_home(Conference.objects.get(pk=row.pk), world.viewer("astrid"), language="en")
    assert tuple(said(page, "joy").label) == ("Asked: joy", "en")
    assert page.sections[0].title.language == "sv"


def test_a_withdrawn_entry_is_a_line_and_nothing_else(world):
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    entry = shared(world, world.alma, title="Leaves", quotes={world.alma: ["I found it"]})
    writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia)
    showing.show(conference=row, by=cecilia)
    for page in (at_home(world, row), at_work(world, row)):
        (one,) = said(page, "from log").materials
        assert (one.removed, one.title, one.quotes) == (False, "Leaves", ["I found it"])
    services.withdraw_entry(entry=entry, by=cecilia)
    for page in (at_home(world, row), at_work(world, row)):
        (one,) = said(page, "from log").materials
        assert (one.removed, one.title, one.quotes, one.shown) == (True, "", [], None)
        assert "Leaves" not in everything(page)


def test_an_entry_about_more_children_is_alone_alma_s_also_on_the_staffs_page(world):
    """What is picked is turned to the family on a screen: no name and no words of another child stand there."""
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    entry = write(
        world, world.alma, world.bo, text="@Alma and @Bo built.",
        quotes={world.alma: ["Mine!"], world.bo: ["A secret of the other"]}, lines={world.bo: "For that home alone"},
    )  # fmt: skip
    both = picture(world, world.alma, world.bo)
    put_in(world, entry, both)
    share(world, entry)
    writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia)
    showing.show(conference=row, by=cecilia)
    for page in (at_home(world, row), at_work(world, row)):
        (one,) = said(page, "from log").materials
        assert one.quotes == ["Mine!"]
        assert one.pictures == []
        for told in ("Bo", "secret", "For that home"):
            assert told not in repr(one.shown)


def test_one_picture_is_picked_and_gone_when_this_home_gets_it_no_more(world):
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    entry, mine, other = write(world, world.alma), picture(world, world.alma), picture(world, world.alma)
    put_in(world, entry, mine, other)
    share(world, entry)
    writing.pick(conference=row, question=key("from log"), entry=entry, picture=mine, by=cecilia)
    showing.show(conference=row, by=cecilia)
    (one,) = said(at_home(world, row), "from log").materials
    assert [view.public_id for view in one.pictures] == [mine.public_id]
    mine.subjects.create(child=world.bo)
    (one,) = said(at_home(world, row), "from log").materials
    assert one.removed


def test_who_does_not_read_the_log_is_not_told_that_anything_was_taken_away(world):
    tie = world.make.guardian(
        world.make.person("nils", "Nils", "Extra"), world.alma, "carer", reads_log=False, home=world.astrids
    )  # fmt: skip
    world.nils = tie.person
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    entry = shared(world, world.alma, title="Leaves")
    writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia)
    showing.show(conference=row, by=cecilia)
    page = reading.for_home(Conference.objects.get(pk=row.pk), _viewer(world, "nils"))
    (one,) = said(page, "from log").materials
    assert (one.removed, one.closed, one.title) == (False, True, "")


def _viewer(world, name):
    return world.viewer(name, Hat.GUARDIAN)


def test_agreements_come_with_the_seal_and_over_to_the_next_conference(world):
    row, cecilia = shown(world, world.alma), world.viewer("cecilia")
    one = agreed(world, row, world.at)
    assert at_home(world, row).agreements == []
    assert [row.what for row in at_work(world, row).agreements] == ["We read together."]
    sealing.seal(conference=row, by=cecilia)
    entry = shared(world, world.alma)
    writing.follow_up(
        agreement=one, state="done", text="Every day", client_key=uuid.uuid4(), by=cecilia, entry=entry
    )  # fmt: skip
    for name in ("astrid", "ulf"):
        (told,) = at_home(world, row, name).agreements
        assert (told.what, told.follow_ups[0].text, told.follow_ups[0].entry) == (
            "We read together.", "Every day", entry.public_id,
        )  # fmt: skip
    after = begun(world, world.alma, at=world.at.replace(hour=15))
    assert [row.what for row in at_work(world, after).carried_over] == ["We read together."]


def test_an_addition_stands_on_both_sides(world):
    row, cecilia = shown(world, world.alma), world.viewer("cecilia")
    sealing.seal(conference=row, by=cecilia)
    sealing.add(conference=row, text="She dances now", by=cecilia)
    for page in (at_home(world, row, "ulf"), at_work(world, row)):
        assert [one.text for one in page.addenda] == ["She dances now"]


def test_a_home_that_parts_takes_nothing_over_and_loses_nothing(world):
    row = shown(world, world.alma)
    put(row, "at home", "Written by both", world.viewer("astrid"))
    separate_home(guardianship=world.astrid_alma, at=world.at, by=world.astrid)
    field = said(at_home(world, row), "at home")
    assert (field.value, field.number, field.editable) == (None, 0, True)
    assert [then.value for then in field.earlier] == ["Written by both"]
    assert said(at_home(world, row, "ulf"), "at home").earlier == []
