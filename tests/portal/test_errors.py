"""Unknown and forbidden are one page; a broken page needs nothing that could be broken."""

import re
import uuid

import pytest
from django.test import Client, RequestFactory

from media_policy import urls as media
from portal.views import errors
from tests.doors import table
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


def shape(response) -> str:
    return re.sub(r'value="[^"]*"', "", response.content.decode())


def test_unknown_and_forbidden_are_the_same_page(cast, client, as_persona):
    as_persona(client, cast.astrid, Hat.GUARDIAN)
    unknown = client.get("/nothing/of/the/kind/")
    forbidden = client.get("/staff/")
    no_child = client.get(f"/family/children/{uuid.uuid4()}/")
    foreign = client.get(f"/family/children/{cast.bo.public_id}/")
    assert [r.status_code for r in (unknown, forbidden, no_child, foreign)] == [404] * 4
    assert shape(unknown) == shape(forbidden) == shape(no_child) == shape(foreign)
    assert "Bo" not in re.findall(r"\w+", shape(foreign))


def test_it_offers_the_other_hat_to_everybody_alike(cast, client, as_persona):
    client.cookies.load({"django_language": "en"})
    alone = as_persona(client, cast.astrid, Hat.GUARDIAN).get("/x/").content.decode()
    both = as_persona(Client(), cast.ines, Hat.GUARDIAN)
    both.cookies.load({"django_language": "en"})
    said = "the other hat"
    assert said in alone
    assert said in both.get("/x/").content.decode()


def test_a_form_from_another_session_is_not_taken_and_says_so(cast):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language/", {"language": "en"}, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "open for a long time" in response.content.decode()


def test_a_broken_page_is_a_file_in_all_our_languages(monkeypatch):
    monkeypatch.setattr("portal.views.errors.render", None)
    response = errors.broken(RequestFactory().get("/"))
    page = response.content.decode()
    assert response.status_code == 500
    assert re.findall(r'<section lang="(\w+)"', page) == ["sv", "nb", "en"]
    assert not re.search(r"https?://|<script|style=", page)


def test_the_site_uses_our_pages():
    from config import urls

    assert urls.handler403 is urls.handler404 is errors.not_found
    assert urls.handler500 is errors.broken


def test_robots_are_kept_out_of_every_door(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    for door in ("family", "staff", "school", "media", "cms", "demo"):
        assert f"Disallow: /{door}/" in lines
    assert "Disallow: /" not in lines


# The walk through every door looks at the rest of them as nobody.
PUBLIC = table.PUBLIC | {
    "portal:office_sign_in",
    # Answers strangers itself, with the same 404 that it gives to the unknown.
    *(f"media_policy:{route.name}" for route in media.urlpatterns),
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
}


def test_what_is_open_without_signing_in_is_this_list_and_nothing_else():
    from tests.portal.addresses import patterns

    found = {
        ":".join([*spaces, pattern.name or ""])
        for route, pattern, spaces in patterns()
        if not getattr(pattern.callback, "login_required", True)
        # Wagtail asks for itself there, and the office's door before it: see test_office_door.py.
        if not route.startswith("cms/") or "portal" in spaces
    }
    assert found == PUBLIC


@pytest.mark.parametrize("address", ["/family/", "/staff/", "/school/", "/family/notices/"])
def test_a_door_leads_who_is_not_signed_in_to_the_ways_in(client, address):
    assert client.get(address)["Location"].startswith("/sign-in/")
