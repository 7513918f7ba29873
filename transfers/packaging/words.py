"""The words around a log that page and paper have in common, in the active language."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from transfers import parts
from transfers.packaging.parcel import Parcel

Item = parts.Entry | parts.Words


def in_words(day: date) -> str:
    """A day with its year, as "17 November 2026"."""
    return date_format(day, "j. F Y" if get_language() == "nb" else "j F Y")


def month(day: date) -> str:
    """The month that a day is in, as "November 2026"."""
    said = date_format(day, "F Y")
    return said[:1].upper() + said[1:]


def months(parcel: Parcel) -> list[tuple[str, str, list[Item]]]:
    """The log by month, the first one first: an anchor, the month in words, what happened then."""
    content = parcel.content
    items: list[Item] = sorted((*content.entries, *content.words), key=lambda one: one.happened_on)
    found: list[tuple[str, str, list[Item]]] = []
    for one in items:
        anchor = f"{one.happened_on:%Y-%m}"
        if not found or found[-1][0] != anchor:
            found.append((anchor, month(one.happened_on), []))
        found[-1][2].append(one)
    return found


def title(parcel: Parcel) -> str:
    return _("%(name)s’s log") % {"name": parcel.content.given_name}


def facts(parcel: Parcel) -> list[tuple[str, str]]:
    """Whose it is, for whom it was made, from when till when it tells."""
    content = parcel.content
    units = list(dict.fromkeys([one.unit for one in content.entries] + [one.unit for one in content.conferences]))
    found = [(_("About:"), content.child), (_("From:"), ", ".join([*units, content.organisation]))]
    if parcel.is_own_copy:
        found.append((_("Made for:"), _("the family, as its own copy")))
    else:
        found.append((_("Made for:"), parcel.made_for))
    if content.first_day is not None:
        found.append((_("First day there:"), in_words(content.first_day)))
    if parcel.starts is not None and parcel.until is not None:
        # The window is half-open; people name the last day that is in it.
        last = in_words(date.fromordinal(parcel.until.toordinal() - 1))
        found.append((_("The days it is of:"), f"{in_words(parcel.starts)} – {last}"))
    found.append((_("Made on:"), in_words(parcel.day)))
    return found


def about(parcel: Parcel) -> list[str]:
    """What is in it, what is not, and what cannot be taken back."""
    said = [
        _("No other child stands in it: where others were there, they are “friends”, and pictures on which another "
          "child can be recognised were left out. Conversations between the family and the preschool, and what the "
          "staff wrote for themselves, are not in it."),
    ]  # fmt: skip
    if parcel.is_own_copy:
        said.append(_("It stands as it was when the copy was made. What changes later changes only in the log."))
    elif parcel.decided:
        said.append(_("The head decided that this may be handed out. It is what was chosen, and not the whole log."))
        said.append(_("What is withdrawn later is gone from the log, but this copy cannot be called back."))
    else:
        said.append(_("It goes along because the child’s guardians said yes. They may have left out parts of it."))
        said.append(_("What is withdrawn later is gone from the log, but this copy cannot be called back."))
    said.append(_("It is for those who meet the child. Please do not spread what is in it."))
    return said


def said_yes(parcel: Parcel) -> list[tuple[str, str, str]]:
    """The receipt of the choice: the question, the words that were read, and on which days somebody said yes."""
    return [
        (one.label, one.words, _days(sorted({yes.day for yes in one.said})))
        for one in parcel.choices
    ]  # fmt: skip


def _days(days: Iterable[date]) -> str:
    return ", ".join(in_words(day) for day in days)


def by(name: str, at: datetime | None, parcel: Parcel) -> str:
    """Who wrote something and on which day, as far as that is known."""
    return " · ".join(part for part in (name, in_words(parcel.day_of(at)) if at else "") if part)


def agreed_by(one: parts.Agreement) -> str:
    """Who does what was agreed, and by when."""
    when = [_("by %(day)s") % {"day": in_words(one.by_when)}] if one.by_when else []
    return " · ".join([one.who_label, *when])


def entry_title(one: parts.Entry) -> str:
    return one.title or _("Without a title")


def words_title(parcel: Parcel) -> str:
    return _("From home")


def clip_label(one: parts.Clip) -> str:
    """What stands for a film or a recording: its caption, or what it is."""
    return one.caption or (_("A film") if one.is_film else _("A recording"))
