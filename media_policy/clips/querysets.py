"""Adjectives for films and recordings. `visible_to` is the only way to one for a page, a file or an export."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from media_policy import holders
from people.models import Child
from visibility import kinds, rule
from visibility.matrix import READ
from visibility.viewer import Hat, Viewer


class ClipQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Only those that something shows to this viewer; who sent one sees nothing by that alone."""
        shown = holders.clips.shown_to(viewer) if viewer is not None else None
        if shown is None:
            return self.none()
        return self.standing().filter(pk__in=shown)

    def standing(self) -> Self:
        """Those that are not erased."""
        return self.filter(erased_at__isnull=True)

    def waiting(self) -> Self:
        """Those whose raw file has not been made ready yet."""
        return self.standing().filter(state=self.model.State.WAITING)

    def unheld(self) -> Self:
        """Those that no row of any other room points at; `holding()` of a model says which of its rows count."""
        found = self.standing()
        for relation in self.model._meta.related_objects:
            if relation.related_model._meta.app_label != self.model._meta.app_label:
                manager = relation.related_model._default_manager
                holding = manager.holding() if hasattr(manager, "holding") else manager.all()
                found = found.exclude(Exists(holding.filter(**{relation.field.name: OuterRef("pk")})))
        return found

    def uploaded_before(self, at: datetime) -> Self:
        """Those that arrived before the moment."""
        return self.filter(uploaded_at__lt=at)


class ClipSubjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Only marks in what the viewer sees, of children the viewer may know."""
        from media_policy.clips.models import Clip

        known = Child.objects.filter(rule.visible(kinds.of_children(Child), viewer, READ))
        return self.filter(clip__in=Clip.objects.visible_to(viewer), child__in=known)


class ClipFileQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Only files of what the viewer sees."""
        from media_policy.clips.models import Clip

        return self.filter(clip__in=Clip.objects.visible_to(viewer))

    def at_address(self, public_id: uuid.UUID, purpose: str) -> Self:
        """The one file that an address names."""
        return self.filter(clip__public_id=public_id, purpose=purpose)


class ClipUploadQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Only what this person sends as staff; whether what it is for is still theirs is asked beside."""
        if viewer is None or viewer.hat != Hat.STAFF:
            return self.none()
        return self.filter(uploaded_by=viewer.person)

    def about(self, target: str, public_id: uuid.UUID) -> Self:
        """Those that are for this one thing."""
        return self.filter(target=target, about=public_id)
