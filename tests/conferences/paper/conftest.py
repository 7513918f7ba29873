"""A conference about Alma as it goes: two homes, a picture in the log, words in several fields, sealed and added to."""

import io
import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from conferences import reading
from conferences.models import Conference, ConferenceTemplate
from conferences.office.loading import load
from conferences.office.shipped import FOLDER, read
from conferences.services import agreeing, issuing, picking, sealing, showing, writing
from learninglog.models import EntryPicture
from media_policy import files
from media_policy.models import Derivative
from people.models import Guardianship
from tests.cast import NOW, TODAY, Cast
from tests.entries import picture, put_in, share, write

ALT = "Ett barn går på en planka"


class Story(SimpleNamespace):
    """The conference and who takes part; each verb goes through the services, as the screens do."""

    def at(self, hours: int, name: str) -> Any:
        return self.cast.viewer(name, at=NOW + timedelta(hours=hours))

    def key(self, label: str) -> uuid.UUID:
        """The question that begins with these words in Swedish."""
        content = self.conference.frozen.content
        asked = (one for section in content["sections"] for one in section["questions"])
        return uuid.UUID(next(one["key"] for one in asked if one["label"]["sv"].startswith(label)))

    def save(self, label: str, value: Any, by: str = "cecilia", hours: int = 1) -> None:
        key = self.key(label)
        viewer = self.at(hours, by)
        page = (reading.for_home if by in ("astrid", "anders") else reading.for_staff)(self.conference, viewer)
        fields = (field for section in page.sections for field in section.fields)
        number = next((field.number for field in fields if field.key == key), 0)
        writing.save(conference=self.conference, question=key, value=value, number=number, by=viewer)

    def show(self) -> None:
        showing.show(conference=self.conference, by=self.at(2, "cecilia"))
        self.conference.refresh_from_db()

    def seal(self) -> None:
        sealing.seal(conference=self.conference, by=self.at(5, "cecilia"))
        self.conference.refresh_from_db()

    def add(self, text: str) -> None:
        sealing.add(conference=self.conference, text=text, by=self.at(30, "cecilia"))
        self.conference.refresh_from_db()


@pytest.fixture
def template(db: None) -> ConferenceTemplate:
    load([read(FOLDER / "se-utvecklingssamtal.json")])
    return ConferenceTemplate.objects.get()


@pytest.fixture
def story(cast: Cast, template: ConferenceTemplate) -> Story:
    """Begun and prepared by Cecilia; nothing is shown yet."""
    Guardianship.objects.filter(pk=cast.anders_alma.pk).update(activated_at=NOW - timedelta(days=300))
    # Shown to the home, it has words of the staff alone, of the child, of the log.
    [conference] = issuing.issue(
        children=[cast.alma], template=template, due_on=TODAY + timedelta(days=20), by=cast.viewer("cecilia")
    )
    made = Story(cast=cast, conference=Conference.objects.get(pk=conference.pk))
    made.entry, made.photograph = _entry(cast)
    made.save("Vad vill vi lyssna efter", "Fråga om flytten.")
    made.save("Vad dras barnet till", "Broar och vatten.\n\nKartor också.")
    made.save("Vad vill du visa", "Min bro gungar!")
    picking.pick(
        conference=made.conference, question=made.key("Stunder ur"), entry=made.entry, by=made.at(1, "cecilia")
    )
    return made


@pytest.fixture
def sealed(story: Story) -> Story:
    """Shown, answered by both homes each by itself, talked through, agreed on, sealed, and added to."""
    story.show()
    for name, words in (("astrid", "Hon bygger kojor hos mig."), ("anders", "Vi cyklar till havet.")):
        story.save("Vad tycker ert barn", words, by=name, hours=3)
        story.save("Vad vill ni ha god tid till", _option(story, "Språk och samtal"), by=name, hours=3)
        writing.hand_in(conference=story.conference, by=story.at(3, name))
    by = story.at(4, "cecilia")
    writing.note_talk(
        conference=story.conference, home=None, held_on=TODAY, took_part="Astrid, Anders, Cecilia",
        interpreter="arabiska", by=by,
    )  # fmt: skip
    story.save("Vad pratade vi om", "Om hur kul det är att bygga.", hours=4)
    story.save("När hörs vi", "2027-03-01", hours=4)
    agreeing.agree(
        conference=story.conference, question=story.key("Det här kommer vi överens"), what="Vi lånar hem en bok.",
        who="both", by_when=date(2027, 3, 1), client_key=uuid.uuid4(), by=by,
    )  # fmt: skip
    story.seal()
    story.add("Vattenbordet står nu ute.")
    return story


def _option(story: Story, label: str) -> list[str]:
    asked = (one for part in story.conference.frozen.content["sections"] for one in part["questions"])
    return [option["key"] for one in asked for option in one["options"] if option["label"]["sv"] == label]


def _entry(cast: Cast) -> tuple[Any, Any]:
    """About Alma and Bo, with a picture on which Alma alone is."""
    text = "@Alma och @Bo byggde en bro av plankor."
    entry = write(
        cast, cast.alma, cast.bo, title="Bron över bäcken", text=text,
        quotes={cast.alma: ["Den gungar!"], cast.bo: ["Jag håller i repet"]}, at=NOW - timedelta(days=3),
        happened_on=TODAY - timedelta(days=3),
    )  # fmt: skip
    shot = picture(cast, cast.alma)
    put_in(cast, entry, shot)
    EntryPicture.objects.filter(entry=entry).update(alt=ALT, caption="På väg över")
    out = io.BytesIO()
    Image.new("RGB", (80, 60), (31, 90, 65)).save(out, "WEBP")
    name = files.write(out.getvalue(), extension="webp", content_type="image/webp")
    Derivative.objects.filter(picture=shot, purpose="card").update(storage_name=name)
    share(cast, entry)
    entry.refresh_from_db()
    return entry, shot
