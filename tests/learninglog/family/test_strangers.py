"""Everybody else: for them there is no such page, and it looks like any page that never was."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from learninglog.models import Publication
from learninglog.services import withdraw_entry
from people.models import Child
from tests.cast import NOW
from tests.entries import picture, put_in, share, shared, write
from tests.learninglog.family.shortcuts import log_of, page_of, text_of, titles
from visibility.viewer import Hat

PAGES = ("log", "filters", "from_home", "contacts", "settings")
POSTS = ("from_home", "show_words")


def addresses(child, entry, words):
    """Every address under a child, as (method, address)."""
    found = [("get", page_of(name, child)) for name in PAGES] + [("post", page_of(name, child)) for name in POSTS]
    found.append(("get", page_of("entry", child, entry=entry)))
    found.append(("post", page_of("message", child, entry=entry)))
    withdraw = page_of("withdraw_words", child, words=words)
    return [*found, ("get", withdraw), ("post", withdraw)]


def answers(client, found):
    return {(method, address): getattr(client, method)(address) for method, address in found}


def not_found(client, address):
    """The page that says there is none, but for the address one came by and the token of its forms."""
    response = client.get(address)
    assert response.status_code == 404, address
    text = response.content.decode().replace(address, "")
    return re.sub(r'(?<=csrfmiddlewaretoken" value=")[^"]+', "", text)


@pytest.mark.parametrize(
    "name",
    ["anders", "birger", "tora", "cecilia", "karin", "david", "eva", "frans", "gun", "siri", "office", "stranger",
     "ines", "ines as guardian"],
)  # fmt: skip
def test_nobody_but_her_active_guardians_finds_a_page_of_almas(cast, sign_in, say, name):
    entry, words = shared(cast, cast.alma, cast.bo, cast.elsa), say(cast.astrid, cast.alma, "At home")
    viewer = cast.viewers()[name]
    client = sign_in(viewer.person, viewer.hat)
    nothing = not_found(client, reverse("family:log", kwargs={"child": uuid.uuid4()}))
    for method, address in addresses(cast.alma, entry, words):
        if method == "get":
            assert not_found(client, address) == nothing, address
        assert getattr(client, method)(address).status_code == 404, (method, address)


def test_anders_finds_nothing_until_the_head_has_activated_him(cast, sign_in):
    shared(cast, cast.alma)
    client = sign_in(cast.anders)
    assert client.get(log_of(cast.alma)).status_code == 404
    cast.anders_alma.activated_at = NOW - timedelta(minutes=1)
    cast.anders_alma.save()
    assert titles(client.get(log_of(cast.alma))) == ["Whose leaf is this?"]


def test_nobody_signed_in_is_sent_to_the_door_alike_for_a_child_and_for_none(cast, client):
    found = client.get(log_of(cast.alma))
    nothing = client.get(reverse("family:log", kwargs={"child": uuid.uuid4()}))
    assert found.status_code == nothing.status_code == 302
    assert found["Location"].split("?")[0] == nothing["Location"].split("?")[0] == reverse("portal:sign_in")


def test_a_teacher_who_is_also_a_guardian_reads_her_child_under_the_guardians_hat_only(cast, sign_in):
    shared(cast, cast.elsa, cast.bo)
    assert titles(sign_in(cast.ines, Hat.GUARDIAN).get(log_of(cast.elsa))) == ["Whose leaf is this?"]
    assert sign_in(cast.ines, Hat.STAFF, fresh=True).get(log_of(cast.elsa)).status_code == 404


@pytest.mark.parametrize("how", ["ended", "inactive", "blocked"])
def test_a_guardianship_that_ends_closes_an_open_session_at_once(cast, sign_in, say, how):
    entry = write(cast, cast.alma)
    shown = picture(cast, cast.alma)
    put_in(cast, entry, shown)
    share(cast, entry)
    words = say(cast.astrid, cast.alma, "At home", at=NOW - timedelta(hours=1))
    client = sign_in(cast.astrid)
    assert titles(client.get(log_of(cast.alma))) == ["Whose leaf is this?"]
    if how == "ended":
        cast.astrid_alma.ends_at = NOW
    elif how == "inactive":
        cast.astrid_alma.inactivated_at = NOW
    else:
        Child.objects.filter(pk=cast.alma.pk).update(blocked_at=NOW)
    cast.astrid_alma.save()
    for response in answers(client, addresses(cast.alma, entry, words)).values():
        assert response.status_code == 404
    media = reverse("media_policy:picture", kwargs={"public_id": shown.public_id, "purpose": "card"})
    assert client.get(media).status_code == 404


def test_a_carer_who_may_not_read_the_log_has_contacts_and_settings_alone(cast, sign_in):
    shared(cast, cast.alma)
    granny = cast.make.person("granny", "Gerd", "Berg")
    cast.make.guardian(granny, cast.alma, "carer", reads_log=False, reads_conferences=True)
    client = sign_in(granny)
    for name in ("contacts", "settings"):
        page = text_of(client.get(page_of(name, cast.alma)))
        assert page_of("show_words", cast.alma) not in page
    for name in ("log", "filters", "from_home"):
        assert client.get(page_of(name, cast.alma)).status_code == 404


def test_a_withdrawn_entry_is_gone_at_once_with_its_pictures_and_its_conversation(cast, sign_in, write_to_staff):
    entry = write(cast, cast.alma)
    shown = picture(cast, cast.alma)
    put_in(cast, entry, shown)
    share(cast, entry)
    write_to_staff(cast.astrid, cast.alma, entry, "What a day")
    client = sign_in(cast.astrid)
    page = page_of("entry", cast.alma, entry=entry)
    assert "What a day" in text_of(client.get(page))
    withdraw_entry(entry=entry, by=cast.viewer("cecilia"))
    assert titles(client.get(log_of(cast.alma))) == []
    assert titles(client.get(log_of(cast.alma, q="leaf"))) == []
    assert client.get(page).status_code == 404
    assert client.post(page_of("message", cast.alma, entry=entry), {"text": "Still?"}).status_code == 404
    for purpose in ("thumb", "card", "full"):
        media = reverse("media_policy:picture", kwargs={"public_id": shown.public_id, "purpose": purpose})
        assert client.get(media).status_code == 404


def test_an_entry_of_another_child_is_not_found_under_the_own_one(cast, sign_in):
    entry = shared(cast, cast.bo)
    client = sign_in(cast.astrid)
    assert client.get(page_of("entry", cast.alma, entry=entry)).status_code == 404
    assert client.post(page_of("message", cast.alma, entry=entry), {"text": "Hello"}).status_code == 404


def test_a_family_with_two_children_reads_each_log_by_itself(cast, sign_in):
    """In both the own children have their names; the words for one stand in the log of that one."""
    cast.make.guardian(cast.astrid, cast.tyra)
    both = shared(
        cast, cast.alma, cast.tyra, cast.bo, title="Together",
        lines={cast.alma: "only for the elder", cast.tyra: "only for the younger", cast.bo: "for another"},
    )  # fmt: skip
    shared(cast, cast.tyra, title="Without her")
    client = sign_in(cast.astrid)
    alma, tyra = client.get(log_of(cast.alma)), client.get(log_of(cast.tyra))
    assert (titles(alma), titles(tyra)) == (["Together"], ["Without her", "Together"])
    assert "only for the elder" in text_of(alma)
    assert "only for the younger" not in text_of(alma)
    assert "only for the elder" not in text_of(tyra)
    assert "Alma, Tyra och kompisar" in text_of(alma)
    assert "for another" not in text_of(alma) + text_of(tyra)
    Publication.objects.filter(entry=both, child=cast.alma).delete()
    assert client.get(page_of("entry", cast.alma, entry=both)).status_code == 404
