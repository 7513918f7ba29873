"""What makes a password too easy, beside what Django knows."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST = 6


class VariedValidator:
    """Not one letter over and over."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(password.casefold())) < LEAST:
            raise ValidationError(_("Use more different letters or digits."), code="not_varied")

    def get_help_text(self) -> str:
        return _("Use more different letters or digits.")
