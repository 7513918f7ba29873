"""Logs, drafts, replies and homes not reached, as the staff find them."""

import uuid
from datetime import timedelta

import pytest

from curriculum.models import Area, Framework, Goal
from learninglog.models import Visit
from learninglog.services import threads, withdraw_entry
from people.models import Guardianship
from tests.cast import NOW, TODAY
from tests.entries import shared, write
from tests.learninglog.staff.conftest import href
from visibility.models import ReadingLine

pytestmark = pytest.mark.django_db


def log(client, cast, **asked):
    return client.get(href("group_log", group=cast.granen), asked).content.decode()


def test_the_log_has_what_was_shared_and_what_was_withdrawn_but_no_draft(cast, at):
    shared(cast, cast.alma, title="Shared one")
    gone = shared(cast, cast.alma, title="Taken back")
    withdraw_entry(entry=gone, by=cast.viewer("cecilia"))
    write(cast, cast.alma, title="Only begun")
    page = log(at("cecilia"), cast)
    assert "Shared one" in page
    assert "Taken back" in page
    assert "Withdrawn" in page
    assert "Only begun" not in page


def test_it_goes_on_from_page_to_page_without_losing_or_repeating(cast, at):
    for number in range(25):
        shared(cast, cast.bo, title=f"Entry number {number:02}.", happened_on=TODAY - timedelta(days=number))
    client = at("cecilia")
    first = log(client, cast)
    assert first.count('class="entry"') == 20
    older = first.split('class="older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(older).content.decode()
    assert second.count('class="entry"') == 5
    assert all((f"number {n:02}." in first) != (f"number {n:02}." in second) for n in range(25))


def test_search_folds_swedish_letters_and_finds_children_by_name(cast, at):
    shared(cast, cast.bo, title="ÄLGEN I SKOGEN")
    shared(cast, cast.tyra, title="Other", text="@Tyra built")
    client = at("cecilia")
    assert "ÄLGEN" in log(client, cast, q="älg")
    assert "ÄLGEN" not in log(client, cast, q="tyra")
    assert "Other" in log(client, cast, q="tyra")
    assert "Nothing like that here" in log(client, cast, q="zebra")


def test_filters_narrow_by_goal_area_and_child(cast, at):
    framework = Framework.objects.create(
        code="T", family="T", country="SE", language="sv", title_en="Test", valid_from=TODAY - timedelta(days=9)
    )
    area = Area.objects.create(framework=framework, code="A", label_en="Nature")
    goal = Goal.objects.create(area=area, code="G", label_en="Leaves")
    shared(cast, cast.bo, title="With the goal", goals=[goal.pk])
    shared(cast, cast.tyra, title="Without it")
    client = at("cecilia")
    for asked in ({"goal": goal.public_id}, {"area": area.public_id}, {"child": cast.bo.public_id}):
        page = log(client, cast, **asked)
        assert "With the goal" in page
        assert "Without it" not in page
    assert "Without it" in log(client, cast, goal="nonsense", child="nonsense", before="nonsense")


def test_a_childs_log_keeps_to_the_child(cast, at):
    shared(cast, cast.alma, cast.bo, title="Both of them")
    shared(cast, cast.bo, title="Bo alone")
    page = at("cecilia").get(href("child", child=cast.alma)).content.decode()
    assert "Both of them" in page
    assert "Bo alone" not in page


def test_frans_reads_of_alma_and_learns_nobody_elses_name(cast, at):
    shared(cast, cast.alma, cast.bo, text="@Alma and @Bo ran", lines={cast.bo: "a line for the other home"})
    page = at("frans").get(href("child", child=cast.alma)).content.decode()
    assert "Alma" in page
    for secret in (">Bo<", "a line for the other home", "and Bo", "Bo,"):
        assert secret not in page


def test_opening_a_page_is_in_the_reading_log(cast, at):
    entry = shared(cast, cast.alma, cast.bo)
    at("cecilia").get(href("entry", entry=entry))
    line = ReadingLine.objects.order_by("-pk").first()
    assert (line.person, line.what, line.about) == (cast.cecilia, "entry", entry.public_id)
    assert set(line.children.values_list("child", flat=True)) == {cast.alma.pk, cast.bo.pk}


def test_a_home_waits_until_somebody_answers_and_the_others_see_who_has_it(cast, at):
    entry = shared(cast, cast.alma, title="Leaves")
    message = threads.write(
        entry=entry, child=cast.alma, by=cast.viewer("astrid"), text="Where was it?", client_key=uuid.uuid4()
    )
    inbox, talk = href("replies", group=cast.granen), href("thread", thread=message.thread)
    cecilia, karin = at("cecilia"), at("karin")
    page = cecilia.get(inbox).content.decode()
    assert "The home of Alma" in page
    assert "Where was it?" not in page
    cecilia.post(href("take", thread=message.thread), {"do": "take"})
    assert "Cecilia has it" in karin.get(inbox).content.decode()
    assert "Where was it?" in karin.get(talk).content.decode()
    message.thread.refresh_from_db()
    assert message.thread.staff_read_at == NOW
    form = {"text": "By the pond", "client_key": uuid.uuid4()}
    for _time in range(2):
        assert karin.post(talk, form).url == talk
    assert message.thread.messages.count() == 2
    assert "Nobody is waiting" in cecilia.get(inbox).content.decode()
    assert "Write a few words first." in karin.post(talk, {"text": " "}).content.decode()


def test_homes_are_not_reached_when_no_active_guardian_came_for_three_weeks(cast, at):
    def unreached():
        return at("cecilia").get(href("unreached", group=cast.granen)).content.decode()

    Visit.objects.create(person=cast.astrid, child=cast.alma, seen_at=NOW - timedelta(days=20))
    Visit.objects.create(person=cast.birger, child=cast.bo, seen_at=NOW - timedelta(days=22))
    page = unreached()
    assert "Astrid Berg" not in page
    # The other home of the same child is its own home.
    assert "Anders Alm" in page
    assert "nobody is active yet" in page
    assert "Birger Carlsson" in page
    Guardianship.objects.filter(pk=cast.tora_tyra.pk).update(activated_at=NOW - timedelta(days=2))
    assert "Tora Dahl" not in unreached()


def test_untouched_drafts_are_not_in_the_way(cast, at):
    cecilia = at("cecilia")
    cecilia.post(href("new", group=cast.granen))
    assert "No drafts" in cecilia.get(href("drafts", group=cast.granen)).content.decode()
    write(cast, cast.bo, title="", text="First words of it")
    page = cecilia.get(href("drafts", group=cast.granen)).content.decode()
    assert "Without a title yet" in page
    assert "First words of it" in page
