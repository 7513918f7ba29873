"""The people of the office, and no other person of the organisation, in Wagtail's list of users."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import EditView, IndexView, UserFilterSet, UserViewSet

from ground.clock import now
from people.models import Person
from portal.office import rights
from portal.office.forms import OfficePersonForm
from visibility.viewer import Moment


def office_people(request: Any) -> Any:
    """Who has a running duty at the office of the viewer's own organisation today."""
    organisation = request.user.organisation
    day = Moment.of(now(), organisation).day
    return rights.on_duty(day).filter(organisation=organisation)


class OfficeFilters(UserFilterSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop("is_superuser", None)

    class Meta(UserFilterSet.Meta):
        pass


class OfficeIndex(IndexView):
    show_other_searches = False

    def get_base_queryset(self) -> Any:
        return office_people(self.request)

    @property
    def columns(self) -> list[Column]:
        name = self._get_title_column_class(TitleColumn)
        return [
            name("name", accessor=get_user_display_name, label=_("Name"), get_url=self.get_edit_url),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login", width="25%"),
        ]

    def search_queryset(self, queryset: Any) -> Any:
        words = self.search_query if self.is_searching else ""
        return queryset.filter(given_name__icontains=words) | queryset.filter(family_name__icontains=words)

    def get_list_buttons(self, instance: Person) -> list[Any]:
        return []


class OfficeEdit(EditView):
    def get_object(self, queryset: Any = None) -> Any:
        return get_object_or_404(office_people(self.request), pk=self.object_pk)


class ChangeOnly(ModelPermissionPolicy):
    """Nobody adds or deletes a person here, whatever their rights; the door keeps those addresses shut besides."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and super().user_has_permission(user, "change")

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class OfficePeople(UserViewSet):
    """A list and a form for their rights. Nobody is added, deleted or made superuser here."""

    index_view_class = OfficeIndex
    edit_view_class = OfficeEdit
    filterset_class = OfficeFilters
    ordering = "login"
    copy_view_enabled = False

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return ChangeOnly(self.model)

    def get_form_class(self, for_update: bool = False) -> type[OfficePersonForm]:
        return OfficePersonForm

    def on_register(self) -> None:
        """Only the menu item: no search area, no finder of addresses, no permissions to hand out."""
        self.register_menu_item()


class NoGroups(GroupViewSet):
    """What a group may do is decided by our commands, not clicked together."""

    def get_urlpatterns(self) -> list[Any]:
        return []

    def on_register(self) -> None:
        """Nothing to show."""
