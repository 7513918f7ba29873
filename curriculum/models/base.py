"""What frameworks, areas and goals have in common: the office's tools, texts in three languages, a memory of what came
with the product."""

from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from curriculum.languages import LANGUAGES, fold, said
from ground.models import PublicIdModel


class OfficeText(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, PublicIdModel):
    """A row of public text that the office drafts, sends to review, locks, previews and publishes."""

    # Fields that come with the product, as load_frameworks sets them.
    SHIPPED: tuple[str, ...] = ()

    # Per field, the digest of the text as it was shipped last: what differs from it was written by the office.
    shipped = models.JSONField(default=dict, blank=True, editable=False)
    # What came with a CASE package, word for word: what we have no place for goes out again as it came.
    case = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    # A draft of an import: it is published together with its framework, which went through review for all of them.
    with_framework = models.BooleanField(default=False, db_default=False, editable=False)

    # Wagtail would otherwise list the entries that use a goal on the goal's usage page.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def _said(self, stem: str, language: str | None, origin: str) -> str:
        return said({code: getattr(self, f"{stem}_{code}") for code in LANGUAGES}, language, origin)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """An older revision brings back its text, never the memory of what was shipped, nor another identity."""
        row = super().with_content_json(content)
        row.shipped = self.shipped
        row.with_framework = self.with_framework
        row.public_id = self.public_id
        return row

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "curriculum/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from curriculum.previews import preview_of

        return preview_of(self)


class SearchedText(OfficeText):
    """Text that is found by typing: a folded copy per language stands beside it, because LIKE on SQLite does not fold
    Å, Ä and Ö, and PostgreSQL's does not fold accents."""

    # Fields whose change makes the copies out of date.
    COPIED_FROM: frozenset[str] = frozenset()
    COPIES: frozenset[str] = frozenset(f"search_{code}" for code in LANGUAGES)

    search_sv = models.TextField(default="", blank=True, editable=False)
    search_nb = models.TextField(default="", blank=True, editable=False)
    search_en = models.TextField(default="", blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def _origin(self) -> str:
        # A new row in the office's form has no framework yet, and is named all the same.
        framework = getattr(self, "framework", None)
        return framework.language if framework else ""

    def search_words(self, language: str) -> str:
        """What a search in this language looks through."""
        raise NotImplementedError

    def copy_over(self) -> None:
        """Bring every copied column of this row in line with its source."""
        for code in LANGUAGES:
            # The blank in front lets a short word be looked for at the beginning of words.
            setattr(self, f"search_{code}", f" {fold(self.search_words(code))}")

    def save(self, **options: Any) -> None:
        self.copy_over()
        fields = options.get("update_fields")
        if fields is not None and self.COPIED_FROM & set(fields):
            options["update_fields"] = {*fields, *self.COPIES}
        super().save(**options)
