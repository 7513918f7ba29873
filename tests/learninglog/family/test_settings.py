"""A child's settings, the tabs of its page, and the daily mail's question."""

from datetime import timedelta

import pytest

from learninglog import notices, slots
from learninglog.services import threads, withdraw_entry
from learninglog.services.visits import visit
from people.models import Home
from tests.cast import NOW
from tests.entries import shared
from tests.learninglog.family.shortcuts import page_of, text_of

SINCE = NOW - timedelta(days=1)


def news(cast, name="astrid", since=SINCE, at=NOW):
    return notices.something_new(cast.viewer(name, at=at), since)


def test_the_settings_hold_the_panels_in_their_order(cast, sign_in):
    page = text_of(sign_in(cast.astrid).get(page_of("settings", cast.alma)))
    assert page.index('id="notices"') < page.index('id="words"')
    assert "astrid@example.org" in page


def test_a_room_puts_a_tab_and_a_panel_once(cast, monkeypatch):
    monkeypatch.setattr(slots, "_tabs", dict(slots._tabs))
    monkeypatch.setattr(slots, "_panels", dict(slots._panels))
    before = slots.panels(cast.viewer("astrid"), cast.alma)
    tab = slots.Tab("guests", "Guests", "calendar", "family:log", 15)
    panel = slots.Panel("lent", "learninglog/family/panel_words.html", 10, lambda viewer, child: None)
    for _ in range(2):
        slots.register_tab(tab)
        slots.register_panel(panel)
    viewer = cast.viewer("astrid")
    assert [tab.name for tab in slots.tabs(viewer, cast.alma)][:2] == ["log", "guests"]
    # Who has nothing to show of it has no panel.
    assert [panel.name for panel in slots.panels(viewer, cast.alma)] == [panel.name for panel in before]
    with pytest.raises(ValueError, match="guests"):
        slots.register_tab(slots.Tab("guests", "Others", "calendar", "family:log", 20))
    with pytest.raises(ValueError, match="lent"):
        slots.register_panel(slots.Panel("lent", "x.html", 10, lambda viewer, child: None))


def test_what_is_shared_is_news_until_it_is_seen(cast):
    assert not news(cast)
    shared(cast, cast.alma, at=NOW - timedelta(hours=2))
    assert news(cast)
    assert not news(cast, since=NOW - timedelta(hours=1))
    assert not news(cast, "birger")
    assert not news(cast, "anders")
    assert not news(cast, "cecilia")
    visit(child=cast.alma, by=cast.viewer("astrid", at=NOW - timedelta(hours=1)))
    assert not news(cast)


def test_what_was_withdrawn_meanwhile_is_no_news(cast):
    entry = shared(cast, cast.alma, at=NOW - timedelta(hours=2))
    withdraw_entry(entry=entry, by=cast.viewer("cecilia"))
    assert not news(cast)


def test_an_answer_is_news_for_the_home_it_was_given_to_until_they_read_it(cast, write_to_staff):
    entry = shared(cast, cast.alma, cast.bo, at=NOW - timedelta(days=9))
    thread = write_to_staff(cast.astrid, cast.alma, entry, "Where?", at=NOW - timedelta(days=8)).thread
    assert not news(cast)
    threads.reply(
        thread=thread, by=cast.viewer("cecilia", at=NOW - timedelta(hours=2)), text="There",
        client_key=thread.public_id,
    )  # fmt: skip
    assert news(cast)
    assert not news(cast, "birger")
    threads.home_has_read(entry=entry.pk, child=cast.alma, by=cast.viewer("astrid", at=NOW - timedelta(hours=1)))
    assert not news(cast)


def test_a_change_is_news_for_the_home_that_sees_it(cast):
    entry = shared(cast, cast.alma, at=NOW - timedelta(days=9))
    home = Home.objects.get(memberships__guardianship=cast.astrid_alma)
    entry.home_changes.create(home=home, child=cast.alma, at=NOW - timedelta(hours=2))
    assert news(cast)
    assert not news(cast, "birger")
