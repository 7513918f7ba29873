"""Nothing in the code grades, ranks or measures a child or an employee: see decision 25."""

import re

from django.apps import apps
from django.db import models

from tests.architecture.house import room_of, sources, tree

OURS = [model for model in apps.get_models() if room_of(model.__module__)]
# Words of a name, as it is split at underscores and capitals, that only a measure of somebody would have.
MEASURES = {
    "grade", "grades", "graded", "grading", "score", "scores", "rank", "ranks", "ranking", "rating", "ratings",
    "attainment", "attained", "achievement", "mastery", "proficiency", "percentile", "leaderboard", "benchmark",
}  # fmt: skip


def words_of(name):
    return set(re.findall(r"[a-z]+", re.sub(r"([A-Z])", r" \1", name).lower()))


def test_no_table_has_a_column_that_measures_anybody():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if words_of(field.name) & MEASURES or words_of(model.__name__) & MEASURES
    ]
    assert wrong == []


def test_no_number_stands_beside_a_child_or_an_employee():
    """A number in a row about one child or one employee would be a place to keep a mark in."""
    numbers = models.IntegerField | models.FloatField | models.DecimalField
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        if ABOUT & {field.name for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields
        if isinstance(field, numbers) and not field.is_relation and not field.primary_key
    ]
    assert sorted(wrong) == sorted(KNOWN), "a number about somebody: say here why it is no measure"


# Fields by which a row is about one child, one adult or one duty.
ABOUT = {"child", "person", "duty"}
# In which order children stand on an entry; wrong digits and lost mails in a row; how sure a sign-in was;
# how far a package is and how often it was fetched.
KNOWN = [
    "access.NoticeMail.tries",
    "access.OpenSession.strength",
    "access.Pin.wrong",
    "learninglog.EntryChild.position",
    "learninglog.VersionChild.position",
    "transfers.Package.done",
    "transfers.Package.downloads",
    "transfers.Package.most_downloads",
    "transfers.Package.octets",
    "transfers.Package.total",
    "transfers.Package.wrong_codes",
]


def test_coverage_never_groups_by_who_wrote():
    for path in sources():
        if "coverage" in path.parts:
            text = path.read_text(encoding="utf-8")
            assert "created_by" not in text.replace('select_related("group", "created_by", "current")', ""), path
            assert not re.search(r"order_by\(\s*\"-?(count|total|number)", text), path
            assert tree(path)


def test_the_words_that_measure_are_found():
    assert words_of("readingScore") & MEASURES
    assert words_of("skill_rating") & MEASURES
    assert not words_of("upgraded_at") & MEASURES
