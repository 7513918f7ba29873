"""What a paired tablet may put into its group's tray without anybody's PIN; it can look at nothing."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from access.models import Device
from access.team.tray import Full
from learninglog.models import TrayItem, TrayPicture
from media_policy.services import take_in
from visibility.viewer import Hat, Strength, Viewer

SHORTLY = timedelta(minutes=10)
MOST = 60


def take_picture(device: Device, upload: Any, at: datetime) -> TrayItem:
    """One item of one picture, in the tablet's own name. Raises Refused, Full."""
    group, person = device.group, device.person
    assert group is not None  # noqa: S101
    assert person is not None  # noqa: S101
    if TrayItem.objects.filter(created_by=person, created_at__gt=at - SHORTLY).count() >= MOST:
        raise Full
    key = uuid.uuid4()
    by = Viewer(person=person, hat=Hat.STAFF, strength=Strength.LOW, at=at)
    picture = take_in(upload=upload, by=by, unit=group.unit, organisation=group.unit.organisation, client_key=key)
    item: TrayItem = TrayItem.objects.create(
        group=group, unit=group.unit, created_by=person, created_at=at, client_key=key
    )
    TrayPicture.objects.create(item=item, picture=picture)
    return item
