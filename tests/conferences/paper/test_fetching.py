"""The record is fetched by whoever the rule lets read the conference, and the fetching stands in the reading log."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, Cast
from visibility.models import ReadingLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(sealed, stop_clock, as_persona):
    stop_clock(NOW + timedelta(hours=48))
    conference = sealed.conference

    def get(name):
        client = as_persona(Client(), getattr(sealed.cast, name), Cast.HATS[name])
        if name in ("astrid", "anders", "birger"):
            named = {"child": conference.child.public_id, "conference": conference.public_id}
            return client.get(reverse("family_talks:pdf", kwargs=named))
        return client.get(reverse("talks:pdf", kwargs={"conference": conference.public_id}))

    return get


@pytest.mark.parametrize("name", ["astrid", "anders", "cecilia", "karin", "eva"])
def test_who_reads_the_conference_fetches_it(fetch, name):
    before = ReadingLine.objects.count()
    response = fetch(name)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF")
    [line] = ReadingLine.objects.order_by("pk")[before:]
    assert line.what == "conference pdf"


@pytest.mark.parametrize("name", ["birger", "siri", "david", "gun"])
def test_nobody_else_does(fetch, name):
    assert fetch(name).status_code in {302, 403, 404}
