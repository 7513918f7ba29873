"""The window in SQL, for rows of many children at once: what a receiving unit may read of them at a moment.

`visibility.window` says what a window is; a slow oracle holds this spelling to it. Every path named `child` leads from
the row to the key of the child.
"""

from typing import Any

from django.db.models import DateField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from conferences.models import Talk
from learninglog.models import Publication
from people.models import Placement, Unit
from transfers.models import Handover, LeftOut, OpenWindow, TransferSetting, WordsAlong
from transfers.windows import DAYS_AFTER, DAYS_BEFORE
from visibility.viewer import Moment

ZONE = "handover__child__organisation__time_zone"


class LocalDay(Func):
    """The calendar day of a moment in a time zone."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="django_datetime_cast_date(%(expressions)s, 'UTC')", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="((%(expressions)s)::date)", arg_joiner=" AT TIME ZONE ", **context
        )


class DaysUntil(Func):
    """How many days lie from the second day to the first."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="CAST(julianday(%(expressions)s) AS integer)", arg_joiner=") - julianday(",
            **context,
        )  # fmt: skip

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context)


def open_handovers(moment: Moment) -> QuerySet[Any]:
    """Transfers in the system whose receiver may read today, if the answers are a yes."""
    settings = TransferSetting.objects.filter(organisation=OuterRef("unit__organisation")).order_by("-at", "-pk")

    def days(column: str, usual: int) -> Coalesce:
        newest = Subquery(settings.values(column)[:1], output_field=IntegerField())
        return Coalesce(newest, Value(usual), output_field=IntegerField())

    to_come = DaysUntil(F("first_day"), Value(moment.day, output_field=DateField()))
    placed = Placement.objects.filter(child=OuterRef("child_id"), unit=OuterRef("unit_id"))
    placed = placed.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=moment.day))
    # The day that the window was made for must still be the day of the place itself.
    same = {"placement__child": F("child"), "placement__unit": F("unit"), "placement__starts_on": F("first_day")}
    rows: QuerySet[Any] = (
        Handover.objects.filter(**same, kind=Handover.Kind.IN_SYSTEM, ended_at__isnull=True, opened_at__lte=moment.at)
        .alias(to_come=to_come, before=days("days_before", DAYS_BEFORE), after=days("days_after", DAYS_AFTER))
        .filter(to_come__lte=F("before"), to_come__gt=F("after") * Value(-1))
        .filter(Exists(placed), Exists(OpenWindow.objects.filter(handover=OuterRef("pk"))))
    )
    return rows


def may_read(moment: Moment, unit: int, child: str) -> Q:
    """Rows about a child whose transfer to this unit is open today."""
    return Q(Exists(open_handovers(moment).filter(child=OuterRef(child), unit=unit)))


def _windows(unit: int, child: str) -> QuerySet[Any]:
    return OpenWindow.objects.filter(
        handover__child=OuterRef(child), handover__unit=unit, handover__ended_at__isnull=True
    )


def _misses(day: str) -> Q:
    """Of windows: those that do not hold the day at this path of the row around them."""
    return Q(starts__gt=OuterRef(day)) | Q(until__lte=OuterRef(day))


def _too_late(moment: str) -> Q:
    """Of windows: those whose first day had begun at the moment at this path of the row around them."""
    return Q(first_day__lte=LocalDay(OuterRef(moment), F(ZONE)))


def _at_preschool(unit: int, child: str, day: str) -> Exists:
    """A day before the last one at any preschool but the receiver's own."""
    elsewhere = Placement.objects.filter(child=OuterRef(child), unit__kind=Unit.Kind.PRESCHOOL).exclude(unit=unit)
    return Exists(elsewhere.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef(day))))


def entry(moment: Moment, unit: int, *, entry: str = "entry_id", child: str = "child_id") -> Q:
    """Rows whose entry happened inside every window its receiver had, and stands as it was shared before."""
    outside = _windows(unit, "child_id").filter(
        _misses("happened_on") | _too_late("first_shared_at") | _too_late("shared_at")
    )
    standing = Publication.objects.filter(entry=OuterRef(entry), child=OuterRef(child))
    standing = standing.filter(~Exists(outside), _at_preschool(unit, "child_id", "happened_on"))
    return may_read(moment, unit, child) & Q(Exists(standing))


def conference(moment: Moment, unit: int, *, path: str = "", key: str = "pk") -> Q:
    """Rows whose conference was talked about on days inside every window, and sealed before the first day."""
    child, sealed = f"{path}child_id", f"{path}sealed_at"
    theirs = "conference__child_id"
    outside = Exists(_windows(unit, theirs).filter(_misses("held_on")))
    talks = Talk.objects.filter(conference=OuterRef(key))
    missed = talks.filter(Q(outside) | ~Q(_at_preschool(unit, theirs, "held_on")))
    in_time = Q(**{f"{sealed}__isnull": False}) & before_first_day(unit, child, sealed)
    return may_read(moment, unit, child) & in_time & Q(Exists(talks)) & ~Q(Exists(missed))


def before_first_day(unit: int, child: str, moment: str) -> Q:
    """Rows whose moment at this path was before every first day."""
    return Q(**{f"{moment}__isnull": False}) & ~Q(Exists(_windows(unit, child).filter(_too_late(moment))))


def words(moment: Moment, unit: int) -> Q:
    """Words from home about days inside every window, written before the first day."""
    outside = _windows(unit, "child_id").filter(_misses("happened_on") | _too_late("written_at"))
    held = _at_preschool(unit, "child_id", "happened_on")
    return may_read(moment, unit, "child_id") & Q(held) & ~Q(Exists(outside))


def kept(what: str, thing: str, child: str) -> Q:
    """Rows whose thing (`what` is "entry", "picture" or "conference") no guardian has left out about this child."""
    out = LeftOut.objects.filter(child=OuterRef(child), put_back_at__isnull=True, **{what: OuterRef(thing)})
    return ~Q(Exists(out))


def ticked() -> Q:
    """Words from home that their writer lets go along."""
    return Q(Exists(WordsAlong.objects.filter(words=OuterRef("pk"), taken_back_at__isnull=True)))
