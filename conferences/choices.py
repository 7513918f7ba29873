"""The types a question can have, and who fills it in: the same words in the office and on a conference's page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionType(models.TextChoices):
    TEXT = "text", _("Text")
    CHOICE = "choice", _("One of several")
    CHOICES = "choices", _("Several of several")
    DATE = "date", _("Date")
    STATEMENT = "statement", _("Words to read, nothing to fill in")
    FROM_LOG = "from_log", _("Picked from the log")
    CHILD_WORDS = "child_words", _("The child’s own words")
    AGREEMENT = "agreement", _("Agreements")


class FilledBy(models.TextChoices):
    STAFF = "staff", _("The staff, beforehand")
    HOME = "home", _("The home, beforehand")
    CHILD = "child", _("The child with an adult")
    TOGETHER = "together", _("Together, at the talk")
