"""What Wagtail's office calls our models and their fields, it says in the editor's language."""

from itertools import chain

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import translation
from django.utils.functional import Promise
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from portal.models import PageText
from tests.architecture.house import room_of

PAGES = [model for model in apps.get_models() if issubclass(model, Page) and room_of(model.__module__)]
EDITED = [*PAGES, *get_snippet_models(), PageText, get_image_model(), get_document_model()]
SEEN = [*EDITED, get_user_model()]
# Links between rows, which no form shows.
LINKS = {"id", "page"}


def by_others(model):
    """Names of the fields that a class of Wagtail's brings, which Wagtail translates."""
    bases = [base for base in model.__mro__ if hasattr(base, "_meta") and not room_of(base.__module__)]
    return set(chain.from_iterable((field.name for field in base._meta.local_fields) for base in bases))


def fields(model):
    """Our fields that a form can show."""
    hidden = LINKS | by_others(model)
    ours = [field for field in model._meta.local_fields if field.editable and field.name not in hidden]
    return [field for field in ours if not getattr(field.remote_field, "parent_link", False)]


def test_the_office_sees_what_these_tests_look_at():
    assert {model.__name__ for model in SEEN} >= {"Goal", "SensitiveWord", "NewsPage", "EditorialImage", "Person"}
    assert sum(len(fields(model)) for model in EDITED) > 40


@pytest.mark.parametrize("model", SEEN, ids=lambda model: model.__name__)
def test_a_model_has_names_that_are_translated(model):
    assert isinstance(model._meta.verbose_name, Promise)
    for language in ("sv", "nb"):
        with translation.override(language):
            one, many = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
        # What Django makes of a name that has no plural.
        assert many != f"{one}s"


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_a_field_has_a_label_and_help_that_are_translated(model):
    for field in fields(model):
        assert isinstance(field.verbose_name, Promise), field.name
        assert field.help_text == "" or isinstance(field.help_text, Promise), field.name


@pytest.mark.parametrize(
    ("language", "person", "picture", "page"),
    [
        ("sv", "Personer", "Offentlig bild", "Offentlig Sida"),
        ("nb", "Personer", "Offentlig bilde", "Offentlig Side"),
    ],
)
@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_the_screens_speak_the_editors_language(site, office, language, person, picture, page):
    UserProfile.objects.update_or_create(user=site.office, defaults={"preferred_language": language})
    for address, said in [
        (f"/cms/users/edit/{site.office.pk}/", person),
        ("/cms/images/add/", picture),
        ("/cms/reports/page-types-usage/", page),
    ]:
        shown = office.get(address).content.decode()
        assert said in shown, address
        for english in ("Persons", "People", "Editorial image", "Public picture", "Site Page", "Public Page"):
            assert english not in shown, address
