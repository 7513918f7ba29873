"""Adjectives for pictures. `visible_to` is the only way to a picture for a page, a file or an export."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from media_policy import holders
from people.models import Child
from visibility import kinds, rule
from visibility.matrix import READ
from visibility.viewer import Viewer


class PictureQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Only pictures that something shows to this viewer; who uploaded one sees nothing by that alone."""
        shown = holders.shown_to(viewer) if viewer is not None else None
        if shown is None:
            return self.none()
        return self.standing().filter(pk__in=shown)

    def standing(self) -> Self:
        """Those that are not erased."""
        return self.filter(erased_at__isnull=True)

    def marked_within(self, children: QuerySet[Any]) -> Self:
        """Those on which, as somebody has said, no child outside the given ones can be recognised."""
        from media_policy.models import PictureSubject

        others = PictureSubject.objects.filter(picture=OuterRef("pk")).exclude(child__in=children)
        return self.standing().exclude(marking=self.model.Marking.UNMARKED).exclude(Exists(others))

    def unheld(self) -> Self:
        """Those that no row of any other room points at.

        A model whose rows do not all keep their picture (an old version, a discarded draft) says so with a queryset
        method `holding()`.
        """
        found = self.standing()
        for relation in self.model._meta.related_objects:
            if relation.related_model._meta.app_label != self.model._meta.app_label:
                manager = relation.related_model._default_manager
                holding = manager.holding() if hasattr(manager, "holding") else manager.all()
                rows = holding.filter(**{relation.field.name: OuterRef("pk")})
                found = found.exclude(Exists(rows))
        return found

    def uploaded_before(self, at: datetime) -> Self:
        """Those taken in before the moment."""
        return self.filter(uploaded_at__lt=at)

    def for_list(self) -> Self:
        """With who can be recognised, ready for a page."""
        return self.prefetch_related("subjects")


class PictureSubjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Only marks on pictures the viewer sees, of children the viewer may know."""
        from media_policy.models import Picture

        known = Child.objects.filter(rule.visible(kinds.of_children(Child), viewer, READ))
        return self.filter(picture__in=Picture.objects.visible_to(viewer), child__in=known)


class DerivativeQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Only files of pictures that the viewer sees."""
        from media_policy.models import Picture

        return self.filter(picture__in=Picture.objects.visible_to(viewer))

    def at_address(self, public_id: uuid.UUID, purpose: str) -> Self:
        """The one file that an address names."""
        return self.filter(Q(picture__public_id=public_id) & Q(purpose=purpose))
