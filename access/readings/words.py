"""What a line says, in words: what was opened, and through which tie it could be."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Child
from visibility import matrix, ties
from visibility.models import ReadingLine, RefusedLook
from visibility.viewer import Hat, Moment, Viewer

ABOUT_THE_CHILD = gettext_lazy("a page about the child")
WHAT = {
    "start": gettext_lazy("the start page, with the latest of the log"),
    "today": gettext_lazy("the list of the day’s children"),
    "log": gettext_lazy("the log"),
    "group log": gettext_lazy("the group’s log"),
    "entry": gettext_lazy("an entry"),
    "compose": gettext_lazy("an entry, to write on it"),
    "sharing": gettext_lazy("an entry, to see who gets it"),
    "coverage": gettext_lazy("which goals a group’s entries show"),
    "plan": gettext_lazy("a plan, with its entries"),
    "landmarks": gettext_lazy("the goals that the log shows"),
    "drafts": gettext_lazy("drafts"),
    "tray": gettext_lazy("the group’s tray"),
    "thread": gettext_lazy("a conversation under an entry"),
    "replies": gettext_lazy("what waits for an answer"),
    "words": gettext_lazy("words from home"),
    "conferences": gettext_lazy("the list of conferences"),
    "conference": gettext_lazy("a conference"),
    "conference pdf": gettext_lazy("a conference, to keep a copy"),
    "homes to reach": gettext_lazy("the list of homes to reach another way"),
    "picture": gettext_lazy("a picture in full size"),
    "picture download": gettext_lazy("a picture, to keep a copy"),
    "film": gettext_lazy("a film"),
    "film download": gettext_lazy("a film, to keep a copy"),
    "sound": gettext_lazy("a recording"),
    "sound download": gettext_lazy("a recording, to keep a copy"),
    "transfer choice": gettext_lazy("what may go along when the child moves on"),
    "transfer preview": gettext_lazy("a preview of what would go along"),
    "correction": gettext_lazy("what a guardian asked to have put right"),
    "first page": gettext_lazy("entries to pick from for a receiver"),
    "own copy": gettext_lazy("an own copy, to keep"),
    "moves": gettext_lazy("the list of children who move on"),
    "disclosure": gettext_lazy("a request of a parent without access"),
    "transfers": gettext_lazy("the list of transfers"),
    "transfer": gettext_lazy("a transfer’s first page"),
    "transferred log": gettext_lazy("the log that came with a transfer"),
    "transferred conferences": gettext_lazy("the conferences that came with a transfer"),
    "access": gettext_lazy("who has access"),
    "answers": gettext_lazy("the answers about pictures"),
    "duty": gettext_lazy("who works with whom by name"),
    "review": gettext_lazy("the monthly review of access"),
    "reading log": gettext_lazy("this reading log"),
}
# Pages that are there for what some home did: another home of the child must not learn of it from the log.
OF_SOME_HOME = {
    "thread": WHAT["entry"],
    "replies": ABOUT_THE_CHILD,
    "homes to reach": ABOUT_THE_CHILD,
    # That another parent has asked is not told here.
    "disclosure": ABOUT_THE_CHILD,
}
# What an address was of that somebody was refused, by the name under which its children were found.
REFUSED = {
    "ENTRY": WHAT["entry"],
    "PICTURE": gettext_lazy("a picture"),
    "THREAD": WHAT["thread"],
    "WORDS": WHAT["words"],
    "CONFERENCE": WHAT["conference"],
    "GUARDIANSHIP": WHAT["access"],
    "RECORDING": WHAT["access"],
    "GROUP": gettext_lazy("a page of the group"),
    "LINE": gettext_lazy("a line of the reading log"),
}
ASKED = (matrix.READ, matrix.CONTACT, matrix.ACCESS)


def what(line: ReadingLine, *, for_family: bool = False) -> str:
    """What was opened; said to a family about somebody else, without telling what a home has done."""
    known = WHAT | OF_SOME_HOME if for_family else WHAT
    return str(known.get(line.what, ABOUT_THE_CHILD))


def refused(look: RefusedLook) -> str:
    """What somebody asked for and was refused."""
    return str(REFUSED.get(look.kind, ABOUT_THE_CHILD))


# Who says that somebody is not to be named to this reader, and as what instead; "" names them.
Unnamed = Callable[[ReadingLine, Child, Viewer], str]
_unnamed: list[Unnamed] = []


def register(func: Unnamed) -> None:
    """Let a higher room keep the name of who read from a guardian: `func(line, child, viewer)`."""
    if func not in _unnamed:
        _unnamed.append(func)


def unnamed(line: ReadingLine, child: Child, viewer: Viewer) -> str:
    """What stands instead of the name, or nothing."""
    return next((said for func in _unnamed if (said := func(line, child, viewer))), "")


def as_what(line: ReadingLine | RefusedLook) -> str:
    """As what the person was there."""
    return {
        Hat.GUARDIAN: _("as guardian"),
        Hat.STAFF: _("as staff"),
        Hat.SCHOOL: _("for the school"),
        Hat.OFFICE: _("for the office"),
    }[Hat(line.hat)]


def why(line: ReadingLine, child: Child) -> list[str]:
    """The ties that the person had to the child at that moment, as the register has them dated."""
    moment = Moment.of(line.at, child.organisation)
    cells = [cell for action in ASKED for cell in matrix.cells(matrix.CHILD, action)]
    relations = {relation: None for relation, _condition in cells if relation.hat == line.hat}
    found = ties.of_children([child.pk], list(relations), moment)
    return [str(r.label) for r in relations if any(tie.person == line.person_id for tie in found[r])]
