import base64
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ground import paging
from ground.paging import Page, page

throwaway = Apps(["ground"])
FIRST = date(2025, 1, 1)


class Note(models.Model):
    happened_on = models.DateField()
    entry_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=datetime(2025, 1, 1, tzinfo=UTC))
    code = models.UUIDField(default=uuid.uuid4)
    word = models.CharField(max_length=40, default="å")
    amount = models.DecimalField(max_digits=6, decimal_places=2, default=Decimal("1.50"))
    of = models.ForeignKey("self", null=True, on_delete=models.CASCADE)

    class Meta:
        app_label = "ground"
        apps = throwaway


class Other(models.Model):
    happened_on = models.DateField()
    entry_id = models.PositiveBigIntegerField()

    class Meta:
        app_label = "ground"
        apps = throwaway


@pytest.fixture(scope="module", autouse=True)
def tables(make_tables):
    with make_tables(Note, Other):
        yield


def write(*days):
    return Note.objects.bulk_create(
        [Note(happened_on=FIRST + timedelta(days=day), entry_id=n) for n, day in enumerate(days, 1)]
    )


def walk(queryset, **how):
    pages = [page(queryset, **how)]
    while pages[-1].next_cursor:
        assert len(pages) < 50
        pages.append(page(queryset, cursor=pages[-1].next_cursor, **how))
    return pages


def ids(pages):
    return [row.entry_id for found in pages for row in found.items]


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repeat_even_through_ties():
    write(*[n // 7 for n in range(45)])
    pages = walk(Note.objects.all(), size=10)
    assert [len(found.items) for found in pages] == [10, 10, 10, 10, 5]
    assert ids(pages) == list(range(45, 0, -1))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_that_fits_has_no_next_page(count):
    write(*range(count))
    found = page(Note.objects.all(), size=3)
    assert (len(found.items), found.next_cursor) == (count, None)


@pytest.mark.django_db
def test_rows_deleted_between_pages_leave_no_hole():
    rows = write(*range(10))
    first = page(Note.objects.all(), size=4)
    # The last row shown and the next one go: a counted page would skip one, a page after a row would lose its place.
    Note.objects.filter(entry_id__in=[7, 6]).delete()
    assert ids([page(Note.objects.all(), size=4, cursor=first.next_cursor)]) == [5, 4, 3, 2]
    assert len(rows) == 10


@pytest.mark.django_db
def test_rows_added_between_pages_shift_nothing():
    write(*range(10))
    first = page(Note.objects.all(), size=4)
    Note.objects.create(happened_on=FIRST + timedelta(days=99), entry_id=99)
    assert ids([first, page(Note.objects.all(), size=4, cursor=first.next_cursor)]) == [10, 9, 8, 7, 6, 5, 4, 3]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [None, "", "x", "å", "==", "a" * 5000, "gAAAAABoAAAA", base64.urlsafe_b64encode(b'["d2025-01-01","i3"]').decode()],
)
def test_a_cursor_that_is_not_ours_gives_the_first_page(cursor):
    write(*range(5))
    assert ids([page(Note.objects.all(), size=2, cursor=cursor)]) == [5, 4]


@pytest.mark.django_db
def test_a_cursor_altered_anywhere_gives_the_first_page():
    write(*range(5))
    cursor = page(Note.objects.all(), size=2).next_cursor
    for place in range(0, len(cursor) - 1, 3):
        altered = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        assert ids([page(Note.objects.all(), size=2, cursor=altered)]) == [5, 4]
    assert ids([page(Note.objects.all(), size=2, cursor=cursor)]) == [3, 2]


@pytest.mark.django_db
def test_a_cursor_of_another_list_or_order_gives_the_first_page():
    write(*range(5))
    Other.objects.bulk_create([Other(happened_on=FIRST, entry_id=n) for n in range(5)])
    cursor = page(Note.objects.all(), size=2).next_cursor
    assert ids([page(Other.objects.all(), size=2, cursor=cursor)]) == [4, 3]
    assert ids([page(Note.objects.all(), keys=("happened_on", "entry_id"), size=2, cursor=cursor)]) == [1, 2]


@pytest.mark.django_db
def test_a_cursor_outlives_a_change_of_the_secret_key_with_a_fallback_only(settings):
    write(*range(5))
    cursor = page(Note.objects.all(), size=2).next_cursor
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert ids([page(Note.objects.all(), size=2, cursor=cursor)]) == [3, 2]
    settings.SECRET_KEY_FALLBACKS = []
    assert ids([page(Note.objects.all(), size=2, cursor=cursor)]) == [5, 4]


@pytest.mark.django_db
def test_a_cursor_tells_neither_an_id_nor_its_length():
    keys = ("-happened_on", "-entry_id")
    rows = [Note(happened_on=FIRST, entry_id=number) for number in (3, 1234567890123)]
    cursors = [paging.cut([row, row], model=Note, keys=keys, size=1).next_cursor for row in rows]
    assert len(set(map(len, cursors))) == 1
    for cursor in cursors:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        assert b"2025" not in raw
        assert b"i3" not in raw
        assert b"1234567890123" not in raw


@pytest.mark.django_db
@pytest.mark.parametrize(
    "keys",
    [("at", "id"), ("-code",), ("word", "-id"), ("-amount", "id"), ("of__entry_id", "-entry_id"), ("of_id", "id")],
)
def test_every_kind_of_key_can_order_a_list(keys):
    rows = write(1, 2, 3, 4, 5)
    for number, row in enumerate(rows):
        row.at += timedelta(microseconds=number % 2, hours=-5)
        row.word = "åäö"[number % 3]
        row.amount += Decimal("0.01") * (number % 2)
        row.of_id = rows[number // 2].pk
        row.save()
    queryset = Note.objects.select_related("of")
    assert [row.pk for found in walk(queryset, keys=keys, size=2) for row in found.items] == [
        row.pk for row in queryset.order_by(*keys)
    ]


@pytest.mark.django_db
def test_rows_as_dictionaries_are_paged_too():
    write(1, 2, 3)
    pages = walk(Note.objects.values("happened_on", "entry_id"), size=2)
    assert [row["entry_id"] for found in pages for row in found.items] == [3, 2, 1]


@pytest.mark.django_db
def test_a_page_is_one_query_without_offset_or_count():
    write(*range(9))
    cursor = page(Note.objects.all(), size=3).next_cursor
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(Note.objects.all(), size=3, cursor=cursor)
    (query,) = queries.captured_queries
    assert "OFFSET" not in query["sql"].upper()
    assert "COUNT" not in query["sql"].upper()
    assert "LIMIT 4" in query["sql"]


@pytest.mark.django_db
def test_a_feed_can_unite_several_short_lists_with_the_same_cursor():
    write(0, 0, 1, 1, 2, 2, 3)
    keys = ("-happened_on", "-entry_id")
    seen, cursor = [], None
    while True:
        behind = paging.after(Note, keys=keys, cursor=cursor)
        lists = [
            Note.objects.filter(behind, entry_id__in=part).order_by(*keys)[:4] for part in ((1, 3, 5), (2, 4, 6, 7))
        ]
        rows = sorted(
            (row for part in lists for row in part), key=lambda row: (row.happened_on, row.entry_id), reverse=True
        )
        found = paging.cut(rows[:4], model=Note, keys=keys, size=3)
        seen += [row.entry_id for row in found.items]
        cursor = found.next_cursor
        assert len(seen) < 50
        if cursor is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("size", [0, -1, 201])
def test_a_senseless_size_is_refused(size):
    with pytest.raises(ValueError, match="1 to 200"):
        page(Note.objects.all(), size=size)
    with pytest.raises(ValueError, match="1 to 200"):
        paging.cut([], model=Note, keys=("id",), size=size)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(0, 4), max_size=25), st.integers(1, 9), st.sampled_from(["", "-"]), st.sampled_from(["", "-"])
)
def test_the_pages_together_are_the_list(days, size, one, two):
    Note.objects.all().delete()
    write(*days)
    keys = (f"{one}happened_on", f"{two}entry_id")
    pages = walk(Note.objects.all(), keys=keys, size=size)
    assert ids(pages) == ids([Page(list(Note.objects.order_by(*keys)), None)])
