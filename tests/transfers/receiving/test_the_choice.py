"""Nothing goes without a yes: who has to say it, who can stop it, what each guardian keeps back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from access.readings import lines
from access.signing.hats import hats_of
from learninglog.models import Entry, HomeWords
from learninglog.services.words import write_words
from media_policy.models import Clip, Picture
from media_policy.questions import Way
from people.models import Duty, Group, GroupMembership, Guardianship, QuestionSetting
from tests.cast import NOW, TODAY
from tests.entries import film, picture, put_film, put_in, share, write
from tests.transfers.receiving.conftest import A_YEAR_BEFORE, AUTUMN, FIRST_DAY, noon
from transfers import choice, media, reading, receiving
from transfers.models import Handover, LeftOut
from transfers.services import hiding, highlights, leaving_out
from visibility.models import ReadingLine
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
SCHOOL = choice.Question.SCHOOL_LOG


def is_yes(question, child):
    """Both spellings at once."""
    rows = type(child).objects.filter(choice.says_yes(question, NOW, child=""), pk=child.pk)
    by_rows = child.pk in choice.chosen([child.pk], question, NOW)
    assert rows.exists() == by_rows
    return by_rows


def test_gun_teaches_the_class_and_without_a_yes_has_nothing(move):
    entry = move.entry()
    move.follow()
    assert move.seen() == move.seen(model=Handover) == set()
    assert reading.open_for(move.cast.viewer("gun")) == []
    move.says(SCHOOL)
    move.follow()
    assert move.seen() == {entry}
    assert len(reading.open_for(move.cast.viewer("gun"))) == 1


def test_another_child_and_another_class_stay_out_of_it(open_log):
    mine, both = open_log.entry(), open_log.entry(open_log.cast.alma, open_log.cast.bo)
    open_log.entry(open_log.cast.bo)
    assert open_log.seen() == {mine, both}
    assert open_log.seen("cecilia") >= {mine}
    assert open_log.seen("stranger") == open_log.seen("office") == set()


@pytest.mark.parametrize("value", ["no", "withdrawn"])
def test_a_no_ends_it_at_once(open_log, value):
    open_log.entry()
    open_log.says(SCHOOL, value)
    assert open_log.seen() == open_log.seen(model=Handover) == set()


def test_the_no_of_one_who_is_not_active_wins_too(open_log):
    open_log.entry()
    open_log.says(SCHOOL, "no", tie=open_log.cast.anders_alma)
    assert open_log.seen() == set()
    Guardianship.objects.filter(pk=open_log.cast.anders_alma.pk).update(ends_at=NOW)
    assert len(open_log.seen()) == 1


@pytest.mark.parametrize("was_active", [False, True])
def test_that_no_stops_a_package_as_well(open_log, was_active):
    (handover,) = Handover.objects.all()
    assert is_yes(SCHOOL, open_log.cast.alma)
    if was_active:
        days = {"activated_at": NOW - timedelta(days=9), "inactivated_at": NOW - timedelta(days=1)}
        Guardianship.objects.filter(pk=open_log.cast.anders_alma.pk).update(**days)
    open_log.says(SCHOOL, "no", tie=open_log.cast.anders_alma, at=NOW - timedelta(days=2))
    assert not is_yes(SCHOOL, open_log.cast.alma)
    assert not receiving.may_receive(handover, NOW)


def test_every_active_legal_guardian_has_to_say_it(open_log):
    alma = open_log.cast.alma
    assert is_yes(SCHOOL, alma)
    Guardianship.objects.filter(pk=open_log.cast.anders_alma.pk).update(activated_at=NOW - timedelta(days=1))
    assert not is_yes(SCHOOL, alma)
    setting = {"organisation": open_log.cast.organisation, "question": SCHOOL, "at": NOW}
    QuestionSetting.objects.create(basis="consent", silence_is_yes=True, **setting)
    assert is_yes(SCHOOL, alma)
    open_log.says(SCHOOL, "no", tie=open_log.cast.anders_alma)
    assert not is_yes(SCHOOL, alma)


def test_without_an_active_legal_guardian_it_is_no_yes_on_any_ground(open_log):
    alma = open_log.cast.alma
    for question in choice.Question.values:
        open_log.says(question)
        setting = {"organisation": open_log.cast.organisation, "question": question, "at": NOW}
        objected = question in choice.MAY_BE_OBJECTED
        ground = {"basis": "objection"} if objected else {"basis": "consent", "silence_is_yes": True}
        QuestionSetting.objects.create(**ground, **setting)
        assert is_yes(question, alma)
    Guardianship.objects.filter(pk=open_log.cast.astrid_alma.pk).update(inactivated_at=NOW)
    assert not any(is_yes(question, alma) for question in choice.Question.values)


def test_only_between_preschools_can_a_no_be_what_it_takes(move):
    tyra = move.cast.tyra
    for question in choice.MAY_BE_OBJECTED:
        setting = {"organisation": move.cast.organisation, "question": question, "at": NOW}
        QuestionSetting.objects.create(basis="objection", **setting)
    allowed = {question for question in choice.Question.values if is_yes(question, tyra)}
    assert allowed == {"preschool_log", "preschool_conferences"}
    of_school = choice.standing([tyra.pk], SCHOOL, NOW)[tyra.pk]
    of_school.way = Way("objection")
    assert not choice.is_yes(SCHOOL, of_school), "whatever anybody has set, a school needs the yes"
    move.says("preschool_log", "no", tie=move.cast.tora_tyra)
    assert not is_yes("preschool_log", tyra)


def test_a_yes_to_the_log_is_none_to_the_conferences_and_the_other_way_round(open_log):
    viewer = open_log.cast.viewer("gun")
    (only_log,) = reading.open_for(viewer)
    assert (only_log.log, only_log.conferences) == (True, False)
    open_log.says(SCHOOL, "no")
    open_log.says("school_conferences")
    open_log.entry()
    assert open_log.seen() == set()
    (only_talks,) = reading.open_for(open_log.cast.viewer("gun"))
    assert (only_talks.log, only_talks.conferences) == (False, True)


def test_what_one_guardian_leaves_out_only_that_one_puts_back(open_log):
    cast = open_log.cast
    ulf = cast.make.person("ulf", "Ulf")
    cast.ulf, cast.HATS = ulf, cast.HATS | {"ulf": Hat.GUARDIAN}
    tie = cast.make.guardian(ulf, cast.alma)
    open_log.says(SCHOOL, tie=tie)
    entry = open_log.entry()
    what = {"child": cast.alma, "thing": entry}
    leaving_out.leave_out(**what, by=cast.viewer("astrid", strength=Strength.LOW))
    leaving_out.leave_out(**what, by=cast.viewer("astrid"))
    leaving_out.leave_out(**what, by=cast.viewer("ulf"))
    assert open_log.seen() == set()
    assert not leaving_out.put_back(**what, by=cast.viewer("astrid"))
    assert open_log.seen() == set()
    with pytest.raises(PermissionDenied):
        leaving_out.put_back(**what, by=cast.viewer("ulf", strength=Strength.LOW))
    assert leaving_out.put_back(**what, by=cast.viewer("ulf"))
    assert open_log.seen() == {entry}


def test_nobody_else_leaves_out_and_nothing_of_another_child(open_log):
    cast, entry = open_log.cast, open_log.entry()
    for name in ("anders", "birger", "cecilia", "eva", "gun"):
        with pytest.raises(PermissionDenied):
            leaving_out.leave_out(child=cast.alma, thing=entry, by=cast.viewer(name))
    with pytest.raises(PermissionDenied):
        leaving_out.leave_out(child=cast.alma, thing=open_log.entry(cast.bo), by=cast.viewer("astrid"))


def test_pictures_and_films_go_with_the_child_alone(open_log):
    cast = open_log.cast
    entry = write(cast, cast.alma, cast.bo, at=noon(AUTUMN), happened_on=AUTUMN)
    alone, both, later = picture(cast, cast.alma), picture(cast, cast.alma, cast.bo), picture(cast, cast.alma)
    mine, others = film(cast, cast.alma), film(cast, cast.bo)
    put_film(cast, put_in(cast, entry, alone, both), mine, others)
    share(cast, entry, at=noon(AUTUMN))
    put_in(cast, entry, later)
    assert open_log.seen(model=Picture) == {alone}
    assert open_log.seen(model=Clip) == {mine}
    leaving_out.leave_out(child=cast.alma, thing=alone, by=cast.viewer("astrid"))
    assert open_log.seen(model=Picture) == set()


def test_with_a_left_out_picture_stays_what_is_shown_instead_of_it(open_log):
    cast, gun = open_log.cast, open_log.cast.viewer("gun")
    entry = write(cast, cast.alma, cast.bo, at=noon(AUTUMN), happened_on=AUTUMN)
    whole, part = picture(cast, cast.alma, cast.bo), picture(cast, cast.alma)
    held = put_in(cast, entry, whole, part).entry_pictures
    held.filter(picture=part).update(stands_for=held.get(picture=whole))
    share(cast, entry, at=noon(AUTUMN))
    assert open_log.seen(model=Picture) == {part}
    assert media.shows_picture(gun, part.pk)
    LeftOut.objects.create(child=cast.alma, guardianship=cast.astrid_alma, at=NOW, picture=whole)
    assert open_log.seen(model=Picture) == set()
    assert not media.shows_picture(gun, part.pk)


def test_two_children_of_one_class_bring_no_picture_of_each_other(open_log):
    cast = open_log.cast
    cast.make.place(cast.bo, cast.form_f, starts=FIRST_DAY)
    open_log.says(SCHOOL, tie=cast.birger_bo)
    open_log.follow(child=cast.bo)
    entry = write(cast, cast.alma, cast.bo, at=noon(AUTUMN), happened_on=AUTUMN)
    both = picture(cast, cast.alma, cast.bo)
    share(cast, put_in(cast, entry, both), at=noon(AUTUMN))
    assert open_log.seen() == {entry}
    assert open_log.seen(model=Picture) == set()


def test_words_from_home_go_where_their_writer_ticks_them(open_log):
    cast, by = open_log.cast, open_log.cast.viewer("astrid", at=noon(AUTUMN))
    words = write_words(child=cast.alma, by=by, text="A tooth", happened_on=AUTUMN, readers="home", client_key=NOW_KEY)
    assert open_log.seen(model=HomeWords) == set()
    with pytest.raises(PermissionDenied):
        leaving_out.let_go_along(words=words, on=True, by=cast.viewer("cecilia"))
    leaving_out.let_go_along(words=words, on=True, by=cast.viewer("astrid"))
    assert open_log.seen(model=HomeWords) == {words}
    leaving_out.let_go_along(words=words, on=False, by=cast.viewer("astrid"))
    assert open_log.seen(model=HomeWords) == set()


NOW_KEY = "0f0c6f52-9f0f-4f9e-8a53-6f6a3a2b7c11"


def test_the_head_reads_only_while_there_is_no_class(open_log):
    cast = open_log.cast
    cast.hanna, cast.HATS = cast.make.person("hanna", "Hanna"), cast.HATS | {"hanna": Hat.SCHOOL}
    cast.make.duty(cast.hanna, Duty.Role.HEAD, cast.school)
    entry = open_log.entry()
    assert open_log.seen("hanna") == set()
    GroupMembership.objects.filter(child=cast.alma, group=cast.form_f).delete()
    assert open_log.seen("hanna") == {entry}
    assert open_log.seen("gun") == set()


def test_a_next_preschool_reads_by_its_own_question(move):
    cast = move.cast
    cast.lena, cast.HATS = cast.make.person("lena", "Lena"), cast.HATS | {"lena": Hat.SCHOOL}
    cast.make.duty(cast.lena, Duty.Role.PEDAGOGUE, cast.other_unit, cast.klovern)
    cast.make.place(cast.bo, cast.klovern, starts=TODAY)
    entry = move.entry(cast.bo)
    move.says(SCHOOL, tie=cast.birger_bo)
    move.follow(child=cast.bo)
    assert move.seen("lena") == set()
    move.says("preschool_log", tie=cast.birger_bo)
    move.follow(child=cast.bo)
    assert move.seen("lena") == {entry}
    assert move.seen("gun") == set()
    cast.make.guardian(cast.lena, cast.bo, Guardianship.Kind.CARER, active=False)
    assert move.seen("lena") == set(), "an own child is never a receiver's"


def test_a_blocked_child_is_nobodys(open_log):
    open_log.entry()
    type(open_log.cast.alma).objects.filter(pk=open_log.cast.alma.pk).update(blocked_at=NOW)
    assert open_log.seen() == open_log.seen(model=Handover) == set()


def test_ten_entries_of_the_window_are_picked_and_no_other(open_log):
    cast, entry, early = open_log.cast, open_log.entry(), open_log.entry(on=A_YEAR_BEFORE - timedelta(days=1))
    (handover,) = Handover.objects.all()
    by = cast.viewer("astrid")
    assert set(highlights.to_pick_from(handover, by)) == {entry}
    highlights.pick(handover=handover, entries=[entry.public_id], by=by)
    with pytest.raises(highlights.NotPossible):
        highlights.pick(handover=handover, entries=[early.public_id], by=by)
    many = [open_log.entry().public_id for _ in range(11)]
    with pytest.raises(highlights.NotPossible):
        highlights.pick(handover=handover, entries=many, by=by)
    assert highlights.of_handover(handover) == [entry.public_id]
    assert [one.public_id for one in reading.first_page(cast.viewer("gun"), handover.public_id).picked] == [
        entry.public_id
    ]


def test_the_school_s_pages_hold_the_child_s_rendition_and_are_recorded(open_log):
    cast = open_log.cast
    entry = open_log.entry(cast.alma, cast.bo)
    (handover,) = Handover.objects.all()
    gun = cast.viewer("gun")
    page = reading.log(gun, handover.public_id)
    assert [one.public_id for one in page.entries] == [entry.public_id]
    assert "Bo" not in repr(page)
    assert reading.conferences(gun, handover.public_id).conferences == []
    lines = ReadingLine.objects.filter(person=cast.gun, children__child=cast.alma).order_by("pk")
    assert [line.what for line in lines] == ["transferred log", "transferred conferences"]
    assert set(lines.values_list("children__child", flat=True)) == {cast.alma.pk}
    assert reading.log(cast.viewer("stranger"), handover.public_id) is None
    assert reading.first_page(cast.viewer("cecilia", Hat.SCHOOL), handover.public_id) is None


def test_the_log_goes_on_page_by_page(open_log):
    days = [AUTUMN - timedelta(days=n) for n in range(5)]
    entries = [open_log.entry(on=day).public_id for day in days]
    (handover,) = Handover.objects.all()
    first = reading.log(open_log.cast.viewer("gun"), handover.public_id, size=3)
    assert [one.public_id for one in first.entries] == entries[:3]
    rest = reading.log(open_log.cast.viewer("gun"), handover.public_id, size=3, cursor=first.next_cursor)
    assert [one.public_id for one in rest.entries] == entries[3:]
    assert rest.next_cursor is None


@translation.override("en")
def test_where_the_child_goes_can_be_hidden_from_one_guardian(open_log):
    cast = open_log.cast
    (handover,) = Handover.objects.all()
    astrid, anders = cast.viewer("astrid"), cast.viewer("anders")
    assert hiding.receiver(handover, astrid) == "Björkskolan"
    assert hiding.receiver(handover, anders) == "a receiving school", "names are for active guardians"
    with pytest.raises(PermissionDenied):
        hiding.hide(handover=handover, guardianship=cast.astrid_alma, by=cast.viewer("cecilia"))
    hiding.hide(handover=handover, guardianship=cast.astrid_alma, by=cast.viewer("eva"))
    assert hiding.receiver(handover, astrid) == "a receiving school"
    assert hiding.hidden_units(cast.astrid, cast.alma.pk) == {cast.school.pk}
    assert hiding.receiver(handover, cast.viewer("eva")) == "Björkskolan"
    hiding.show(handover=handover, guardianship=cast.astrid_alma, by=cast.viewer("eva"))
    assert hiding.receiver(handover, astrid) == "Björkskolan"


def test_a_class_of_another_school_reads_nothing(open_log):
    cast = open_log.cast
    open_log.entry()
    away = type(cast.school).objects.create(organisation=cast.organisation, name="Ekskolan", kind="school")
    form = Group.objects.create(unit=away, name="F", kind="class")
    cast.nils, cast.HATS = cast.make.person("nils", "Nils"), cast.HATS | {"nils": Hat.SCHOOL}
    cast.make.duty(cast.nils, Duty.Role.PEDAGOGUE, away, form)
    GroupMembership.objects.create(child=cast.alma, group=form, starts_on=FIRST_DAY)
    assert open_log.seen("nils") == set()
    assert Entry.objects.filter(publications__child=cast.alma).count() == 1


def test_at_a_next_preschool_one_wears_the_receiver_s_hat_while_it_may_read(move):
    cast = move.cast
    lena = cast.make.person("lena", "Lena")
    cast.make.duty(lena, Duty.Role.PEDAGOGUE, cast.other_unit, cast.klovern)
    cast.make.place(cast.bo, cast.klovern, starts=TODAY)
    assert hats_of(lena, NOW) == [Hat.STAFF]
    move.says("preschool_log", tie=cast.birger_bo)
    move.follow(child=cast.bo)
    assert hats_of(lena, NOW) == [Hat.STAFF, Hat.SCHOOL]
    assert hats_of(cast.cecilia, NOW) == [Hat.STAFF]
    assert hats_of(lena, NOW + timedelta(days=90)) == [Hat.STAFF]


@translation.override("en")
def test_the_reading_log_does_not_tell_where_the_child_goes_either(open_log):
    cast = open_log.cast
    (handover,) = Handover.objects.all()
    reading.first_page(cast.viewer("gun"), handover.public_id)

    def named(name):
        viewer = cast.viewer(name)
        rows = lines.of_head if name == "eva" else lines.of_family
        return {one.who for one in lines.listed(cast.alma, rows(cast.alma, viewer), viewer, "").items}

    assert named("astrid") == {"Gun Wik"}
    hiding.hide(handover=handover, guardianship=cast.astrid_alma, by=cast.viewer("eva"))
    assert named("astrid") == {"a receiving school"}
    assert named("eva") == {"Gun Wik"}
