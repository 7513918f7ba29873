"""Two at once at a conference: sealed once, begun once, and what was saved is in the record or was refused.

On PostgreSQL two threads with connections of their own start together; see test_double.py.
"""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from conferences import versions
from conferences.models import Agreement, Conference, FieldValue, Material, Side, Version
from conferences.services import issuing, sealing, showing, writing
from conferences.services.writing import Clash
from people.models import Home
from tests import cast as casting
from tests.conferences.talks import begun, frozen, key, put, shown
from tests.entries import shared
from tests.faults.test_double import twice

pytestmark = pytest.mark.django_db(transaction=True)
COLLEAGUES = ("cecilia", "ines")


@pytest.fixture
def world(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.SPOOL_ROOT = tmp_path / "spool"
    return casting.build()


def refused(act):
    """What it gives, or that it was refused."""
    try:
        return act()
    except PermissionDenied:
        return None


def test_two_colleagues_seal_one_record_once(world):
    row = shown(world, world.alma)
    one, other = twice(lambda number: sealing.seal(conference=row, by=world.viewer(COLLEAGUES[number])))
    assert one == other
    assert Version.objects.filter(conference=row, kind="sealed").count() == 1
    assert versions.holds(Version.objects.get(pk=one.pk))


def test_a_double_tap_seals_once(world):
    row = shown(world, world.alma)
    one, other = twice(lambda number: sealing.seal(conference=row, by=world.viewer("cecilia")))
    assert one == other
    assert Version.objects.filter(kind="sealed").count() == 1


def test_what_is_saved_while_it_is_sealed_is_in_the_record_or_was_refused(world):
    row = shown(world, world.alma)
    acts = (
        lambda: sealing.seal(conference=row, by=world.viewer("cecilia")),
        lambda: refused(lambda: put(row, "notes", "In the last second", world.viewer("ines"))),
    )
    record, saved = twice(lambda number: acts[number]())
    held = record.fields.filter(question=key("notes")).values_list("value", flat=True)
    assert list(held) == (["In the last second"] if saved is not None else [])
    assert FieldValue.objects.filter(question=key("notes")).count() == (1 if saved is not None else 0)


def test_what_a_home_saves_while_it_is_sealed_is_kept_or_was_refused(world):
    row = shown(world, world.alma)
    put(row, "at home", "Before", world.viewer("astrid"))
    writing.hand_in(conference=row, by=world.viewer("astrid"))
    acts = (
        lambda: sealing.seal(conference=row, by=world.viewer("cecilia")),
        lambda: refused(lambda: put(row, "at home", "In the last second", world.viewer("astrid"))),
    )
    record, saved = twice(lambda number: acts[number]())
    (held,) = record.fields.filter(home__isnull=False).values_list("value", flat=True)
    assert held == ("In the last second" if saved is not None else "Before")


def test_two_who_save_one_field_at_once_are_both_kept_or_told(world):
    row = begun(world, world.alma)

    def save(number):
        by = world.viewer(COLLEAGUES[number])
        try:
            return writing.save(conference=row, question=key("joy"), value=COLLEAGUES[number], number=0, by=by).value
        except Clash as clash:
            return (clash.theirs.value, clash.mine)

    given = twice(save)
    (kept,) = FieldValue.objects.values_list("value", flat=True)
    (other,) = set(COLLEAGUES) - {kept}
    assert sorted(given, key=str) == sorted([kept, (kept, other)], key=str)


def test_two_who_show_it_at_once_show_one_version(world):
    row = begun(world, world.alma)
    put(row, "joy", "She sings", world.viewer("cecilia"))
    one, other = twice(lambda number: showing.show(conference=row, by=world.viewer(COLLEAGUES[number])))
    assert one == other
    assert (Version.objects.count(), Side.objects.count()) == (1, 1)


def test_a_conference_is_begun_once_for_a_child(world, monkeypatch):
    monkeypatch.setattr(issuing, "usable", lambda unit, day: [TEMPLATE])
    words = frozen()
    monkeypatch.setattr(issuing, "frozen", lambda template, at: words)
    made = twice(lambda number: issuing.issue(
        children=[world.alma, world.bo], template=TEMPLATE, due_on=casting.TODAY, by=world.viewer(COLLEAGUES[number])
    ))  # fmt: skip
    assert sorted(len(rows) for rows in made) == [0, 2]
    assert sorted(Conference.objects.values_list("child", flat=True)) == sorted([world.alma.pk, world.bo.pk])


class TEMPLATE:
    pk = 1


def test_an_agreement_and_a_pick_of_a_double_tap_are_one(world):
    row, again, entry = begun(world, world.alma), uuid.uuid4(), shared(world, world.alma)
    cecilia = world.viewer
    one, other = twice(lambda number: writing.agree(
        conference=row, question=key("agree"), what="Read", who="both", by_when=None, client_key=again,
        by=cecilia("cecilia"),
    ))  # fmt: skip
    assert one == other
    twice(lambda number: writing.pick(
        conference=row, question=key("from log"), entry=entry, by=cecilia(COLLEAGUES[number])
    ))  # fmt: skip
    assert (Agreement.objects.count(), Material.objects.count()) == (1, 1)


def test_who_was_in_no_home_gets_one_by_two_first_answers(world):
    row = shown(world, world.alma)
    world.astrid_alma.home_memberships.all().delete()
    homes = Home.objects.count()
    twice(lambda number: writing.save(
        conference=row, question=key(("at home", "words")[number]), value="x", number=0, by=world.viewer("astrid")
    ))  # fmt: skip
    assert Home.objects.count() == homes + 1
    assert FieldValue.objects.filter(home__isnull=False).values("home").distinct().count() == 1
