"""A guardian's pages: a saved choice is whole, what is left out stays here, and nothing tells of the other guardian."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from access.models import Wording
from access.terms import services as terms
from people.models import Answer
from tests.cast import NOW
from transfers import choice, fresh, panels
from transfers.models import LeftOut, Package
from visibility.viewer import Hat, Strength

TICKED = re.compile(r'name="school_log" value="yes"\s+checked')

pytestmark = pytest.mark.django_db


def said(move):
    rows = Answer.objects.filter(guardianship=move.cast.astrid_alma).order_by("pk")
    return [(row.question, row.value) for row in rows]


def test_what_a_saved_choice_leaves_unticked_is_a_no(move):
    assert move.choose(log="yes").status_code == 302
    assert said(move) == [("school_log", "yes"), ("school_conferences", "no")]


def test_the_same_choice_again_is_no_new_event_and_a_yes_taken_back_says_so(move):
    move.choose(log="yes")
    move.choose(log="yes")
    assert len(said(move)) == 2
    move.choose()
    assert said(move)[-1] == ("school_log", "withdrawn")
    assert len(said(move)) == 3


def test_each_answer_keeps_the_words_it_was_given_to(move):
    move.choose(log="yes")
    given = Answer.objects.get(question="school_log")
    assert given.wording == terms.current("school_log", "sv").digest


def test_a_yes_takes_a_sure_sign_in_and_a_no_does_not(move):
    assert "step-up" in move.choose(log="yes", strength=Strength.LOW).headers["Location"]
    assert said(move) == []
    move.choose(log="yes")
    assert move.choose(log="yes", strength=Strength.LOW).status_code == 302
    move.choose(strength=Strength.LOW)
    assert said(move)[-1] == ("school_log", "withdrawn")


def test_what_was_ticked_stands_again_after_the_surer_sign_in_and_is_saved_by_nobody_else(move):
    def page(strength=Strength.SUBSTANTIAL):
        return move.get("astrid", "family_transfers:choice", strength, child=move.cast.alma.public_id).content.decode()

    move.choose(log="yes", strength=Strength.LOW)
    assert not TICKED.search(page(Strength.LOW))
    assert TICKED.search(page())
    assert said(move) == []
    assert not TICKED.search(page())


def test_what_one_guardian_ticked_is_not_shown_to_another_at_the_same_screen(move):
    cast = move.cast
    cast.ulf = cast.make.person("ulf", "Ulf", "Extra")
    cast.make.guardian(cast.ulf, cast.alma)
    cast.HATS = cast.HATS | {"ulf": Hat.GUARDIAN}
    move.choose(log="yes", strength=Strength.LOW)
    page = move.get("ulf", "family_transfers:choice", child=cast.alma.public_id).content.decode()
    assert 'name="school_log" value="yes"' in page
    assert not TICKED.search(page)


def test_a_yes_to_words_that_are_not_the_newest_is_not_kept(move):
    old = {"for": "school", "school_log": "yes", "wording_school_log": terms.current("school_log", "sv").digest}
    row = Wording.objects.get(kind="school_log", language="sv")
    row.edition, row.body = 2, "<p>Annat</p>"
    terms.freeze(wording=row, at=NOW)
    move.post("astrid", "family_transfers:choice", old, child=move.cast.alma.public_id)
    assert ("school_log", "yes") not in said(move)


def test_the_two_kinds_of_receiver_are_chosen_for_by_themselves(move):
    move.choose(log="yes")
    assert not choice.chosen([move.cast.alma.pk], "preschool_log", NOW)
    move.choose(log="yes", conferences="yes", kind="preschool")
    assert choice.chosen([move.cast.alma.pk], "preschool_conferences", NOW)
    assert not choice.chosen([move.cast.alma.pk], "school_conferences", NOW)


def test_a_saved_yes_opens_the_school_at_once_and_a_no_ends_it_at_once(here):
    assert here.get("gun", "school:transfer", handover=here.handover.public_id).status_code == 404
    here.choose(log="yes")
    assert here.get("gun", "school:log", handover=here.handover.public_id).status_code == 200
    here.choose()
    assert here.get("gun", "school:log", handover=here.handover.public_id).status_code == 404


def test_the_page_shows_the_words_and_where_it_stands_and_not_who_else_answered(here):
    here.says("school_log", "no", tie=here.cast.anders_alma)
    here.choose(log="yes")
    page = here.get("astrid", "family_transfers:choice", child=here.cast.alma.public_id).content.decode()
    assert terms.current("school_log", "en").title in page
    assert "Anders" not in page
    told = here.get("astrid", "family_transfers:transfer", **here.where).content.decode()
    assert "Anders" not in told


def test_choosing_never_waits_for_the_terms_and_looking_does(here):
    row = Wording.objects.create(kind="terms", language="sv", title="Villkor", body="<p>x</p>")
    terms.freeze(wording=row, at=NOW - timedelta(days=1))
    page = here.get("astrid", "family_transfers:choice", child=here.cast.alma.public_id)
    assert page.status_code == 200
    assert here.leaf.title not in page.content.decode()
    assert here.choose(log="yes").status_code == 302
    assert "terms" in here.get("astrid", "family_transfers:preview", **here.where).headers["Location"]
    assert here.get("astrid", "family_transfers:copy", child=here.cast.alma.public_id).status_code == 200


def test_one_tap_leaves_an_entry_out_and_the_next_puts_it_back(here):
    here.choose(log="yes")
    where = {**here.where, "kind": "entry", "thing": here.leaf.public_id}
    here.post("astrid", "family_transfers:leave_out", **where)
    assert LeftOut.objects.get().entry == here.leaf
    assert here.seen() == set()
    page = here.get("astrid", "family_transfers:preview", **here.where).content.decode()
    assert here.leaf.title in page
    here.post("astrid", "family_transfers:leave_out", {"back": "1"}, **where)
    assert here.seen() == {here.leaf}


def test_only_a_legal_guardian_chooses_and_leaves_out(here):
    for name in ("mats", "anders", "birger"):
        page = here.get(name, "family_transfers:choice", child=here.cast.alma.public_id)
        assert page.status_code == 404, name
        where = {**here.where, "kind": "entry", "thing": here.leaf.public_id}
        assert here.post(name, "family_transfers:leave_out", **where).status_code == 404, name
    assert not LeftOut.objects.exists()


def test_up_to_ten_entries_are_picked_for_the_first_page(here):
    here.choose(log="yes")
    answer = here.post("astrid", "family_transfers:pick", {"entry": [str(here.leaf.public_id)]}, **here.where)
    assert answer.status_code == 302
    first = here.get("gun", "school:transfer", handover=here.handover.public_id).content.decode()
    assert here.leaf.title in first


def test_an_entry_of_another_child_is_never_picked(here):
    other = here.entry(here.cast.bo)
    answer = here.post("astrid", "family_transfers:pick", {"entry": [str(other.public_id)]}, **here.where)
    assert answer.status_code == 422
    assert not here.handover.highlights.exists()


def test_the_settings_lead_to_the_choice_and_to_the_copy(here):
    page = here.get("astrid", "family:settings", child=here.cast.alma.public_id).content.decode()
    assert reverse("family_transfers:choice", kwargs={"child": here.cast.alma.public_id}) in page
    theirs = here.get("mats", "family:settings", child=here.cast.alma.public_id).content.decode()
    assert f'{reverse("family_transfers:choice", kwargs={"child": here.cast.alma.public_id})}"' not in theirs
    assert reverse("family_transfers:copy", kwargs={"child": here.cast.alma.public_id}) in theirs


def test_an_own_copy_is_asked_for_and_grows(here):
    where = {"child": here.cast.alma.public_id}
    assert here.post("astrid", "family_transfers:copy", **where).status_code == 302
    assert Package.objects.get().guardianship == here.cast.astrid_alma
    assert "<progress" in here.get("astrid", "family_transfers:copy", **where).content.decode()
    assert here.get("astrid", "family_transfers:download", **where).headers["Location"].endswith("/copy/")


def test_in_the_last_ten_days_what_is_new_since_the_choice_is_told(move):
    place = move.place
    place.starts_on = NOW.date() + timedelta(days=40)
    place.save()
    (handover,) = move.follow()
    tie = move.cast.astrid_alma
    assert not fresh.is_due(handover, NOW - timedelta(days=1))
    assert fresh.is_due(handover, NOW)
    assert not fresh.is_due(handover, NOW + timedelta(days=10))
    move.says("school_log", at=NOW - timedelta(days=30))
    assert fresh.count(handover, tie, NOW) == 0
    move.entry(at=NOW - timedelta(days=2))
    assert fresh.count(handover, tie, NOW) == 1
    (line,) = [one for one in panels.waiting(move.cast.viewer("astrid"), [move.cast.alma]) if "preview" in one.href]
    assert str(handover.public_id) in line.href
    assert panels.to_be_told(move.cast.astrid, NOW - timedelta(hours=12), NOW)


def test_nobody_who_has_chosen_is_reminded_in_spring(move):
    place = move.place
    place.starts_on = NOW.date() + timedelta(days=14 * 10)
    place.save()
    move.follow(NOW - timedelta(days=3))
    since = NOW - timedelta(days=1)
    assert panels.to_be_told(move.cast.astrid, since, NOW)
    move.choose()
    assert not panels.to_be_told(move.cast.astrid, since, NOW)
