"""Wagtail screens that we narrow: the account of a person of the office has no name, mail or picture to change."""

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, LocaleSettingsPanel, ThemeSettingsPanel
from wagtail.users.models import UserProfile


class OfficeAccountView(AccountView):
    def get_panels(self) -> list[Any]:
        profile = UserProfile.get_for_user(self.request.user)
        panels = [kind(self.request, self.request.user, profile) for kind in (LocaleSettingsPanel, ThemeSettingsPanel)]
        return [panel for panel in panels if panel.is_active()]


account = require_admin_access(OfficeAccountView.as_view())
