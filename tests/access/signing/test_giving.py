"""Who hands out codes on paper, and the second factor of those at work."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from access.models import SignInCode
from people import services
from tests.access.signing.by_paper import CODE, digits, paper, set_up
from tests.access.signing.provider import CLIENT, pem
from tests.cast import NOW, TODAY
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast, stop_clock):
    stop_clock(NOW)
    return cast


class TestGiving:
    def address(self, town, child, tie):
        return reverse("codes:guardian", kwargs={"child": child.public_id, "guardianship": tie.public_id})

    def test_the_head_gives_a_guardian_a_letter_in_the_guardians_language(self, town, client, as_persona):
        as_persona(client, town.eva, Hat.STAFF)
        town.anders.language = "nb"
        town.anders.save()
        address = self.address(town, town.alma, town.anders_alma)
        assert "Anders" in client.get(address).content.decode()
        page = client.post(address, {"identified": "document"})
        assert '<section class="card letter" lang="nb">' in page.content.decode()
        code = CODE.search(page.content.decode())[0]
        assert page["Cache-Control"] == "no-store, private"
        assert Client().post("/sign-in/code/", {"code": code}).status_code == 302

    def test_not_without_saying_how_one_knows_who_it_is(self, town, client, as_persona):
        as_persona(client, town.eva, Hat.STAFF)
        assert client.post(self.address(town, town.alma, town.astrid_alma), {}).status_code == 422
        assert SignInCode.objects.count() == 0

    @pytest.mark.parametrize(
        ("who", "hat"), [("cecilia", Hat.STAFF), ("astrid", Hat.GUARDIAN), ("gun", Hat.SCHOOL), ("eva", Hat.OFFICE)]
    )
    def test_nobody_else_gives_one(self, town, client, as_persona, who, hat):
        as_persona(client, getattr(town, who), hat)
        for method in (client.get, client.post):
            assert method(self.address(town, town.alma, town.astrid_alma), {"identified": "known"}).status_code == 404
        assert SignInCode.objects.count() == 0

    def test_the_tie_must_be_to_that_child_and_run(self, town, client, as_persona):
        as_persona(client, town.eva, Hat.STAFF)
        assert client.get(self.address(town, town.bo, town.astrid_alma)).status_code == 404
        services.end_guardianship(guardianship=town.astrid_alma, at=NOW, by=town.eva, reason="")
        assert client.get(self.address(town, town.alma, town.astrid_alma)).status_code == 404

    def test_the_head_must_be_surely_signed_in(self, town, client, as_persona):
        as_persona(client, town.eva, Hat.STAFF, Strength.LOW)
        response = client.post(self.address(town, town.alma, town.astrid_alma), {"identified": "known"})
        assert response["Location"].startswith("/account/step-up/?least=2")
        assert SignInCode.objects.count() == 0

    def test_the_head_gives_a_teacher_a_letter_but_not_themselves(self, town, client, as_persona):
        as_persona(client, town.eva, Hat.STAFF)
        duty = town.cecilia_duty
        page = client.post(reverse("codes:staff", kwargs={"duty": duty.public_id}), {"identified": "known"})
        assert page.status_code == 200
        assert SignInCode.objects.get().hat == Hat.STAFF
        own = town.eva.duties.get()
        assert client.get(reverse("codes:staff", kwargs={"duty": own.public_id})).status_code == 404
        town.cecilia.duties.update(ends_on=TODAY)
        assert client.get(reverse("codes:staff", kwargs={"duty": duty.public_id})).status_code == 404


@pytest.fixture
def at_the_directory(town, client, settings, provider, trip, tmp_path):
    """Cecilia comes from a directory that says her name and no level."""
    key_file = tmp_path / "key.pem"
    key_file.write_text(pem(provider.client_key))
    settings.SIGN_IN_PROVIDERS = {
        "e-id": {
            "preset": "directory", "name": "Directory", "issuer": provider.issuer, "client_id": CLIENT,
            "key_file": str(key_file), "id_claims": "pid",
        }
    }  # fmt: skip
    town.cecilia.national_id = "197505052387"
    town.cecilia.save()
    provider.behave(NOW, claims={"pid": "197505052387"}, acr="")
    return lambda: trip(client, "staff", "?next=/staff/passes/")


class TestTheSecondFactorAtWork:
    def test_who_has_an_app_is_asked_for_its_digits(self, town, client, at_the_directory, stop_clock):
        secret, _ = set_up(Client(), paper(town, town.cecilia, Hat.STAFF))
        assert at_the_directory()["Location"] == "/sign-in/second/"
        assert "_auth_user_id" not in client.session
        assert client.get("/staff/").status_code == 302
        assert client.post("/sign-in/second/", {"digits": "000000"}).status_code == 403
        later = NOW + timedelta(minutes=1)
        stop_clock(later)
        response = client.post("/sign-in/second/", {"digits": digits(secret, later)})
        assert response["Location"] == "/staff/passes/"
        assert (client.session[HAT_KEY], client.session[STRENGTH_KEY]) == (Hat.STAFF, Strength.SUBSTANTIAL)

    def test_one_waits_for_some_minutes_only(self, town, client, at_the_directory, stop_clock):
        secret, _ = set_up(Client(), paper(town, town.cecilia, Hat.STAFF))
        at_the_directory()
        later = NOW + timedelta(minutes=11)
        stop_clock(later)
        response = client.post("/sign-in/second/", {"digits": digits(secret, later)})
        assert response["Location"] == "/sign-in/as/staff/"
        assert "_auth_user_id" not in client.session

    def test_whose_duty_ends_meanwhile_does_not_come_in(self, town, client, at_the_directory, stop_clock):
        secret, _ = set_up(Client(), paper(town, town.cecilia, Hat.STAFF))
        at_the_directory()
        town.cecilia.duties.update(ends_on=TODAY)
        later = NOW + timedelta(minutes=1)
        stop_clock(later)
        client.post("/sign-in/second/", {"digits": digits(secret, later)})
        assert "_auth_user_id" not in client.session

    def test_a_directory_that_is_sure_is_enough(self, town, client, at_the_directory, provider, settings):
        settings.SIGN_IN_PROVIDERS = {"e-id": {**settings.SIGN_IN_PROVIDERS["e-id"], "levels": "sure=substantial"}}
        provider.behave(NOW, claims={"pid": "197505052387"}, acr="sure")
        assert at_the_directory()["Location"] == "/staff/passes/"
        assert client.session[STRENGTH_KEY] == Strength.SUBSTANTIAL
