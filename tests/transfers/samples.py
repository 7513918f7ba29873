"""A log to write packages of, as plain values: every kind of thing that may stand in one, and no database."""

import io
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from conferences.languages import Said
from transfers import parts
from transfers.packaging.parcel import Choice, Parcel, Yes

AT = datetime(2027, 8, 18, 7, 15, tzinfo=UTC)
FIRST_DAY = date(2027, 8, 18)
SHOTS = [1, 2, 3, 0, 4, 1, 5, 1, 2, 1]
SPACE = uuid.UUID("c0a1d5b2-3c55-4a35-8b0f-0d3d4d2b7e90")
GOAL = parts.Goal(
    7, "Undersöka naturen", "Barnen ska få undersöka naturen och hur allt hänger ihop.", "Natur och teknik", "Lpfö 18",
    {
        "identifier": "3f0b7f7e-3f52-4c5e-9d3e-0b6a2f1f2a11", "uri": "urn:uuid:3f0b7f7e-3f52-4c5e-9d3e-0b6a2f1f2a11",
        "fullStatement": "Barnen ska få undersöka naturen.", "lastChangeDateTime": "2025-01-01T00:00:00+00:00",
    },
)  # fmt: skip


def key(name: str) -> uuid.UUID:
    return uuid.uuid5(SPACE, name)


def picture(name: str, alt: str = "En hand håller ett löv mot ljuset", caption: str = "") -> parts.Picture:
    return parts.Picture(key(name), alt, caption)


def jpeg(number: int = 0, size: tuple[int, int] = (1200, 900)) -> bytes:
    """A picture of hills in some colour."""
    image = Image.new("RGB", size, (207, 224 - number * 7 % 60, 232))
    draw = ImageDraw.Draw(image)
    for step in range(4):
        ground = (60 + step * 25, 120 - step * 14 + number * 5 % 40, 80)
        draw.ellipse(
            (size[0] * (step * 0.22 - 0.2), size[1] * 0.5, size[0] * (step * 0.3 + 0.5), size[1] * 1.6), ground
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def entry(name: str, day: date, shots: int = 1, **more: Any) -> parts.Entry:
    told = {
        "title": f"Vad bor under stocken? ({name})",
        "text": "Alma och kompisar lyfte på **stocken**.\n\n- en gråsugga\n- två sniglar\n\nSedan ritade vi.",
        "quotes": ["Den har fjorton ben, jag räknade!"],
        "line": "Du räknade högt och väntade in de andra.",
        "remarks": [("Undersöka naturen", "Jämför och frågar varför.")],
        "pictures": [picture(f"{name}-{number}") for number in range(shots)],
    }
    return parts.Entry(
        public_id=key(name), language="sv", happened_on=day, shared_at=AT - timedelta(days=40), author="Cecilia",
        unit="Skogsgläntan", goals=[7], **(told | more),
    )  # fmt: skip


def conference() -> parts.Conference:
    sv = "sv"
    agreed = parts.Agreement(
        key("agreed"), "Vi läser sagor på båda språken.", "both", "Hem och förskola", date(2027, 5, 1),
        [parts.Step("going_on", "På gång", "Varje kväll.", AT - timedelta(days=80), "Cecilia")],
    )  # fmt: skip
    return parts.Conference(
        public_id=key("talk"), heading=Said("Utvecklingssamtal", sv), unit="Skogsgläntan", held_on=date(2026, 11, 20),
        sealed_at=AT - timedelta(days=270), digest="ab" * 32,
        sections=[
            parts.Section(
                Said("Dagarna hos oss", sv),
                [
                    parts.Asked(Said("Vad dras barnet till?", sv), "Broar och vatten.\n\nOch allt som kryper.",
                                by="Cecilia", at=AT - timedelta(days=275)),
                    parts.Asked(Said("När trivs barnet bäst?", sv), chosen=[Said("I lek med få", sv)]),
                    parts.Asked(Said("Ur lärloggen", sv), materials=[
                        parts.Material(key("stocken"), "Vad bor under stocken? (stocken)", date(2026, 9, 1)),
                    ]),
                    parts.Asked(Said("ما الذي يقوله الطفل؟", "ar"), "أحب الماء والجسور."),
                ],
            )
        ],
        agreements=[agreed],
        addenda=[parts.Addendum("Vattenbordet står nu ute.", "Cecilia", AT - timedelta(days=200))],
    )  # fmt: skip


def content(**more: Any) -> parts.Content:
    """Ten entries over a school year, words from home, one conference."""
    days = [date(2026, 9, 1) + timedelta(days=34 * number) for number in range(10)]
    names = ["stocken", "bron", "skuggor", "isen", "ljuden", "fröet", "kartan", "fjärilen", "båten", "sista dagen"]
    entries = [entry(name, day, shots) for name, day, shots in zip(names, days, SHOTS, strict=True)]
    told: dict[str, Any] = {
        "child": "Alma Berg", "given_name": "Alma", "organisation": "Lindby kommun", "first_day": FIRST_DAY,
        "entries": entries,
        "words": [parts.Words(key("home"), "Vi hittade *samma* snigel hemma!", date(2026, 10, 7), "Astrid",
                              [picture("home-0", alt="")])],
        "conferences": [conference()],
        "goals": {7: GOAL},
        "highlights": [key("bron"), key("isen"), key("kartan")],
    }  # fmt: skip
    return parts.Content(**(told | more))


def parcel(**more: Any) -> Parcel:
    told: dict[str, Any] = {
        "public_id": key("package"), "content": content(), "made_at": AT, "time_zone": "Europe/Stockholm",
        "language": "sv", "made_for": "Björkskolan, Åby", "starts": date(2026, 8, 18), "until": date(2027, 6, 12),
        "choices": [
            Choice("school_log", "Får skolan läsa lärloggen?", "Skolan får **läsa** det som delats det sista året.",
                   [Yes(date(2027, 4, 2), "cd" * 32), Yes(date(2027, 4, 5), "cd" * 32)]),
        ],
    }  # fmt: skip
    return Parcel(**(told | more))
