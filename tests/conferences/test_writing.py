"""Fields: nobody's words are lost, each value is for whom its question says, and a home writes for itself."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from conferences.models import Agreement, FieldValue, Material
from conferences.questions import NotAnAnswer
from conferences.services import sealing, writing
from conferences.services.writing import AgreementClash, Clash
from tests.cast import TODAY
from tests.conferences.talks import begun, handed_in, key, put, shown
from tests.entries import picture, put_in, share, shared, write
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


def save(world, row, name, value, number, by="cecilia", hat=None):
    return writing.save(
        conference=row, question=key(name), value=value, number=number, by=world.viewer(by, hat), home=None
    )  # fmt: skip


def test_two_colleagues_in_one_field_lose_nobodys_words(world):
    row = begun(world, world.alma)
    save(world, row, "joy", "She sings", 0)
    with pytest.raises(Clash) as clash:
        save(world, row, "joy", "She dances", 0, by="karin")
    assert (clash.value.theirs.value, clash.value.mine) == ("She sings", "She dances")
    assert [value.value for value in row.values.all()] == ["She sings"]
    both = save(world, row, "joy", "She sings and dances", clash.value.theirs.number, by="karin")
    assert (both.number, both.written_by) == (2, world.karin)
    assert list(row.values.order_by("number").values_list("value", flat=True)) == ["She sings", "She sings and dances"]


def test_the_same_words_again_are_one_value_and_no_clash(world):
    row = begun(world, world.alma)
    one = save(world, row, "joy", "She sings", 0)
    assert save(world, row, "joy", "She sings", 0, by="karin") == one
    assert FieldValue.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "seen"),
    [("watch", "staff"), ("joy", "shown"), ("after", "sealed"), ("notes", "sealed"), ("words", "shown")],
)
def test_a_value_of_the_staff_is_for_whom_its_question_says(world, name, seen):
    assert save(world, begun(world, world.alma), name, "Words", 0).seen == seen


@pytest.mark.parametrize("name", ["at home", "words"])
def test_what_a_home_writes_is_the_homes(world, name):
    row = shown(world, world.alma)
    value = save(world, row, name, "Words", 0, by="astrid")
    assert (value.seen, value.home) == ("home", world.astrids)


@pytest.mark.parametrize("name", ["watch", "joy", "notes", "hello", "from log", "agree"])
def test_a_home_fills_in_nothing_but_its_own_part(world, name):
    row = shown(world, world.alma)
    with pytest.raises((PermissionDenied, NotAnAnswer)):
        save(world, row, name, "Words", 0, by="astrid")
    assert not row.values.filter(written_by=world.astrid).exists()


def test_the_staff_write_nothing_in_a_homes_name(world):
    row = shown(world, world.alma)
    with pytest.raises(PermissionDenied):
        save(world, row, "at home", "Words", 0)
    with pytest.raises(PermissionDenied):
        writing.save(
            conference=row, question=key("words"), value="x", number=0, by=world.viewer("cecilia"), home=world.astrids
        )  # fmt: skip


def test_a_guardian_writes_in_no_other_home(world):
    row = shown(world, world.alma)
    with pytest.raises(PermissionDenied):
        writing.save(
            conference=row, question=key("at home"), value="x", number=0, by=world.viewer("astrid"), home=world.ulfs
        )  # fmt: skip


@pytest.mark.parametrize("name", ["moa", "anders", "birger", "stranger"])
def test_whoever_reads_no_conferences_of_the_child_writes_none(world, name):
    row = shown(world, world.alma)
    with pytest.raises(PermissionDenied):
        save(world, row, "at home", "Words", 0, by=name)


def test_before_it_is_shown_a_home_has_nothing_to_fill_in(world):
    row = begun(world, world.alma)
    with pytest.raises(PermissionDenied):
        save(world, row, "at home", "Words", 0, by="astrid")


def test_two_adults_of_one_home_clash_and_two_homes_do_not(world):
    row = shown(world, world.alma)
    save(world, row, "at home", "From Astrid", 0, by="astrid")
    with pytest.raises(Clash):
        save(world, row, "at home", "From Mats", 0, by="mats")
    assert save(world, row, "at home", "From Ulf", 0, by="ulf").number == 1


def test_who_was_in_no_home_gets_one_with_the_first_words(world):
    world.astrid_alma.home_memberships.all().delete()
    row = shown(world, world.alma)
    value = save(world, row, "at home", "From Astrid", 0, by="astrid")
    assert value.home not in {world.astrids, world.ulfs}
    assert world.astrid_alma.home_memberships.get().home == value.home


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("joy", ["a list"]),
        ("joy", "x" * 8001),
        ("mood", "not an option"),
        ("plays", ["not an option"]),
        ("plays", "calm"),
        ("since", "tomorrow"),
        ("hello", "x"),
        ("from log", "x"),
        ("agree", "x"),
    ],
)
def test_what_is_no_answer_is_not_saved(world, name, value):
    row = begun(world, world.alma)
    with pytest.raises(NotAnAnswer):
        save(world, row, name, value, 0)
    assert not row.values.exists()


def test_answers_keep_the_shape_of_their_question(world):
    row = begun(world, world.alma)
    calm, lively = str(key("calm")), str(key("lively"))
    assert save(world, row, "plays", [lively, calm], 0).value == [calm, lively]
    assert save(world, row, "mood", calm, 0).value == calm
    assert save(world, row, "since", "2026-11-01", 0).value == "2026-11-01"


def test_a_question_that_is_not_the_templates_is_nobodys(world):
    row = begun(world, world.alma)
    with pytest.raises(PermissionDenied):
        writing.save(conference=row, question=uuid.uuid4(), value="x", number=0, by=world.viewer("cecilia"))


def test_an_agreement_is_written_once_and_changed_by_one_at_a_time(world):
    row, again = begun(world, world.alma), uuid.uuid4()
    given = {"who": Agreement.Who.BOTH, "by_when": TODAY}
    for _tap in range(2):
        one = writing.agree(
            conference=row, question=key("agree"), what="Read", client_key=again, by=world.viewer("cecilia"), **given
        )  # fmt: skip
    assert Agreement.objects.get() == one
    writing.change_agreement(agreement=one, what="Read aloud", revision=0, by=world.viewer("karin"), **given)
    with pytest.raises(AgreementClash) as clash:
        writing.change_agreement(agreement=one, what="Sing", revision=0, by=world.viewer("cecilia"), **given)
    assert clash.value.theirs.what == "Read aloud"
    assert Agreement.objects.get().what == "Read aloud"


def test_an_agreement_stands_at_a_question_for_agreements(world):
    row = begun(world, world.alma)
    with pytest.raises(PermissionDenied):
        writing.agree(
            conference=row, question=key("joy"), what="x", who="both", by_when=None, client_key=uuid.uuid4(),
            by=world.viewer("cecilia"),
        )  # fmt: skip


def test_a_key_of_another_conferences_agreement_opens_nothing(world):
    theirs, again = begun(world, world.bo), uuid.uuid4()
    given = {"question": key("agree"), "what": "x", "who": "both", "by_when": None, "client_key": again}
    writing.agree(conference=theirs, by=world.viewer("cecilia"), **given)
    with pytest.raises(PermissionDenied):
        writing.agree(conference=begun(world, world.alma), by=world.viewer("cecilia"), **given)


def test_how_it_goes_is_written_when_the_record_is_sealed(world):
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    one = writing.agree(
        conference=row, question=key("agree"), what="Read", who="both", by_when=None, client_key=uuid.uuid4(),
        by=cecilia,
    )  # fmt: skip
    step = {"agreement": one, "state": "done", "text": "Every evening", "client_key": uuid.uuid4()}
    with pytest.raises(PermissionDenied):
        writing.follow_up(by=cecilia, **step)
    sealing.seal(conference=row, by=cecilia)
    assert writing.follow_up(by=cecilia, **step) == writing.follow_up(by=cecilia, **step)
    with pytest.raises(PermissionDenied):
        writing.change_agreement(agreement=one, what="x", who="both", by_when=None, revision=0, by=cecilia)
    with pytest.raises(PermissionDenied):
        writing.follow_up(by=world.viewer("astrid"), **{**step, "client_key": uuid.uuid4()})


def test_only_what_stands_shared_for_the_child_is_picked(world):
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    for entry in (write(world, world.alma), shared(world, world.bo)):
        with pytest.raises(PermissionDenied):
            writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia)
    entry = shared(world, world.alma)
    one = writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia)
    assert writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia) == one
    with pytest.raises(PermissionDenied):
        writing.pick(conference=row, question=key("joy"), entry=entry, by=cecilia)


def test_a_picture_is_picked_from_its_own_entry(world):
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    mine, other = picture(world, world.alma), picture(world, world.alma)
    entry = write(world, world.alma)
    put_in(world, entry, mine)
    put_in(world, write(world, world.alma), other)
    share(world, entry)
    assert writing.pick(conference=row, question=key("from log"), entry=entry, picture=mine, by=cecilia).picture == mine
    with pytest.raises(PermissionDenied):
        writing.pick(conference=row, question=key("from log"), entry=entry, picture=other, by=cecilia)


def test_each_side_takes_out_what_it_picked_itself(world):
    row, entry = shown(world, world.alma), shared(world, world.alma)
    cecilia, astrid, ulf = world.viewer("cecilia"), world.viewer("astrid"), world.viewer("ulf", Hat.GUARDIAN)
    ours = writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia)
    theirs = writing.pick(conference=row, question=key("home log"), entry=entry, by=astrid)
    handed_in(world, row, "astrid")
    for material, by in ((ours, astrid), (theirs, cecilia), (theirs, ulf)):
        with pytest.raises(PermissionDenied):
            writing.unpick(material=material, by=by)
    writing.unpick(material=theirs, by=world.viewer("mats"))
    writing.unpick(material=ours, by=world.viewer("karin"))
    assert not Material.objects.exists()


def test_a_guardian_made_inactive_in_the_middle_writes_no_more(world):
    row = shown(world, world.alma)
    put(row, "at home", "Before", world.viewer("astrid"))
    world.astrid_alma.inactivated_at = world.at
    world.astrid_alma.save()
    with pytest.raises(PermissionDenied):
        save(world, row, "at home", "After", 1, by="astrid")
    with pytest.raises(PermissionDenied):
        handed_in(world, row, "astrid")
