"""What homes read: versions as they were shown and sealed, in which nothing of the staff's own can stand."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from conferences import versions
from conferences.models import Conference, RecordedField, Side, Version
from conferences.services import issuing, sealing, showing, writing
from tests.conferences.talks import begun, handed_in, key, put, shown
from tests.entries import shared
from tests.visibility.conference_rows import agreed

pytestmark = pytest.mark.django_db


def held(version, home=None):
    names = {key(name): name for name in ("watch", "joy", "after", "notes", "words", "at home")}
    return {names[row.question]: row.value for row in version.fields.filter(home=home)}


def filled(world):
    """One about Alma with something in every field of the staff's."""
    row, cecilia = begun(world, world.alma), world.viewer("cecilia")
    for name in ("watch", "joy", "after", "notes", "words"):
        put(row, name, f"In {name}", cecilia)
    return row


def test_showing_holds_what_is_for_the_homes_then(world):
    version = showing.show(conference=filled(world), by=world.viewer("cecilia"))
    assert held(version) == {"joy": "In joy", "words": "In words"}
    assert set(Side.objects.values_list("home", flat=True)) == {world.astrids.pk, world.ulfs.pk}


def test_sealing_holds_the_talk_too_and_never_what_only_the_staff_see(world):
    version = sealing.seal(conference=filled(world), by=world.viewer("cecilia"))
    assert held(version) == {"joy": "In joy", "words": "In words", "after": "In after", "notes": "In notes"}


def test_the_database_takes_nothing_of_the_staffs_own_into_a_version(world):
    row = shown(world, world.alma)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordedField.objects.create(
            version=row.current, question=key("watch"), seen="staff", value="Only for us", written_at=world.at
        )  # fmt: skip


def test_a_home_is_in_the_sealed_record_once_it_has_handed_in(world):
    row = shown(world, world.alma)
    put(row, "at home", "From Astrid", world.viewer("astrid"))
    put(row, "at home", "From Ulf", world.viewer("ulf"))
    handed_in(world, row, "astrid")
    version = sealing.seal(conference=row, by=world.viewer("cecilia"))
    assert held(version, world.astrids) == {"at home": "From Astrid"}
    assert held(version, world.ulfs) == {}


def test_showing_again_without_a_change_is_the_version_that_stands(world):
    row = shown(world, world.alma)
    assert showing.show(conference=row, by=world.viewer("cecilia")) == row.current
    put(row, "joy", "Now she dances", world.viewer("cecilia"))
    again = showing.show(conference=row, by=world.viewer("cecilia"))
    assert again.number == 2
    assert Conference.objects.get(pk=row.pk).current == again
    assert held(row.current) == {"joy": "She sings"}


def test_it_is_sealed_once_and_nobody_writes_in_it_any_more(world):
    row, cecilia = shown(world, world.alma), world.viewer("cecilia")
    one = sealing.seal(conference=row, by=cecilia)
    assert sealing.seal(conference=row, by=world.viewer("ines")) == one
    for act in (
        lambda: put(row, "joy", "Later", cecilia),
        lambda: put(row, "at home", "Later", world.viewer("astrid")),
        lambda: showing.show(conference=row, by=cecilia),
        lambda: agreed(world, row, world.at),
        lambda: writing.note_talk(
            conference=row, home=None, held_on=world.at.date(), took_part="", interpreter="", by=cecilia
        ),
        lambda: issuing.close(conference=row, because="not_wanted", by=cecilia),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("name", ["karin", "eva", "frans", "siri", "astrid"])
def test_pedagogues_seal_and_nobody_else(world, name):
    row = shown(world, world.alma)
    with pytest.raises(PermissionDenied):
        sealing.seal(conference=row, by=world.viewer(name))
    assert not Version.objects.filter(kind="sealed").exists()


@pytest.mark.parametrize("name", ["karin", "eva", "astrid"])
def test_of_a_sealed_one_nobody_who_could_not_seal_it_is_told_that_it_worked(world, name):
    row = shown(world, world.alma)
    sealing.seal(conference=row, by=world.viewer("cecilia"))
    with pytest.raises(PermissionDenied):
        sealing.seal(conference=row, by=world.viewer(name))


def test_words_are_added_to_a_sealed_record_and_to_no_other(world):
    row, cecilia, again = shown(world, world.alma), world.viewer("cecilia"), uuid.uuid4()
    with pytest.raises(PermissionDenied):
        sealing.add(conference=row, text="Too early", by=cecilia)
    record = sealing.seal(conference=row, by=cecilia)
    one = sealing.add(conference=row, text="She dances now", by=cecilia, client_key=again)
    assert sealing.add(conference=row, text="She dances now", by=cecilia, client_key=again) == one
    assert (one.kind, one.number, one.text) == ("addendum", record.number + 1, "She dances now")
    assert Conference.objects.get(pk=row.pk).current == record
    with pytest.raises(PermissionDenied):
        sealing.add(conference=row, text="Mine too", by=world.viewer("astrid"))


def test_a_key_that_is_another_versions_adds_nothing_and_tells_nothing(world):
    row, other, cecilia = shown(world, world.alma), shown(world, world.bo), world.viewer("cecilia")
    sealing.seal(conference=row, by=cecilia)
    with pytest.raises(PermissionDenied):
        sealing.add(conference=row, text="x", by=cecilia, client_key=other.current.public_id)


def test_the_digest_is_over_everything_in_the_version(world):
    row, cecilia = filled(world), world.viewer("cecilia")
    writing.pick(conference=row, question=key("from log"), entry=shared(world, world.alma), by=cecilia)
    agreed(world, row, world.at)
    record = Version.objects.get(pk=sealing.seal(conference=row, by=cecilia).pk)
    assert versions.holds(record)
    for change in (
        lambda parts: setattr(parts.fields[0], "value", "Other words"),
        lambda parts: setattr(parts.fields[0], "question", uuid.uuid4()),
        lambda parts: setattr(parts.materials[0], "entry_id", None),
        lambda parts: parts.agreements[0].update(what="Other words"),
    ):
        parts = versions.of_version(Version.objects.get(pk=record.pk))
        change(parts)
        assert versions.digest_of(record, parts) != record.digest
    for name, value in (("text", "x"), ("number", 9), ("kind", "shown"), ("by_id", world.karin.pk)):
        changed = Version.objects.get(pk=record.pk)
        setattr(changed, name, value)
        assert not versions.holds(changed)


def test_an_addition_changes_no_digest_of_the_record(world):
    row, cecilia = shown(world, world.alma), world.viewer("cecilia")
    record = sealing.seal(conference=row, by=cecilia)
    sealing.add(conference=row, text="Later", by=cecilia)
    assert versions.holds(Version.objects.get(pk=record.pk))
