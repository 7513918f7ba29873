"""Rule 4 on every byte: nothing that a family gets tells who the other children are, or how many.

The same day is told about Alma with one other child, with two, with the whole group, and Astrid walks through
everything she can open. What she gets must be equal to the byte, once what is drawn at random in each run is set aside;
what is set aside keeps its length.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from PIL import Image

from access import notices as mails
from curriculum.models import Area, Framework, Goal
from learninglog import notices, services
from learninglog.models import Entry, HomeChange
from learninglog.services import threads, words
from learninglog.services.drafts import ChildInput, EntryInput, PictureInput
from media_policy.services import mark, take_in
from tests.cast import NOW, TODAY
from tests.entries import share, shared

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DRAWN = [
    UUID,
    re.compile(r'(?<=csrfmiddlewaretoken" value=")[^"]+'),
    re.compile(r"(?<=before=)[A-Za-z0-9_-]+"),
]
# Not Ek: Elsa's mother is also one of the staff, and stands among the contacts of every family by that name.
OTHERS = ("Bo", "Tyra", "Elsa", "Carlsson", "Dahl", "Birger", "Tora", "BO", "TY", "EL")
HTMX = {"HX-Request": "true"}


def company(cast, size):
    """Alma with so many others; in an order that does not put her first."""
    return [*(cast.bo, cast.tyra, cast.elsa)[: size - 1], cast.alma]


def photo(colour):
    file = BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "PNG")
    return SimpleUploadedFile("photo.png", file.getvalue(), "image/png")


def taken(cast, colour, *subjects, nobody=False):
    by = cast.viewer("cecilia")
    row = take_in(upload=photo(colour), by=by, unit=cast.unit, organisation=cast.organisation)
    return mark(picture=row, children=subjects, nobody=nobody, by=by) if subjects or nobody else row


@pytest.fixture
def goal(db):
    framework = Framework.objects.create(
        code="T-1", family="T", country="SE", language="sv", title_sv="Plan", valid_from=TODAY.replace(year=2020)
    )
    area = Area.objects.create(framework=framework, code="T:1", label_sv="Natur")
    return Goal.objects.create(
        area=area, framework=framework, code="T:1-01", label_sv="Kretslopp", text_sv="Hur allt hänger ihop."
    )


def tell(cast, goal, size):
    """One entry with everything in it: mentions everywhere, pictures of others between Alma's, words for each child."""
    children = company(cast, size)
    run = ", ".join(f"@{child.given_name}" for child in children[:-1])
    by = cast.viewer("cecilia")
    entry = services.start_entry(group=cast.granen, by=by, happened_on=TODAY)
    pictures = []
    for number, child in enumerate(children[:-1]):
        pictures += [taken(cast, (number, 9, 9), child), taken(cast, (number, 99, 9), child, cast.alma)]
        pictures.append(taken(cast, (number, 9, 99)))
    middle = len(pictures) // 2
    pictures[middle:middle] = [taken(cast, (200, 30, 30), cast.alma)]
    pictures.append(taken(cast, (30, 200, 30), nobody=True))
    for picture in pictures:
        services.add_picture(entry=entry, picture=picture, by=by)
    entry.refresh_from_db()
    data = EntryInput(
        title=f"{run} and @Alma by the pond",
        text=f"{run} and @Alma found ice.\n\n- {run} broke it\n- @Alma carried it for {run}.\n\nIt was @Alma's idea.",
        happened_on=TODAY,
        children={
            child.pk: ChildInput(
                line=f"{child.given_name.lower()}-line with {run}",
                quotes=[f"{child.given_name.lower()}-quote with {run}"],
                remarks={goal.pk: f"{child.given_name.lower()}-remark with {run}"},
            )
            for child in children
        },
        goals=[goal.pk],
        pictures={
            row.public_id: PictureInput(caption=f"{run} and the ice", alt=f"{run} with @Alma") for row in pictures
        },
        whole_group=size == 4,
        not_names=["alma", "bo", "tyra", "elsa"],
    )
    entry, saved = services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)
    assert saved
    share(cast, entry)
    return entry, pictures


@contextmanager
def a_world() -> Iterator[None]:
    """What is written within is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything_of(response):
    """Status, headers and body, what is drawn at random replaced by as many stars."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name not in {"ETag", "Set-Cookie"}}
    kind = headers.get("Content-Type", "")
    text = body.decode("utf-8" if "text" in kind else "latin-1")
    if "text" in kind:
        text = starred(text)
    return response.status_code, starred(repr(sorted(headers.items()))), text


def starred(text):
    for drawn in DRAWN:
        text = drawn.sub(lambda found: "*" * len(found[0]), text)
    return text


def walk(client, cast, entry, pictures):
    """Everything that Astrid can open, by what it is called here."""
    at = {"child": cast.alma.public_id}
    log, one = reverse("family:log", kwargs=at), reverse("family:entry", kwargs={**at, "entry": entry.public_id})
    message = reverse("family:message", kwargs={**at, "entry": entry.public_id})
    goal = Goal.objects.get()
    got = {
        "start": client.get("/family/"),
        "log": client.get(log),
        "log again": client.get(log),
        "new": client.get(log, {"show": "new"}),
        "from home in the log": client.get(log, {"show": "home"}),
        "goal": client.get(log, {"goal": goal.public_id}),
        "area": client.get(log, {"area": goal.area.public_id}),
        "filters": client.get(reverse("family:filters", kwargs=at)),
        "filters by htmx": client.get(reverse("family:filters", kwargs=at), headers=HTMX),
        "entry": client.get(one),
        "from home": client.get(reverse("family:from_home", kwargs=at)),
        "contacts": client.get(reverse("family:contacts", kwargs=at)),
        "settings": client.get(reverse("family:settings", kwargs=at)),
        "empty message": client.post(message, {"text": " "}),
        "message": client.post(message, {"text": "How nice!", "client_key": uuid.uuid4()}),
        "entry with a message": client.get(one),
    }
    for looked_for in ("ice", "bo", "tyra", "elsa", "alma", "and", "och", "kompisar", "quote", "line", "remark", ","):
        got[f"search {looked_for}"] = client.get(log, {"q": looked_for})
    older = re.search(r'href="([^"]+before=[^"]+)"', got["log"].content.decode())
    assert older is not None
    address = older[1].replace("&amp;", "&")
    got |= {"older": client.get(address), "older by htmx": client.get(address, headers=HTMX)}
    own = [row for row in pictures if everything_of(media(client, row, "card"))[0] == 200]
    assert len(own) == 2
    for number, picture in enumerate(own):
        for purpose in ("thumb", "card", "full"):
            got[f"picture {number} {purpose}"] = media(client, picture, purpose)
            got[f"picture {number} {purpose} head"] = media(client, picture, purpose, "head")
    return {name: everything_of(response) for name, response in got.items()}


def media(client, picture, purpose, method="get"):
    address = reverse("media_policy:picture", kwargs={"public_id": picture.public_id, "purpose": purpose})
    return getattr(client, method)(address)


@pytest.fixture
def told(cast, goal, sign_in):
    """`told(4)` is what Astrid gets of a day with so many children, and the keys that must not be in it."""
    for days in range(1, 23):
        shared(
            cast,
            cast.alma,
            title=f"Day {days}",
            happened_on=TODAY - timedelta(days=days),
            at=NOW - timedelta(days=days),
        )

    def tell_and_walk(size):
        with a_world():
            entry, pictures = tell(cast, goal, size)
            secrets = {str(child.public_id) for child in (cast.bo, cast.tyra, cast.elsa)}
            secrets |= {str(row.public_id) for row in pictures if row.subjects.exclude(child=cast.alma).exists()}
            secrets |= {str(row.public_id) for row in pictures if row.marking == "unmarked"}
            client = sign_in(cast.astrid, fresh=True)
            got = walk(client, cast, entry, pictures)
            raw = client.get(reverse("family:log", kwargs={"child": cast.alma.public_id})).content.decode()
            return got, raw, secrets

    return tell_and_walk


def test_two_three_or_the_whole_group_are_the_same_bytes_to_a_family(told):
    two, *_ = told(2)
    for size in (3, 4):
        more, *_ = told(size)
        assert two.keys() == more.keys()
        for name in two:
            assert two[name] == more[name], name


def test_no_name_initial_or_key_of_another_child_or_family_is_in_anything(told):
    got, raw, secrets = told(4)
    assert "Alma och kompisar" in got["log"][2]
    assert not [secret for secret in secrets if secret in raw]
    for name, (_, _, text) in got.items():
        found = set() if name.startswith("picture") else set(re.findall(r"\w+", text))
        assert not found & set(OTHERS), name
        # What she searched for herself stands in the search line, in her own spelling.
        assert not [word for word in found & {"bo", "tyra", "elsa"} if name != f"search {word}"], name

    def found_by(word):
        return re.findall(r'class="entry-title"', got[f"search {word}"][2])

    # A name, or the "och" that stood between two of them, finds what nothing finds.
    assert not found_by("bo") + found_by("tyra") + found_by("elsa") + found_by("och")
    assert found_by("ice")


def test_a_picture_of_somebody_else_looks_like_no_picture_at_all(cast, goal, sign_in):
    _entry, pictures = tell(cast, goal, 3)
    client = sign_in(cast.astrid)
    nowhere = everything_of(client.get(f"/media/{uuid.uuid4()}/card"))
    hidden = [row for row in pictures if row.subjects.exclude(child=cast.alma).exists() or row.marking == "unmarked"]
    assert len(hidden) == 6
    for picture in hidden:
        for purpose in ("thumb", "card", "full"):
            assert everything_of(media(client, picture, purpose)) == nowhere


def test_another_child_on_the_entry_later_changes_nothing_for_alma(cast, sign_in):
    """Nor does another child's picture, line or quote: no byte, no badge, no mail."""
    entry = shared(cast, cast.alma, cast.bo, text="@Alma and @Bo found ice.")
    client = sign_in(cast.astrid)
    at = reverse("family:log", kwargs={"child": cast.alma.public_id})
    one = reverse("family:entry", kwargs={"child": cast.alma.public_id, "entry": entry.public_id})
    before = [everything_of(client.get(address)) for address in (at, one)]
    by = cast.viewer("cecilia", at=NOW + timedelta(hours=1))
    services.add_picture(entry=entry, picture=taken(cast, (9, 9, 9), cast.tyra), by=by)
    services.add_picture(entry=entry, picture=taken(cast, (9, 9, 99)), by=by)
    entry.refresh_from_db()
    children = {
        cast.alma.pk: ChildInput(),
        cast.bo.pk: ChildInput(quotes=["Mine!"]),
        cast.tyra.pk: ChildInput(line="she too"),
    }
    data = EntryInput(
        title=entry.title, text="@Alma, @Tyra and @Bo found ice.", happened_on=TODAY, children=children,
    )  # fmt: skip
    services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)
    share(cast, entry, at=by.at)
    assert [everything_of(client.get(address)) for address in (at, one)] == before
    assert not HomeChange.objects.filter(child=cast.alma).exists()
    assert not notices.something_new(cast.viewer("astrid", at=by.at), NOW)


def test_the_words_for_another_mentioned_child_may_change_without_a_badge(cast):
    """Bo becomes Tyra in Alma's own line and quote: her family reads "friends" before and after."""
    entry = shared(cast, cast.alma, lines={cast.alma: "ran with @Bo"}, quotes={cast.alma: ["@Bo did!"]})
    by = cast.viewer("cecilia", at=NOW + timedelta(hours=1))
    child = ChildInput(line="ran with @Tyra", quotes=["@Tyra did!"])
    data = EntryInput(title=entry.title, text="We sorted leaves.", happened_on=TODAY, children={cast.alma.pk: child})
    services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)
    share(cast, entry, at=by.at)
    assert not HomeChange.objects.exists()


def test_the_mail_is_the_same_for_every_family_and_says_nothing(cast, goal):
    for person in (cast.astrid, cast.birger):
        person.language = "en"
        person.save()
    tell(cast, goal, 4)
    evening = NOW.replace(hour=18)
    mails.write_batch(organisation_id=cast.organisation.pk, after=0, at=evening)
    for row in mails.NoticeMail.objects.order_by("pk"):
        mails.send(mail_id=row.pk, at=evening)
    to = {message.to[0]: (message.subject, message.body) for message in mail.outbox}
    assert {"astrid@example.org", "birger@example.org"} <= to.keys()
    assert to["astrid@example.org"] == to["birger@example.org"]
    found = set(re.findall(r"\w+", " ".join(to["astrid@example.org"])))
    assert not found & {*OTHERS, "Alma", "Granen", "Skogsgläntan", "Cecilia"}


def test_contacts_are_the_staff_and_the_same_for_each_family(cast, sign_in):
    def page(person, child):
        client = sign_in(person, fresh=True)
        text = starred(client.get(reverse("family:contacts", kwargs={"child": child.public_id})).content.decode())
        return re.findall(r'class="row-title">([^<]+)', text), text

    birgers, _ = page(cast.birger, cast.bo)
    toras, _ = page(cast.tora, cast.tyra)
    almas, text = page(cast.astrid, cast.alma)
    assert birgers == toras == ["Cecilia Sund", "Ines Ek", "Karin Lund", "Siri Vik", "Eva Holm"]
    # Frans works with Alma by name, which is no other family's to know.
    assert almas == [*birgers, "Frans Nyman"]
    assert "Birger" not in text


def test_a_thread_or_words_of_another_family_leave_no_trace(cast, sign_in):
    entry = shared(cast, cast.alma, cast.bo)
    client = sign_in(cast.astrid)
    addresses = [
        reverse("family:log", kwargs={"child": cast.alma.public_id}),
        reverse("family:entry", kwargs={"child": cast.alma.public_id, "entry": entry.public_id}),
        reverse("family:from_home", kwargs={"child": cast.alma.public_id}),
    ]
    before = [everything_of(client.get(address)) for address in addresses]
    by = cast.viewer("birger")
    threads.write(entry=entry, child=cast.bo, by=by, text="Bo said so too", client_key=uuid.uuid4())
    words.write_words(
        child=cast.bo, by=by, text="Bo built it again", happened_on=TODAY, readers="home", client_key=uuid.uuid4()
    )
    assert [everything_of(client.get(address)) for address in addresses] == before


def test_an_open_group_shows_first_names_only_while_open_and_if_shared_while_open(cast, sign_in):
    hidden = shared(cast, cast.alma, cast.bo, title="Before", at=NOW - timedelta(days=3))
    opening = cast.granen.openings.create(opened_at=NOW - timedelta(days=2))
    entry = shared(cast, cast.alma, cast.bo, title="While open", at=NOW - timedelta(days=1))
    client = sign_in(cast.astrid)
    log = reverse("family:log", kwargs={"child": cast.alma.public_id})

    def lines():
        return re.findall(r'<p class="quiet small" lang="sv">([^<]+)</p>', client.get(log).content.decode())

    assert sorted(lines()) == ["Alma och kompisar", "Alma, Bo"]
    assert "Carlsson" not in client.get(log).content.decode()
    opening.closed_at = NOW
    opening.save()
    assert lines() == ["Alma och kompisar", "Alma och kompisar"]
    assert Entry.objects.filter(pk__in=[hidden.pk, entry.pk]).count() == 2
