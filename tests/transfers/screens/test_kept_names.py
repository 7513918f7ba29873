"""Where the child goes is told nowhere to whom it is hidden from: not by a class, a phone, a name on a paper."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from access.families import ended
from conferences.paper import Paper
from learninglog import contacts
from people.models import GroupMembership, Guardianship, Placement
from tests.cast import NOW, TODAY
from tests.entries import shared
from transfers import content
from transfers.services import hiding
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
NAMES = ("Björkskolan", "Gun Wik", "Ängen", "Klövern")


@pytest.fixture
def hidden(here):
    """From Astrid it is hidden where Alma goes; Mats, the other parent, is told."""
    hiding.hide(handover=here.handover, guardianship=here.cast.astrid_alma, by=here.cast.viewer("eva"))
    return here


def pages(move, name):
    """Every page of the family about the child on which a name could stand."""
    at_home = {"child": move.cast.alma.public_id}
    doors = ["family:log", "family:contacts", "family:settings", "readings:family", "family_transfers:choice"]
    doors += ["family_transfers:copy"]
    found = {door: move.get(name, door, **at_home) for door in doors}
    found["portal:family"] = move.get(name, "portal:family")
    for door in ("preview", "pick", "transfer"):
        found[door] = move.get(name, f"family_transfers:{door}", **move.where)
    return {door: answer.content.decode() for door, answer in found.items() if answer.status_code == 200}


def told(move, name):
    return sorted({door for door, page in pages(move, name).items() if any(one in page for one in NAMES)})


def test_no_page_tells_it_also_when_the_child_is_at_the_school_alone(hidden):
    hidden.says("school_log")
    hidden.follow()
    hidden.client.logout()
    assert hidden.get("gun", "school:transfer", handover=hidden.handover.public_id).status_code == 200
    GroupMembership.objects.filter(child=hidden.cast.alma, group=hidden.cast.granen).update(ends_on=TODAY)
    Placement.objects.filter(child=hidden.cast.alma, unit=hidden.cast.unit).update(ends_on=TODAY)
    assert len(pages(hidden, "astrid")) == 10
    assert told(hidden, "astrid") == []
    assert "portal:family" in told(hidden, "mats"), "it stands there for who is told"


@pytest.fixture
def moved(here):
    """Bo goes to Klövern at Ängen, where Lena works; from Birger that is hidden."""
    cast = here.cast
    cast.lena, cast.HATS = cast.make.person("lena", "Lena", "Ny"), cast.HATS | {"lena": Hat.STAFF}
    cast.make.duty(cast.lena, "pedagogue", cast.other_unit, cast.klovern)
    cast.make.place(cast.bo, cast.klovern, starts=TODAY)
    (here.handover,) = here.follow(child=cast.bo)
    hiding.hide(handover=here.handover, guardianship=cast.birger_bo, by=cast.viewer("eva"))
    for model, place in ((GroupMembership, {"group": cast.granen}), (Placement, {"unit": cast.unit})):
        model.objects.filter(child=cast.bo, **place).update(ends_on=TODAY)
    return here


def test_whom_to_ring_is_nobody_where_that_would_tell_it(moved):
    birger = moved.cast.viewer("birger")
    assert contacts.groups_of(moved.cast.bo, birger) == []
    assert contacts.places_of(moved.cast.bo, birger, "sv") == []
    page = moved.get("birger", "family:contacts", child=moved.cast.bo.public_id).content.decode()
    assert not any(name in page for name in (*NAMES, "Lena"))
    at_work = moved.cast.viewer("birger", Hat.STAFF)
    assert [group.unit for group in contacts.groups_of(moved.cast.bo, at_work)] == ["Ängen"]


def test_the_own_copy_names_no_unit_that_is_hidden(moved):
    cast = moved.cast
    lena = {"by": "lena", "group": cast.klovern}
    before = shared(cast, cast.bo, title="Innan", at=NOW, **lena)
    before.publications.update(unit=cast.unit)
    shared(cast, cast.bo, title="Efter", at=NOW, **lena)

    def units(viewer):
        return {one.title: one.unit for one in content.own_copy(cast.bo, viewer).entries}

    assert units(cast.viewer("birger")) == {"Innan": "Skogsgläntan", "Efter": "a receiving preschool"}
    moved.cast.make.guardian(cast.mats, cast.bo)
    assert units(cast.viewer("mats", Hat.GUARDIAN))["Efter"] == "Ängen"


def test_the_paper_of_a_conference_names_no_unit_that_is_hidden(moved):
    cast = moved.cast
    there = SimpleNamespace(unit=cast.klovern.unit, unit_id=cast.klovern.unit_id, child_id=cast.bo.pk)
    here = SimpleNamespace(unit=cast.unit, unit_id=cast.unit.pk, child_id=cast.bo.pk)

    def title(conference, name, hat=None):
        return Paper(SimpleNamespace(conference=conference), cast.viewer(name, hat), None).with_unit("Bo")

    assert title(there, "birger") == "Bo"
    assert title(here, "birger") == "Bo · Skogsgläntan"
    assert title(there, "lena", Hat.STAFF) == "Bo · Ängen"


def test_who_has_lost_access_is_not_told_in_parting(moved):
    Guardianship.objects.filter(pk=moved.cast.birger_bo.pk).update(inactivated_at=NOW)
    assert ended.of(moved.cast.viewer("birger")) == []
    assert "Ängen" not in moved.client.get(reverse("portal:sign_in")).content.decode()


def test_told_again_it_stands_everywhere_again(moved):
    Placement.objects.filter(child=moved.cast.bo, unit=moved.cast.unit).update(ends_on=None)
    hiding.show(handover=moved.handover, guardianship=moved.cast.birger_bo, by=moved.cast.viewer("eva"))
    assert [group.unit for group in contacts.groups_of(moved.cast.bo, moved.cast.viewer("birger"))] == ["Ängen"]
