"""Verbs of the doors."""

from people.models import Person


def choose_language(*, person: Person, language: str) -> None:
    """Write to this person in another language from now on."""
    Person.objects.filter(pk=person.pk).update(language=language)
