"""Ways in and out: whose session it becomes, under which hat, and that nothing of it stays."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from access import endings
from people.models import Duty, Person
from portal.demo.personas import PARTS
from portal.office.rights import join_office
from portal.signing import DOORS
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
PERSONAS = [persona for part in PARTS for persona in part.personas]


def demo_sign_in(client: Client, slug: str, **more):
    return client.post("/demo/sign-in/", {"persona": slug, **more})


def test_the_sign_in_page_shows_three_doors_and_the_offices_own(cast, client):
    page = client.get("/sign-in/", headers={"accept-language": "en"}).content.decode()
    assert page.count('class="card way"') == 3
    assert reverse("portal:office_sign_in") in page
    assert reverse("demo:personas") in page


def test_without_the_demo_the_page_says_that_the_organisation_sets_up_the_ways_in(cast, client, settings):
    from django.template import engines

    engines["jinja2"].env.globals["demo"] = False
    try:
        page = client.get("/sign-in/", headers={"accept-language": "en"}).content.decode()
    finally:
        engines["jinja2"].env.globals["demo"] = True
    assert "set up by your organisation" in page
    assert "/demo/" not in page


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: f"{persona.slug} {persona.hat}")
def test_every_persona_comes_in_by_its_own_door(cast, client, persona):
    # The owner's officer is no part of the cast that every test has.
    cast.olga = cast.make.person("olga", "Olga")
    cast.make.duty(cast.olga, Duty.Role.OWNERS_OFFICER, None)
    assert f'value="{persona.slug}"' in client.get("/demo/").content.decode()
    response = demo_sign_in(client, persona.slug, hat=persona.hat)
    assert response.status_code == 302
    assert response["Location"] == reverse(DOORS[persona.hat])
    assert client.session[HAT_KEY] == persona.hat
    assert client.session[STRENGTH_KEY] == Strength.SUBSTANTIAL
    assert client.session["_auth_user_id"] == str(getattr(cast, persona.slug).pk)


def test_the_slugs_are_those_that_the_readme_names():
    named = "astrid anders birger cecilia david eva frans gun ines olga siri office stranger"
    assert {persona.slug for persona in PERSONAS} == set(named.split())
    assert [persona.hat for persona in PERSONAS if persona.slug == "ines"] == [Hat.GUARDIAN, Hat.STAFF]


def test_the_session_is_a_new_one_and_keeps_nothing_of_the_one_before(cast, client):
    demo_sign_in(client, "cecilia")
    session = client.session
    session["group"] = "kept"
    session.save()
    before = session.session_key
    demo_sign_in(client, "astrid")
    assert client.session.session_key != before
    assert "group" not in client.session
    assert client.session[HAT_KEY] == Hat.GUARDIAN


@pytest.mark.parametrize("data", [{"persona": "tora"}, {"persona": ""}, {"persona": "astrid", "hat": "office"}])
def test_the_demo_signs_in_nobody_else_and_under_no_other_hat(cast, client, data):
    assert client.post("/demo/sign-in/", data).status_code == 404
    assert "_auth_user_id" not in client.session


def test_where_there_is_no_demo_its_views_do_not_exist(cast, client, settings):
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert demo_sign_in(client, "astrid").status_code == 404
    assert "_auth_user_id" not in client.session


def test_before_the_demo_is_built_the_page_says_so(db, client):
    page = client.get("/demo/", headers={"accept-language": "en"})
    assert "not built yet" in page.content.decode()
    assert demo_sign_in(client, "astrid").status_code == 404


def test_the_demo_needs_the_forms_own_token(cast):
    client = Client(enforce_csrf_checks=True)
    assert demo_sign_in(client, "astrid").status_code == 403


def test_signing_out_ends_the_session_and_what_dies_with_it(cast, client, monkeypatch):
    ended = []
    monkeypatch.setattr(endings, "_endings", [ended.append])
    demo_sign_in(client, "astrid")
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Location"] == "/sign-in/"
    assert ended == [cast.astrid]
    assert "_auth_user_id" not in client.session
    assert client.get("/family/").status_code == 302


def test_the_offices_way_out_is_the_same(cast, client, monkeypatch):
    ended = []
    monkeypatch.setattr(endings, "_endings", [ended.append])
    demo_sign_in(client, "office")
    assert client.post("/cms/logout/")["Clear-Site-Data"] == '"cache", "storage"'
    assert ended == [cast.office]


def test_a_link_does_not_sign_anybody_out(cast, client):
    demo_sign_in(client, "astrid")
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/cms/logout/").status_code == 405
    assert "_auth_user_id" in client.session


class TestTheOfficesSignIn:
    @pytest.fixture
    def olle(self, cast, stop_clock):
        from tests.cast import NOW

        stop_clock(NOW)
        join_office(person=cast.office)
        cast.office.set_password("a-long-enough-one")
        cast.office.save()
        return cast.office

    def enter(self, client, name="office", password="a-long-enough-one", **more):
        return client.post("/cms/login/", {"username": name, "password": password, **more})

    def test_the_office_comes_in_under_its_hat(self, olle, client):
        assert self.enter(client)["Location"] == "/cms/"
        assert client.session[HAT_KEY] == Hat.OFFICE
        assert client.get("/cms/").status_code == 200

    def test_it_goes_on_to_where_it_was_going_inside_the_office_alone(self, olle, client):
        assert self.enter(client, next="/cms/pages/")["Location"] == "/cms/pages/"
        assert self.enter(client, next="/staff/")["Location"] == "/cms/"
        assert self.enter(client, next="https://elsewhere.example/cms/")["Location"] == "/cms/"

    def test_guessing_at_its_password_waits_and_a_known_browser_does_not(self, olle, client):
        assert self.enter(client).status_code == 302
        client.post("/sign-out/")
        stranger = type(client)(REMOTE_ADDR="198.51.100.1")
        assert [self.enter(stranger, password="x").status_code for _ in range(8)] == [403] * 6 + [429] * 2
        assert self.enter(stranger).status_code == 429
        assert self.enter(client).status_code == 302

    def test_who_has_an_app_for_work_shows_its_digits_here_too(self, olle, client, stop_clock):
        from access.signing import totp
        from tests.access.signing.by_paper import digits
        from tests.cast import NOW

        secret = totp.new_secret()
        assert totp.activate(olle, secret, digits(secret), hat=Hat.STAFF, at=NOW)
        assert self.enter(client)["Location"] == "/sign-in/second/"
        assert client.get("/cms/").status_code == 302
        assert client.post("/sign-in/second/", {"digits": digits(secret, NOW, 1)})["Location"] == "/cms/"
        assert client.get("/cms/").status_code == 200

    @pytest.mark.parametrize("who", ["mistyped", "teacher", "ended", "without rights", "superuser"])
    def test_everybody_else_hears_the_same(self, olle, cast, client, who):
        name, password = "office", "a-long-enough-one"
        if who == "mistyped":
            password = "another"
        elif who in ("teacher", "superuser"):
            name = "cecilia"
            cast.cecilia.set_password(password)
            cast.cecilia.is_superuser = who == "superuser"
            cast.cecilia.save()
        elif who == "ended":
            olle.duties.update(ends_on=olle.duties.get().starts_on.replace(year=2025))
        else:
            olle.groups.clear()
        response = self.enter(
            client,
            name,
            password,
        )
        assert response.status_code == 403
        assert "_auth_user_id" not in client.session
        assert response.content.count(b"do not open the office") + response.content.count("öppnar".encode()) >= 1
        assert password.encode() not in response.content


def test_another_language_is_kept_in_the_browser_and_with_the_person(cast, client):
    demo_sign_in(client, "astrid")
    response = client.post("/language/", {"language": "nb", "next": "/family/"})
    assert response["Location"] == "/family/"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "nb"
    assert Person.objects.get(pk=cast.astrid.pk).language == "nb"
    assert '<html lang="nb"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_language_form_leads_nowhere_else(db, client, wanted):
    assert client.post("/language/", {"language": "en", "next": wanted})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "fi", "../sv", "SV;x"])
def test_a_language_we_do_not_speak_is_refused(db, client, language):
    assert client.post("/language/", {"language": language}).status_code == 400
