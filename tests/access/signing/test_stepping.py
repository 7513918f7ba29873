"""What needs a surer sign-in leads to one, and back, as the same person."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from access.signing.stepping import requires
from tests.access.signing.conftest import ID_OF_CECILIA, query_of
from tests.cast import NOW
from visibility.middleware import STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db


@requires(Strength.SUBSTANTIAL)
def view(request):
    return HttpResponse("done")


def ask(cast, strength, method="get", **headers):
    request = getattr(RequestFactory(), method)("/family/answers/?child=1", headers=headers)
    request.viewer = cast.viewer("astrid", strength=strength)
    return view(request)


def test_who_is_surely_signed_in_notices_nothing(cast):
    for strength in (Strength.SUBSTANTIAL, Strength.HIGH):
        assert ask(cast, strength).content == b"done"


def test_who_is_not_is_sent_to_a_stronger_way_and_back(cast):
    response = ask(cast, Strength.LOW)
    assert response.status_code == 302
    assert query_of(response["Location"]) == {"least": "2", "next": "/family/answers/?child=1"}


def test_what_was_sent_leads_back_to_the_page_with_its_form(cast):
    response = ask(cast, Strength.LOW, "post", referer="http://testserver/family/settings/?a=1#b")
    assert query_of(response["Location"])["next"] == "/family/settings/?a=1"
    elsewhere = ask(cast, Strength.LOW, "post", referer="http://elsewhere.example/family/")
    assert "next" not in query_of(elsewhere["Location"])


def test_htmx_is_told_to_go_there_as_a_page(cast):
    more = {"hx-request": "true", "hx-current-url": "http://testserver/family/"}
    response = ask(cast, Strength.LOW, "post", **more)
    assert response.status_code == 204
    assert query_of(response["HX-Redirect"])["next"] == "/family/"


@pytest.fixture
def low(town, client, trip, provider):
    """Astrid, signed in at level low, about to answer something."""
    provider.behave(NOW, claims={"pid": "198703122384"}, acr="loa2")
    trip(client)
    assert client.session[STRENGTH_KEY] == Strength.LOW
    return client


def begin(client, **query):
    return client.get(reverse("account:begin_step_up", kwargs={"way": "e-id"}), {"next": "/family/notices/", **query})


def come_back(client, legs, response):
    import requests

    with requests.get(response["Location"], allow_redirects=False, timeout=10) as answer:
        return legs.back(client, answer.headers["Location"])


def test_the_page_offers_the_ways_that_are_sure_enough(low, settings):
    page = low.get("/account/step-up/?least=2&next=/family/notices/").content.decode()
    assert "e-ID</a>" in page
    settings.SIGN_IN_PROVIDERS = {"e-id": {**settings.SIGN_IN_PROVIDERS["e-id"], "levels": "loa2=low"}}
    page = low.get("/account/step-up/?least=2&next=/family/notices/").content.decode()
    assert "e-ID</a>" not in page
    assert "The head can write down your answer" in page
    assert begin(low).status_code == 404


def test_one_steps_up_and_is_back_where_one_was(low, town, provider, legs):
    provider.behave(NOW, claims={"pid": "198703122384"}, acr="loa3")
    response = begin(low)
    assert query_of(response["Location"])["acr_values"] == "loa3 loa4"
    assert query_of(response["Location"])["prompt"] == "login"
    assert come_back(low, legs, response)["Location"] == "/family/notices/"
    assert low.session[STRENGTH_KEY] == Strength.SUBSTANTIAL
    assert low.session["hat"] == Hat.GUARDIAN


def test_a_provider_that_answers_too_low_steps_nobody_up(low, provider, legs):
    response = begin(low)
    assert come_back(low, legs, response).status_code == 400
    assert low.session[STRENGTH_KEY] == Strength.LOW


def test_somebody_else_does_not_come_back(low, town, provider, legs):
    provider.behave(NOW, claims={"pid": ID_OF_CECILIA}, acr="loa3")
    response = come_back(low, legs, begin(low))
    assert response.status_code == 400
    assert "somebody else" in response.content.decode()
    assert low.session["_auth_user_id"] == str(town.astrid.pk)
    assert low.session[STRENGTH_KEY] == Strength.LOW


def test_who_is_sure_enough_is_not_asked_again(low, provider, legs):
    provider.behave(NOW, claims={"pid": "198703122384"}, acr="loa3")
    come_back(low, legs, begin(low))
    assert low.get("/account/step-up/?least=2&next=/family/notices/")["Location"] == "/family/notices/"
    assert low.get("/account/step-up/?least=2&next=https://elsewhere.example/")["Location"] == "/"
