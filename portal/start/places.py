"""The children a guardian has a page for."""

from django.utils.translation import get_language

from access.families import guardians, words
from ground.names import sort_names
from people.models import Child, Guardianship
from visibility import kinds, rule
from visibility.matrix import READ
from visibility.viewer import Viewer


def children_of(viewer: Viewer) -> list[Child]:
    """The children this viewer may read, by first name as the page's language sorts."""
    visible = rule.visible(kinds.of_model(Child), viewer, READ)
    return sort_names(Child.objects.filter(visible), lambda child: child.given_name, get_language() or "en")


def waits_for_the_head(viewer: Viewer) -> bool:
    """Whether the viewer is tied to a child that the head has not opened to them; says nothing about which."""
    running = Guardianship.objects.running(viewer.at).filter(person=viewer.person, child__blocked_at__isnull=True)
    return running.filter(activated_at__isnull=True).exists()


def tells(viewer: Viewer, waits: bool) -> bool:
    """Whether somebody who waits may say whom the family wants in: a legal guardian."""
    return waits and bool(guardians.waiting(viewer))


def is_asked_first(viewer: Viewer) -> bool:
    """Whether that one form comes before anything else: nothing has been said on it yet."""
    return any(words.newest(tie) is None for tie in guardians.waiting(viewer))
