"""What people read is translatable from the first commit: choices, their sentences of refusal, labels of forms."""

import pytest
from django.apps import apps
from django.db.models import Choices
from django.utils.functional import Promise

from tests.architecture.house import room_of

MODELS = [model for model in apps.get_models() if room_of(model.__module__)]


def subclasses(base):
    for each in base.__subclasses__():
        yield each
        yield from subclasses(each)


CHOICES = sorted(
    {choices for choices in subclasses(Choices) if room_of(choices.__module__) and list(choices)},
    key=lambda choices: (choices.__module__, choices.__qualname__),
)
SENTENCES = [
    (model, constraint)
    for model in MODELS
    for constraint in model._meta.constraints
    if constraint.violation_error_message != constraint.default_violation_error_message
]


def test_there_are_choices_and_constraints_to_look_at():
    assert len(CHOICES) > 5
    assert len(SENTENCES) > 20


@pytest.mark.parametrize("choices", CHOICES, ids=lambda choices: f"{choices.__module__}.{choices.__qualname__}")
def test_choices_are_said_in_the_readers_language(choices):
    assert [member.name for member in choices if not isinstance(member._label_, Promise)] == []


@pytest.mark.parametrize(
    ("model", "constraint"), SENTENCES, ids=[f"{model._meta.label}.{rule.name}" for model, rule in SENTENCES]
)
def test_a_constraint_refuses_in_the_readers_language(model, constraint):
    assert isinstance(constraint.violation_error_message, Promise)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_help_texts_are_translatable(model):
    plain = [
        field.name
        for field in model._meta.local_fields
        if field.help_text and not isinstance(field.help_text, Promise) and not field.remote_field
    ]
    assert plain == []
