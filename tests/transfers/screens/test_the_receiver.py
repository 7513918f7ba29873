"""The receiver's pages, and the page behind a link."""

import uuid

import pytest
from django.urls import reverse

from access.models import FrozenWording
from access.questions import known
from access.terms import services as terms
from transfers import choice

pytestmark = pytest.mark.django_db


def test_the_list_holds_who_comes_and_what_was_chosen(here):
    assert "Alma" not in here.get("gun", "portal:school").content.decode()
    here.choose(log="yes")
    page = here.get("gun", "portal:school").content.decode()
    assert reverse("school:transfer", kwargs={"handover": here.handover.public_id}) in page


def test_what_was_not_chosen_has_no_page(here):
    here.choose(log="yes")
    key = here.handover.public_id
    assert here.leaf.title in here.get("gun", "school:log", handover=key).content.decode()
    assert here.get("gun", "school:conferences", handover=key).status_code == 404
    here.choose(conferences="yes")
    assert here.get("gun", "school:log", handover=key).status_code == 404
    assert here.get("gun", "school:conferences", handover=key).status_code == 200


def test_nobody_else_has_the_pages(here):
    here.choose(log="yes", conferences="yes")
    for name in ("astrid", "cecilia", "eva", "birger"):
        assert here.get(name, "school:transfer", handover=here.handover.public_id).status_code == 404, name


def test_an_address_behind_which_nothing_lies_says_so_and_nothing_more(client):
    page = client.get(reverse("packages:package", kwargs={"package": uuid.uuid4()}))
    assert page.status_code == 404
    assert client.get(reverse("packages:download", kwargs={"package": uuid.uuid4()})).status_code == 404


def test_the_four_questions_have_words_in_three_languages_and_only_two_can_be_objected_to(move):
    kinds = [question.value for question in choice.Question]
    assert FrozenWording.objects.filter(kind__in=kinds).count() == 12
    assert all(terms.current(kind, "nb").language == "nb" for kind in kinds)
    assert {k for k in kinds if known.of(k).may_be_objected} == {"preschool_log", "preschool_conferences"}
