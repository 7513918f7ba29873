"""The one filter, as an adjective for every model with children."""

from typing import Any, Self

from django.db import models

from visibility import kinds, rule
from visibility.matrix import READ
from visibility.viewer import Viewer


class VisibleQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer | None, action: str = READ) -> Self:
        """Only rows that the rule grants this viewer for this action; without a viewer, none."""
        return self.filter(rule.visible(kinds.of_model(self.model), viewer, action))
