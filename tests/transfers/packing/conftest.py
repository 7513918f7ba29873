"""Alma on the way to a school elsewhere: a log with much in it that must stay, and words by which it would be found."""

import io
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from conferences.services import agreeing, sealing, showing, writing
from learninglog import services
from learninglog.models import Entry, EntryPicture, HomeWords
from learninglog.services import plans, threads
from learninglog.services.words import write_words
from media_policy import files
from media_policy.models import ClipFile, Derivative, Picture
from people.models import Answer, Child
from tests import entries
from tests.cast import NOW, TODAY, Cast
from tests.conferences import talks
from transfers import choice
from transfers.models import Handover, LeftOut, Package, WordsAlong
from transfers.packaging import workshop
from transfers.services import making, packages
from visibility.viewer import Hat

LATER = NOW + timedelta(days=30)
FIRST_DAY = date(2027, 8, 18)
# Everything that stays has this in its words, in some case or other.
STAYS = "PLANTERAT"


@contextmanager
def here() -> Iterator[workshop.Here]:
    """Copies and paper in this process: another would take a second each time."""
    yield workshop.Here()


class Move(SimpleNamespace):
    """The cast with a handover; verbs as the screens would do them."""

    cast: Cast
    handover: Handover

    def answer(self, question: str, value: str = "yes", *, tie: Any = None, at: datetime = NOW) -> Answer:
        tie = tie or self.cast.astrid_alma
        return Answer.objects.create(
            child=tie.child, guardianship=tie, question=question, value=value, given_at=at, given_by=tie.person,
        )  # fmt: skip

    def ask(self, at: datetime = LATER) -> Package:
        return packages.for_handover(
            handover=self.handover, made_for="Byskolan i Åby", language="sv", by=self.cast.viewer("eva", at=at), at=at
        )

    def make(self, package: Package, at: datetime = LATER) -> Package:
        making.make(package_id=package.pk, now=lambda: at, opened=here)
        package.refresh_from_db()
        return package

    def made(self, at: datetime = LATER) -> Package:
        return self.make(self.ask(at), at)

    def own_copy(self, at: datetime = LATER) -> Package:
        by = self.cast.viewer("astrid", Hat.GUARDIAN, at=at)
        return self.make(packages.own_copy(guardianship=self.cast.astrid_alma, by=by), at)

    def leave_out(self, **what: Any) -> LeftOut:
        tie = self.cast.astrid_alma
        return LeftOut.objects.create(child=tie.child, guardianship=tie, at=NOW, **what)


@pytest.fixture
def rooms(settings: Any, tmp_path: Any) -> Any:
    """Folders of this test alone."""
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.SPOOL_ROOT = tmp_path / "spool"
    return tmp_path


@pytest.fixture
def move(cast: Cast, rooms: Any) -> Move:
    """Alma moves to a school elsewhere; her one active guardian has said yes to everything."""
    Child.objects.filter(pk=cast.bo.pk).update(given_name=f"Bo{STAYS}", family_name=f"Carlsson{STAYS}")
    cast.bo.refresh_from_db()
    made = Move(cast=cast)
    made.handover = Handover.objects.create(
        child=cast.alma, from_unit=cast.unit, kind="package", receiver_name="Byskolan", first_day=FIRST_DAY,
        created_at=NOW, created_by=cast.eva,
    )  # fmt: skip
    made.entry, made.photograph = _entry(cast)
    made.words = _words(cast)
    long_ago = NOW - timedelta(days=400)
    older = entries.shared(cast, cast.alma, title=f"{STAYS} för länge sedan", at=long_ago, happened_on=long_ago.date())
    made.talk = _talk(cast, made.entry, made.photograph, older)
    _what_stays(cast)
    for question in (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES):
        made.answer(question)
    return made


def photograph(cast: Cast, *subjects: Child, colour: tuple[int, int, int] = (31, 90, 65), **more: Any) -> Picture:
    """A picture with the file that goes along."""
    row = entries.picture(cast, *subjects, **more)
    out = io.BytesIO()
    Image.new("RGB", (160, 120), colour).save(out, "WEBP")
    name = files.write(out.getvalue(), extension="webp", content_type="image/webp")
    Derivative.objects.filter(picture=row, purpose="full").update(storage_name=name)
    return row


def film(cast: Cast, *subjects: Child, octets: bytes = b"a film" * 1000) -> Any:
    row = entries.film(cast, *subjects)
    name = files.write(octets, extension="mp4", content_type="video/mp4")
    ClipFile.objects.filter(clip=row, purpose="play").update(storage_name=name)
    return row


def _entry(cast: Cast) -> tuple[Any, Picture]:
    """About Alma and Bo: what is hers goes, what is his stays."""
    bo = cast.bo.given_name
    entry = entries.write(
        cast, cast.alma, cast.bo, title=f"Bron @Alma och @{bo} byggde", text=f"@Alma, @{bo} och @Tyra lade *plankor*.",
        quotes={cast.alma: ["Den gungar!"], cast.bo: [f"{STAYS} jag håller"]},
        lines={cast.alma: "Du vågade gå först.", cast.bo: f"{STAYS} till Bos hem"},
    )  # fmt: skip
    hers = photograph(cast, cast.alma)
    entries.put_in(cast, entry, hers, photograph(cast, cast.bo), photograph(cast, cast.alma, cast.bo))
    entries.put_in(cast, entry, photograph(cast), photograph(cast, nobody=True))
    entries.put_film(cast, entry, film(cast, cast.alma), film(cast, cast.bo), words="Nu gungar den.")
    rows = list(EntryPicture.objects.filter(entry=entry).order_by("position"))
    for row, alt in zip(rows, ["Någon på en planka", STAYS, STAYS, STAYS, "Plankor i gräset"], strict=True):
        EntryPicture.objects.filter(pk=row.pk).update(alt=alt, caption=alt)
    entries.share(cast, entry)
    entry.refresh_from_db()
    return entry, hers


def _words(cast: Cast) -> HomeWords:
    """Of two words from home one is ticked."""
    told = {"happened_on": TODAY, "readers": HomeWords.Readers.HOME, "by": cast.viewer("astrid", Hat.GUARDIAN)}
    ticked = write_words(child=cast.alma, text="Vi såg en bro i dag.", client_key=uuid.uuid4(), **told)
    write_words(child=cast.alma, text="HEMMAORD för er.", client_key=uuid.uuid4(), **told)
    WordsAlong.objects.create(words=ticked, at=NOW, by=cast.astrid)
    other = {**told, "by": cast.viewer("birger", Hat.GUARDIAN)}
    write_words(child=cast.bo, text=f"{STAYS} hemma hos Bo", client_key=uuid.uuid4(), **other)
    return ticked


def _talk(cast: Cast, entry: Entry, photograph: Picture, older: Entry) -> Any:
    """Sealed, with words of the staff alone, words of the home alone, an agreement, and what it shows of the log."""
    row = talks.shown(cast, cast.alma)
    viewer = cast.viewer("cecilia", at=NOW + timedelta(hours=1))
    talks.put(row, "watch", f"{STAYS} bara för personalen", viewer)
    talks.put(row, "at home", "HEMMADEL", cast.viewer("astrid", Hat.GUARDIAN, at=NOW + timedelta(hours=1)))
    talks.handed_in(cast, row, "astrid", at=NOW + timedelta(hours=2))
    by = cast.viewer("cecilia", at=NOW + timedelta(hours=3))
    writing.note_talk(conference=row, home=None, held_on=TODAY, took_part=f"Astrid {STAYS}", interpreter="", by=by)
    talks.put(row, "notes", "Om broar.", by)
    for picked, picture in ((entry, None), (entry, photograph), (older, None)):
        writing.pick(conference=row, question=talks.key("from log"), entry=picked, picture=picture, by=by)
    agreeing.agree(
        conference=row, question=talks.key("agree"), what="Vi lånar hem en bok.", who="both", by_when=None,
        client_key=uuid.uuid4(), by=by,
    )  # fmt: skip
    showing.show(conference=row, by=by)
    sealing.seal(conference=row, by=cast.viewer("cecilia", at=NOW + timedelta(hours=4)))
    row.refresh_from_db()
    # One about Bo, sealed as well.
    other = talks.shown(cast, cast.bo)
    talks.put(other, "joy", f"{STAYS} om Bo", cast.viewer("cecilia", at=NOW + timedelta(hours=1)))
    writing.note_talk(conference=other, home=None, held_on=TODAY, took_part="", interpreter="", by=by)
    sealing.seal(conference=other, by=by)
    return row


def _what_stays(cast: Cast) -> None:
    """Entries that may not go, threads, notes of the staff, plans."""
    entries.shared(cast, cast.bo, title=f"{STAYS} bara Bo", text=STAYS)
    entries.write(cast, cast.alma, title=f"{STAYS} utkast", text=STAYS)
    gone = entries.shared(cast, cast.alma, title=f"{STAYS} återkallat", text=STAYS)
    services.withdraw_entry(entry=gone, by=cast.viewer("cecilia"))
    talked = entries.shared(cast, cast.alma, title="Löven", text="Vi sorterade.")
    astrid = cast.viewer("astrid", Hat.GUARDIAN)
    threads.write(entry=talked, child=cast.alma, by=astrid, text=f"{STAYS} i tråden", client_key=uuid.uuid4())
    plans.reflect(on=talked, text=f"{STAYS} reflektion", by=cast.viewer("cecilia"), client_key=uuid.uuid4())


def opened(package: Package) -> dict[str, bytes]:
    """Every file of a package by its path below the one folder."""
    with files.storage().open(package.file, "rb") as stored, zipfile.ZipFile(stored) as whole:
        found = {entry.filename.partition("/")[2]: whole.read(entry) for entry in whole.infolist()}
        assert len({entry.filename.partition("/")[0] for entry in whole.infolist()}) == 1
    return found


def readable(octets: bytes, path: str) -> str:
    """What a person or a program can read in one file."""
    if path.endswith(".pdf"):
        document = pypdfium2.PdfDocument(octets)
        sheets = [page.get_textpage().get_text_range() for page in document]
        return " ".join([*sheets, str(document.get_metadata_dict())]).replace("\u200b", "")
    return octets.decode("utf-8", "replace")
