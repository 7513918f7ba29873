"""The owner opens and closes the way without an e-ID, on a page of its own."""

import pytest
from django.test import Client
from django.urls import reverse

from access.signing import codes
from people.models import AccessEvent, Duty, Organisation
from tests.cast import NOW
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
PAGE = reverse("work:without_e_id")


@pytest.fixture
def olga(cast, as_persona, stop_clock):
    """`olga()` is a browser of the owner's officer."""
    stop_clock(NOW)
    person = cast.make.person("olga", "Olga", "Ahl")
    cast.make.duty(person, Duty.Role.OWNERS_OFFICER, None)
    return lambda strength=Strength.SUBSTANTIAL: as_persona(
        Client(headers={"accept-language": "en"}), person, Hat.STAFF, strength
    )


def test_the_owner_closes_the_way_and_opens_it_again(cast, olga):
    browser = olga()
    assert "The way is open" in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, {"do": "close"}).status_code == 302
    assert not codes.allowed(cast.organisation)
    page = browser.get(PAGE).content.decode()
    assert "The way is closed" in page
    assert "Olga Ahl" in page
    browser.post(PAGE, {"do": "open"})
    assert codes.allowed(cast.organisation)


def test_in_norway_it_is_closed_until_the_owner_opens_it(cast, olga):
    Organisation.objects.update(country=Organisation.Country.NORWAY)
    cast.organisation.refresh_from_db()
    browser = olga()
    assert "The way is closed" in browser.get(PAGE).content.decode()
    assert not codes.allowed(cast.organisation)
    browser.post(PAGE, {"do": "open"})
    assert codes.allowed(cast.organisation)


def test_a_second_tap_and_nonsense_change_nothing(cast, olga):
    browser = olga()
    for sent in ("open", "", "else"):
        browser.post(PAGE, {"do": sent})
    assert not AccessEvent.objects.filter(what=AccessEvent.What.SETTING).exists()


@pytest.mark.parametrize(("name", "hat"), [("eva", Hat.STAFF), ("cecilia", Hat.STAFF), ("astrid", Hat.GUARDIAN)])
def test_nobody_else_has_the_page(cast, as_persona, stop_clock, name, hat):
    stop_clock(NOW)
    browser = as_persona(Client(), getattr(cast, name), hat, Strength.SUBSTANTIAL)
    assert browser.get(PAGE).status_code == 404
    assert browser.post(PAGE, {"do": "close"}).status_code == 404
    assert codes.allowed(cast.organisation)


def test_after_a_weak_sign_in_the_owner_has_not_either(cast, olga):
    assert olga(Strength.LOW).post(PAGE, {"do": "close"}).status_code == 404
    assert codes.allowed(cast.organisation)
