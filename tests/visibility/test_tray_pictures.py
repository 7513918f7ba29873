"""A picture in the tray is of children too: who is marked on it is known only to those who are tied to them."""

import pytest

from learninglog.models import TrayItem, TrayPicture
from media_policy.models import Picture
from tests.cast import NOW
from tests.entries import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_tray(cast):
    item = TrayItem.objects.create(unit=cast.unit, group=cast.granen, created_by=cast.karin, created_at=NOW)

    def put(*subjects):
        row = picture(cast, *subjects)
        TrayPicture.objects.create(item=item, picture=row)
        return row

    return put


def seen(cast, name):
    return set(Picture.objects.visible_to(cast.viewer(name)))


def test_a_blocked_child_s_picture_leaves_the_tray_at_once(cast, in_tray):
    of_bo, of_nobody_yet = in_tray(cast.bo), in_tray()
    assert seen(cast, "cecilia") == {of_bo, of_nobody_yet}
    cast.bo.blocked_at = NOW
    cast.bo.save()
    for name in ("cecilia", "karin", "ines", "siri"):
        assert seen(cast, name) == {of_nobody_yet}


def test_a_picture_of_a_child_of_another_group_is_not_for_this_group(cast, in_tray):
    in_tray(cast.milo)
    assert seen(cast, "cecilia") == seen(cast, "siri") == set()


def test_ines_sees_her_own_child_s_picture_in_the_tray_of_her_group(cast, in_tray):
    of_elsa = in_tray(cast.elsa)
    assert seen(cast, "ines") == {of_elsa}
