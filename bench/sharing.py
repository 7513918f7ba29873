"""Sharing an entry for twenty children, beside the bare inserts of the same rows; prints the times as JSON."""

import json
import os
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
ROUNDS = 30


def main() -> None:
    import django

    django.setup()
    from people.models import Duty, Person
    from visibility.viewer import Hat, Strength, Viewer

    duty = Duty.objects.order_by("pk")[0]
    person = Person.objects.select_related("organisation").get(pk=duty.person_id)
    times: dict[str, list[float]] = {"share": [], "bare": []}
    from ground.clock import now

    for number in range(ROUNDS + 3):
        viewer = Viewer(person, Hat.STAFF, Strength.SUBSTANTIAL, now())
        shared, bare = _once(viewer, duty)
        if number >= 3:
            times["share"].append(shared)
            times["bare"].append(bare)
    json.dump(times, sys.stdout)


def _once(viewer: Any, duty: Any) -> tuple[float, float]:
    from django.db import transaction

    from learninglog import services
    from learninglog.models import Entry, Publication, SharedVersion, VersionAudience, VersionChild, VersionPicture
    from learninglog.services.drafts import ChildInput, EntryInput
    from people.models import Child, Group

    group = Group.objects.select_related("unit__organisation").get(assignments__duty=duty)
    children = Child.objects.in_group(group, viewer.day).order_by("pk").values_list("pk", flat=True)
    entry = services.start_entry(group=group, by=viewer)
    given = {pk: ChildInput(line="She counted to seven.") for pk in children}
    data = EntryInput(title="Whose leaf is this?", text="We sorted leaves.", happened_on=viewer.day, children=given)
    entry, _taken = services.save_entry(entry=entry, by=viewer, revision=0, data=data)
    began = time.perf_counter()
    version = services.share_entry(entry=entry, by=viewer)
    shared = time.perf_counter() - began

    parts = {
        model: list(model.objects.filter(version=version))
        for model in (VersionChild, VersionPicture, VersionAudience, Publication)
    }
    Publication.objects.filter(entry=entry).delete()
    began = time.perf_counter()
    with transaction.atomic():
        copy = SharedVersion.objects.get(pk=version.pk)
        copy.pk, copy.number, copy.public_id = None, version.number + 1, _fresh()
        copy.save(force_insert=True)
        for model, rows in parts.items():
            for row in rows:
                row.pk, row.version = None, copy
            model.objects.bulk_create(rows)
        Entry.objects.filter(pk=entry.pk).update(current=copy)
    bare = time.perf_counter() - began
    return shared, bare


def _fresh() -> Any:
    import uuid

    return uuid.uuid4()


if __name__ == "__main__":
    main()
