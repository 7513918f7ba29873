"""Conferences by the state they are in."""

from typing import Self

from django.db.models import Q

from visibility.querysets import VisibleQuerySet

OPEN = Q(sealed_at__isnull=True, closed_at__isnull=True, erased_at__isnull=True)


class ConferenceQuerySet(VisibleQuerySet):
    def open(self) -> Self:
        """Those under way: neither sealed nor closed."""
        return self.filter(OPEN)

    def sealed(self) -> Self:
        """Those whose record is closed for good."""
        return self.filter(sealed_at__isnull=False)

    def newest_first(self) -> Self:
        """By the day they were begun."""
        return self.order_by("-issued_at", "-pk")
