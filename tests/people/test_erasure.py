"""Erasing a child leaves nothing of it: planted words are looked for in every column of every table, and every file."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from learninglog import services as log
from learninglog.models import Message, Thread
from learninglog.services.drafts import ChildInput, EntryInput
from media_policy.models import Picture
from people import services
from people.models import Answer, Home
from tests.cast import NOW, TODAY
from tests.entries import picture, put_in, share, shared, write
from visibility import readinglog
from visibility.models import ReadingLine

pytestmark = pytest.mark.django_db
PLANTED = "kottekulle"


def everything() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [json.dumps([str(value) for value in row]) for row in cursor.fetchall()]
    return "\n".join(found)


def plant(cast):
    """Words about Alma in every place that takes some."""
    cast.alma.given_name, cast.alma.national_id = f"Alma{PLANTED}", "210402TF01"
    cast.alma.save()
    alone = write(cast, cast.alma, title=f"{PLANTED} one", text=f"{PLANTED} two", lines={cast.alma: f"{PLANTED} three"})
    put_in(cast, alone, own := picture(cast, cast.alma))
    share(cast, alone)
    both = shared(
        cast, cast.alma, cast.bo, text="We walked.", lines={cast.alma: f"{PLANTED} four"},
        quotes={cast.alma: [f"{PLANTED} five"]},
    )  # fmt: skip
    thread = Thread.objects.create(
        entry=both, child=cast.alma, home=Home.objects.get(memberships__guardianship=cast.astrid_alma)
    )
    Message.objects.create(thread=thread, side="home", written_by=cast.astrid, text=f"{PLANTED} six", sent_at=NOW)
    write(cast, cast.alma, title=f"{PLANTED} seven")
    said = {"question": "photograph", "value": "no", "wording": f"{PLANTED} eight", "given_at": NOW}
    Answer.objects.create(child=cast.alma, guardianship=cast.astrid_alma, given_by=cast.astrid, **said)
    viewer = cast.viewer("astrid")
    readinglog.record(viewer=viewer, what="log", about=cast.alma.public_id, child_ids=[cast.alma.pk])
    readinglog.record(viewer=cast.viewer("cecilia"), what="entry", child_ids=[cast.alma.pk, cast.bo.pk])
    readinglog.seal(at=NOW)
    return both, own


def test_nothing_planted_about_alma_is_left_in_any_table(cast):
    _both, own = plant(cast)
    assert everything().count(PLANTED) >= 10
    services.erase_child(child=cast.alma, at=NOW + timedelta(days=1), by=cast.eva, because="asked for, confirmed")
    left = everything()
    assert PLANTED not in left
    assert str(cast.alma.public_id) not in [str(line.about) for line in ReadingLine.objects.all()]
    own.refresh_from_db()
    assert own.erased_at is not None
    assert not own.derivatives.exists()
    assert readinglog.verify().faults == []


def test_bo_keeps_what_is_his(cast):
    both, _own = plant(cast)
    leaf = picture(cast, nobody=True)
    services.erase_child(child=cast.alma, at=NOW + timedelta(days=1), by=cast.eva, because="asked for, confirmed")
    viewer = cast.viewer("birger", at=NOW + timedelta(days=2))
    assert both in type(both).objects.visible_to(viewer)
    assert Picture.objects.standing().filter(pk=leaf.pk).exists()
    assert ReadingLine.objects.filter(children__child=cast.bo, erased_at__isnull=True).count() == 1


def test_an_old_version_does_not_keep_a_picture_from_the_sweep(cast):
    entry = write(cast, cast.alma)
    put_in(cast, entry, first := picture(cast, cast.alma))
    share(cast, entry)
    cecilia = cast.viewer("cecilia")
    log.remove_picture(entry=entry, picture=first, by=cecilia)
    assert first not in Picture.objects.unheld()
    data = EntryInput(title="t", text="x", happened_on=TODAY, children={cast.alma.pk: ChildInput()})
    log.save_entry(entry=entry, by=cecilia, revision=entry.revision, data=data)
    share(cast, entry, at=NOW + timedelta(hours=1))
    assert first in Picture.objects.unheld()
