"""The tray: pictures and jottings of a group that are not yet an entry. Shoot now, write later."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from learninglog import mentions
from learninglog.models import Entry, TrayItem, TrayPicture
from learninglog.services.drafts import add_picture, may_start, searchable, start_entry
from media_policy.models import Picture
from people.models import Group, Organisation
from visibility.matrix import WRITE
from visibility.viewer import Viewer

# This long before it goes an item says so.
WARNED_BEFORE = timedelta(days=5)


def put_in_tray(*, group: Group, by: Viewer, text: str = "", client_key: uuid.UUID) -> TrayItem:
    """An item of the group's tray; the same key again gives the same item. Raises PermissionDenied."""
    if not may_start(group=group, by=by):
        raise PermissionDenied
    item, _new = TrayItem.objects.get_or_create(
        created_by=by.person,
        client_key=client_key,
        defaults={
            "group": group,
            "unit": group.unit,
            "created_at": by.at,
            "text": mentions.clean(text).strip(),
        },
    )
    words = mentions.clean(text).strip()
    if words and not item.text and item.used_in_id is None:
        # Pictures come first; the jotting of the same item may come after them.
        item.text = words
        item.save(update_fields=["text"])
    return item


@transaction.atomic
def add_tray_picture(*, item: TrayItem, picture: Picture, by: Viewer) -> TrayPicture:
    """Put a picture last in an item; once, however often it is asked. Raises PermissionDenied."""
    row = _writable([item], by)[0]
    last = row.tray_pictures.aggregate(last=Max("position"))["last"]
    held, _new = TrayPicture.objects.get_or_create(
        item=row, picture=picture, defaults={"position": 0 if last is None else last + 1}
    )
    return held


@transaction.atomic
def make_entry(*, items: Iterable[TrayItem], group: Group, by: Viewer, client_key: uuid.UUID) -> Entry:
    """A draft with the pictures and jottings of these items, oldest first; they leave the tray.

    The same key again gives the same draft. Raises PermissionDenied.
    """
    entry = start_entry(group=group, by=by, client_key=client_key)
    wanted = [item.pk for item in items]
    if not TrayItem.objects.filter(pk__in=wanted).exclude(used_in=entry).exists():
        return entry
    rows = _writable([TrayItem(pk=key) for key in wanted], by)
    if any(row.group_id != group.pk for row in rows):
        raise PermissionDenied
    for row in rows:
        for held in row.tray_pictures.select_related("picture").order_by("position", "pk"):
            add_picture(entry=entry, picture=held.picture, by=by)
        # The entry holds the pictures from here on; two holders would keep what the entry lets go.
        row.tray_pictures.all().delete()
        row.used_in = entry
        row.save(update_fields=["used_in"])
    entry.refresh_from_db()
    entry.text = "\n\n".join(part for part in [entry.text, *(row.text for row in rows)] if part)
    entry.updated_at, entry.revision, entry.search = by.at, entry.revision + 1, searchable(entry)
    entry.save(update_fields=["text", "search", "updated_at", "revision"])
    return entry


@transaction.atomic
def remove_item(*, item: TrayItem, by: Viewer) -> None:
    """Take an item out of the tray; its pictures go with the nightly sweep. Raises PermissionDenied."""
    _writable([item], by)[0].delete()


def _writable(items: list[TrayItem], by: Viewer) -> list[TrayItem]:
    """These items, unused, locked, oldest first."""
    wanted = {item.pk for item in items}
    rows = TrayItem.objects.visible_to(by, WRITE).unused().filter(pk__in=wanted).select_for_update(of=("self",))
    found = list(rows.order_by("created_at", "pk"))
    if {row.pk for row in found} != wanted:
        raise PermissionDenied
    return found


def goes_at(item: TrayItem, organisation: Organisation) -> datetime:
    """When an unused item goes by itself."""
    return item.created_at + timedelta(days=organisation.tray_days)


def sweep_tray(*, at: datetime) -> int:
    """Let go of what has lain in a tray for the organisation's days; returns how many items."""
    gone = 0
    for organisation in Organisation.objects.order_by("pk"):
        since = at - timedelta(days=organisation.tray_days)
        old = TrayItem.objects.filter(unit__organisation=organisation, created_at__lte=since)
        gone += old.count()
        old.delete()
    return gone
