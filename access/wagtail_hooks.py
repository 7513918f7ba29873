"""What the office's admin is told about this room: the wordings, and nothing else."""

from wagtail.snippets.models import register_snippet

from access.terms.office import WordingViewSet

register_snippet(WordingViewSet)
