"""What the matrix's conditions mean for entries, threads, words from home and the tray."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from learninglog.models import CorrectionRequest, Entry, EntryChild, HomeWords, Plan, Publication, Thread, TrayItem
from visibility.conditions import Spec
from visibility.kinds import Kind, register
from visibility.viewer import Moment

# For so long a request lets the records keeper see to it.
ASKED_FOR = timedelta(days=30)


def _shared(moment: Moment) -> Q:
    standing = Publication.objects.filter(entry=OuterRef("entry_id"), child=OuterRef("child_id"))
    return Q(Exists(standing))


def _asked_about(moment: Moment) -> Q:
    """Somebody has asked for this child's entries of that day, lately, and it has not been seen to."""
    days = {"first_day__lte": OuterRef("happened_on"), "last_day__gte": OuterRef("happened_on")}
    asked = CorrectionRequest.objects.filter(**days, child=OuterRef("child_id"), closed_at__isnull=True)
    asked = asked.filter(created_at__lte=moment.at, created_at__gt=moment.at - ASKED_FOR)
    standing = Publication.objects.filter(entry=OuterRef("entry_id"), child=OuterRef("child_id"))
    return Q(Exists(standing.filter(Exists(asked))))


def _thread_entry_shared(moment: Moment) -> Q:
    standing = Publication.objects.filter(entry=OuterRef("entry_id"), child=OuterRef("child_id"))
    return Q(Exists(standing))


def _counts(moment: Moment) -> Q:
    """A child counts while it is on the working copy or a publication of it stands."""
    return Q(left_out=False) | _shared(moment)


ENTRY = Kind(
    "ENTRY",
    Entry,
    links=EntryChild.objects.all,
    row="entry_id",
    live=Q(left_out=False),
    group="group_id",
    specs={
        "SHARED": Spec(_("shared with the child's family"), q=_shared),
        "NOT_DRAFT": Spec(_("shared at least once"), q=lambda moment: Q(entry__first_shared_at__isnull=False)),
        "NEVER_SHARED": Spec(_("not shared yet"), q=lambda moment: Q(entry__first_shared_at__isnull=True)),
        "MADE_IN_UNIT": Spec(_("made in the same unit"), q=_counts, pairs={"entry__unit_id": "tie_unit"}),
        "WITH_ANOTHER_TIED": Spec(_("together with another child of theirs"), another_tied=True),
        "BEGUN_BY": Spec(_("begun by themselves"), pairs={"entry__created_by_id": "tie_person"}),
        "WITHOUT_CHILDREN": Spec(_("about no child yet"), without_children=True),
        "ASKED_ABOUT": Spec(_("of days about which a guardian has asked, as it was written down"), q=_asked_about),
    },
)
THREAD = Kind(
    "THREAD",
    Thread,
    links=Thread.objects.all,
    specs={
        "SAME_HOME": Spec(_("of their own home"), pairs={"home_id": "tie_home"}),
        "ENTRY_SHARED": Spec(_("under an entry that is shared"), q=_thread_entry_shared),
        "MADE_IN_UNIT": Spec(_("made in the same unit"), pairs={"entry__unit_id": "tie_unit"}),
    },
)
WORDS = Kind(
    "WORDS",
    HomeWords,
    links=HomeWords.objects.standing,
    specs={
        "SAME_HOME": Spec(_("of their own home"), pairs={"home_id": "tie_home"}),
        "FOR_HOME": Spec(_("written for the home too"), q=lambda moment: Q(readers=HomeWords.Readers.HOME)),
        "WRITTEN_BY": Spec(_("written by themselves"), pairs={"written_by_id": "tie_person"}),
        "SHOWN_TO_OTHER_HOMES": Spec(
            _("shown by the other home"),
            q=lambda moment: Q(
                readers=HomeWords.Readers.HOME, for_other_homes=True, home__shows_words_to_other_homes=True
            ),
        ),
        "MADE_IN_UNIT": Spec(_("made in the same unit"), pairs={"unit_id": "tie_unit"}),
    },
)
TRAY = Kind(
    "TRAY",
    TrayItem,
    group="group_id",
    specs={
        "WITHOUT_CHILDREN": Spec(_("about no child yet"), without_children=True),
        "BEGUN_BY": Spec(_("put there by themselves"), pairs={"created_by_id": "tie_person"}),
    },
)
PLAN = Kind(
    "PLAN",
    Plan,
    group="group_id",
    unit="unit_id",
    specs={
        "WITHOUT_CHILDREN": Spec(_("about no child"), without_children=True),
        "WHOLE_UNIT": Spec(_("of the whole preschool"), q=lambda moment: Q(group__isnull=True)),
    },
)


def register_all() -> None:
    for kind in (ENTRY, THREAD, WORDS, TRAY, PLAN):
        register(kind)
