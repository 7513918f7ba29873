"""Under an entry a home talks with the staff: alone, once, and knowing whether it was read."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from learninglog.models import Message, Thread
from learninglog.services import threads
from people.models import Home, HomeMembership
from tests.cast import NOW
from tests.entries import shared
from tests.learninglog.family.shortcuts import log_of, page_of, text_of
from visibility.models import ReadingLine
from visibility.viewer import Hat

HTMX = {"HX-Request": "true"}


def activated(cast):
    """Anders reads too, in a home of his own."""
    cast.anders_alma.activated_at = NOW - timedelta(days=30)
    cast.anders_alma.save()
    return cast.anders


def answer(cast, thread, text="By the pond", by="cecilia", at=NOW, hat=Hat.STAFF):
    return threads.reply(thread=thread, by=cast.viewer(by, hat, at=at), text=text, client_key=uuid.uuid4())


def test_what_astrid_writes_stands_under_the_entry_and_waits_for_the_staff(cast, sign_in):
    entry = shared(cast, cast.alma)
    client, page = sign_in(cast.astrid), page_of("entry", cast.alma, entry=entry)
    sent = client.post(
        page_of("message", cast.alma, entry=entry),
        {"text": "Where was it?\nWe want to go!", "client_key": uuid.uuid4()},
    )
    assert sent.status_code == 302
    assert sent["Location"] == page + "#talk"
    assert "Where was it?\nWe want to go!" in text_of(client.get(page))
    thread = Thread.objects.get()
    assert (thread.waiting_since, thread.taken_by) == (NOW, None)


def test_the_same_form_sent_twice_is_one_message(cast, sign_in):
    entry = shared(cast, cast.alma)
    client, key = sign_in(cast.astrid), str(uuid.uuid4())
    for _ in range(2):
        client.post(page_of("message", cast.alma, entry=entry), {"text": "Once", "client_key": key})
    assert [message.text for message in Message.objects.all()] == ["Once"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_message_that_cannot_be_sent_comes_back_with_its_words_and_its_key(cast, sign_in, headers):
    entry, key = shared(cast, cast.alma), str(uuid.uuid4())
    long = "Too long. " * 3000
    address = page_of("message", cast.alma, entry=entry)
    page = text_of(sign_in(cast.astrid).post(address, {"text": long, "client_key": key}, headers=headers))
    assert long.strip() in page
    assert key in page
    assert 'aria-invalid="true"' in page
    assert not Message.objects.exists()


def test_an_empty_message_is_none(cast, sign_in):
    entry = shared(cast, cast.alma)
    page = sign_in(cast.astrid).post(page_of("message", cast.alma, entry=entry), {"text": " \n "})
    assert 'class="error"' in text_of(page)
    assert not Thread.objects.exists()


def test_typed_text_cannot_hold_the_mark_of_a_mention(cast, write_to_staff):
    entry = shared(cast, cast.alma)
    message = write_to_staff(cast.astrid, cast.alma, entry, f"\ue000{cast.bo.pk}\ue001 hello")
    assert message.text == f"{cast.bo.pk} hello"


def test_another_home_of_alma_never_sees_the_conversation(cast, sign_in, write_to_staff):
    entry = shared(cast, cast.alma)
    message = write_to_staff(cast.astrid, cast.alma, entry, "Between us")
    answer(cast, message.thread, "Only for Astrid")
    client = sign_in(activated(cast))
    for address in (log_of(cast.alma), page_of("entry", cast.alma, entry=entry)):
        page = text_of(client.get(address))
        assert "Between us" not in page
        assert "Only for Astrid" not in page
        assert "talk-said" not in page
    client.post(page_of("message", cast.alma, entry=entry), {"text": "His own", "client_key": uuid.uuid4()})
    assert Thread.objects.count() == 2
    assert "His own" not in text_of(sign_in(cast.astrid).get(page_of("entry", cast.alma, entry=entry)))


def test_those_who_read_together_have_one_conversation(cast, sign_in, write_to_staff):
    home = Home.objects.get(memberships__guardianship=cast.astrid_alma)
    cast.britta = britta = cast.make.person("britta", "Britta", "Berg")
    cast.make.guardian(britta, cast.alma, home=home)
    entry = shared(cast, cast.alma)
    write_to_staff(cast.astrid, cast.alma, entry, "From Astrid")
    write_to_staff(britta, cast.alma, entry, "From Britta")
    assert Thread.objects.count() == 1
    page = text_of(sign_in(britta).get(page_of("entry", cast.alma, entry=entry)))
    assert "From Astrid" in page
    assert "Astrid ·" in page


def test_after_joining_another_home_the_old_words_stay_with_who_wrote_them(cast, sign_in, write_to_staff):
    """Joining makes a new home: Anders does not read what Astrid wrote before, and she reads both."""
    entry = shared(cast, cast.alma)
    write_to_staff(cast.astrid, cast.alma, entry, "Before", at=NOW - timedelta(hours=5))
    together = Home.objects.create(child=cast.alma)
    activated(cast)
    for tie in (cast.astrid_alma, cast.anders_alma):
        HomeMembership.objects.filter(guardianship=tie).update(ends_at=NOW - timedelta(hours=2))
        HomeMembership.objects.create(home=together, guardianship=tie, begins_at=NOW - timedelta(hours=2))
    write_to_staff(cast.anders, cast.alma, entry, "Together now")
    page = page_of("entry", cast.alma, entry=entry)
    his, hers = text_of(sign_in(cast.anders).get(page)), text_of(sign_in(cast.astrid, fresh=True).get(page))
    assert ("Before" in his, "Together now" in his) == (False, True)
    assert hers.index("Before") < hers.index("Together now")


def test_whoever_never_had_a_home_gets_one_with_the_first_word(cast, write_to_staff):
    HomeMembership.objects.filter(guardianship=cast.astrid_alma).update(ends_at=NOW - timedelta(days=1))
    entry = shared(cast, cast.alma)
    first = write_to_staff(cast.astrid, cast.alma, entry, "One")
    second = write_to_staff(cast.astrid, cast.alma, entry, "Two")
    assert first.thread == second.thread
    assert HomeMembership.objects.running(NOW).filter(guardianship=cast.astrid_alma).count() == 1


def test_an_answer_ends_the_waiting_and_is_pointed_out_until_it_is_read(cast, sign_in, write_to_staff, stop_clock):
    entry = shared(cast, cast.alma, at=NOW - timedelta(days=1))
    message = write_to_staff(cast.astrid, cast.alma, entry, "Where?", at=NOW - timedelta(hours=3))
    threads.take(thread=message.thread, by=cast.viewer("karin"))
    answer(cast, message.thread, at=NOW - timedelta(hours=1))
    thread = Thread.objects.get()
    assert (thread.waiting_since, thread.taken_by) == (None, None)
    client = sign_in(cast.astrid)
    assert "badge is-new" in text_of(client.get(log_of(cast.alma))).split("talk-link")[1]
    page = text_of(client.get(page_of("entry", cast.alma, entry=entry)))
    assert "By the pond" in page
    assert "Cecilia" in page
    assert "badge is-new" not in text_of(client.get(log_of(cast.alma))).split("talk-link")[1]


def test_the_home_is_told_when_the_staff_have_read(cast, sign_in, write_to_staff):
    entry = shared(cast, cast.alma)
    message = write_to_staff(cast.astrid, cast.alma, entry, "Read me", at=NOW - timedelta(hours=1))
    client, page = sign_in(cast.astrid), page_of("entry", cast.alma, entry=entry)
    assert "talk-read" not in text_of(client.get(page))
    # The head may look, but is not who answers here.
    threads.mark_read(thread=message.thread, by=cast.viewer("eva"))
    assert "talk-read" not in text_of(client.get(page))
    threads.mark_read(thread=message.thread, by=cast.viewer("karin"))
    assert "talk-read" in text_of(client.get(page))
    write_to_staff(cast.astrid, cast.alma, entry, "And me", at=NOW + timedelta(minutes=1))
    assert "talk-read" not in text_of(client.get(page))


def test_who_waits_keeps_the_place_in_the_queue(cast, write_to_staff):
    entry = shared(cast, cast.alma, at=NOW - timedelta(days=2))
    first = NOW - timedelta(days=1)
    write_to_staff(cast.astrid, cast.alma, entry, "One", at=first)
    write_to_staff(cast.astrid, cast.alma, entry, "Two")
    assert Thread.objects.get().waiting_since == first


def test_the_first_to_take_a_thread_has_it_until_somebody_takes_it_over(cast, write_to_staff):
    thread = write_to_staff(cast.astrid, cast.alma, shared(cast, cast.alma), "Who answers?").thread
    assert threads.take(thread=thread, by=cast.viewer("karin")).taken_by == cast.karin
    assert threads.take(thread=thread, by=cast.viewer("cecilia")).taken_by == cast.karin
    assert threads.let_go(thread=thread, by=cast.viewer("cecilia")).taken_by == cast.karin
    assert threads.take(thread=thread, by=cast.viewer("cecilia"), over=True).taken_by == cast.cecilia
    assert threads.let_go(thread=thread, by=cast.viewer("cecilia")).taken_by is None


@pytest.mark.parametrize("name", ["eva", "frans", "siri", "david", "gun", "office", "stranger", "birger", "astrid"])
def test_only_those_who_work_with_the_child_answer_take_or_let_go(cast, write_to_staff, name):
    refused_to(cast.viewer(name), write_to_staff(cast.astrid, cast.alma, shared(cast, cast.alma), "Hi").thread)


def test_ines_does_not_answer_her_own_childs_home_as_staff(cast, write_to_staff):
    refused_to(cast.viewer("ines"), write_to_staff(cast.ines, cast.elsa, shared(cast, cast.elsa, cast.bo), "Hi").thread)


def refused_to(by, thread):
    for refused in (
        lambda: threads.reply(thread=thread, by=by, text="Hello", client_key=uuid.uuid4()),
        lambda: threads.take(thread=thread, by=by),
        lambda: threads.let_go(thread=thread, by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("name", ["anders", "birger", "cecilia", "stranger", "gun"])
def test_nobody_else_writes_as_almas_home(cast, name):
    entry = shared(cast, cast.alma)
    with pytest.raises(PermissionDenied):
        threads.write(entry=entry, child=cast.alma, by=cast.viewer(name), text="Hello", client_key=uuid.uuid4())
    assert not Thread.objects.exists()


def test_a_message_cannot_be_changed_or_taken_away(cast, write_to_staff):
    message = write_to_staff(cast.astrid, cast.alma, shared(cast, cast.alma), "As it was")
    for change in (lambda: Message.objects.update(text="Otherwise"), lambda: message.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_page_says_whom_to_ring_today(cast, sign_in):
    entry = shared(cast, cast.alma)
    page = text_of(sign_in(cast.astrid).get(page_of("entry", cast.alma, entry=entry)))
    assert 'href="tel:0123456001"' in page
    assert 'href="tel:0123456000"' in page


def test_an_entry_page_is_one_line_in_the_reading_log(cast, sign_in):
    entry = shared(cast, cast.alma, cast.bo)
    sign_in(cast.astrid).get(page_of("entry", cast.alma, entry=entry))
    line = ReadingLine.objects.get()
    assert (line.what, line.about, line.person) == ("entry", entry.public_id, cast.astrid)
    assert [row.child for row in line.children.all()] == [cast.alma]
