"""Adjectives for what this room keeps. Everything takes its moment; nothing here reads the clock."""

from datetime import datetime, timedelta
from typing import Self

from django.db.models import Prefetch

from visibility.querysets import VisibleQuerySet

# A code that nobody has confirmed by then is worth nothing.
CODE_LIVES = timedelta(minutes=15)


class DeviceQuerySet(VisibleQuerySet):
    def alive(self) -> Self:
        """Paired tablets that nobody has revoked."""
        return self.filter(paired_at__isnull=False, revoked_at__isnull=True)

    def waiting(self, at: datetime) -> Self:
        """Tablets that show a code which can still be confirmed."""
        return self.filter(paired_at__isnull=True, asked_at__gt=at - CODE_LIVES)

    def forgotten(self, at: datetime) -> Self:
        """Tablets whose code has run out unconfirmed."""
        return self.filter(paired_at__isnull=True, asked_at__lte=at - CODE_LIVES)


class RecordingQuerySet(VisibleQuerySet):
    def for_list(self) -> Self:
        """With who wrote it down and the pages that are still there, ready for a page."""
        from access.models import RecordedPage

        pages = RecordedPage.objects.filter(picture__erased_at__isnull=True).select_related("picture")
        return self.select_related("recorded_by").prefetch_related(Prefetch("pages", pages.order_by("position")))
