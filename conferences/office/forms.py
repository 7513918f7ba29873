"""The office's form for a template: what it must have before it is published, and what stays once it is used."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from conferences.models.templates import ConferenceTemplate
from conferences.office.checking import Checker
from conferences.office.freezing import is_used, says_the_same

WORDS = ("country", "language", "name_sv", "name_nb", "name_en", "names", "body")


class TemplateForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._check_days(cleaned)
        if not self.errors.keys() & set(WORDS):
            typed = ConferenceTemplate(**{name: cleaned[name] for name in WORDS if name in cleaned})
            if is_used(self.instance):
                self._check_kept(typed)
            self._check_words(typed)
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last <= first:
            self.add_error("valid_until", _("The template ends after the day it was used from."))

    def _check_kept(self, typed: ConferenceTemplate) -> None:
        if not says_the_same(ConferenceTemplate.objects.get(pk=self.instance.pk), typed):
            kept = _(
                "Conferences have been begun with this template, so its words stay as they are. Make a copy and change "
                "that one. The days on which this one is used may still be changed."
            )
            self.add_error(None, kept)

    def _check_words(self, typed: ConferenceTemplate) -> None:
        language = typed.language
        if typed.language not in typed.all_names() and not self.is_deferred_validation:
            where = f"name_{language}" if f"name_{language}" in self.fields else "names"
            self.add_error(where, _("Give the template a name in its own language."))
        codes = [child.value["language"] for child in typed.names]
        if len(codes) != len(set(codes)) or set(codes) & {"sv", "nb", "en"}:
            self.add_error("names", _("Each language has one name; Swedish, Norwegian and English have their own."))
        fault = Checker(language, draft=self.is_deferred_validation).body(typed.body)
        if fault:
            self.add_error("body", fault)
