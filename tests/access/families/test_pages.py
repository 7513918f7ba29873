"""The screens: the head opens and closes, the guardian sees one form or their own page, and only that it has ended."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from access.families import envelopes
from access.models import Consent, FamilyWord, OpenSession
from access.signing import codes
from people.models import AccessEvent, Guardianship
from tests.cast import NOW
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
NAMES = ("Alma", "Bo", "Elsa", "Berg", "Alm", "Skogsgläntan", "Granen")
EMPTY = {"adults-TOTAL_FORMS": "0", "adults-INITIAL_FORMS": "0"}
MOA = {
    "adults-TOTAL_FORMS": "1", "adults-INITIAL_FORMS": "0", "adults-0-name": "Moa Berg", "adults-0-kind": "carer",
    "adults-0-label": "mormor",
}  # fmt: skip


@pytest.fixture
def door(cast, family, stop_clock, as_persona):
    """`door("eva")` is a client signed in as somebody, at the stopped hour."""
    stop_clock(NOW)

    def sign_in(name, hat=None, strength=Strength.SUBSTANTIAL):
        return as_persona(
            Client(headers={"accept-language": "en"}), getattr(cast, name), hat or cast.HATS[name], strength
        )

    return sign_in


def text(response):
    return response.content.decode()


def named(name, page):
    return re.search(rf"\b{name}\b", page)


def adult(tie):
    return reverse("access:adult", kwargs={"adult": tie.public_id})


def child(row):
    return reverse("access:child", kwargs={"child": row.public_id})


def own(row):
    return reverse("families:access", kwargs={"child": row.public_id})


def active(tie):
    return Guardianship.objects.active(NOW).filter(pk=tie.pk).exists()


def test_the_head_sees_each_child_with_its_adults_and_finds_them_by_name(door):
    eva = door("eva")
    page = text(eva.get(reverse("access:children")))
    assert "Alma Berg" in page
    assert "Anders Alm" in page
    found = text(eva.get(reverse("access:children"), {"q": "anders"}))
    assert "Alma Berg" in found
    assert "Bo Carlsson" not in found


def test_a_code_is_offered_only_where_the_way_without_an_e_id_is_open(cast, family, door):
    address = reverse("codes:guardian", kwargs={"child": cast.alma.public_id, "guardianship": family.astrid.public_id})
    eva = door("eva")
    assert address in text(eva.get(adult(family.astrid)))
    codes.allow(organisation=cast.organisation, without_e_id=False, at=NOW, by=cast.eva)
    page = text(eva.get(adult(family.astrid)))
    assert address not in page
    assert "Without an e-ID" not in page
    assert "End the tie now" in page


def test_an_envelope_is_opened_on_its_page_and_not_without_its_document(cast, family, door):
    eva = door("eva")
    assert eva.post(adult(family.anders), {"do": "open"}).status_code == 422
    assert not active(family.anders)
    assert eva.post(adult(family.anders), {"do": "open", "ground": "register"}).status_code == 302
    assert active(family.anders)
    page = text(eva.get(child(cast.alma)))
    assert "opened by Eva Holm: register" in page
    assert "Anders Alm was activated" in page


def test_envelopes_are_opened_by_group_each_on_its_own_document(cast, family, door):
    cast.make.guardian(cast.make.person("siv", "Siv", "Ask"), cast.bo, active=False)
    siv = Guardianship.objects.get(person__login="siv")
    sent = {"open": [str(family.anders.public_id), str(siv.public_id)], f"ground_{siv.public_id}": "register"}
    assert door("eva").post(reverse("access:closed"), sent).status_code == 302
    assert (active(siv), active(family.anders)) == (True, False)


def test_the_page_of_a_child_says_who_can_see_and_why(cast, door):
    page = text(door("eva").get(child(cast.alma)))
    for said in ("Cecilia Sund", "Pedagogue in one of the child", "Frans Nyman", "named for the child", "Siri Vik"):
        assert said in page
    assert "David Ros" not in page


def test_the_head_sees_everything_that_one_person_reaches_and_nothing_of_other_units(cast, door):
    page = text(door("eva").get(reverse("access:person", kwargs={"person": cast.cecilia.public_id})))
    assert "Alma Berg" in page
    assert "Noor" not in page
    assert door("eva").get(reverse("access:person", kwargs={"person": cast.david.public_id})).status_code == 404


def test_made_inactive_with_a_reason_the_open_session_is_dead_at_that_moment(cast, family, door):
    from django.contrib.sessions.models import Session

    astrid, eva = door("astrid"), door("eva")
    OpenSession.objects.create(
        session=Session.objects.get(pk=astrid.session.session_key), person=cast.astrid, hat=Hat.GUARDIAN,
        strength=Strength.SUBSTANTIAL, way="test", began_at=NOW, seen_at=NOW,
    )  # fmt: skip
    log = reverse("family:log", kwargs={"child": cast.alma.public_id})
    assert astrid.get(log).status_code == 200
    assert eva.post(adult(family.astrid), {"do": "inactive", "reason": ""}).status_code == 422
    assert eva.post(adult(family.astrid), {"do": "inactive", "reason": "court order"}).status_code == 302
    assert astrid.get(log).status_code != 200
    assert "sessionid" not in astrid.session
    again = door("astrid")
    assert again.get(log).status_code == 404
    assert AccessEvent.objects.get(what="inactivated").reason == "court order"


def test_who_was_made_inactive_is_told_that_it_has_ended_and_whom_to_contact_and_no_more(cast, family, door):
    envelopes.make_inactive(
        guardianship=family.astrid, reason="court order", remind_on=None,
        by=cast.viewer("eva", at=NOW - timedelta(hours=1)),
    )  # fmt: skip
    page = text(door("astrid").get(reverse("portal:family")))
    assert "Your access has ended" in page
    assert "0123-45 60 00" in page
    for name in ("Alma", "court order", "Eva", "Anders", "Granen"):
        assert not named(name, page), name


def test_who_waits_sees_one_form_and_no_childs_material(cast, family, door):
    anders = door("anders")
    assert anders.get(reverse("portal:family"))["Location"] == reverse("families:wanted")
    page = text(anders.get(reverse("families:wanted")))
    for name in NAMES:
        assert not named(name, page.replace("Anders Alm", "")), name
    assert anders.post(reverse("families:wanted"), MOA).status_code == 302
    assert FamilyWord.objects.get().adults.get().name == "Moa Berg"
    assert anders.get(own(cast.alma)).status_code == 404
    page = text(door("eva").get(child(cast.alma)))
    assert "Moa Berg (mormor)" in page


def test_a_name_without_what_the_adult_is_to_the_child_is_asked_for(door):
    sent = MOA | {"adults-0-kind": ""}
    assert door("anders").post(reverse("families:wanted"), sent).status_code == 422
    assert not FamilyWord.objects.exists()


def test_the_family_answers_under_the_childs_settings(cast, family, door):
    eva, astrid = door("eva"), door("astrid")
    eva.post(adult(family.kim), {"do": "ask"})
    settings = text(astrid.get(reverse("family:settings", kwargs={"child": cast.alma.public_id})))
    assert own(cast.alma) in settings
    assert "You are asked something" in settings
    asked = Consent.objects.get(legal=family.astrid)
    assert astrid.post(own(cast.alma), {"do": "yes", "consent": str(asked.public_id)}).status_code == 302
    eva.post(adult(family.kim), {"do": "open"})
    assert active(family.kim)
    assert astrid.post(own(cast.alma), {"do": "no", "consent": str(asked.public_id)}).status_code == 302
    assert not active(family.kim)


def test_a_yes_after_a_weak_sign_in_leads_to_a_stronger_one(cast, family, door):
    door("eva").post(adult(family.kim), {"do": "ask"})
    asked = Consent.objects.get(legal=family.astrid)
    weak = door("astrid", strength=Strength.LOW)
    answer = weak.post(own(cast.alma), {"do": "yes", "consent": str(asked.public_id)})
    assert answer.headers["Location"].startswith(reverse("account:step_up"))
    asked.refresh_from_db()
    assert asked.given == ""


def test_homes_are_joined_and_left_on_the_page(cast, family, door):
    envelopes.open_envelope(guardianship=family.anders, ground="register", by=cast.viewer("eva"))
    astrid, anders = door("astrid"), door("anders")
    astrid.post(own(cast.alma), {"do": "ask", "whom": str(family.anders.public_id)})
    page = text(anders.get(own(cast.alma)))
    assert "Asks to read together with you" in page


def test_a_head_on_a_tablet_is_led_to_a_stronger_sign_in(cast, family, door):
    weak = door("eva", strength=Strength.LOW)
    for address in (reverse("access:children"), child(cast.alma), adult(family.astrid)):
        assert weak.get(address).headers["Location"].startswith(reverse("account:step_up"))


def test_two_hats_are_switched_with_one_tap_and_the_other_door_is_closed(cast, door):
    ines = door("ines", Hat.STAFF)
    page = text(ines.get(reverse("portal:staff")))
    assert "Here as staff" in page
    assert "Switch to guardian" in page
    assert ines.get(reverse("portal:family")).status_code == 404
    assert ines.post(reverse("portal:hat"), {"hat": "guardian"}).headers["Location"] == reverse("portal:family")
    page = text(ines.get(reverse("portal:family")))
    assert "Here as guardian" in page
    assert "Switch to staff" in page
    assert ines.get(reverse("portal:staff")).status_code == 404


@pytest.mark.parametrize(
    ("name", "hat", "wanted", "strength"),
    [
        ("astrid", Hat.GUARDIAN, "staff", Strength.SUBSTANTIAL),
        ("cecilia", Hat.STAFF, "guardian", Strength.SUBSTANTIAL),
        ("ines", Hat.STAFF, "office", Strength.SUBSTANTIAL),
        ("ines", Hat.STAFF, "guardian", Strength.LOW),
        ("ines", Hat.STAFF, "admin", Strength.SUBSTANTIAL),
    ],
)
def test_nobody_puts_on_a_hat_that_is_not_theirs_or_after_a_weak_sign_in(door, name, hat, wanted, strength):
    client = door(name, hat, strength)
    assert client.post(reverse("portal:hat"), {"hat": wanted}).status_code == 404
    assert client.session["hat"] == hat.value


def test_whoever_has_one_hat_is_offered_no_other(door):
    assert "Switch to" not in text(door("astrid").get(reverse("portal:family")))


def test_the_head_lifts_the_tie_to_an_own_child_with_a_reason(cast, door):
    eva = door("eva")
    sent = {"do": "lift", "colleague": str(cast.ines.public_id), "reason": "alone until nine"}
    assert eva.post(child(cast.elsa), sent | {"reason": ""}).status_code == 422
    assert eva.post(child(cast.elsa), sent).status_code == 302
    assert "lifted for the rest of the day" in text(eva.get(child(cast.elsa)))
    assert door("ines", Hat.STAFF).get(reverse("staff:child", kwargs={"child": cast.elsa.public_id})).status_code == 200


def test_erasing_the_child_takes_the_grounds_with_it(cast, family, door):
    from people import services

    door("anders").post(reverse("families:wanted"), MOA)
    door("eva").post(adult(family.kim), {"do": "ask"})
    services.erase_child(child=cast.alma, at=NOW, by=cast.eva, because="asked for")
    assert not FamilyWord.objects.exists()
    assert not Consent.objects.exists()
