"""Adjectives for dated facts. Everything takes its moment; nothing here reads the clock."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q


def running_on(day: date, prefix: str = "") -> Q:
    """Half-open days: `starts_on` counts, `ends_on` does not; no end is open."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": day})
    )


def running_at(at: datetime, prefix: str = "") -> Q:
    """Half-open moments: `begins_at` counts, `ends_at` does not; no end is open."""
    return Q(**{f"{prefix}begins_at__lte": at}) & (
        Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": at})
    )


class DatedQuerySet(models.QuerySet[Any]):
    def running(self, day: date) -> Self:
        """Those that count on this day."""
        return self.filter(running_on(day))


class DutyQuerySet(DatedQuerySet):
    def unsuspended(self, day: date) -> Self:
        """Those that run on this day and are not on leave."""
        from people.models import DutyLeave

        return self.running(day).exclude(Exists(DutyLeave.objects.running(day).filter(duty=OuterRef("pk"))))


class PassQuerySet(models.QuerySet[Any]):
    def running(self, at: datetime) -> Self:
        """Passes that open their group at this moment."""
        return self.filter(running_at(at))


class GuardianshipQuerySet(models.QuerySet[Any]):
    def running(self, at: datetime) -> Self:
        """Those that have begun and not ended, active or not."""
        return self.filter(running_at(at))

    def active(self, at: datetime) -> Self:
        """Those that run and that the head has activated and nobody has made inactive."""
        return (
            self.running(at)
            .filter(activated_at__lte=at)
            .filter(Q(inactivated_at__isnull=True) | Q(inactivated_at__gt=at))
        )

    def legal(self) -> Self:
        """Those of legal guardians."""
        return self.filter(kind=self.model.Kind.LEGAL)


class HomeMembershipQuerySet(models.QuerySet[Any]):
    def running(self, at: datetime) -> Self:
        """Who is in which home at this moment."""
        return self.filter(running_at(at))


class OwnChildLiftQuerySet(models.QuerySet[Any]):
    def running(self, at: datetime) -> Self:
        """Own children to whom a colleague's tie is lifted at this moment."""
        return self.filter(running_at(at))


class ChildQuerySet(models.QuerySet[Any]):
    def unblocked(self) -> Self:
        """Children of whom anything may be shown at all."""
        return self.filter(blocked_at__isnull=True)

    def read_by_family(self, day: date) -> Self:
        """Children whose guardians can still read about them on this day, blocked children left out."""
        return self.unblocked().filter(Q(reading_ends_on__isnull=True) | Q(reading_ends_on__gt=day))

    def in_group(self, group: Any, day: date) -> Self:
        """Today's members of a group, blocked children left out."""
        from people.models import GroupMembership

        running = GroupMembership.objects.running(day).filter(group=group, child=OuterRef("pk"))
        return self.unblocked().filter(Exists(running))
