"""A representative row of every kind, in the cast's world, each with a name that the table in test_matrix.py uses."""

import uuid
from datetime import date, timedelta
from typing import Any

from access.models import Device, RecordedPage, Recording, Review
from learninglog import services
from learninglog.models import EntryChild, HomeWords, TrayItem, TrayPicture
from learninglog.services import plans, threads, words
from learninglog.services.drafts import ChildInput, EntryInput
from media_policy import services as media
from people.models import Duty, Guardianship
from tests.cast import NOW, TODAY, Cast
from tests.entries import picture, put_in, share, shared, write
from tests.visibility import conference_rows, transfer_rows
from visibility.viewer import Hat

EARLIER = NOW - timedelta(days=3)
MORE = {
    "mats": Hat.GUARDIAN, "ulf": Hat.GUARDIAN, "moa": Hat.GUARDIAN, "lena": Hat.STAFF, "olga": Hat.STAFF,
    "hanna": Hat.STAFF,
}  # fmt: skip


def viewers(cast: Cast) -> dict[str, Any]:
    """The whole cast, the four who join it here, and nobody."""
    return {**cast.viewers(), "nobody": None}


def more_people(cast: Cast) -> None:
    """Mats shares Astrid's home, Ulf has another, Moa is a carer without the log, Lena teaches at the other unit.

    Olga is the owner's officer, Hanna heads the school.
    """
    cast.HATS = cast.HATS | MORE
    for name in ("mats", "ulf", "moa", "lena", "olga", "hanna"):
        setattr(cast, name, cast.make.person(name, name.title(), "Extra"))
    home = cast.astrid_alma.home_memberships.get().home
    cast.make.guardian(cast.mats, cast.alma, Guardianship.Kind.PARENT, home=home)
    cast.ulf_home = cast.make.guardian(cast.ulf, cast.alma).home_memberships.get().home
    cast.make.guardian(
        cast.moa, cast.alma, Guardianship.Kind.CARER, reads_log=False, reads_conferences=False, label="mormor"
    )
    cast.make.duty(cast.lena, Duty.Role.PEDAGOGUE, cast.other_unit, cast.klovern, starts=date(2023, 8, 1))
    cast.make.place(cast.alma, cast.klovern, starts=date(2024, 1, 8), ends=date(2024, 8, 15))
    cast.make.duty(cast.olga, Duty.Role.OWNERS_OFFICER, None)
    cast.make.duty(cast.hanna, Duty.Role.HEAD, cast.school)


def entries(cast: Cast) -> dict[str, Any]:
    then = NOW.replace(year=2024, month=3, day=5)
    made = {
        "draft about Bo": write(cast, cast.bo),
        "draft about Alma": write(cast, cast.alma, by="karin"),
        "draft about nobody": write(cast),
        "Siri's draft about nobody": write(cast, by="siri"),
        "Siri's draft about Bo": write(cast, cast.bo, by="siri"),
        "draft about Elsa alone": write(cast, cast.elsa),
        "draft about Elsa and Bo": write(cast, cast.elsa, cast.bo),
        "draft about Bo and Milo": write(cast, cast.bo),
        "shared about Alma": shared(cast, cast.alma, at=EARLIER),
        "shared about Alma and Bo": shared(cast, cast.alma, cast.bo),
        "shared about Elsa alone": shared(cast, cast.elsa, at=EARLIER),
        "shared about Elsa and Bo": shared(cast, cast.elsa, cast.bo),
        "Siri's about Bo, shared by Cecilia": write(cast, cast.bo, by="siri"),
        "withdrawn about Bo": shared(cast, cast.bo, at=EARLIER),
        "shared about Alma and Tyra, Tyra taken off": shared(cast, cast.alma, cast.tyra),
        "shared about Noor in the other unit": shared(cast, cast.noor, by="lena", group=cast.klovern),
        "shared about Alma in her old unit": shared(
            cast, cast.alma, by="lena", group=cast.klovern, at=then, happened_on=then.date()
        ),
    }
    EntryChild.objects.create(entry=made["draft about Bo and Milo"], child=cast.milo, position=1)
    share(cast, made["Siri's about Bo, shared by Cecilia"])
    taken_off = made["shared about Alma and Tyra, Tyra taken off"]
    data = EntryInput(title="t", text="x", happened_on=TODAY, children={cast.alma.pk: ChildInput()})
    services.save_entry(entry=taken_off, by=cast.viewer("cecilia"), revision=taken_off.revision, data=data)
    return made


def said(cast: Cast, entry: Any, child: Any, name: str) -> Any:
    viewer = cast.viewer(name, Hat.GUARDIAN, at=EARLIER)
    return threads.write(entry=entry, child=child, by=viewer, text="Thank you!", client_key=uuid.uuid4()).thread


def from_home(cast: Cast, child: Any, name: str, readers: str = HomeWords.Readers.HOME) -> HomeWords:
    return words.write_words(
        child=child, by=cast.viewer(name, Hat.GUARDIAN, at=EARLIER), text="We saw a fox.", happened_on=TODAY,
        readers=readers, client_key=uuid.uuid4(),
    )  # fmt: skip


def in_tray(cast: Cast, name: str, *pictures: Any) -> TrayItem:
    item = TrayItem.objects.create(
        unit=cast.unit, group=cast.granen, created_by=getattr(cast, name), created_at=NOW, text="leaves"
    )
    for row in pictures:
        TrayPicture.objects.create(item=item, picture=row)
    return item


def at_work(cast: Cast) -> dict[tuple[str, str], Any]:
    """Units, duties and passes: what the head and the owner keep."""
    duties = {
        "Cecilia's": cast.cecilia_duty,
        "David's, ended": cast.david.duties.get(),
        "Eva's, as head": cast.eva.duties.get(),
        "Lena's in the other unit": cast.lena.duties.get(),
        "Gun's at the school": cast.gun.duties.get(),
        "Hanna's, as the school's head": cast.hanna.duties.get(),
        "Olga's, for the owner": cast.olga.duties.get(),
    }
    found = {("UNIT", unit.name): unit for unit in (cast.unit, cast.other_unit, cast.school)}
    found |= {("DUTY", name): duty for name, duty in duties.items()}
    devices = {
        "Granen's tablet": paired(cast, cast.unit, "k1"),
        "the school's tablet": paired(cast, cast.school, "k2"),
        "waiting": Device.objects.create(key_digest="k3", code="ABCD2345", asked_at=NOW),
    }
    found |= {("DEVICE", name): device for name, device in devices.items()}
    for name, unit in (("Skogsgläntan's", cast.unit), ("the school's", cast.school)):
        found["REVIEW", name] = Review.objects.create(unit=unit, month=TODAY.replace(day=1), opened_at=EARLIER)
    return found | {("PASS", "Siri's"): cast.siri.passes.get()}


def plans_of(cast: Cast) -> dict[tuple[str, str], Any]:
    data = plans.PlanInput("Water", TODAY - timedelta(days=30), TODAY + timedelta(days=30))
    made = (("of Granen", "cecilia", cast.granen), ("of the whole of Skogsgläntan", "eva", None),
            ("of Klövern", "lena", cast.klovern))  # fmt: skip
    return {
        ("PLAN", name): plans.make(unit=group.unit if group else cast.unit, group=group, data=data, by=cast.viewer(who))
        for name, who, group in made
    }


def paired(cast: Cast, unit: Any, key: str) -> Device:
    return Device.objects.create(
        key_digest=key, asked_at=EARLIER, unit=unit, group=unit.groups.order_by("pk").first(), name=key,
        person=cast.make.person(key, key, is_active=False), paired_at=EARLIER, paired_by=cast.eva,
    )  # fmt: skip


def build(cast: Cast) -> dict[tuple[str, str], Any]:
    """Every row, by kind and name; withdrawals come last, so that what hangs on them could be written."""
    more_people(cast)
    rows: dict[tuple[str, str], Any] = {
        ("CHILD", child.given_name): child for child in (cast.alma, cast.bo, cast.elsa, cast.milo, cast.noor)
    }
    made = entries(cast)
    rows |= {("ENTRY", name): entry for name, entry in made.items()}
    rows |= at_work(cast)
    rows |= plans_of(cast)
    rows["THREAD", "of Astrid's home"] = said(cast, made["shared about Alma"], cast.alma, "astrid")
    rows["THREAD", "of Ulf's home"] = said(cast, made["shared about Alma"], cast.alma, "ulf")
    rows["THREAD", "of Ines's home"] = said(cast, made["shared about Elsa alone"], cast.elsa, "ines")
    rows["THREAD", "under the withdrawn entry"] = said(cast, made["withdrawn about Bo"], cast.bo, "birger")
    rows["WORDS", "Astrid's for the home"] = from_home(cast, cast.alma, "astrid")
    rows["WORDS", "Astrid's for the preschool"] = from_home(cast, cast.alma, "astrid", HomeWords.Readers.PRESCHOOL)
    rows["WORDS", "Ulf's before showing"] = from_home(cast, cast.alma, "ulf")
    words.show_to_other_homes(home=cast.ulf_home, on=True, by=cast.viewer("ulf", Hat.GUARDIAN))
    rows["WORDS", "Ulf's shown to other homes"] = from_home(cast, cast.alma, "ulf")
    rows["WORDS", "Ulf's for the preschool"] = from_home(cast, cast.alma, "ulf", HomeWords.Readers.PRESCHOOL)
    rows["WORDS", "Ines's about Elsa"] = from_home(cast, cast.elsa, "ines")
    withdrawn = rows["WORDS", "Birger's, withdrawn"] = from_home(cast, cast.bo, "birger")
    words.withdraw_words(words=withdrawn, by=cast.viewer("birger"))
    rows["TRAY", "Cecilia's"] = in_tray(cast, "cecilia")
    rows["TRAY", "Siri's"] = in_tray(cast, "siri")
    services.withdraw_entry(entry=made["withdrawn about Bo"], by=cast.viewer("cecilia"))
    nora = cast.make.guardian(cast.make.person("nora", "Nora", "Extra"), cast.noor, active=False)
    rows |= conference_rows.build(cast)
    rows |= transfer_rows.build(cast)
    rows["RECORDING", "Astrid's paper about Alma"] = recorded(cast, cast.astrid_alma)
    rows["RECORDING", "Ines's paper about Elsa"] = recorded(cast, cast.ines_elsa)
    rows["RECORDING", "Nora's paper about Noor"] = recorded(cast, nora)
    return rows | {("PICTURE", name): row for name, row in pictures(cast).items()}


def recorded(cast: Cast, tie: Guardianship) -> Recording:
    """A paper of a guardian with one page."""
    said = Recording.objects.create(
        guardianship=tie, medium="paper", said_on=TODAY, identified="known", recorded_by=cast.eva, recorded_at=EARLIER
    )  # fmt: skip
    RecordedPage.objects.create(recording=said, picture=picture(cast, nobody=True, by="eva"), position=0)
    return said


def pictures(cast: Cast) -> dict[str, Any]:
    made = {
        "of Alma": picture(cast, cast.alma),
        "of Alma and Bo": picture(cast, cast.alma, cast.bo),
        "of nobody": picture(cast, nobody=True),
        "unmarked": picture(cast),
    }
    both = write(cast, cast.alma, cast.bo)
    share(cast, put_in(cast, both, *made.values()))
    made["of Bo in a draft"] = picture(cast, cast.bo)
    put_in(cast, write(cast, cast.bo), made["of Bo in a draft"])
    made["of Elsa alone"] = picture(cast, cast.elsa)
    share(cast, put_in(cast, write(cast, cast.elsa), made["of Elsa alone"]))
    gone = write(cast, cast.alma)
    made["of Alma, withdrawn"] = picture(cast, cast.alma)
    share(cast, put_in(cast, gone, made["of Alma, withdrawn"]))
    services.withdraw_entry(entry=gone, by=cast.viewer("eva"))
    made["in the tray"] = picture(cast)
    made["of Noor in the tray of Granen"] = picture(cast, cast.noor)
    in_tray(cast, "karin", made["in the tray"], made["of Noor in the tray of Granen"])
    made["of Alma from home"] = picture(cast, cast.alma, by="astrid")
    from_home(cast, cast.alma, "astrid").words_pictures.create(picture=made["of Alma from home"])
    pages = RecordedPage.objects.select_related("picture").order_by("pk")
    for tie, page in zip(("Alma", "Elsa", "Noor"), pages, strict=True):
        made[f"of a paper about {tie}"] = page.picture
    made["held by nothing"] = picture(cast, cast.alma)
    made["of Alma, erased"] = picture(cast, cast.alma)
    share(cast, put_in(cast, write(cast, cast.alma), made["of Alma, erased"]))
    media.erase_picture(picture=made["of Alma, erased"], by_reason="removed", at=NOW)
    return made
