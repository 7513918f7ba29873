"""What we take out of Wagtail's admin, and the one reminder we put in."""

from typing import Any

from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.ui.components import Component

from portal.office.forms import REMINDER

HIDDEN = {"workflows", "workflow-tasks", "groups", "workflow", "site-history"}


def _without_hidden(request: Any, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]


hooks.register("construct_settings_menu", _without_hidden)
hooks.register("construct_reports_menu", _without_hidden)


class Reminder(Component):
    order = 10

    def render_html(self, parent_context: Any = None) -> str:
        return format_html(
            '<div class="help-block help-warning"><p>{}</p></div>',
            REMINDER,
        )


@hooks.register("construct_homepage_panels")
def remind(request: Any, panels: list[Any]) -> None:
    """The reminder stands first; what waits for a review stays, or nobody would know that it waits."""
    panels.insert(0, Reminder())
