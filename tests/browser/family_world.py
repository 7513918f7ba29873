"""A family with much to read: Milo of Tallen, his two homes, his teacher, and two months of entries with pictures."""

import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any


def fill(cast: Any) -> dict[str, Any]:
    """Write it, in a group that the other journeys do not touch; addresses of what the family opens."""
    from curriculum.models import Goal
    from learninglog.services import words
    from tests.browser.world import session
    from visibility.viewer import Hat

    for login, hat in (("frida", Hat.GUARDIAN), ("falk", Hat.GUARDIAN), ("tove", Hat.STAFF)):
        person = cast.make.person(login, login.title(), "Falk", language="en", email=f"{login}@example.org")
        setattr(cast, login, person)
        cast.HATS[login] = hat
    cast.make.guardian(cast.frida, cast.milo)
    other = cast.make.guardian(cast.falk, cast.milo)
    cast.make.duty(cast.tove, "pedagogue", cast.unit, cast.tallen)
    goals = list(Goal.objects.filter(framework__country="SE").order_by("pk")[:6])
    told = [_entry(cast, number, goals) for number in range(24)]
    falk = cast.viewer("falk", Hat.GUARDIAN, at=_now())
    words.show_to_other_homes(home=other.home_memberships.get().home, on=True, by=falk)
    words.write_words(
        child=cast.milo, by=falk, text="We saw an owl on the way home.", happened_on=falk.day, readers="home",
        client_key=uuid.uuid4(),
    )  # fmt: skip
    return {
        "milo": str(cast.milo.public_id),
        "newest": str(told[0].public_id),
        "second": str(told[1].public_id),
        "sessions": {login: session(cast, login) for login in ("frida", "falk")},
    }


def _now() -> Any:
    from tests import cast as casting

    return casting.NOW


def _entry(cast: Any, number: int, goals: list[Any]) -> Any:
    from learninglog import services
    from media_policy.services import mark, take_in
    from tests.entries import share, write

    at = _now() - timedelta(days=number * 3, hours=1)
    entry = write(
        cast, cast.milo, by="tove", title=f"Day {number}", at=at, happened_on=at.date(), group=cast.tallen,
        text="We went to the pond.\n\n- the ice was thick\n- the ducks were loud", goals=[goals[number % 6].pk],
        quotes={cast.milo: ["The ducks are arguing."]} if number % 2 == 0 else None,
        lines={cast.milo: "he counted the ducks."} if number % 3 == 0 else None,
    )  # fmt: skip
    by = cast.viewer("tove", at=at)
    for place in range((3, 1, 0, 0)[number % 4] if number < 9 else 0):
        row = take_in(upload=photo(number, place), by=by, unit=cast.unit, organisation=cast.organisation)
        mark(picture=row, children=[cast.milo], nobody=False, by=by)
        services.add_picture(entry=entry, picture=row, by=by)
    share(cast, entry, by="tove", at=at)
    return entry


def photo(number: int, place: int) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image, ImageDraw

    size = (600, 800) if place == 1 else (800, 600)
    image = Image.new("RGB", size, (90 + number * 7, 140, 90 + place * 40))
    ImageDraw.Draw(image).ellipse([120, 120, 480, 480], fill=(230, 190, 80))
    file = BytesIO()
    image.save(file, "PNG")
    return SimpleUploadedFile("photo.png", file.getvalue(), "image/png")
