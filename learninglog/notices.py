"""Whether there is something new for a guardian, for a daily mail: yes or no, never what or about whom."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from learninglog import feeds
from learninglog.models import HomeChange, Message, Thread, Visit
from visibility import ties
from visibility.relations import HOME_NOW
from visibility.viewer import Viewer


def something_new(viewer: Viewer, since: datetime) -> bool:
    """Whether an entry was shared, changed in what their own home sees, or answered by the staff, and is unseen yet.

    Asked as the rule stands at the viewer's moment: what was withdrawn meanwhile, or is theirs no more, is not new.
    """
    until, shared = viewer.at, feeds.standing(viewer)
    visits = Visit.objects.filter(person=viewer.person, child=OuterRef("child"))
    new = shared.filter(first_shared_at__gt=since, first_shared_at__lte=until)
    if new.exclude(Exists(visits.filter(seen_at__gte=OuterRef("first_shared_at")))).exists():
        return True
    homes = ties.homes(viewer, HOME_NOW)
    changes = HomeChange.objects.filter(home__in=homes, at__gt=since, at__lte=until)
    changes = changes.exclude(Exists(visits.filter(seen_at__gte=OuterRef("at"))))
    if changes.filter(entry__in=shared.values("entry_id")).exists():
        return True
    threads = Thread.objects.visible_to(viewer).filter(home__in=homes)
    answers = Message.objects.filter(thread__in=threads, side=Message.Side.STAFF, erased_at__isnull=True)
    unread = Q(thread__home_read_at__isnull=True) | Q(thread__home_read_at__lt=F("sent_at"))
    return answers.filter(unread, sent_at__gt=since, sent_at__lte=until).exists()
