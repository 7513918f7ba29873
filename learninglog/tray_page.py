"""What the tray shows: each item with its pictures, who put it there, and when it goes by itself."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from learninglog.forms import TrayForm
from learninglog.models import TrayItem, TrayPicture
from learninglog.pictures import held_by_tray
from learninglog.services import tray
from media_policy.models import Picture, PictureSubject
from media_policy.refusal import Refused
from media_policy.services import take_in
from people.models import Group
from visibility import rule
from visibility.matrix import WRITE
from visibility.viewer import Viewer


@dataclass(frozen=True)
class TrayCard:
    public_id: uuid.UUID

    def href(self, purpose: str) -> str:
        return reverse("media_policy:picture", kwargs={"public_id": self.public_id, "purpose": purpose})


@dataclass(frozen=True)
class Item:
    """`days_left` is a number only when the item goes soon."""

    public_id: uuid.UUID
    by: str
    at: datetime
    text: str
    pictures: list[TrayCard]
    days_left: int | None
    may_use: bool


@dataclass(frozen=True)
class TrayPage:
    items: list[Item]
    child_ids: list[int]
    client_key: uuid.UUID
    form_key: uuid.UUID
    days: int

    @property
    def going(self) -> bool:
        return any(item.days_left is not None for item in self.items)


def of(group: Group, viewer: Viewer) -> TrayPage:
    """The unused items of a group that the viewer may read, newest first."""
    rows = list(TrayItem.objects.visible_to(viewer).unused().for_list().filter(group=group))
    usable = set(TrayItem.objects.visible_to(viewer, WRITE).filter(group=group).values_list("pk", flat=True))
    shown = set(held_by_tray(viewer).values_list("picture_id", flat=True))
    items = [_item(row, group, viewer, shown, row.pk in usable) for row in rows]
    pictures = TrayPicture.objects.filter(item__in=rows).values("picture")
    marked = PictureSubject.objects.filter(picture__in=pictures).filter(rule.knows(viewer, "ENTRY", "child"))
    children = sorted(set(marked.values_list("child_id", flat=True)))
    return TrayPage(items, children, uuid.uuid4(), uuid.uuid4(), group.unit.organisation.tray_days)


def _item(row: TrayItem, group: Group, viewer: Viewer, shown: set[int], may_use: bool) -> Item:
    left = tray.goes_at(row, group.unit.organisation) - viewer.at
    held = sorted(row.tray_pictures.all(), key=lambda one: (one.position, one.pk))
    return Item(
        row.public_id,
        row.created_by.given_name,
        row.created_at,
        row.text,
        [TrayCard(one.picture.public_id) for one in held if one.picture_id in shown],
        max(left.days, 0) if left <= tray.WARNED_BEFORE else None,
        may_use,
    )


def put(
    form: TrayForm, uploads: Iterable[Any], group: Group, viewer: Viewer, digest: Callable[[Any], str]
) -> list[str]:
    """One item of everything that was sent; the sentences say what was not taken in. Raises PermissionDenied."""
    sent, refusals, pictures = list(uploads), [], []
    key: uuid.UUID = form.cleaned_data.get("client_key") or uuid.uuid4()
    for upload in sent:
        try:
            pictures.append(_taken(upload, group, viewer, uuid.uuid5(key, digest(upload))))
        except Refused as refused:
            refusals.append(f"{upload.name}: {refused.sentence}")
    text = form.cleaned_data.get("text", "")
    if pictures or text.strip():
        item = tray.put_in_tray(group=group, by=viewer, text=text, client_key=key)
        for picture in pictures:
            tray.add_tray_picture(item=item, picture=picture, by=viewer)
    return refusals


def put_one(form: TrayForm, upload: Any, group: Group, viewer: Viewer, key: uuid.UUID) -> TrayCard:
    """One picture of an item, which is there from its first picture on. Raises Refused, PermissionDenied."""
    picture = _taken(upload, group, viewer, key)
    cleaned = form.cleaned_data
    item = tray.put_in_tray(group=group, by=viewer, text=cleaned["text"], client_key=cleaned["client_key"])
    tray.add_tray_picture(item=item, picture=picture, by=viewer)
    return TrayCard(picture.public_id)


def _taken(upload: Any, group: Group, viewer: Viewer, key: uuid.UUID) -> Picture:
    return take_in(upload=upload, by=viewer, unit=group.unit, organisation=group.unit.organisation, client_key=key)
