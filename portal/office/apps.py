"""Wagtail's screens about people, in our measure."""

from wagtail.users.apps import WagtailUsersAppConfig


class OfficeUsers(WagtailUsersAppConfig):
    user_viewset = "portal.office.people.OfficePeople"
    group_viewset = "portal.office.people.NoGroups"
