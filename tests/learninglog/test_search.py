"""Finding by words: staff in working copies, by the names of children they are tied to as well."""

import pytest
from django.db import connection

from learninglog import search
from learninglog.feeds import Wanted, child_log
from learninglog.models import Entry
from tests.entries import shared, write

pytestmark = pytest.mark.django_db


def found(cast, name, text):
    viewer = cast.viewer(name)
    rows = search.in_entries(Entry.objects.visible_to(viewer), text, viewer)
    return sorted(rows.values_list("title", flat=True))


def test_staff_find_by_words_and_by_names_of_their_children(cast):
    write(cast, cast.alma, cast.bo, title="Leaves", text="@Alma and @Bo sorted.")
    write(cast, cast.tyra, title="Ice", text="A quiet morning.")
    assert found(cast, "cecilia", "sorted") == ["Leaves"]
    assert found(cast, "cecilia", "bo") == ["Leaves"]
    assert found(cast, "cecilia", "TYRA quiet") == ["Ice"]
    assert found(cast, "cecilia", "tyra sorted") == []
    assert found(cast, "cecilia", "") == ["Ice", "Leaves"]


def test_frans_finds_almas_entry_but_not_by_the_name_of_a_child_he_is_not_tied_to(cast):
    shared(cast, cast.alma, cast.bo, title="Leaves", text="@Alma and @Bo sorted.")
    assert found(cast, "frans", "leaves") == found(cast, "frans", "alma") == ["Leaves"]
    assert found(cast, "frans", "bo") == []


def test_a_guardian_finds_other_forms_of_a_word_where_the_database_knows_the_language(cast):
    shared(cast, cast.alma, title="Flickor", text="De sprang.")
    rows = child_log(viewer=cast.viewer("astrid"), child=cast.alma, wanted=Wanted(text="flickorna")).items
    assert len(rows) == (1 if connection.vendor == "postgresql" else 0)


@pytest.mark.parametrize("text", ["&", "!", "a:*", "' or 1=1", "(", "\\", "och", "%", "_", "\0" * 3, "x" * 5000])
def test_no_text_breaks_a_search(cast, text):
    shared(cast, cast.alma)
    child_log(viewer=cast.viewer("astrid"), child=cast.alma, wanted=Wanted(text=text))
    found(cast, "cecilia", text)
