"""What a file is called, and what the browser says it is, decides nothing and leads nowhere."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from media_policy import services, spool
from media_policy.clips.refusal import ClipReason
from media_policy.models import Picture
from media_policy.refusal import Reason, Refused
from tests.media_policy import samples, traces
from tests.media_policy.clips import films
from tests.media_policy.clips.conftest import place  # noqa: F401 (a fixture)

NAMES = {
    "a way out": "../../../../etc/cron.d/picture.jpg",
    "a way out, as Windows spells it": "..\\..\\..\\picture.jpg",
    "a place": "/etc/passwd",
    "a place of somebody's": "~/.ssh/authorized_keys",
    "a NUL": "picture.jpg\0.html",
    "many letters": "p" * 5000 + ".jpg",
    "letters that run the other way": "picture\u202egpj.exe",
    "lines": "picture\r\nSet-Cookie: a=b\r\n.jpg",
    "nothing but its ending": ".jpg",
    "a page": "picture.html",
    "a drawing": "picture.svg",
    "a program": "picture.php",
    "words of a shell": "$(touch here);`id`|.jpg",
    "words of a page": "<img src=x onerror=alert(1)>.jpg",
    "no letter that we know": "\U0001f600 \u0645\u0631\u062d\u0628\u0627.jpg",
}
GIF_AND_SCRIPT = b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)"
POLYGLOTS = {
    "a page called picture": (b"<!doctype html><script>alert(1)</script>", Reason.OTHER_KIND),
    "a drawing called picture": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Reason.OTHER_KIND),
    "a GIF that is a script": (GIF_AND_SCRIPT, Reason.MOVING),
    "a PNG with a page behind it": (samples.png() + b"<html><script>1</script>", Reason.MORE_THAN_A_PICTURE),
    "nothing": (b"", Reason.EMPTY),
}
TYPES = ["image/jpeg", "text/html", "image/svg+xml", "application/x-php", "", "image/jpeg; charset=utf-7"]


def uploads(data, name, kind):
    """The same file as Django hands it on: small ones in memory, large ones in the spool."""
    spool.folder()
    large = TemporaryUploadedFile(name, kind, len(data), None)
    large.write(data)
    large.flush()
    return [SimpleUploadedFile(name, data, content_type=kind), large]


def take_in(world, upload):
    by = world.viewer(world.cecilia)
    return services.take_in(upload=upload, by=by, unit=world.unit, organisation=world.organisation)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_way_and_is_kept_nowhere(world, rooms, name):
    called = NAMES[name]
    around = sorted(rooms.parent.iterdir())
    for upload in uploads(samples.jpeg(secrets=False), called, "image/jpeg"):
        picture = take_in(world, upload)
        assert {row.content_type for row in picture.derivatives.all()} == {"image/webp"}
    kept = [path for path in rooms.rglob("*") if path.is_file()]
    assert len(kept) == 8
    assert all(path.is_relative_to(rooms / "private" / "pictures") and path.suffix == ".webp" for path in kept)
    assert sorted(rooms.parent.iterdir()) == around
    words = [word for word in ("onerror", "cron.d", "authorized_keys", "Set-Cookie", "ppppp", "gpj") if word in called]
    assert traces.tells(traces.on_disk(rooms) + traces.in_tables(), *words) == []


@pytest.mark.parametrize("kind", TYPES)
def test_what_the_browser_calls_it_decides_nothing(world, rooms, kind):
    for data, name in ((samples.jpeg(), "a.html"), (samples.png(), "a.jpg"), (samples.heic(), "a.png")):
        for upload in uploads(data, name, kind):
            assert take_in(world, upload).derivatives.count() == 4


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("name", POLYGLOTS)
def test_what_is_called_a_picture_and_is_none_is_refused_and_leaves_nothing(world, rooms, name, kind):
    data, reason = POLYGLOTS[name]
    for upload in uploads(data, "picture.jpg", kind):
        with pytest.raises(Refused) as refused:
            take_in(world, upload)
        assert refused.value.reason == reason
    assert not Picture.objects.exists()
    assert [path for path in rooms.rglob("*") if path.is_file()] == []


def test_a_film_called_a_picture_and_a_picture_called_a_film(world, rooms, place):  # noqa: F811
    for film in (films.android(), films.phone(), films.browser(), films.memo()):
        for upload in uploads(film, "picture.jpg", "image/jpeg"):
            with pytest.raises(Refused):
                take_in(world, upload)
    for data in (samples.jpeg(), samples.png(), samples.heic()):
        clip = place.take_in(data)
        assert clip.refusal == ClipReason.A_PICTURE
    assert [path for path in rooms.rglob("*") if path.is_file()] == []
