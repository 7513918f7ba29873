"""Adjectives of entries, threads, words from home and tray items."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from visibility.querysets import VisibleQuerySet


class EntryQuerySet(VisibleQuerySet):
    def shared(self) -> Self:
        """Entries that stand shared now."""
        return self.filter(current__isnull=False)

    def drafts(self) -> Self:
        """Entries not standing shared and not thrown away: never shared, or withdrawn."""
        return self.filter(current__isnull=True, discarded_at__isnull=True)

    def kept(self) -> Self:
        """Entries not thrown away."""
        return self.filter(discarded_at__isnull=True)

    def of_group(self, group: Any) -> Self:
        """Entries that this group wrote."""
        return self.filter(group=group)

    def about(self, child: Any) -> Self:
        """Entries whose working copy or standing publication is about this child."""
        return self.filter(entry_children__child=child)

    def in_period(self, start: date, end: date) -> Self:
        """Happened in [start, end)."""
        return self.filter(happened_on__gte=start, happened_on__lt=end)

    def newest_first(self) -> Self:
        """By the day it happened, the later written first among those of one day."""
        return self.order_by("-happened_on", "-pk")

    def for_list(self) -> Self:
        """With everything a staff page shows of an entry, in a fixed number of queries."""
        from learninglog.models import EntryChild, EntryPicture

        return self.select_related("group", "unit", "created_by", "current").prefetch_related(
            Prefetch(
                "entry_children",
                EntryChild.objects.filter(left_out=False, child__blocked_at__isnull=True)
                .select_related("child")
                .prefetch_related("quotes", "remarks")
                .order_by("position", "pk"),
                to_attr="live_children",
            ),
            Prefetch(
                "entry_pictures",
                EntryPicture.objects.select_related("picture")
                .prefetch_related("picture__subjects")
                .order_by("position", "pk"),
                to_attr="listed_pictures",
            ),
            "entry_goals",
        )


class EntryPictureQuerySet(models.QuerySet[Any]):
    def holding(self) -> Self:
        """Those that keep their picture from the sweep: of entries that nobody has thrown away."""
        return self.filter(entry__discarded_at__isnull=True)


class VersionPictureQuerySet(models.QuerySet[Any]):
    def holding(self) -> Self:
        """Those that keep their picture from the sweep: of versions that some family reads now."""
        return self.filter(Exists(publications().filter(version=OuterRef("version_id"))))


class EntryClipQuerySet(models.QuerySet[Any]):
    def holding(self) -> Self:
        """Those that keep their film from the sweep: of entries that nobody has thrown away."""
        return self.filter(entry__discarded_at__isnull=True)


class VersionClipQuerySet(models.QuerySet[Any]):
    def holding(self) -> Self:
        """Those that keep their film from the sweep: of versions that some family reads now."""
        return self.filter(Exists(publications().filter(version=OuterRef("version_id"))))


class WordsPictureQuerySet(models.QuerySet[Any]):
    def holding(self) -> Self:
        """Those that keep their picture from the sweep: of words that nobody has taken back."""
        return self.filter(words__withdrawn_at__isnull=True)


def publications() -> models.QuerySet[Any]:
    from learninglog.models import Publication

    return Publication.objects.all()


class ThreadQuerySet(VisibleQuerySet):
    def waiting(self) -> Self:
        """Threads in which the home has the last word, longest waiting first."""
        return self.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")

    def for_list(self) -> Self:
        """With the entry, the home and the whole conversation."""
        return self.select_related("entry", "child", "home", "taken_by").prefetch_related("messages__written_by")


class WordsQuerySet(VisibleQuerySet):
    def standing(self) -> Self:
        """Words not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self) -> Self:
        """By the day it happened, the later written first among those of one day."""
        return self.order_by("-happened_on", "-pk")

    def for_list(self) -> Self:
        """With who wrote them, and their pictures in order as `listed_pictures`."""
        from learninglog.models import HomeWordsPicture

        shown = HomeWordsPicture.objects.filter(picture__erased_at__isnull=True).select_related("picture")
        return self.select_related("child", "home", "written_by").prefetch_related(
            Prefetch("words_pictures", shown.order_by("position", "pk"), to_attr="listed_pictures")
        )


class TrayQuerySet(VisibleQuerySet):
    def unused(self) -> Self:
        """What has not become an entry yet."""
        return self.filter(used_in__isnull=True)

    def for_list(self) -> Self:
        """With its pictures and who put it there, the newest first."""
        return (
            self.select_related("created_by").prefetch_related("tray_pictures__picture").order_by("-created_at", "-pk")
        )
