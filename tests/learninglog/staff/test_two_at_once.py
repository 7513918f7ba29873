"""Two people on one draft: both are told, and nobody's words are lost."""

import json

import pytest

from learninglog import services
from learninglog.models import SecondWords
from learninglog.services import composing
from learninglog.services.drafts import ChildInput, EntryInput
from tests.cast import TODAY
from tests.entries import write
from tests.learninglog.staff.conftest import filled, href

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def page_of(client, entry):
    return client.get(href("compose", entry=entry)).content.decode()


def save(client, entry, form):
    response = client.post(href("save", entry=entry), form, headers=JSON)
    assert response.status_code == 200
    return json.loads(response.content)


def test_autosave_answers_with_the_new_revision(cast, at):
    entry = write(cast, cast.bo)
    cecilia = at("cecilia")
    told = save(cecilia, entry, filled(page_of(cecilia, entry), text="More"))
    entry.refresh_from_db()
    assert (told["revision"], told["taken"], entry.text) == (entry.revision, True, "More")
    assert told["said"].startswith("Saved at")


def test_words_on_an_older_copy_are_kept_beside_and_taken_in_by_one_tap(cast, at):
    entry = write(cast, cast.bo, text="From the beginning")
    cecilia, karin = at("cecilia"), at("karin")
    cecilias, karins = page_of(cecilia, entry), page_of(karin, entry)
    bo = cast.bo.public_id
    assert save(cecilia, entry, filled(cecilias, text="Cecilia’s words"))["taken"]
    told = save(karin, entry, filled(karins, text="Karin’s words", **{f"line_{bo}": "Karin on Bo"}))
    assert not told["taken"]
    assert "Karin’s words" in told["beside"]
    entry.refresh_from_db()
    assert entry.text == "Cecilia’s words"
    page = page_of(cecilia, entry)
    assert "Words by Karin on an older copy" in page
    second = SecondWords.objects.get()
    cecilia.post(href("save", entry=entry), filled(page, do=f"take_in:{second.public_id}"))
    entry.refresh_from_db()
    assert entry.text == "Cecilia’s words\n\nKarin’s words"
    assert entry.entry_children.get().line == "Karin on Bo"
    assert "older copy" not in page_of(cecilia, entry)


def test_second_words_can_be_let_go(cast, at):
    entry = write(cast, cast.bo)
    cecilia, karin = at("cecilia"), at("karin")
    stale = page_of(karin, entry)
    save(cecilia, entry, filled(page_of(cecilia, entry), text="One"))
    save(karin, entry, filled(stale, text="Two"))
    second = SecondWords.objects.get()
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), do=f"let_go:{second.public_id}"))
    entry.refresh_from_db()
    assert entry.text == "One"
    assert composing.second_words(entry=entry) == []


def test_who_types_on_from_the_same_old_copy_replaces_only_those_words(cast):
    entry = write(cast, cast.bo, text="One")

    def stale(text, revision):
        data = EntryInput(title="", text=text, happened_on=TODAY, children={cast.bo.pk: ChildInput()})
        services.save_entry(entry=entry, by=cast.viewer("karin"), revision=revision, data=data)

    stale("first", 0)
    stale("first and more", 0)
    assert [words.text for words in SecondWords.objects.order_by("pk")] == ["first and more"]
    entry.refresh_from_db()
    services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, data=EntryInput(
        title="", text="Two", happened_on=TODAY, children={cast.bo.pk: ChildInput()}))  # fmt: skip
    stale("another", 1)
    assert [words.text for words in SecondWords.objects.order_by("pk")] == ["first and more", "another"]


def test_the_same_words_sent_again_are_no_second_words(cast, at):
    entry = write(cast, cast.bo, text="One")
    cecilia = at("cecilia")
    page = page_of(cecilia, entry)
    assert save(cecilia, entry, filled(page, text="Two"))["taken"]
    assert not save(cecilia, entry, filled(page, text="Two"))["taken"]
    assert SecondWords.objects.count() == 0


def test_people_on_the_same_draft_are_told_of_each_other(cast, at):
    entry = write(cast, cast.bo)
    cecilia, karin = at("cecilia"), at("karin")
    assert "has this draft open too" not in page_of(cecilia, entry)
    page_of(karin, entry)
    told = json.loads(cecilia.post(href("here", entry=entry), headers=JSON).content)
    assert "Karin has this draft open too" in told["beside"]
    assert told["revision"] == entry.revision


def test_a_form_without_a_revision_overwrites_nothing(cast, at):
    entry = write(cast, cast.bo, text="One")
    cecilia = at("cecilia")
    form = filled(page_of(cecilia, entry), text="Two")
    del form["revision"]
    assert not save(cecilia, entry, form)["taken"]
    entry.refresh_from_db()
    assert entry.text == "One"


def test_ines_cannot_shut_herself_out_with_her_own_child_alone(cast, at):
    entry = write(cast, by="ines", text="Begun")
    ines = at("ines")
    elsa, bo = str(cast.elsa.public_id), str(cast.bo.public_id)
    told = save(ines, entry, filled(page_of(ines, entry), text="Words stay", children=[elsa]))
    assert told["taken"]
    assert "needs another child" in told["beside"]
    entry.refresh_from_db()
    assert (entry.text, entry.entry_children.count()) == ("Words stay", 0)
    assert save(ines, entry, filled(page_of(ines, entry), children=[elsa, bo]))["taken"]
    assert entry.entry_children.count() == 2
