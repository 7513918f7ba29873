from datetime import UTC, date, datetime

import pytest
from django.db.models import Exists, OuterRef

from ground.prepared import Prepared
from learninglog.models import SharedVersion
from people.models import Child, GroupMembership, Guardianship
from tests.cast import NOW
from tests.entries import shared

pytestmark = pytest.mark.django_db


def test_it_answers_as_the_query_that_it_was_made_of(cast):
    rows = Prepared(
        lambda child, at: (
            Guardianship.objects.running(at).filter(child=child).order_by("pk").values_list("pk", "person__public_id")
        ),
        child=int,
        at=datetime,
    )
    for child in (cast.alma, cast.bo):
        for at in (NOW, datetime(2001, 1, 1, tzinfo=UTC)):
            plain = Guardianship.objects.running(at).filter(child=child).order_by("pk")
            assert rows.rows(child=child.pk, at=at) == list(plain.values_list("pk", "person__public_id"))


def test_a_list_takes_as_many_as_it_gets_also_twice_in_one_query(cast):
    rows = Prepared(
        lambda keys, day: (
            Child.objects.filter(
                Exists(GroupMembership.objects.running(day).filter(child=OuterRef("pk"), child__in=keys)), pk__in=keys
            )
            .order_by("pk")
            .values_list("pk", "born_on")
        ),
        keys=[int],
        day=date,
    )
    day = cast.viewer("cecilia").day
    for keys in ([cast.alma.pk], [cast.alma.pk, cast.bo.pk], [cast.alma.pk, cast.bo.pk, 10**9]):
        members = GroupMembership.objects.running(day).filter(child__in=keys).values("child")
        meant = list(Child.objects.filter(pk__in=members).order_by("pk").values_list("pk", "born_on"))
        assert meant
        assert rows.rows(keys=keys, day=day) == meant


def test_an_empty_list_asks_nothing(db, django_assert_num_queries):
    rows = Prepared(lambda keys: Child.objects.filter(pk__in=keys).values_list("pk"), keys=[int])
    with django_assert_num_queries(0):
        assert rows.rows(keys=[]) == []


def test_values_come_as_their_fields_give_them(cast):
    version = shared(cast, cast.alma).current
    rows = Prepared(
        lambda keys: SharedVersion.objects.filter(pk__in=keys).values_list("public_id", "at", "goals", "not_names"),
        keys=[int],
    )
    assert rows.rows(keys=[version.pk]) == [(version.public_id, version.at, version.goals, version.not_names)]


def test_a_query_that_forgets_a_value_is_refused(db):
    rows = Prepared(
        lambda child, at: Guardianship.objects.filter(child=child).values_list("pk"), child=int, at=datetime
    )
    with pytest.raises(ValueError, match="'at'"):
        rows.rows(child=1, at=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_query_that_can_find_nothing_finds_nothing(db, django_assert_num_queries):
    rows = Prepared(lambda child: Child.objects.filter(pk=child, pk__in=[]).values_list("pk"), child=int)
    with django_assert_num_queries(0):
        assert rows.rows(child=1) == []
