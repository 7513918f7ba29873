"""Signing in through an e-ID: what is asked for, what is believed, who is known, and as what they come in."""

import logging
import re
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import reverse

from access.models import OpenSession
from access.signing import outside
from people import services
from people.models import Person
from tests.access.signing.conftest import ID_OF_ASTRID, ID_OF_CECILIA, query_of
from tests.access.signing.provider import CLIENT, new_key
from tests.cast import NOW, TODAY
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
NAMES = ("Astrid", "Alma", "Cecilia", "Berg", ID_OF_ASTRID, ID_OF_ASTRID.replace("-", ""))


def signed_in(client):
    return "_auth_user_id" in client.session


def refused(client, response, status=400):
    """Not signed in, and not a word about anybody."""
    assert response.status_code == status
    assert not signed_in(client)
    # What is new in every page: the form's token, and the address that was asked for.
    page = re.sub(r'value="[^"]*"', "", response.content.decode())
    assert [name for name in NAMES if name in page] == []
    return page


def test_a_guardian_comes_in_by_e_id(town, client, trip):
    response = trip(client)
    assert response["Location"] == reverse("portal:family")
    assert client.session["_auth_user_id"] == str(town.astrid.pk)
    assert (client.session[HAT_KEY], client.session[STRENGTH_KEY]) == (Hat.GUARDIAN, Strength.SUBSTANTIAL)
    assert "Alma" in client.get("/family/").content.decode()


def test_a_teacher_comes_in_at_work(town, client, trip, provider):
    provider.behave(NOW, claims={"pnr": ID_OF_CECILIA}, acr="loa4")
    assert trip(client, "staff")["Location"] == reverse("portal:staff")
    assert (client.session[HAT_KEY], client.session[STRENGTH_KEY]) == (Hat.STAFF, Strength.HIGH)


def test_one_goes_on_to_where_one_was_going_and_nowhere_else(town, client, trip):
    own = f"/family/children/{town.alma.public_id}/"
    assert trip(client, query=f"?next={own}")["Location"] == own
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert trip(Client(), query=f"?next={elsewhere}")["Location"] == reverse("portal:family")


def test_what_is_asked_for_is_whole(town, client, legs, provider):
    legs.there(client)
    asked = provider.asked
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) > 20
    assert len(asked["state"]) >= 16
    assert asked["acr_values"] == "loa3 loa4"
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"].endswith("/sign-in/back/e-id/")


def test_nothing_in_the_query_changes_what_is_asked_for(town, client, legs, provider):
    legs.there(client)
    plain = provider.asked
    query = "?auth_params=acr_values%3Dloa2%26nonce%3Dmine&scope=email,phone&process=connect&action=reauthenticate"
    legs.there(Client(), query=query + "&acr_values=loa2&prompt=none&max_age=9")
    asked = provider.asked
    same = [name for name in asked if name not in {"nonce", "state", "code_challenge"}]
    assert {name: asked[name] for name in same} == {name: plain[name] for name in same}
    assert set(asked) == set(plain)
    assert asked["nonce"] != "mine"


def test_nothing_of_what_the_provider_said_is_kept(town, client, trip, provider):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID, "name": "Kept Nowhere", "address": "Secret street"}, sid="s1")
    trip(client)
    assert SocialAccount.objects.count() == SocialToken.objects.count() == 0
    kept = str(dict(client.session.items())) + str(list(OpenSession.objects.values()))
    for said in ("Kept", "Secret", "s1'", ID_OF_ASTRID, ID_OF_ASTRID.replace("-", ""), "opaque", "pairwise", "eyJ"):
        assert said not in kept


def test_signing_in_makes_nobody(town, client, trip, provider):
    before = Person.objects.count()
    provider.behave(NOW, claims={"pid": "199001019999", "given_name": "Ny", "email": "astrid@example.org"})
    page = refused(client, trip(client), 403)
    assert Person.objects.count() == before
    assert "ask the head of the preschool" in page


@pytest.mark.parametrize("claims", [{}, {"pid": ""}, {"pid": "-"}, {"sub": ID_OF_ASTRID}])
def test_without_a_national_id_nobody_is_known(town, client, trip, provider, claims):
    provider.behave(NOW, claims=claims)
    refused(client, trip(client), 403)


def test_who_is_known_under_another_hat_alone_hears_what_a_stranger_hears(town, client, trip, provider):
    known = refused(client, trip(client, "staff"), 403)
    provider.behave(NOW, claims={"pid": "199001019999"})
    assert refused(client, trip(Client(), "staff"), 403) == known


def test_two_people_with_one_national_id_are_neither(town, client, trip):
    from people.models import Organisation

    other = Organisation.objects.create(name="Annan kommun", country="SE")
    Person.objects.create_user(given_name="Twin", organisation=other, national_id=ID_OF_ASTRID)
    refused(client, trip(client), 403)


def test_who_may_not_sign_in_at_all_hears_the_same(town, client, trip):
    town.astrid.is_active = False
    town.astrid.save()
    refused(client, trip(client), 403)


def test_an_ended_guardianship_lets_nobody_in(town, client, trip):
    services.end_guardianship(guardianship=town.astrid_alma, at=NOW, by=town.eva, reason="moved")
    refused(client, trip(client), 403)


def test_an_ended_duty_lets_nobody_in(town, client, trip, provider):
    provider.behave(NOW, claims={"pid": ID_OF_CECILIA})
    town.cecilia.duties.update(ends_on=TODAY)
    refused(client, trip(client, "staff"), 403)


@pytest.mark.parametrize("acr", ["", "loa1", "LOA3", "loa3 loa4", "http://elsewhere.example/loa3"])
def test_a_level_that_is_not_in_the_map_is_worth_nothing(town, client, trip, provider, acr):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, acr=acr)
    assert "stronger e-ID" in refused(client, trip(client))


def test_a_lower_level_is_a_lower_strength(town, client, trip, provider):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, acr="loa2")
    trip(client)
    assert client.session[STRENGTH_KEY] == Strength.LOW


@pytest.mark.parametrize("nonce", ["", "another"])
def test_a_token_without_our_nonce_is_not_ours(town, client, trip, provider, nonce):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, nonce=nonce)
    refused(client, trip(client))


@pytest.mark.parametrize("path", ["/token", "/keys", "/me"])
def test_an_answer_that_does_not_end_is_read_no_further(town, client, legs, provider, settings, path):
    settings.SIGN_IN_PROVIDERS = {"e-id": {**settings.SIGN_IN_PROVIDERS["e-id"], "userinfo": "yes"}}
    said = {"claims": {"pid": ID_OF_ASTRID}, "userinfo": {"sub": "pairwise-1"}}
    location = legs.there(client)
    provider.behave(NOW, **said, longer={path: outside.LONGEST})
    refused(client, legs.back(client, location), 503)
    location = legs.there(client)
    provider.behave(NOW, **said, longer={path: outside.LONGEST // 2})
    assert legs.back(client, location)["Location"] == "/family/"


def test_nor_is_a_configuration(town, client, provider):
    provider.behave(NOW, longer={"/.well-known/openid-configuration": outside.LONGEST})
    refused(client, client.get("/sign-in/as/guardian/with/e-id/"), 503)


def test_an_answer_is_good_once(town, client, legs):
    location = legs.there(client)
    assert legs.back(client, location).status_code == 302
    refused_again = legs.back(Client(), location)
    assert refused_again.status_code == 400
    client.post("/sign-out/")
    refused(client, legs.back(client, location))


def test_an_answer_that_was_refused_once_is_not_taken_up_again(town, client, legs, provider):
    location = legs.there(client)
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, down=frozenset({"/token"}))
    refused(client, legs.back(client, location), 400)
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID})
    refused(client, legs.back(client, location), 400)


def test_an_answer_is_good_in_the_browser_that_asked_alone(town, client, legs):
    location = legs.there(client)
    other = Client()
    legs.there(other)
    refused(other, legs.back(other, location))


def test_a_made_up_state_is_none(town, client, legs):
    location = legs.there(client)
    state = query_of(location)["state"]
    refused(client, legs.back(client, location.replace(state, "made-up-by-somebody")))


def test_a_foreign_issuer_is_not_believed(town, client, trip, provider):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, issuer="https://elsewhere.example")
    refused(client, trip(client))


def test_an_answer_in_the_name_of_another_provider_is_not_believed(town, client, trip, provider):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, answers_as="https://elsewhere.example")
    refused(client, trip(client))


def test_an_answer_that_does_not_say_whose_it_is_is_not_believed(town, client, legs, provider):
    location = legs.there(client)
    parts = [part for part in location.split("?")[1].split("&") if not part.startswith("iss=")]
    refused(client, legs.back(client, f"{location.split('?')[0]}?{'&'.join(parts)}"))


def test_a_provider_that_calls_itself_otherwise_is_not_asked(town, client, provider):
    provider.behave(NOW, configured_issuer="https://elsewhere.example")
    response = client.get(reverse("signing:begin", kwargs={"hat": "guardian", "way": "e-id"}))
    assert response.status_code == 400
    assert "Location" not in response


@pytest.mark.parametrize("how", ["another key", "none", "HS256"])
def test_a_signature_that_is_not_the_providers_is_none(town, client, trip, provider, how):
    more = {"signs_with": new_key()} if how == "another key" else {"algorithm": how}
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, **more)
    refused(client, trip(client))


@pytest.mark.parametrize(
    "more", [{"audience": "another"}, {"audience": [CLIENT, "another"]}, {"azp": "another"}, {"claims": {"sub": None}}]
)
def test_a_token_for_somebody_else_is_not_for_us(town, client, trip, provider, more):
    provider.behave(NOW, **{"claims": {"pid": ID_OF_ASTRID}, **more})
    refused(client, trip(client))


@pytest.mark.parametrize("minutes", [-2, 2])
def test_a_clock_two_minutes_off_is_borne(town, client, trip, provider, minutes):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, off_by=timedelta(minutes=minutes), life=timedelta(seconds=30))
    trip(client)
    assert signed_in(client)


@pytest.mark.parametrize("minutes", [-20, -5, 5, 20])
def test_a_clock_that_is_far_off_is_not(town, client, trip, provider, minutes):
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, off_by=timedelta(minutes=minutes), life=timedelta(seconds=30))
    refused(client, trip(client))


@pytest.mark.parametrize("part", ["/token", "/keys", "/.well-known/openid-configuration"])
def test_a_provider_that_goes_down_underway_is_said_to_be_down(town, client, legs, provider, part):
    location = legs.there(client)
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, down=frozenset({part}))
    response = legs.back(client, location)
    assert response.status_code in (400, 503)
    assert not signed_in(client)


def test_a_provider_that_is_down_is_said_to_be_down(town, client, provider, settings):
    settings.SIGN_IN_PROVIDERS = {"e-id": {**settings.SIGN_IN_PROVIDERS["e-id"], "issuer": "http://127.0.0.1:9"}}
    response = client.get(reverse("signing:begin", kwargs={"hat": "guardian", "way": "e-id"}))
    assert response.status_code == 503
    assert "does not answer" in response.content.decode()


@pytest.mark.parametrize(("error", "words"), [("access_denied", "went back"), ("server_error", "Begin once more")])
def test_who_gives_up_over_there_is_led_back(town, client, trip, provider, error, words):
    provider.behave(NOW, error=error)
    assert words in refused(client, trip(client))


def test_the_session_of_before_is_gone_with_all_it_kept(town, client, trip, as_persona):
    as_persona(client, town.cecilia, Hat.STAFF)
    session = client.session
    session["group"] = "kept"
    session.save()
    before = session.session_key
    trip(client)
    assert client.session.session_key != before
    assert "group" not in client.session


def test_a_link_on_a_strange_page_begins_nothing(town, client):
    address = reverse("signing:begin", kwargs={"hat": "guardian", "way": "e-id"})
    response = client.get(address, headers={"sec-fetch-site": "cross-site"})
    assert response["Location"] == reverse("signing:ways", kwargs={"hat": "guardian"})


def test_the_log_says_why_and_not_who(town, client, trip, provider, caplog):
    provider.behave(NOW, claims={"pid": "199001019999"})
    with caplog.at_level(logging.DEBUG):
        trip(client)
    ours = [record.getMessage() for record in caplog.records if record.name == "access.signing"]
    assert ours == ["sign-in refused: e-id, unknown"]
    assert "199001019999" not in caplog.text


def test_with_userinfo_it_must_be_about_the_same_person(town, client, trip, provider, settings):
    settings.SIGN_IN_PROVIDERS = {"e-id": {**settings.SIGN_IN_PROVIDERS["e-id"], "userinfo": "yes"}}
    provider.behave(NOW, userinfo={"sub": "pairwise-2", "pid": ID_OF_ASTRID})
    refused(client, trip(client))
    provider.behave(NOW, userinfo={"sub": "pairwise-1", "pid": ID_OF_ASTRID})
    trip(client)
    assert signed_in(client)


def test_a_provider_serves_its_own_hats_alone(town, client, settings):
    settings.SIGN_IN_PROVIDERS = {"e-id": {**settings.SIGN_IN_PROVIDERS["e-id"], "hats": "guardian"}}
    assert client.get(reverse("signing:begin", kwargs={"hat": "staff", "way": "e-id"})).status_code == 404
    assert client.get(reverse("signing:begin", kwargs={"hat": "guardian", "way": "other"})).status_code == 404
    assert "e-ID</a>" not in client.get(reverse("signing:ways", kwargs={"hat": "staff"})).content.decode()
    assert "e-ID</a>" in client.get(reverse("signing:ways", kwargs={"hat": "guardian"})).content.decode()


class TestAtWork:
    def directory(self, provider, **how):
        provider.behave(NOW, claims={"pid": ID_OF_CECILIA}, acr="loa2", **how)

    def test_a_directory_that_is_not_sure_enough_is_not_enough(self, town, client, trip, provider):
        self.directory(provider)
        page = refused(client, trip(client, "staff"), 403)
        assert "in two ways" in page


class TestLeaving:
    def test_signing_out_leads_on_to_the_providers_own_way_out(self, town, client, trip, provider):
        trip(client)
        response = client.post("/sign-out/")
        assert response["Location"] == reverse("signing:left", kwargs={"way": "e-id"})
        assert response["Clear-Site-Data"] == '"cache", "storage"'
        left = client.get(response["Location"])
        address = left["Refresh"].removeprefix("1; url=")
        assert address.startswith(f"{provider.issuer}/leave?")
        assert query_of(address) == {"client_id": CLIENT, "post_logout_redirect_uri": "http://testserver/sign-in/"}
        assert not signed_in(client)

    def test_a_provider_that_is_down_keeps_nobody_signed_in(self, town, client, trip, provider):
        trip(client)
        provider.behave(NOW, down=frozenset({"/.well-known/openid-configuration"}))
        left = client.get(client.post("/sign-out/")["Location"])
        assert left.status_code == 200
        assert "Refresh" not in left
        assert not signed_in(client)

    def test_a_session_that_ends_at_the_provider_ends_here(self, town, client, trip, provider):
        provider.behave(NOW, claims={"pid": ID_OF_ASTRID}, sid="their-session")
        trip(client)
        address = reverse("signing:ended_there", kwargs={"way": "e-id"})
        # In a frame of the provider's our cookies do not come along.
        for wrong in ({"iss": "https://elsewhere.example", "sid": "their-session"}, {"iss": provider.issuer, "sid": ""},
                      {"iss": provider.issuer, "sid": "another"}):  # fmt: skip
            Client().get(address, wrong)
        assert client.get("/family/").status_code == 200
        response = Client().get(address, {"iss": provider.issuer, "sid": "their-session"})
        assert f"frame-ancestors {provider.issuer}" in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
        assert client.get("/family/").status_code == 302


@pytest.mark.parametrize("odd", [{"claims": {"exp": 10**30}}, {"userinfo": ["pid"]}, {"claims": {"aud": None}}])
def test_an_answer_of_another_shape_is_refused_and_breaks_nothing(town, client, trip, provider, settings, odd):
    settings.SIGN_IN_PROVIDERS = {"e-id": {**settings.SIGN_IN_PROVIDERS["e-id"], "userinfo": "yes"}}
    provider.behave(NOW, **odd)
    refused(client, trip(client))


def test_an_answer_is_good_at_the_address_alone_that_it_was_asked_for(town, client, legs, settings):
    settings.SIGN_IN_PROVIDERS = {**settings.SIGN_IN_PROVIDERS, "other": settings.SIGN_IN_PROVIDERS["e-id"]}
    location = legs.there(client)
    refused(client, legs.back(client, location.replace("/back/e-id/", "/back/other/")))
    assert legs.back(client, location)["Location"] == reverse("portal:family")
