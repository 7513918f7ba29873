"""What stays of a child's conferences when the child is erased: that they were, and not a word."""

import pytest
from django.db import models

from conferences.models import (
    Agreement,
    Conference,
    FieldValue,
    FollowUp,
    Material,
    Offer,
    RecordedField,
    RecordedMaterial,
    Side,
    Talk,
    Version,
)
from conferences.services import sealing, showing, writing
from people.services import block_child, erase_child
from tests.cast import NOW
from tests.conferences.talks import handed_in, key, put, shown
from tests.entries import shared
from tests.visibility.conference_rows import agreed, offered, talked
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
WORD = "xylophone"


def full(world, child, guardian):
    """A sealed conference with the word in everything that can hold words."""
    row, cecilia, home = shown(world, child), world.viewer("cecilia"), world.viewer(guardian, Hat.GUARDIAN)
    for name in ("watch", "joy", "after", "notes", "words"):
        put(row, name, f"{WORD} {name}", cecilia)
    for name in ("at home", "words"):
        put(row, name, f"{WORD} {name}", home)
    entry = shared(world, child)
    writing.pick(conference=row, question=key("from log"), entry=entry, by=cecilia)
    writing.pick(conference=row, question=key("home log"), entry=entry, by=home)
    handed_in(world, row, guardian)
    one = agreed(world, row, NOW)
    writing.change_agreement(agreement=one, what=WORD, who="home", by_when=None, revision=0, by=cecilia)
    talked(world, row, None, NOW)
    offered(world, row, home_of(world, guardian), 1 if guardian == "astrid" else 2, interpreter=WORD)
    showing.show(conference=row, by=cecilia)
    sealing.seal(conference=row, by=cecilia)
    sealing.add(conference=row, text=WORD, by=cecilia)
    FollowUp.objects.create(
        agreement=one, state="done", text=WORD, written_by=world.cecilia, written_at=NOW, client_key=one.client_key
    )  # fmt: skip
    return row


def home_of(world, guardian):
    return getattr(world, guardian).guardianships.get().home_memberships.get().home


def words_about(child):
    """Every row about the child's conferences that still holds the word."""
    path = {
        RecordedField: "version__conference",
        RecordedMaterial: "version__conference",
        FollowUp: "agreement__conference",
    }
    found = []
    for model in (Agreement, FieldValue, FollowUp, Material, Offer, RecordedField, Side, Talk, Version):
        rows = model._base_manager.filter(**{f"{path.get(model, 'conference')}__child": child})
        for row in rows:
            held = [getattr(row, field.attname) for field in row._meta.concrete_fields if not is_key(field)]
            found += [model.__name__] if WORD in repr(held) else []
    return found


def is_key(field):
    return isinstance(field, models.ForeignKey | models.AutoField)


def test_a_child_that_is_erased_leaves_no_word_of_its_conferences(world):
    row, other = full(world, world.alma, "astrid"), full(world, world.bo, "birger")
    assert set(words_about(world.alma)) >= {"Agreement", "FieldValue", "FollowUp", "Offer", "RecordedField", "Version"}
    before = len(words_about(world.bo))
    erase_child(child=world.alma, at=NOW, by=world.eva, because="moved")
    assert words_about(world.alma) == []
    for model in (FieldValue, Material, Agreement, Talk, Side, Offer):
        assert not model._base_manager.filter(conference=row).exists(), model
    records = RecordedMaterial._base_manager.filter(version__conference=row)
    assert {(r.entry_id, r.shared_id, r.picture_id, r.home_id) for r in records} == {(None, None, None, None)}
    assert Conference._base_manager.get(pk=row.pk).erased_at == NOW
    assert len(words_about(world.bo)) == before
    assert Conference._base_manager.get(pk=other.pk).erased_at is None


def test_erasing_again_changes_nothing(world):
    row = full(world, world.alma, "astrid")
    for _time in range(2):
        erase_child(child=world.alma, at=NOW, by=world.eva, because="moved")
    assert Conference._base_manager.get(pk=row.pk).erased_at == NOW


def test_a_blocked_child_s_conferences_are_nobodys_at_once(world):
    row = full(world, world.alma, "astrid")
    block_child(child=world.alma, at=NOW, by=world.eva)
    for name in ("astrid", "ulf", "cecilia", "eva", "frans"):
        viewer = world.viewer(name)
        for model in (Conference, FieldValue, Version, RecordedField, Agreement, Talk, Side, Offer, Material):
            assert not model.objects.visible_to(viewer).exists(), (name, model)
    assert row.pk
