"""Taking a copy along: only where the organisation lets one, of what the rule shows, under a name that names nobody."""

import pytest
from django.urls import reverse

from media_policy import downloads, files
from media_policy.clips.services import mark_clip
from media_policy.models import DownloadSetting
from media_policy.services import mark
from people.models import AccessEvent
from tests.cast import NOW
from tests.entries import film, picture, put_film, put_in, share, write
from visibility.models import ReadingLine
from visibility.viewer import Hat

BYTES = b"what is kept"


@pytest.fixture(params=["picture", "film", "sound"])
def kept(request, cast, settings, tmp_path, stop_clock):
    """Something of Alma's in an entry that is shared; what it is called in the log, and its two addresses."""
    stop_clock(NOW)
    settings.PRIVATE_MEDIA_ROOT, settings.X_ACCEL_PREFIX = tmp_path, ""
    entry, what = write(cast, cast.alma, cast.bo), request.param
    if what == "picture":
        row = picture(cast, cast.alma)
        put_in(cast, entry, row)
        rows, page = row.derivatives.filter(purpose="full"), "media_policy:picture"
    else:
        row = film(cast, cast.alma, kind=what)
        put_film(cast, entry, row)
        rows, page = row.files.filter(purpose="play"), "media_policy:clip"
    share(cast, entry)
    stored = files.write(BYTES, extension="bin", content_type="image/webp")
    rows.update(storage_name=stored, byte_size=len(BYTES))
    return what, row, reverse(f"{page}_download", args=[row.public_id]), entry


def let(cast, who):
    downloads.decide(organisation=cast.organisation, wanted=who, by=cast.viewer("eva"))


def lines():
    return list(ReadingLine.objects.filter(what__endswith="download").values_list("what", flat=True))


GETS = {
    None: {"astrid": 404, "cecilia": 404, "birger": 404, "stranger": 404},
    "off": {"astrid": 404, "cecilia": 404, "birger": 404, "stranger": 404},
    "staff": {"astrid": 404, "cecilia": 200, "birger": 404, "stranger": 404},
    "family": {"astrid": 200, "cecilia": 200, "birger": 404, "stranger": 404},
}


@pytest.mark.parametrize("who", GETS)
def test_who_gets_a_copy(cast, kept, client, as_persona, who):
    what, _row, href, _entry = kept
    if who:
        let(cast, who)
    assert client.get(href).status_code == 404
    for name, status in GETS[who].items():
        viewer = cast.viewer(name)
        as_persona(client, viewer.person, viewer.hat)
        before = len(lines())
        assert client.get(href).status_code == status, name
        assert client.head(href).status_code == status, name
        assert lines()[before:] == [f"{what} download"] * (status == 200), name


def test_a_copy_is_kept_under_the_day_and_nobodys_name(cast, kept, client, as_persona):
    _what, _row, href, _entry = kept
    let(cast, "family")
    as_persona(client, cast.astrid, Hat.GUARDIAN)
    answer = client.get(href)
    assert answer.body == BYTES
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert answer["Content-Disposition"].endswith(f'-{NOW.date().isoformat()}.bin"')
    assert "alma" not in answer["Content-Disposition"].lower()
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(href, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_web_server_is_told_the_name_too(cast, kept, client, as_persona, settings):
    settings.X_ACCEL_PREFIX = "/_private"
    let(cast, "family")
    as_persona(client, cast.astrid, Hat.GUARDIAN)
    answer = client.get(kept[2])
    assert answer["X-Accel-Redirect"].startswith("/_private/disk/")
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_page_offers_it_only_where_it_is_let(cast, kept, client, as_persona):
    _what, _row, href, entry = kept
    pages = {
        "astrid": reverse("family:entry", kwargs={"child": cast.alma.public_id, "entry": entry.public_id}),
        "cecilia": reverse("staff:entry", kwargs={"entry": entry.public_id}),
    }
    for who, offered in (("off", set()), ("staff", {"cecilia"}), ("family", {"astrid", "cecilia"})):
        let(cast, who)
        found = set()
        for name, page in pages.items():
            viewer = cast.viewer(name)
            as_persona(client, viewer.person, viewer.hat)
            found |= {name} if href in client.get(page).content.decode() else set()
        assert found == offered


def test_it_ends_at_once_when_the_owner_says_so_and_when_the_rule_does(cast, kept, client, as_persona):
    _what, row, href, _entry = kept
    let(cast, "family")
    as_persona(client, cast.astrid, Hat.GUARDIAN)
    assert client.get(href).status_code == 200
    again = {"by": cast.viewer("cecilia"), "nobody": False, "children": [cast.alma, cast.bo]}
    mark(picture=row, **again) if kept[0] == "picture" else mark_clip(clip=row, **again)
    assert client.get(href).status_code == 404
    let(cast, "off")
    assert [event.after for event in AccessEvent.objects.filter(what="setting").order_by("pk")] == [
        {"download": "family"}, {"download": "off"},
    ]  # fmt: skip


def test_the_owner_decides_and_nobody_else(cast, client, as_persona, stop_clock):
    stop_clock(NOW)
    cast.make.duty(cast.karin, "owners_officer", None)
    href, page = reverse("answers:downloads"), reverse("answers:settings")
    as_persona(client, cast.eva, Hat.STAFF)
    assert client.post(href, {"who": "family"}).status_code == 404
    as_persona(client, cast.karin, Hat.STAFF)
    assert 'value="off"' in client.get(page).content.decode()
    assert client.post(href, {"who": "everybody"}).status_code == 302
    assert not DownloadSetting.objects.exists()
    assert client.post(href, {"who": "family"}).status_code == 302
    assert client.post(href, {"who": "family"}).status_code == 302
    assert downloads.who(cast.organisation.pk) == "family"
    assert DownloadSetting.objects.count() == AccessEvent.objects.filter(what="setting").count() == 1
