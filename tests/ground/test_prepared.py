from datetime import UTC, date, datetime, timedelta

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


def test_what_is_worked_out_of_a_value_is_refused_for_it_would_stay_the_first(db):
    rows = Prepared(
        lambda day: Child.objects.filter(born_on__gt=day - timedelta(days=1), born_on__lt=day).values_list("pk"),
        day=date,
    )
    with pytest.raises(ValueError, match="computes"):
        rows.rows(day=date(2026, 1, 1))
    moments = Prepared(
        lambda at: Guardianship.objects.filter(begins_at__gt=at - timedelta(days=1), begins_at__lt=at).values_list(
            "pk"
        ),
        at=datetime,
    )
    with pytest.raises(ValueError, match="computes"):
        moments.rows(at=datetime(2026, 1, 1, tzinfo=UTC))


def test_our_own_sql_stands_around_several_queries_also_one_that_finds_nothing(cast):
    def build(keys, born):
        return [
            Child.objects.filter(pk__in=keys).order_by().values_list("pk"),
            Child.objects.filter(born_on__lt=born).order_by().values_list("pk"),
            Child.objects.filter(pk__in=[]).order_by().values_list("pk"),
        ]

    def around(these, older, none):
        sql = f"SELECT COUNT(*) FROM ({these[0]}) a WHERE pk IN ({older[0]}) OR pk IN ({none[0]})"
        return sql, (*these[1], *older[1], *none[1])

    rows = Prepared(build, around=around, keys=[int], born=date)
    keys = [cast.alma.pk, cast.bo.pk]
    assert rows.rows(keys=keys, born=date(2026, 1, 1)) == [(2,)]
    assert rows.rows(keys=keys[:1], born=date(2026, 1, 1)) == [(1,)]
    assert rows.rows(keys=keys, born=date(2001, 1, 1)) == [(0,)]


def test_a_value_that_may_have_no_place_need_not_have_one(cast):
    rows = Prepared(
        lambda child, day: Child.objects.filter(pk=child).values_list("pk"), optional={"day"}, child=int, day=date
    )
    assert rows.rows(child=cast.alma.pk, day=date(2026, 1, 1)) == [(cast.alma.pk,)]
