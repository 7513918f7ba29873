"""Envelopes are opened by the head, each on its ground; without it they stay closed, and nobody else opens any."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.families import consents, envelopes, pages
from access.models import Consent, Reminder
from people.models import AccessEvent, DutyLeave, Guardianship
from tests.access.families.conftest import on_paper
from tests.cast import NOW, TODAY
from visibility import rule
from visibility.viewer import Strength

pytestmark = pytest.mark.django_db


def active(tie, at=NOW):
    return Guardianship.objects.active(at).filter(pk=tie.pk).exists()


def record(cast, tie, legal, yes=True, **more):
    return consents.record(guardianship=tie, legal=legal, yes=yes, told=on_paper(), by=cast.viewer("eva"), **more)


def test_a_legal_guardian_is_opened_on_the_registers_word_alone(cast, family):
    envelopes.open_envelope(guardianship=family.anders, ground="register, 12 November", by=cast.viewer("eva"))
    assert rule.may(cast.viewer("anders"), "READ", cast.alma)
    event = AccessEvent.objects.get(what="activated")
    assert (event.by, event.person, event.reason) == (cast.eva, cast.anders, "register, 12 November")
    assert (event.before["activated_at"], event.after["activated_at"]) == ("None", str(NOW))


@pytest.mark.parametrize("ground", ["", "   "])
def test_without_a_document_the_envelope_stays_closed(cast, family, ground):
    with pytest.raises(envelopes.NotYet):
        envelopes.open_envelope(guardianship=family.anders, ground=ground, by=cast.viewer("eva"))
    assert not active(family.anders)


@pytest.mark.parametrize("name", ["cecilia", "karin", "astrid", "ines", "frans", "siri", "office", "gun"])
def test_nobody_but_the_head_opens_anything(cast, family, name):
    with pytest.raises(PermissionDenied):
        envelopes.open_envelope(guardianship=family.anders, ground="register", by=cast.viewer(name))
    assert not active(family.anders)


def test_a_head_on_a_shared_tablet_opens_nothing(cast, family):
    weak = cast.viewer("eva", strength=Strength.LOW)
    with pytest.raises(PermissionDenied):
        envelopes.open_envelope(guardianship=family.anders, ground="register", by=weak)


def test_the_owners_officer_steps_in_while_the_head_is_on_leave_and_not_before(cast, family):
    cast.olga = cast.make.person("olga", "Olga")
    cast.make.duty(cast.olga, "owners_officer", None)
    cast.HATS = cast.HATS | {"olga": "staff"}
    with pytest.raises(PermissionDenied):
        envelopes.open_envelope(guardianship=family.anders, ground="register", by=cast.viewer("olga"))
    DutyLeave.objects.create(duty=cast.eva.duties.get(), starts_on=TODAY)
    envelopes.open_envelope(guardianship=family.anders, ground="register", by=cast.viewer("olga"))
    assert active(family.anders)
    assert not rule.may(cast.viewer("olga"), "READ", cast.alma)


def test_another_parent_needs_one_legal_guardians_consent(cast, family):
    with pytest.raises(envelopes.NotYet):
        envelopes.open_envelope(guardianship=family.kim, ground="consents", by=cast.viewer("eva"))
    record(cast, family.kim, family.astrid)
    envelopes.open_envelope(guardianship=family.kim, ground="consents", by=cast.viewer("eva"))
    assert active(family.kim)


def test_a_close_carer_needs_every_legal_guardians_consent_also_of_one_not_activated(cast, family):
    record(cast, family.moa, family.astrid)
    with pytest.raises(envelopes.NotYet):
        envelopes.open_envelope(guardianship=family.moa, ground="consents", by=cast.viewer("eva"))
    record(cast, family.moa, family.anders)
    envelopes.open_envelope(guardianship=family.moa, ground="consents", by=cast.viewer("eva"))
    assert active(family.moa)


def test_a_legal_guardian_who_was_made_inactive_is_not_asked(cast, family):
    record(cast, family.moa, family.astrid)
    envelopes.open_envelope(guardianship=family.anders, ground="register", by=cast.viewer("eva"))
    assert consents.missing(family.moa, NOW) == [family.anders]
    envelopes.make_inactive(guardianship=family.anders, reason="court", remind_on=None, by=cast.viewer("eva"))
    assert consents.missing(family.moa, NOW) == []


def test_where_no_legal_guardian_is_known_nobody_else_is_opened(cast, family):
    Guardianship.objects.filter(pk__in=[family.astrid.pk, family.anders.pk]).update(ends_at=NOW)
    for tie in (family.moa, family.kim):
        with pytest.raises(envelopes.NotYet):
            envelopes.open_envelope(guardianship=tie, ground="consents", by=cast.viewer("eva"))


def test_the_consents_name_what_is_read_and_the_narrower_counts(cast, family):
    record(cast, family.moa, family.astrid, reads_conferences=True)
    record(cast, family.moa, family.anders)
    row = envelopes.open_envelope(guardianship=family.moa, ground="consents", by=cast.viewer("eva"))
    assert (row.reads_log, row.reads_conferences) == (True, False)


def test_asked_in_the_system_and_answered_there(cast, family):
    assert consents.ask(guardianship=family.kim, by=cast.viewer("eva")) == 2
    assert consents.ask(guardianship=family.kim, by=cast.viewer("eva")) == 0
    (asked,) = consents.waiting_for(cast.viewer("astrid"), family.astrid)
    consents.answer(consent=asked, yes=True, by=cast.viewer("astrid"))
    assert consents.missing(family.kim, NOW) == []
    assert not active(family.kim)  # a yes opens nothing by itself


def test_a_yes_takes_a_sure_sign_in_and_a_no_takes_none(cast, family):
    consents.ask(guardianship=family.kim, by=cast.viewer("eva"))
    (asked,) = consents.waiting_for(cast.viewer("astrid"), family.astrid)
    weak = cast.viewer("astrid", strength=Strength.LOW)
    with pytest.raises(PermissionDenied):
        consents.answer(consent=asked, yes=True, by=weak)
    assert consents.answer(consent=asked, yes=False, by=weak).given == "no"


@pytest.mark.parametrize("name", ["anders", "kim", "birger", "cecilia"])
def test_nobody_answers_for_another(cast, family, name):
    consents.ask(guardianship=family.kim, by=cast.viewer("eva"))
    asked = Consent.objects.get(legal=family.astrid)
    for yes in (True, False):
        with pytest.raises(PermissionDenied):
            consents.answer(consent=asked, yes=yes, by=cast.viewer(name))


def test_who_is_not_activated_yet_does_not_answer_in_the_system(cast, family):
    consents.ask(guardianship=family.kim, by=cast.viewer("eva"))
    with pytest.raises(PermissionDenied):
        consents.answer(consent=Consent.objects.get(legal=family.anders), yes=True, by=cast.viewer("anders"))


def test_a_consent_that_is_taken_back_closes_at_that_moment(cast, family):
    for legal in (family.astrid, family.anders):
        record(cast, family.moa, legal)
    envelopes.open_envelope(guardianship=family.moa, ground="consents", by=cast.viewer("eva"))
    later = NOW + timedelta(hours=1)
    given = Consent.objects.get(legal=family.astrid)
    assert active(family.moa, later)
    consents.answer(consent=given, yes=False, by=cast.viewer("astrid", at=later))
    assert not active(family.moa, later)
    with pytest.raises(envelopes.NotYet):
        envelopes.open_envelope(guardianship=family.moa, ground="consents", by=cast.viewer("eva", at=later))


def test_of_another_parent_the_no_of_one_who_never_consented_closes_nothing(cast, family):
    consents.ask(guardianship=family.kim, by=cast.viewer("eva"))
    record(cast, family.kim, family.astrid)
    envelopes.open_envelope(guardianship=family.kim, ground="consents", by=cast.viewer("eva"))
    later = NOW + timedelta(hours=1)
    no = {"guardianship": family.kim, "legal": family.anders, "yes": False}
    consents.record(**no, told=on_paper(), by=cast.viewer("eva", at=later))
    assert active(family.kim, later)
    consents.record(**no | {"legal": family.astrid}, told=on_paper(), by=cast.viewer("eva", at=later))
    assert not active(family.kim, later)


def test_a_reminder_date_never_opens_anything(cast, family):
    soon = TODAY + timedelta(days=7)
    envelopes.make_inactive(guardianship=family.astrid, reason="moved out", remind_on=soon, by=cast.viewer("eva"))
    assert not active(family.astrid, NOW)
    assert not active(family.astrid, NOW + timedelta(days=30))
    assert not pages.listing(cast.viewer("eva"), "alma")[0].reminder
    then = NOW + timedelta(days=8)
    assert pages.listing(cast.viewer("eva", at=then), "alma")[0].reminder
    envelopes.looked_again(reminder=Reminder.objects.get(), by=cast.viewer("eva", at=then))
    assert not pages.listing(cast.viewer("eva", at=then), "alma")[0].reminder
    assert not active(family.astrid, then)


def test_an_ended_tie_is_never_opened_again(cast, family):
    envelopes.end(guardianship=family.astrid, reason="register", by=cast.viewer("eva"))
    with pytest.raises(PermissionDenied):
        envelopes.open_envelope(guardianship=family.astrid, ground="register", by=cast.viewer("eva"))


def test_an_adult_noted_by_the_head_is_a_closed_envelope_and_known_by_national_id(cast, family):
    new = {"kind": "parent", "given_name": "Siv", "family_name": "Alm", "national_id": "198001019876"}
    tie = envelopes.note_adult(child=cast.alma, by=cast.viewer("eva"), **new)
    again = envelopes.note_adult(child=cast.bo, by=cast.viewer("eva"), **new)
    assert tie.person == again.person
    assert pages.state_of(tie, NOW) == pages.CLOSED
    assert not tie.reads_conferences
    with pytest.raises(envelopes.NotYet):
        envelopes.note_adult(child=cast.alma, by=cast.viewer("eva"), **new)
    assert AccessEvent.objects.filter(what="added", by=cast.eva).count() == 2


def test_a_child_with_one_known_guardian_is_flagged_until_a_note_says_why(cast):
    assert pages.one_guardian([cast.alma, cast.bo], NOW) == {cast.bo.pk}
    assert pages.one_guardian([cast.noor], NOW) == {cast.noor.pk}
    envelopes.note_one_guardian(child=cast.bo, why="the other one died", by=cast.viewer("eva"))
    assert pages.one_guardian([cast.bo], NOW) == set()


def test_the_flag_comes_back_when_a_guardian_has_gone_since_the_note(cast, family):
    envelopes.note_one_guardian(child=cast.alma, why="written before", by=cast.viewer("eva"))
    later = NOW + timedelta(days=1)
    for tie in (family.anders, family.kim):
        envelopes.end(guardianship=tie, reason="register", by=cast.viewer("eva", at=later))
    assert pages.one_guardian([cast.alma], later) == {cast.alma.pk}
