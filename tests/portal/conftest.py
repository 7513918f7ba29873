"""The office at work: somebody with its duty, its hat and its rights, and a site to edit."""

from typing import Any

import pytest
from django.test import Client

from people.models import Person
from portal.office.rights import join_office
from portal.site.building import build
from tests.cast import TODAY
from visibility.viewer import Hat


@pytest.fixture
def site(cast: Any) -> Any:
    """The first tree of pages; the cast's own organisation."""
    build(organisation=cast.organisation, day=TODAY, language="sv")
    return cast


@pytest.fixture
def today(stop_clock: Any) -> None:
    """The clock stands where the cast lives."""
    from tests.cast import NOW

    stop_clock(NOW)


@pytest.fixture
def office(site: Any, as_persona: Any) -> Client:
    """Olle of the office, signed in as such."""
    join_office(person=site.office)
    return as_persona(Client(), site.office, Hat.OFFICE)


@pytest.fixture
def office_superuser(site: Any, as_persona: Any) -> Client:
    """What no installation has: an office person who is also a superuser."""
    Person.objects.filter(pk=site.office.pk).update(is_superuser=True)
    join_office(person=site.office)
    return as_persona(Client(), Person.objects.get(pk=site.office.pk), Hat.OFFICE)
