"""A child's log, as its guardians read it in the evening."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.models import Area, Framework, Goal
from learninglog import feeds
from learninglog.models import Entry
from learninglog.services.drafts import ChildInput, EntryInput, save_entry
from people.models import Home
from tests.cast import NOW, TODAY
from tests.entries import picture, put_in, share, shared, write
from tests.learninglog.family.shortcuts import badges, log_of, months, older, page_of, text_of, titles
from visibility.models import ReadingLine

HTMX = {"HX-Request": "true"}
# Session, navigation, visit and reading log included.
MOST_QUERIES = 28


def days(number):
    return {"happened_on": TODAY - timedelta(days=number), "at": NOW - timedelta(days=number)}


@pytest.fixture
def goals(db):
    framework = Framework.objects.create(
        code="T-1", family="T", country="SE", language="sv", title_sv="Plan", valid_from=date(2020, 1, 1)
    )
    nature = Area.objects.create(framework=framework, code="T:1", label_sv="Natur")
    part = Area.objects.create(framework=framework, code="T:1.1", parent=nature, label_sv="Djur")
    words = Area.objects.create(framework=framework, code="T:2", label_sv="Språk", order=2)

    def goal(area, code, label):
        return Goal.objects.create(
            area=area, framework=framework, code=code, label_sv=label, text_sv=f"{label} betyder mycket."
        )

    return {"cycle": goal(nature, "T:1-01", "Kretslopp"), "bug": goal(part, "T:1-02", "Småkryp"),
            "rhyme": goal(words, "T:2-01", "Rim")}  # fmt: skip


def test_astrid_reads_what_was_shared_about_alma(cast, sign_in):
    entry = shared(cast, cast.alma, quotes={cast.alma: ["It has roads in it."]}, lines={cast.alma: "she counted"})
    page = text_of(sign_in(cast.astrid).get(log_of(cast.alma)))
    assert "Whose leaf is this?" in page
    assert "It has roads in it." in page
    assert "she counted" in page
    assert "Granen · Skogsgläntan" in page
    assert page_of("entry", cast.alma, entry=entry) in page


def test_a_draft_is_not_in_the_log(cast, sign_in):
    write(cast, cast.alma)
    assert titles(sign_in(cast.astrid).get(log_of(cast.alma))) == []


def test_the_newest_stands_first_and_months_are_landmarks(cast, sign_in):
    shared(cast, cast.alma, title="October", **days(20))
    shared(cast, cast.alma, title="Yesterday", **days(1))
    shared(cast, cast.alma, title="Last week", **days(7))
    page = sign_in(cast.astrid).get(log_of(cast.alma))
    assert titles(page) == ["Yesterday", "Last week", "October"]
    assert [month.casefold() for month in months(page)] == ["november 2026", "october 2026"]


def test_older_goes_on_from_the_last_entry_without_a_script(cast, sign_in):
    for number in range(45):
        shared(cast, cast.alma, title=f"Day {number}", **days(number))
    client = sign_in(cast.astrid)
    seen, address, pages = [], log_of(cast.alma), 0
    while address:
        page = client.get(address)
        seen += titles(page)
        address, pages = older(page), pages + 1
    assert seen == [f"Day {number}" for number in range(45)]
    assert pages == 3


def test_older_by_htmx_is_only_the_cards_and_no_month_twice(cast, sign_in):
    for number in range(22):
        shared(cast, cast.alma, title=f"Card {number}", happened_on=date(2026, 10, 20), at=NOW - timedelta(days=2))
    client = sign_in(cast.astrid)
    address = older(client.get(log_of(cast.alma)))
    part, whole = client.get(address, headers=HTMX), client.get(address)
    assert titles(part) == titles(whole) == ["Card 1", "Card 0"]
    assert "<html" not in text_of(part)
    assert months(part) == []
    assert len(months(whole)) == 1
    assert "HX-Request" in part["Vary"]


def test_several_entries_of_a_day_and_words_from_home_are_neither_lost_nor_doubled_at_a_page_end(cast, say, sign_in):
    for number in range(15):
        shared(cast, cast.alma, title=f"Entry {number}", **days(3))
        say(cast.astrid, cast.alma, f"Words {number}", happened_on=TODAY - timedelta(days=3))
    viewer, home = cast.viewer("astrid"), Home.objects.get(memberships__guardianship=cast.astrid_alma)
    seen, cursor = [], None
    while True:
        page = feeds.child_log(viewer=viewer, child=cast.alma, home=home, cursor=cursor, size=4)
        seen += [(row.feed_rank, row.feed_id) for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 30
    assert [rank for rank, _ in seen] == [0] * 15 + [1] * 15


def test_a_cursor_that_is_not_ours_gives_the_first_page(cast, sign_in):
    shared(cast, cast.alma)
    assert titles(sign_in(cast.astrid).get(log_of(cast.alma, before="x" * 80))) == ["Whose leaf is this?"]


def test_the_log_is_what_the_rule_lets_each_of_the_cast_read(cast):
    shared(cast, cast.alma)
    shared(cast, cast.alma, cast.bo)
    shared(cast, cast.bo, cast.elsa)
    write(cast, cast.alma)
    for name, viewer in cast.viewers().items():
        for child in (cast.alma, cast.bo, cast.tyra, cast.elsa):
            page = feeds.child_log(viewer=viewer, child=child, size=100)
            listed = {row.feed_id for row in page.items if row.standing}
            ruled = Entry.objects.visible_to(viewer).filter(publications__child=child)
            if viewer.hat == "guardian":
                own = viewer.person.guardianships.filter(child=child, activated_at__isnull=False).exists()
                assert listed == (set(ruled.values_list("pk", flat=True)) if own else set()), (name, child)
            else:
                assert not listed, (name, child)


def test_new_is_what_came_since_the_last_visit_and_stays_new_during_this_one(cast, sign_in, stop_clock):
    shared(cast, cast.alma, title="Old", **days(40))
    client = sign_in(cast.astrid)
    assert badges(client.get(log_of(cast.alma))) == []
    stop_clock(NOW + timedelta(hours=3))
    shared(cast, cast.alma, title="Fresh", at=NOW + timedelta(hours=2))
    assert badges(client.get(log_of(cast.alma))) == ["new"]
    stop_clock(NOW + timedelta(hours=3, minutes=29))
    assert badges(client.get(log_of(cast.alma))) == ["new"]
    stop_clock(NOW + timedelta(hours=4, minutes=1))
    assert badges(client.get(log_of(cast.alma))) == []


def test_new_since_last_time_also_finds_what_happened_long_ago(cast, sign_in):
    for number in range(25):
        shared(
            cast,
            cast.alma,
            title=f"Day {number}",
            happened_on=TODAY - timedelta(days=number),
            at=NOW - timedelta(days=30),
        )
    shared(cast, cast.alma, title="Shared late", happened_on=TODAY - timedelta(days=60), at=NOW - timedelta(hours=1))
    client = sign_in(cast.astrid)
    page = client.get(log_of(cast.alma))
    assert "Shared late" not in titles(page)
    assert log_of(cast.alma, show="new") in text_of(page)
    assert titles(client.get(log_of(cast.alma, show="new"))) == ["Shared late"]


def again(cast, entry, at, **changes):
    """The same entry saved and shared once more."""
    entry.refresh_from_db()
    given = {"title": entry.title, "text": entry.text, "happened_on": entry.happened_on}
    children = {row.child_id: ChildInput(line=row.line) for row in entry.entry_children.order_by("position")}
    data = EntryInput(**{**given, "children": children, **changes})
    save_entry(entry=entry, by=cast.viewer("cecilia", at=at), revision=entry.revision, data=data)
    share(cast, entry, at=at)


def test_changed_is_said_only_to_the_home_whose_own_rendition_changed(cast, sign_in):
    entry = shared(cast, cast.alma, cast.bo, **days(40))
    later = NOW - timedelta(hours=1)
    again(cast, entry, later, children={cast.alma.pk: ChildInput(line="she laughed"), cast.bo.pk: ChildInput()})
    assert badges(sign_in(cast.astrid).get(log_of(cast.alma))) == ["changed"]
    assert badges(sign_in(cast.birger).get(log_of(cast.bo))) == []


def test_filters_by_goal_area_and_from_home(cast, sign_in, say, goals):
    shared(cast, cast.alma, title="Leaves", goals=[goals["cycle"].pk])
    shared(cast, cast.alma, title="Beetles", goals=[goals["bug"].pk, goals["rhyme"].pk])
    shared(cast, cast.alma, title="No goal")
    say(cast.astrid, cast.alma, "A tower at home")
    client = sign_in(cast.astrid)

    def asked(**query):
        return titles(client.get(log_of(cast.alma, **query)))

    assert asked(goal=goals["cycle"].public_id) == ["Leaves"]
    assert asked(goal=goals["rhyme"].public_id) == ["Beetles"]
    assert asked(area=goals["cycle"].area.public_id) == ["Beetles", "Leaves"]
    assert asked(area=goals["bug"].area.public_id) == ["Beetles"]
    assert asked(goal=cast.alma.public_id) == []
    assert asked(show="home") == []
    assert "A tower at home" in text_of(client.get(log_of(cast.alma, show="home")))
    assert "A tower at home" not in text_of(client.get(log_of(cast.alma, goal=goals["cycle"].public_id)))


def test_a_goal_says_what_it_means_and_the_filters_offer_only_goals_of_this_child(cast, sign_in, goals):
    shared(cast, cast.alma, goals=[goals["cycle"].pk])
    shared(cast, cast.bo, goals=[goals["rhyme"].pk])
    client = sign_in(cast.astrid)
    page = text_of(client.get(log_of(cast.alma)))
    assert "Kretslopp betyder mycket." in page
    assert "Natur · Plan" in page
    for headers in ({}, HTMX):
        choice = text_of(client.get(page_of("filters", cast.alma), headers=headers))
        assert "Kretslopp" in choice
        assert "Rim" not in choice


def test_search_finds_words_in_any_case_from_entries_quotes_and_home(cast, sign_in, say):
    shared(cast, cast.alma, title="ÄPPLEN", text="Vi plockade höstlöv.", quotes={cast.alma: ["En igelkott!"]})
    shared(cast, cast.alma, title="Snow", text="White everywhere.")
    say(cast.astrid, cast.alma, "Ärtsoppa hemma")
    client = sign_in(cast.astrid)

    def found(text):
        page = client.get(log_of(cast.alma, q=text))
        return titles(page), "Ärtsoppa hemma" in text_of(page)

    assert found("äpplen") == (["ÄPPLEN"], False)
    assert found("HÖSTLÖV igel") == (["ÄPPLEN"], False)
    assert found("löv") == (["ÄPPLEN"], False)
    assert found("ärtsoppa") == ([], True)
    assert found("nothing") == ([], False)
    assert found(" ") == (["Snow", "ÄPPLEN"], True)
    assert found("%") == (["Snow", "ÄPPLEN"], True)


def test_astrid_does_not_find_what_was_said_to_bo_alone(cast, sign_in):
    shared(cast, cast.alma, cast.bo, lines={cast.bo: "hedgehog"}, quotes={cast.bo: ["porcupine"]})
    client = sign_in(cast.astrid)
    assert titles(client.get(log_of(cast.alma, q="hedgehog"))) == []
    assert titles(client.get(log_of(cast.alma, q="porcupine"))) == []
    assert titles(sign_in(cast.birger).get(log_of(cast.bo, q="hedgehog"))) == ["Whose leaf is this?"]


def test_one_page_is_one_line_in_the_reading_log(cast, sign_in):
    for number in range(5):
        shared(cast, cast.alma, cast.bo, **days(number))
    sign_in(cast.astrid).get(log_of(cast.alma))
    line = ReadingLine.objects.get()
    assert (line.person, line.hat, line.what, line.about) == (cast.astrid, "guardian", "log", cast.alma.public_id)
    assert [row.child for row in line.children.all()] == [cast.alma]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return len(asked)


def test_the_page_takes_a_constant_number_of_queries(cast, sign_in, say, goals):
    """The same for two entries and for twenty with pictures, goals, quotes, threads; the figure itself is pinned."""

    def one(number):
        entry = write(
            cast, cast.alma, cast.bo, quotes={cast.alma: ["Yes."]}, lines={cast.alma: "she did"},
            goals=[goals["cycle"].pk], title=f"Day {number}", happened_on=TODAY - timedelta(days=number),
        )  # fmt: skip
        put_in(cast, entry, picture(cast, cast.alma), picture(cast, cast.alma, cast.bo), picture(cast, nobody=True))
        share(cast, entry)

    client = sign_in(cast.astrid)
    one(0), one(1)
    say(cast.astrid, cast.alma, "Words")
    few = queries_of(client, log_of(cast.alma))
    for number in range(2, 20):
        one(number)
    assert len(titles(client.get(log_of(cast.alma)))) == 19
    assert queries_of(client, log_of(cast.alma)) == few
    assert few <= MOST_QUERIES


def test_an_empty_log_says_what_to_do(cast, sign_in):
    page = text_of(sign_in(cast.astrid).get(log_of(cast.alma)))
    assert page_of("from_home", cast.alma) in page
    assert 'class="empty"' in page


def test_pages_say_that_pictures_may_not_be_spread(cast, sign_in):
    cast.astrid.language = "en"
    entry = write(cast, cast.alma)
    put_in(cast, entry, picture(cast, cast.alma))
    share(cast, entry)
    client = sign_in(cast.astrid)
    for address in (log_of(cast.alma), page_of("entry", cast.alma, entry=entry)):
        response = client.get(address, headers={"Accept-Language": "en"})
        assert "They may not be spread." in text_of(response)
        assert "no-store" in response["Cache-Control"]
