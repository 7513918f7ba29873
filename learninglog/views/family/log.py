"""A child's log and one entry of it."""

import uuid
from datetime import date
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learninglog import cards, contacts, feeds, goals, sensitive, spoken_words
from learninglog.correcting_page import corrected_on
from learninglog.coverage import landmarks
from learninglog.readers import Reader
from learninglog.services.threads import home_has_read
from learninglog.views.family.asked import NEW, Asked
from learninglog.views.family.at import answer, child_of, log_reader
from learninglog.views.family.forms import MessageForm
from media_policy import downloads
from visibility.doors import hat_required, read
from visibility.viewer import Hat

Cards = list[cards.EntryCard | cards.WordsCard]


@require_safe
@hat_required(Hat.GUARDIAN)
def log(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    reader, asked = log_reader(request, child), Asked.of(request, child)
    viewer, wanted = reader.viewer, asked.wanted(reader.since)
    page = feeds.child_log(viewer=viewer, child=reader.child, home=reader.home, wanted=wanted, cursor=asked.before)
    read(viewer, "log", about=reader.child.public_id, child_ids=[reader.child.pk])
    more = page.next_cursor and asked.href(before=page.next_cursor, month=_month(page.items[-1].feed_day))
    context = {"months": by_month(cards.of_log(page.items, reader)), "more": more or "", "asked": asked}
    if request.htmx and asked.before:  # type: ignore[attr-defined]
        return answer(request, "_older.html", child=reader.child, **context)
    return answer(request, "log.html", **context, **_around(reader, asked))


@require_safe
@hat_required(Hat.GUARDIAN)
def filters(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    _viewer, row = child_of(request, child)
    by_area = goals.of_child(row, get_language() or "en")
    template = "_filters.html" if request.htmx else "filters.html"  # type: ignore[attr-defined]
    return answer(request, template, child=row, by_area=by_area, asked=Asked.of(request, child))


@require_safe
@hat_required(Hat.GUARDIAN)
def landmarks_of(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The goals that the log shows, each leading to its entries."""
    viewer, row = child_of(request, child)
    areas = landmarks.of_child(row, viewer, get_language() or "en")
    read(viewer, "landmarks", about=row.public_id, child_ids=[row.pk])
    return answer(request, "landmarks.html", child=row, areas=areas)


@require_safe
@hat_required(Hat.GUARDIAN)
def entry(request: HttpRequest, child: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    return entry_page(request, log_reader(request, child), entry, MessageForm())


@require_safe
@hat_required(Hat.GUARDIAN)
def captions(request: HttpRequest, child: uuid.UUID, entry: uuid.UUID, clip: uuid.UUID) -> HttpResponse:
    """What is said in a film, with the names that this family may read."""
    reader = log_reader(request, child)
    found = feeds.one_entry(reader.viewer, reader.child, entry)
    shown = cards.of_entries([found], reader) if found else []
    if not shown:
        raise Http404
    read(reader.viewer, "entry", about=entry, child_ids=[reader.child.pk])
    return spoken_words.answer(shown[0].shown, clip)


def entry_page(request: HttpRequest, reader: Reader, public_id: uuid.UUID, form: MessageForm) -> HttpResponse:
    """The entry with the home's own conversation, as it is read and as it comes back when a message lacks something."""
    found = feeds.one_entry(reader.viewer, reader.child, public_id)
    shown = cards.of_entries([found], reader) if found else []
    if found is None or not shown:
        raise Http404
    read(reader.viewer, "entry", about=public_id, child_ids=[reader.child.pk])
    talk = cards.talk_under(found.entry.pk, reader)
    home_has_read(entry=found.entry.pk, child=reader.child, by=reader.viewer)
    context = {"card": shown[0], "talk": talk, "form": form, "listed": sensitive.words()}
    context["may_download"] = downloads.allowed(reader.viewer, reader.child.organisation_id)
    context["corrected_on"] = corrected_on(found.entry.pk, reader.child)
    phones = contacts.phones(reader.child, reader.viewer)
    return answer(request, "entry.html", child=reader.child, phones=phones, **context)


def by_month(shown: Cards) -> list[tuple[date, Cards]]:
    """The cards under the first day of their month, in their order."""
    return [(day, list(some)) for day, some in groupby(shown, lambda card: card.happened_on.replace(day=1))]


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _around(reader: Reader, asked: Asked) -> dict[str, object]:
    """What stands around the first page: where the child is, how much is new, what is asked for in words."""
    viewer, child = reader.viewer, reader.child
    chosen = goals.named(goal=asked.goal, area=asked.area, language=get_language() or "en")
    new = feeds.news(viewer, child, reader.home, reader.since) if asked.show != NEW or not asked.before else 0
    return {"child": child, "groups": contacts.groups_of(child, viewer), "new": new, "chosen": chosen}
