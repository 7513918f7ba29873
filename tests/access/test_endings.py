"""What dies when a person signs out by themselves."""

import pytest

from access import endings
from people.models import Person


@pytest.fixture
def ended(monkeypatch):
    monkeypatch.setattr(endings, "_endings", [])
    return []


def test_every_registered_ending_is_called_with_the_person_once(ended):
    person = Person(login="x")
    endings.register(ended.append)
    endings.register(ended.append)
    endings.signed_out(person)
    assert ended == [person]
