"""What a daily mail may say yes to, for one guardian."""

from datetime import datetime

from learninglog.notices import something_new
from people.models import Person
from visibility.viewer import Hat, Strength, Viewer


def for_guardian(person: Person, since: datetime, at: datetime) -> bool:
    """Whether the learning log has something new for this guardian in (since, at]."""
    return something_new(Viewer(person=person, hat=Hat.GUARDIAN, strength=Strength.LOW, at=at), since)
