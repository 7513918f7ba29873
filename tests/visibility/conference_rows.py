"""Conferences in the cast's world at every step, with what hangs on them: rows for the table in at_conferences.py.

Alma has two homes that read (Astrid's with Mats, and Ulf's) and a carer who does not read conferences (Moa).
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from conferences.models import Agreement, Conference, FieldValue, FreeTime, Material, Offer, Side, Talk, Version
from conferences.services import issuing, sealing, showing, writing
from tests.cast import NOW, TODAY, Cast
from tests.conferences.talks import begun, handed_in, home_of, key, put, shown
from tests.entries import shared
from visibility.viewer import Hat

EARLIER = NOW - timedelta(days=2)
LAST_YEAR = NOW - timedelta(days=360)
OLD_UNIT = datetime(2024, 3, 5, 9, 30, tzinfo=NOW.tzinfo)
Rows = dict[tuple[str, str], Any]


def build(cast: Cast) -> Rows:
    rows: Rows = {}
    sealed_of_alma(cast, rows)
    under_way_of_alma(cast, rows)
    rows["CONFERENCE", "about Bo, being prepared"] = begun(cast, cast.bo)
    elsa = rows["CONFERENCE", "about Elsa, shown"] = shown(cast, cast.elsa)
    rows["FIELD", "Elsa's, only for the staff"] = elsa.values.get(seen="staff")
    rows["VERSION", "Elsa's showing"] = elsa.current
    rows["CONFERENCE", "about Noor in the other unit"] = begun(cast, cast.noor, by="lena", unit=cast.other_unit)
    wrong = rows["CONFERENCE", "about Tyra, begun by mistake"] = begun(cast, cast.tyra)
    issuing.close(conference=wrong, because=Conference.Closed.MISTAKE, by=cast.viewer("cecilia"))
    rows["FREE_TIME", "Cecilia's"] = free(cast, "cecilia", cast.unit)
    rows["FREE_TIME", "Lena's"] = free(cast, "lena", cast.other_unit)
    return rows


def free(cast: Cast, name: str, unit: Any, hours: int = 0) -> FreeTime:
    starts = NOW + timedelta(days=7, hours=hours)
    return FreeTime.objects.create(
        unit=unit, staff=getattr(cast, name), starts_at=starts, ends_at=starts + timedelta(minutes=30),
        kept_by=getattr(cast, name), kept_at=NOW,
    )  # fmt: skip


def offered(cast: Cast, conference: Conference, home: Any, hours: int, **more: Any) -> Offer:
    return Offer.objects.create(
        time=free(cast, "cecilia", cast.unit, hours), conference=conference, home=home, offered_by=cast.cecilia,
        offered_at=NOW, **more,
    )  # fmt: skip


def agreed(cast: Cast, conference: Conference, at: datetime) -> Agreement:
    return writing.agree(
        conference=conference, question=key("agree"), what="We read together.", who=Agreement.Who.BOTH, by_when=TODAY,
        client_key=uuid.uuid4(), by=cast.viewer("cecilia", at=at),
    )  # fmt: skip


def talked(cast: Cast, conference: Conference, home: Any, at: datetime) -> Talk:
    return writing.note_talk(
        conference=conference, home=home, held_on=at.date(), took_part="", interpreter="",
        by=cast.viewer("cecilia", at=at),
    )  # fmt: skip


def sealed_of_alma(cast: Cast, rows: Rows) -> None:
    """One sealed here last year with both homes' parts, and one in the unit that she was in before."""
    row = shown(cast, cast.alma, at=LAST_YEAR)
    entry = shared(cast, cast.alma, at=LAST_YEAR, happened_on=LAST_YEAR.date())
    for name in ("astrid", "ulf"):
        put(row, "at home", f"From {name}", cast.viewer(name, Hat.GUARDIAN, at=LAST_YEAR))
        handed_in(cast, row, name, at=LAST_YEAR)
    staff = cast.viewer("cecilia", at=LAST_YEAR)
    writing.pick(conference=row, question=key("from log"), entry=entry, by=staff)
    ulf = cast.viewer("ulf", Hat.GUARDIAN, at=LAST_YEAR)
    writing.pick(conference=row, question=key("home log"), entry=entry, by=ulf)
    rows["AGREEMENT", "sealed"] = agreed(cast, row, LAST_YEAR)
    record = sealing.seal(conference=row, by=staff)
    rows["VERSION", "Alma's sealed"] = record
    rows["VERSION", "Alma's addition"] = sealing.add(conference=row, text="It went well.", by=cast.viewer("cecilia"))
    rows["RECORD", "sealed, for every home"] = record.fields.get(question=key("joy"))
    rows["RECORD", "sealed, of Astrid's home"] = record.fields.get(home=home_of(cast, cast.astrid_alma))
    rows["RECORDED_MATERIAL", "sealed, for every home"] = record.materials.get(home=None)
    rows["RECORDED_MATERIAL", "sealed, of Ulf's home"] = record.materials.get(home=cast.ulf_home)
    rows["CONFERENCE", "about Alma, sealed last year"] = Conference.objects.get(pk=row.pk)
    old = begun(cast, cast.alma, by="lena", unit=cast.other_unit, at=OLD_UNIT)
    lena = cast.viewer("lena", at=OLD_UNIT)
    put(old, "joy", "She sang then too", lena)
    rows["VERSION", "sealed in her old unit"] = sealing.seal(conference=old, by=lena)
    rows["RECORD", "sealed in her old unit"] = rows["VERSION", "sealed in her old unit"].fields.get()
    rows["CONFERENCE", "about Alma, sealed in her old unit"] = Conference.objects.get(pk=old.pk)


def under_way_of_alma(cast: Cast, rows: Rows) -> None:
    """Shown twice; Astrid's home has handed in, after having thought better of its first words; Ulf's has not."""
    row = shown(cast, cast.alma, at=EARLIER)
    cecilia = cast.viewer("cecilia")
    first = Version.objects.get(conference=row)
    rows["VERSION", "Alma's first showing"] = first
    rows["RECORD", "first showing"] = first.fields.get()
    put(row, "joy", "She sings and dances", cecilia)
    newest = showing.show(conference=row, by=cecilia)
    rows["VERSION", "Alma's newest showing"] = newest
    rows["RECORD", "newest showing"] = newest.fields.get()
    put(row, "notes", "We talk about sleep", cecilia)
    astrid, ulf = cast.viewer("astrid", at=EARLIER), cast.viewer("ulf", Hat.GUARDIAN)
    rows["FIELD", "Astrid's home's first words"] = put(row, "at home", "Written in anger", astrid)
    rows["FIELD", "Astrid's home's, handed in"] = put(row, "at home", "She sleeps badly", astrid)
    rows["FIELD", "Ulf's home's, not handed in"] = put(row, "at home", "Not ready yet", ulf)
    entry = shared(cast, cast.alma)
    rows["MATERIAL", "picked by the staff"] = pick(row, "from log", entry, cecilia)
    rows["MATERIAL", "picked by Astrid's home"] = pick(row, "home log", entry, cast.viewer("astrid"))
    rows["MATERIAL", "picked by Ulf's home"] = pick(row, "home log", entry, ulf)
    handed_in(cast, row, "astrid")
    rows["FIELD", "only for the staff"] = FieldValue.objects.get(conference=row, seen="staff")
    rows["FIELD", "shown"] = FieldValue.objects.filter(conference=row, seen="shown").latest("number")
    rows["FIELD", "from the talk"] = FieldValue.objects.get(conference=row, seen="sealed")
    rows["AGREEMENT", "under way"] = agreed(cast, row, NOW)
    rows["TALK", "with every home"] = talked(cast, row, None, NOW)
    rows["TALK", "with Ulf's home"] = talked(cast, row, cast.ulf_home, NOW)
    rows["SIDE", "of Astrid's home"] = Side.objects.get(conference=row, home=home_of(cast, cast.astrid_alma))
    rows["SIDE", "of Ulf's home"] = Side.objects.get(conference=row, home=cast.ulf_home)
    rows["OFFER", "to Astrid's home"] = offered(cast, row, home_of(cast, cast.astrid_alma), 1)
    rows["OFFER", "to Ulf's home, taken back"] = offered(cast, row, cast.ulf_home, 2, ended_at=NOW)
    rows["CONFERENCE", "about Alma, under way"] = Conference.objects.get(pk=row.pk)


def pick(conference: Conference, name: str, entry: Any, by: Any) -> Material:
    return writing.pick(conference=conference, question=key(name), entry=entry, by=by)
