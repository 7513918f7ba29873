"""Whether there is something new for a guardian: what a daily mail asks. It answers yes or no, never what or about whom."""

from datetime import datetime

from django.db.models import Q

from learninglog import feeds
from learninglog.models import HomeChange, Message, Thread
from visibility.relations import HOME_NOW
from visibility.viewer import Viewer


def something_new(viewer: Viewer, since: datetime) -> bool:
    """Whether an entry was shared, changed in what their own home sees of it, or answered by the staff since then.

    The viewer is the guardian at the moment of asking: what was withdrawn meanwhile, or is theirs no more, is not new.
    """
    until = viewer.at
    shared = feeds.standing(viewer)
    if shared.filter(first_shared_at__gt=since, first_shared_at__lte=until).exists():
        return True
    homes = HOME_NOW.rows(viewer.moment).filter(tie_person=viewer.person.pk).values("tie_home")
    changes = HomeChange.objects.filter(home__in=homes, at__gt=since, at__lte=until)
    if changes.filter(entry__in=shared.values("entry_id")).exists():
        return True
    threads = Thread.objects.visible_to(viewer).filter(home__in=homes)
    answers = Message.objects.filter(thread__in=threads, side=Message.Side.STAFF, erased_at__isnull=True)
    unread = Q(thread__home_read_at__isnull=True) | Q(thread__home_read_at__lt=since)
    return answers.filter(unread, sent_at__gt=since, sent_at__lte=until).exists()
