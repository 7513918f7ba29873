"""At work two factors are sure enough; at home, and on a shared tablet, what one has from a paper stays low."""

from datetime import timedelta

import pytest
from django.test import Client

from access.signing.session import RAISED_KEY
from people.models import Duty
from tests.access.signing.by_paper import digits, enter, paper, set_up
from tests.access.signing.provider import CLIENT, pem
from tests.cast import NOW
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
ID_OF_EVA = "197505052387"
PAGE = "/staff/access/"
STAFF_PASSWORD = "/sign-in/as/staff/password/"


@pytest.fixture
def town(cast, stop_clock):
    stop_clock(NOW)
    cast.make.guardian(cast.eva, cast.noor)
    return cast


@pytest.fixture
def at_the_directory(town, client, settings, provider, trip, tmp_path):
    """Eva, a head, comes from a directory that says who she is and no level."""
    key_file = tmp_path / "key.pem"
    key_file.write_text(pem(provider.client_key))
    settings.SIGN_IN_PROVIDERS = {
        "e-id": {
            "preset": "directory", "name": "Directory", "issuer": provider.issuer, "client_id": CLIENT,
            "key_file": str(key_file), "id_claims": "pid",
        }
    }  # fmt: skip
    town.eva.national_id = ID_OF_EVA
    town.eva.save()
    provider.behave(NOW, claims={"pid": ID_OF_EVA}, acr="")
    return lambda: trip(client, "staff")


def by_digits(client, secret, stop_clock):
    later = NOW + timedelta(minutes=1)
    stop_clock(later)
    return client.post("/sign-in/second/", {"digits": digits(secret, later)})


def test_a_head_from_a_directory_that_says_no_level_works_with_digits(town, client, at_the_directory, stop_clock):
    secret, _ = set_up(Client(), paper(town, town.eva, Hat.STAFF))
    at_the_directory()
    assert client.get(PAGE).status_code == 302
    by_digits(client, secret, stop_clock)
    assert client.session[STRENGTH_KEY] == Strength.SUBSTANTIAL
    assert client.get(PAGE).status_code == 200


def test_and_without_digits_is_not_let_in(town, client, at_the_directory):
    assert at_the_directory().status_code == 403
    assert "_auth_user_id" not in client.session
    assert client.get(PAGE).status_code == 302


def test_with_a_familys_digits_neither(town, client, at_the_directory):
    set_up(Client(), paper(town, town.eva, Hat.GUARDIAN))
    assert at_the_directory().status_code == 403


def test_a_head_without_a_directory_works_with_password_and_digits(town, client, stop_clock):
    secret, _ = set_up(Client(), paper(town, town.eva, Hat.STAFF))
    enter(client, town.eva, secret, stop_clock, page=STAFF_PASSWORD)
    assert client.session[STRENGTH_KEY] == Strength.SUBSTANTIAL
    assert client.get(PAGE).status_code == 200


def test_what_is_sure_at_work_opens_nothing_at_home(town, client, stop_clock):
    secret, _ = set_up(Client(), paper(town, town.eva, Hat.STAFF))
    enter(client, town.eva, secret, stop_clock, page=STAFF_PASSWORD)
    client.get("/staff/")
    client.post("/hat/", {"hat": Hat.GUARDIAN.value})
    assert client.session[HAT_KEY] == Hat.STAFF
    session = client.session
    session[RAISED_KEY] = False
    session.save()
    client.post("/hat/", {"hat": Hat.GUARDIAN.value})
    assert client.session[HAT_KEY] == Hat.GUARDIAN


def test_between_the_two_hats_at_work_it_goes_along(town, client, stop_clock):
    town.make.duty(town.eva, Duty.Role.PEDAGOGUE, town.school)
    secret, _ = set_up(Client(), paper(town, town.eva, Hat.STAFF))
    enter(client, town.eva, secret, stop_clock, page=STAFF_PASSWORD)
    client.post("/hat/", {"hat": Hat.SCHOOL.value})
    client.post("/hat/", {"hat": Hat.GUARDIAN.value})
    assert (client.session[HAT_KEY], client.session[RAISED_KEY]) == (Hat.SCHOOL, True)


def test_a_guardian_stays_low_and_is_led_to_a_surer_sign_in(town, client, stop_clock):
    secret, _ = set_up(Client(), paper(town))
    enter(client, town.astrid, secret, stop_clock)
    assert client.session[STRENGTH_KEY] == Strength.LOW
    address = f"/family/children/{town.alma.public_id}/access/"
    response = client.post(address, {"do": "yes", "adult": str(town.anders_alma.public_id)})
    assert response["Location"].startswith("/account/step-up/?least=2")
