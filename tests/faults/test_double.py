"""A double tap: the same thing asked for twice at once is done once, and both are told the same.

On PostgreSQL two threads with connections of their own start together; SQLite has one writer at a time, so there one
comes after the other.
"""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from learninglog import services
from learninglog.models import (
    Entry,
    HomeWords,
    HomeWordsPicture,
    Message,
    Publication,
    SharedVersion,
    Thread,
    TrayItem,
    TrayPicture,
)
from learninglog.services import threads, tray, words
from media_policy.models import Derivative, Picture
from media_policy.services import take_in
from people.models import Home, HomeMembership
from tests import cast as casting
from tests import entries
from tests.cast import NOW, TODAY
from tests.faults.hand import photograph, uploaded

pytestmark = pytest.mark.django_db(transaction=True)
# Each tap waits for the other this long at most; only a broken run comes near.
PATIENCE = 60


@pytest.fixture
def world(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.SPOOL_ROOT = tmp_path / "spool"
    settings.FILE_UPLOAD_TEMP_DIR = str(settings.SPOOL_ROOT)
    return casting.build()


def twice(act):
    """What two taps give, told apart by the number they are called with."""
    if connection.vendor == "sqlite":
        return [act(number) for number in (0, 1)]
    together = threading.Barrier(2)

    def tap(number):
        try:
            connection.ensure_connection()
            together.wait(PATIENCE)
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(tap, (0, 1), timeout=PATIENCE))


def files_below(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())


def test_an_entry_is_shared_once(world):
    entry = entries.write(world, world.alma, world.bo)
    seen = services.preview_sharing(entry=entry, by=world.viewer("cecilia")).digest
    one, other = twice(lambda number: services.share_entry(entry=entry, by=world.viewer("cecilia"), confirmed=seen))
    assert one == other
    assert SharedVersion.objects.count() == 1
    assert set(Publication.objects.values_list("child", flat=True)) == {world.alma.pk, world.bo.pk}
    assert Publication.objects.count() == 2


def test_two_colleagues_share_an_entry_once(world):
    entry = entries.write(world, world.alma, world.bo)
    people = ("cecilia", "karin")
    one, other = twice(lambda number: services.share_entry(entry=entry, by=world.viewer(people[number])))
    assert one == other
    assert (SharedVersion.objects.count(), Publication.objects.count()) == (1, 2)


def test_sharing_and_withdrawing_at_once_leaves_the_whole_or_nothing(world):
    entry = entries.shared(world, world.alma, world.bo)
    acts = (services.share_entry, services.withdraw_entry)
    twice(lambda number: acts[number](entry=entry, by=world.viewer("cecilia")))
    entry.refresh_from_db()
    versions = list(Publication.objects.values_list("version", flat=True))
    assert versions == ([] if entry.current_id is None else [entry.current_id] * 2)


def test_a_message_is_sent_once(world):
    entry, key = entries.shared(world, world.alma), uuid.uuid4()
    one, other = twice(lambda number: threads.write(
        entry=entry, child=world.alma, by=world.viewer("astrid"), text="She still talks about it.", client_key=key
    ))  # fmt: skip
    assert one == other
    assert (Message.objects.count(), Thread.objects.count()) == (1, 1)


def test_the_first_two_messages_of_a_home_are_one_conversation(world):
    entry = entries.shared(world, world.alma)
    twice(lambda number: threads.write(
        entry=entry, child=world.alma, by=world.viewer("astrid"), text=f"Word {number}", client_key=uuid.uuid4()
    ))  # fmt: skip
    assert (Message.objects.count(), Thread.objects.count()) == (2, 1)


def test_who_was_in_no_home_gets_one_by_two_first_words(world):
    HomeMembership.objects.filter(guardianship=world.astrid_alma).delete()
    homes = Home.objects.count()
    twice(lambda number: words.write_words(
        child=world.alma, by=world.viewer("astrid"), text=f"Word {number}", happened_on=TODAY, readers="home",
        client_key=uuid.uuid4(),
    ))  # fmt: skip
    assert HomeMembership.objects.filter(guardianship=world.astrid_alma).count() == 1
    assert Home.objects.count() == homes + 1
    assert HomeWords.objects.values("home").distinct().count() == 1


def test_an_answer_of_the_staff_is_sent_once(world):
    entry, key = entries.shared(world, world.alma), uuid.uuid4()
    asked = threads.write(
        entry=entry, child=world.alma, by=world.viewer("astrid"), text="When?", client_key=uuid.uuid4()
    )
    one, other = twice(lambda number: threads.reply(
        thread=asked.thread, by=world.viewer("cecilia"), text="At ten.", client_key=key
    ))  # fmt: skip
    assert one == other
    assert Message.objects.filter(side="staff").count() == 1


def test_words_from_home_come_once_with_their_picture(world, settings):
    key, sent = uuid.uuid4(), [uploaded(photograph()), uploaded(photograph())]
    one, other = twice(lambda number: words.write_words(
        child=world.alma, by=world.viewer("astrid"), text="At the lake.", happened_on=TODAY, readers="home",
        client_key=key, pictures=[sent[number]],
    ))  # fmt: skip
    assert one == other
    assert (HomeWords.objects.count(), HomeWordsPicture.objects.count(), Picture.objects.count()) == (1, 1, 1)
    assert len(files_below(settings.PRIVATE_MEDIA_ROOT)) == Derivative.objects.count() == 4


def test_an_upload_is_taken_in_once_and_leaves_no_file_beside(world, settings):
    key, sent = uuid.uuid4(), [uploaded(photograph()), uploaded(photograph())]
    one, other = twice(lambda number: take_in(
        upload=sent[number], by=world.viewer("cecilia"), unit=world.unit, organisation=world.organisation,
        client_key=key,
    ))  # fmt: skip
    assert one == other
    assert Picture.objects.count() == 1
    assert len(files_below(settings.PRIVATE_MEDIA_ROOT)) == Derivative.objects.count() == 4
    twice(lambda number: sent[number].close())
    assert files_below(settings.SPOOL_ROOT) == []


def test_a_jotting_lies_in_the_tray_once_with_its_picture(world):
    key, picture = uuid.uuid4(), entries.picture(world)
    one, other = twice(lambda number: tray.put_in_tray(
        group=world.granen, by=world.viewer("cecilia"), text="Ice in the gutter", client_key=key
    ))  # fmt: skip
    assert one == other
    assert [item.text for item in TrayItem.objects.all()] == ["Ice in the gutter"]
    twice(lambda number: tray.add_tray_picture(item=one, picture=picture, by=world.viewer("cecilia")))
    assert TrayPicture.objects.count() == 1


def test_an_item_of_the_tray_becomes_one_entry(world):
    key, picture = uuid.uuid4(), entries.picture(world)
    item = tray.put_in_tray(group=world.granen, by=world.viewer("cecilia"), text="Ice", client_key=uuid.uuid4())
    tray.add_tray_picture(item=item, picture=picture, by=world.viewer("cecilia"))
    one, other = twice(lambda number: tray.make_entry(
        items=[item], group=world.granen, by=world.viewer("cecilia"), client_key=key
    ))  # fmt: skip
    assert one == other
    entry = Entry.objects.get()
    assert entry.text == "Ice"
    assert list(entry.entry_pictures.values_list("picture", flat=True)) == [picture.pk]


def test_two_saves_of_one_revision_lose_nobodys_words(world):
    entry = entries.write(world, world.alma)
    people = ("cecilia", "karin")

    def save(number):
        data = services.EntryInput(
            title="Leaves", text=f"Written by {people[number]}", happened_on=TODAY,
            children={world.alma.pk: services.drafts.ChildInput()},
        )  # fmt: skip
        by = world.viewer(people[number], at=NOW)
        return services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)[1]

    assert sorted(twice(save)) == [False, True]
    row = Entry.objects.get()
    kept = {row.text, *row.second_words.values_list("text", flat=True)}
    assert kept == {"Written by cecilia", "Written by karin"}
