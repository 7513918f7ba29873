"""The records keeper puts right what a guardian asks for, about a child who has left, and reads nothing else of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from access.recordings.services import NotPossible, Told
from learninglog import correcting_page as pages
from learninglog import mentions, rendition
from learninglog.models import (
    Correction,
    CorrectionRequest,
    Entry,
    HomeChange,
    Publication,
    SharedVersion,
    VersionPicture,
    VersionSubject,
)
from learninglog.services import correcting, leave_out, share_entry
from people.models import Duty, Guardianship, Placement
from people.services import erase_child
from tests.cast import NOW, TODAY
from tests.entries import picture, shared
from visibility import rule
from visibility.matrix import CORRECT, READ
from visibility.models import ReadingLine
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
DAY = TODAY - timedelta(days=20)


@pytest.fixture
def left(cast):
    """Bo left today; Rut keeps the records. One entry is about him and Alma, one about him alone."""
    cast.rut = cast.make.person("rut", "Rut", "Extra")
    cast.make.duty(cast.rut, Duty.Role.RECORDS_KEEPER, None)
    cast.HATS = cast.HATS | {"rut": Hat.STAFF}
    cast.both = shared(cast, cast.alma, cast.bo, happened_on=DAY, title="Bron", text="@Bo byggde med @Alma.")
    cast.alone = shared(cast, cast.bo, happened_on=DAY, title="Leran", text="Tung lera.")
    cast.earlier = shared(cast, cast.bo, happened_on=DAY - timedelta(days=1), title="Snö", text="Vit snö.")
    Placement.objects.filter(child=cast.bo).update(ends_on=TODAY)
    return cast


def told(**more):
    return Told(**{"medium": "paper", "said_on": TODAY, "identified": "passport", "note": "Fel namn", **more})


def ask(left, by=None, **more):
    said = {"guardianship": left.birger_bo, "told": told(), "first_day": DAY, "last_day": DAY, **more}
    return correcting.ask(by=by or rut(left), **said)


def rut(left, at=NOW, **more):
    return left.viewer("rut", Hat.STAFF, at=at, **{"strength": Strength.SUBSTANTIAL, **more})


def may_correct(left, viewer=None):
    return set(Entry.objects.visible_to(viewer or rut(left), CORRECT))


def reads(cast, name, child, entry):
    viewer = cast.viewer(name)
    rows = Entry.objects.visible_to(viewer).filter(pk=entry.pk).select_related("created_by", "current")
    return [(one.title, one.text) for one in rendition.for_viewer(rows, viewer, only=frozenset({child.pk}))]


# --- what a request opens -------------------------------------------------------------------------------------------


def test_without_a_request_nothing_is_open_and_with_one_its_days_alone(left):
    assert may_correct(left) == set()
    ask(left)
    assert may_correct(left) == {left.both, left.alone}
    assert not Entry.objects.visible_to(rut(left), READ).exists()


@pytest.mark.parametrize(
    "what", ["closed", "too old", "a simple sign-in", "the child is back", "own child", "other child"]
)
def test_nothing_is_open(left, what):
    row, viewer = ask(left), rut(left)
    if what == "closed":
        correcting.close(request=row, by=viewer)
    elif what == "too old":
        viewer = rut(left, at=NOW + timedelta(days=30))
    elif what == "a simple sign-in":
        viewer = rut(left, strength=Strength.LOW)
    elif what == "the child is back":
        Placement.objects.filter(child=left.bo).update(ends_on=None)
    elif what == "own child":
        left.make.guardian(left.rut, left.bo, Guardianship.Kind.PARENT)
    else:
        CorrectionRequest.objects.filter(pk=row.pk).update(child=left.alma)
    assert may_correct(left, viewer) == set()
    with pytest.raises(PermissionDenied):
        correcting.take_back(request=row, entry=left.alone, by=viewer)


@pytest.mark.parametrize("name", ["eva", "cecilia", "birger", "gun"])
def test_it_opens_nothing_to_anybody_else(left, name):
    ask(left)
    assert may_correct(left, left.viewer(name)) == set()
    with pytest.raises(PermissionDenied):
        ask(left, by=left.viewer(name), told=told())


def test_a_request_says_what_it_is_about_and_names_days(left):
    for wrong, named in (
        ({"told": told(note=" ")}, "note"),
        ({"last_day": DAY - timedelta(days=1)}, "last_day"),
        ({"last_day": DAY + timedelta(days=93)}, "last_day"),
    ):
        with pytest.raises(NotPossible, match=named):
            ask(left, **wrong)
    said = told()
    assert ask(left, told=said) == ask(left, told=said)


# --- taking back ----------------------------------------------------------------------------------------------------


def test_taken_back_it_is_gone_for_this_family_and_stays_for_the_others(left):
    correcting.take_back(request=ask(left), entry=left.both, by=rut(left))
    assert reads(left, "birger", left.bo, left.both) == []
    assert reads(left, "astrid", left.alma, left.both) == [("Bron", "Kompisar byggde med Alma.")]
    left.both.refresh_from_db()
    assert (left.both.withdrawn_at, left.both.current_id is None) == (None, False)


def test_the_last_family_s_is_withdrawn_as_a_whole(left):
    correcting.take_back(request=ask(left), entry=left.alone, by=rut(left))
    left.alone.refresh_from_db()
    assert (left.alone.withdrawn_at, left.alone.current) == (NOW, None)
    done = Correction.objects.get()
    assert (done.entry, done.version, done.by) == (left.alone, None, left.rut)


# --- correcting -----------------------------------------------------------------------------------------------------


def correct(left, row, entry, **more):
    standing = Publication.objects.get(entry=entry, child=left.bo).version
    words = {"title": "Bron", "text": "Bo byggde ensam.", "seen": standing.public_id, **more}
    return correcting.correct(request=row, entry=entry, by=rut(left), **words)


def test_corrected_words_reach_this_family_alone_and_what_stood_before_is_kept(left):
    before = SharedVersion.objects.get(entry=left.both)
    version = correct(left, ask(left), left.both)
    assert reads(left, "birger", left.bo, left.both) == [("Bron", "Bo byggde ensam.")]
    assert reads(left, "astrid", left.alma, left.both) == [("Bron", "Kompisar byggde med Alma.")]
    assert reads(left, "cecilia", left.alma, left.both)[0][1] == "Kompisar byggde med Alma."
    assert list(left.both.versions.order_by("number")) == [before, version]
    assert [row.child for row in version.children.all()] == [left.bo]
    standing = Publication.objects.get(entry=left.both, child=left.bo)
    assert (standing.shared_at, standing.first_shared_at, standing.search) == (
        NOW, before.at, "bron bo byggde ensam.",
    )  # fmt: skip
    assert pages.corrected_on(left.both.pk, left.bo) == TODAY
    assert pages.corrected_on(left.both.pk, left.alma) is None


def test_words_that_are_sent_back_as_they_stood_are_no_correction(left):
    before = Publication.objects.get(entry=left.both, child=left.bo).version
    assert correct(left, ask(left), left.both, text="Bo byggde med kompisar.") == before
    assert not Correction.objects.exists()


def test_of_two_tabs_the_second_is_told_that_the_words_have_changed(left):
    row, seen = ask(left), Publication.objects.get(entry=left.both, child=left.bo).version.public_id
    correct(left, row, left.both)
    with pytest.raises(NotPossible, match="changed"):
        correct(left, row, left.both, seen=seen, text="Annat.")


def test_nothing_at_all_is_no_correction(left):
    with pytest.raises(NotPossible, match="text"):
        correct(left, ask(left), left.alone, title=" ", text="")


def test_the_staff_go_on_with_their_own_copy_and_do_not_bring_the_old_words_back(left):
    correct(left, ask(left), left.both)
    cecilia = left.viewer("cecilia")
    assert not rule.may(cecilia, "SHARE", left.both)
    with pytest.raises(PermissionDenied):
        share_entry(entry=left.both, by=cecilia)


def test_a_corrected_version_brings_no_picture_of_another_child_however_open_the_group_is_since(left):
    row = ask(left)
    before = Publication.objects.get(entry=left.both, child=left.bo).version
    shots = [picture(left, left.bo), picture(left, left.bo, left.alma), picture(left, nobody=True)]
    for shot in shots:
        held = VersionPicture.objects.create(version=before, picture=shot, marking=shot.marking)
        for subject in shot.subjects.order_by("pk"):
            VersionSubject.objects.create(version_picture=held, child_id=subject.child_id)
    version = correct(left, row, left.both)
    assert [held.picture for held in version.pictures.order_by("pk")] == [shots[0], shots[2]]


def test_a_second_older_request_is_no_ground_of_its_own(left):
    old = ask(left)
    CorrectionRequest.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=31))
    ask(left, told=told())
    with pytest.raises(PermissionDenied):
        correct(left, old, left.both)
    with pytest.raises(PermissionDenied):
        correcting.take_back(request=old, entry=left.both, by=rut(left))


def test_erasing_the_child_empties_the_corrected_words_too(left):
    version = correct(left, ask(left), left.both)
    erase_child(child=left.bo, at=NOW, by=None, because="asked")
    version.refresh_from_db()
    assert (version.title, version.text, version.erased_at is None) == ("", "", False)
    assert not CorrectionRequest.objects.exists()
    before = left.both.versions.order_by("number")[0]
    assert before.title == "Bron"


def test_sharing_after_a_correction_tells_the_other_families_of_what_changed_for_them(left):
    correct(left, ask(left), left.both)
    leave_out(entry=left.both, child=left.bo, by=left.viewer("cecilia"))
    row = Entry.objects.get(pk=left.both.pk)
    Entry.objects.filter(pk=row.pk).update(text="Nya ord.", revision=row.revision + 1)
    share_entry(entry=row, by=left.viewer("cecilia"))
    assert set(HomeChange.objects.filter(entry=row).values_list("child", flat=True)) >= {left.alma.pk}


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def walk(left, client, as_persona, stop_clock):
    stop_clock(NOW)

    def go(address, data=None, name="rut", **where):
        as_persona(client, getattr(left, name), left.HATS[name], Strength.SUBSTANTIAL)
        href = reverse(f"staff:{address}", kwargs={"child": left.bo.public_id, **where})
        return client.get(href) if data is None else client.post(href, data)

    return go


def form(**more):
    said = {"medium": "paper", "said_on": TODAY.isoformat(), "identified": "passport", "note": "Fel namn"}
    return said | {"first_day": DAY.isoformat(), "last_day": DAY.isoformat(), **more}


def test_from_the_letter_to_the_corrected_words(left, walk, client, as_persona):
    empty = walk("asked").content.decode()
    assert "Nobody has asked" in empty
    assert "Leran" not in empty
    assert walk("asked", form(who=left.birger_bo.public_id)).status_code == 302
    row = CorrectionRequest.objects.get()
    page = walk("asked").content.decode()
    assert "Leran" in page
    assert "Bo byggde med kompisar." in page
    assert "Alma" not in page
    assert "Snö" not in page
    assert ReadingLine.objects.filter(what="correction", person=left.rut).exists()
    seen = Publication.objects.get(entry=left.alone, child=left.bo).version.public_id
    where = {"asked": row.public_id, "entry": left.alone.public_id}
    token = mentions.token(left.alma.pk)
    sent = {"title": "Leran", "text": f"Lätt\r\nlera{token}.", "seen": seen}
    assert walk("correct", sent, **where).status_code == 302
    assert reads(left, "birger", left.bo, left.alone) == [("Leran", f"Lätt\nlera{token[1:-1]}.")]
    as_persona(client, left.birger, Hat.GUARDIAN)
    at_home = client.get(f"/family/children/{left.bo.public_id}/entries/{left.alone.public_id}/").content.decode()
    assert "The words were corrected on 17 November 2026" in at_home
    stale = walk("correct", {"title": "Leran", "text": "Mina ord.", "seen": seen}, **where)
    assert stale.status_code == 422
    assert "Mina ord." in stale.content.decode()
    for _tap in range(2):
        assert walk("asked_take_back", {}, **where).status_code == 302
    assert reads(left, "birger", left.bo, left.alone) == []
    for _tap in range(2):
        assert walk("asked_close", {}, asked=row.public_id).status_code == 302
    assert "Bo byggde" not in walk("asked").content.decode()


def test_what_is_lacking_stands_beside_the_field_and_nothing_is_lost(left, walk):
    response = walk("asked", form(who=left.birger_bo.public_id, last_day=(DAY - timedelta(days=1)).isoformat()))
    assert response.status_code == 422
    page = response.content.decode()
    assert "The same day, or a later one; three months at most." in page
    assert 'value="Fel namn"' in page
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("name", ["eva", "cecilia", "birger", "gun", "stranger"])
def test_nobody_else_has_such_a_page(left, walk, name):
    row = ask(left)
    where = {"asked": row.public_id, "entry": left.alone.public_id}
    assert walk("asked", name=name).status_code in (302, 404)
    assert walk("asked_take_back", {}, name=name, **where).status_code in (302, 404)
    assert reads(left, "birger", left.bo, left.alone) == [("Leran", "Tung lera.")]
