"""Lists of the staff: a group's log, a child's, drafts, homes not reached."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learninglog import goals, groups, slots, staff_cards, staff_feeds
from learninglog.services.beginning import groups_about
from learninglog.staff_asked import Asked
from learninglog.views.staff.at import answer, child_of, group_of
from visibility.doors import hat_required, read
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def group_log(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group, works=False)
    asked = Asked.of(request)
    children = groups.children_today(row, viewer)
    found = staff_feeds.log(viewer=viewer, group=row, wanted=asked.wanted(children), cursor=asked.before)
    cards = staff_cards.of(found.items, viewer)
    read(viewer, "group log", about=row.public_id, child_ids=staff_cards.children_of(cards))
    words = staff_feeds.goals_of_group(row, get_language() or "en")
    return answer(
        request, "group_log.html", group=row, cards=cards, asked=asked, older=asked.older(found.next_cursor),
        children=children, goals=words, works=groups.works_in(row, viewer),
    )  # fmt: skip


@require_safe
@hat_required(Hat.STAFF)
def child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = child_of(request, child)
    asked = Asked.of(request)
    read(viewer, "log", about=row.public_id, child_ids=[row.pk])
    tabs = slots.staff_tabs(viewer, row)
    if asked.from_home:
        home = staff_feeds.from_home(viewer=viewer, child=row, cursor=asked.before)
        told = [staff_cards.of_words(item) for item in home.items]
        return answer(
            request, "child_home.html", child=row, words=told, asked=asked, tabs=tabs,
            older=asked.older(home.next_cursor),
        )  # fmt: skip
    found = staff_feeds.log(viewer=viewer, wanted=asked.wanted([], row), cursor=asked.before)
    cards = staff_cards.of(found.items, viewer)
    older, words = asked.older(found.next_cursor), goals.of_child(row, get_language() or "en")
    begins = bool(groups_about([row.pk], viewer))
    return answer(
        request, "child.html", child=row, cards=cards, asked=asked, older=older, goals=words, begins=begins, tabs=tabs,
    )  # fmt: skip


@require_safe
@hat_required(Hat.STAFF)
def drafts(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group)
    cards = staff_cards.of(staff_feeds.drafts(viewer=viewer, group=row), viewer)
    read(viewer, "drafts", about=row.public_id, child_ids=staff_cards.children_of(cards))
    return answer(request, "drafts.html", group=row, cards=cards)


@require_safe
@hat_required(Hat.STAFF)
def unreached(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Homes to be reached another way; neither who read nor when."""
    viewer, row = group_of(request, group, works=False)
    homes = staff_feeds.not_reached(viewer=viewer, group=row)
    read(viewer, "homes to reach", about=row.public_id, child_ids={home.child.pk for home in homes})
    return answer(request, "unreached.html", group=row, homes=homes)
