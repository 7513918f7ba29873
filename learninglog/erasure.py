"""What this room erases of a child: shared texts about others stay, without the child; the rest is emptied."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from learninglog.models import (
    Entry,
    EntryChild,
    HomeChange,
    HomeWords,
    Message,
    Publication,
    Reflection,
    SharedVersion,
    VersionAudience,
    VersionChild,
    VersionClip,
    VersionClipSubject,
    VersionPicture,
    VersionSubject,
    Visit,
)
from media_policy.models import Clip, Picture
from people.models import Child


def erase_child(child: Child, at: datetime) -> None:
    """Empty or delete every row about the child. An entry about nobody else is emptied as a whole."""
    alone = list(_entries_about_only(child).values_list("pk", flat=True))
    Publication.objects.filter(child=child).delete()
    # A note is free text about whoever is on the entry, so it goes with the first of them.
    Reflection.objects.filter(entry__entry_children__child=child).delete()
    Reflection.objects.filter(entry__versions__children__child=child).delete()
    Entry.objects.filter(pk__in=alone).update(
        title="", text="", search="", not_names=[], current=None, discarded_at=at, erased_at=at
    )
    # Also in an entry about others: what was shared of this child alone, before they came in, or corrected for it.
    whole = list(_versions_about_only(child, alone).values_list("pk", flat=True))
    versions = SharedVersion.objects.filter(pk__in=whole)
    VersionPicture.objects.filter(version__in=whole, erased_at__isnull=True).update(
        picture=None, caption="", alt="", marking=Picture.Marking.UNMARKED, erased_at=at
    )
    VersionClip.objects.filter(version__in=whole, erased_at__isnull=True).update(
        clip=None, caption="", words="", marking=Clip.Marking.UNMARKED, erased_at=at
    )
    versions.update(title="", text="", not_names=[], goals=[], erased_at=at)
    VersionChild.objects.filter(child=child, erased_at__isnull=True).update(
        child=None, line="", asked="", quotes=[], remarks=[], erased_at=at
    )
    VersionSubject.objects.filter(child=child, erased_at__isnull=True).update(child=None, erased_at=at)
    VersionClipSubject.objects.filter(child=child, erased_at__isnull=True).update(child=None, erased_at=at)
    VersionAudience.objects.filter(child=child, erased_at__isnull=True).update(person=None, child=None, erased_at=at)
    EntryChild.objects.filter(child=child).delete()
    for entry in Entry.objects.filter(pk__in=alone).order_by("pk"):
        entry.entry_pictures.all().delete()
        entry.entry_clips.all().delete()
        entry.second_words.all().delete()
    Message.objects.filter(thread__child=child, erased_at__isnull=True).update(text="", erased_at=at)
    HomeWords.objects.filter(child=child).delete()
    HomeChange.objects.filter(child=child).delete()
    Visit.objects.filter(child=child).delete()


def _entries_about_only(child: Child) -> QuerySet[Entry]:
    mine = EntryChild.objects.filter(entry=OuterRef("pk"), child=child)
    others = EntryChild.objects.filter(entry=OuterRef("pk")).exclude(child=child)
    in_versions = VersionChild.objects.filter(version__entry=OuterRef("pk"), child__isnull=False)
    about = Entry.objects.filter(Exists(mine)) | Entry.objects.filter(Exists(in_versions.filter(child=child)))
    rows: QuerySet[Entry] = about.exclude(Exists(others)).exclude(Exists(in_versions.exclude(child=child)))
    return rows


def _versions_about_only(child: Child, alone: list[int]) -> QuerySet[SharedVersion]:
    on_it = VersionChild.objects.filter(version=OuterRef("pk"), child__isnull=False)
    only = Exists(on_it.filter(child=child)) & ~Exists(on_it.exclude(child=child))
    rows: QuerySet[SharedVersion] = SharedVersion.objects.filter(Q(only) | Q(entry__in=alone), erased_at__isnull=True)
    return rows
