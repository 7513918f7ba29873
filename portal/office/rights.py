"""Who is the office: a running duty there, the hat, and Wagtail's own right. All three, at every request."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from access.terms import services as wordings
from conferences.office import rights as templates
from curriculum.services import allow_editing
from people.models import Duty, Person
from visibility.viewer import Hat, Viewer

GROUP = "Office"
ENTER = "wagtailadmin.access_admin"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
# Wagtail asks for the rights of its own models, whatever models stand in their place.
MEDIA_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)


def on_duty(day: date) -> QuerySet[Person]:
    """People with a running duty at the office that is not at rest."""
    duties = Duty.objects.unsuspended(day).filter(person=OuterRef("pk"), role=Duty.Role.OFFICE)
    return Person.objects.filter(Exists(duties), is_active=True)


def may_enter(viewer: Viewer | None) -> bool:
    """Whether this session may open the office; being a superuser helps nobody."""
    if viewer is None or viewer.hat != Hat.OFFICE:
        return False
    return on_duty(viewer.day).filter(pk=viewer.person.pk).exists() and viewer.person.has_perm(ENTER)


def office_group() -> Group:
    """The group that gives the office its rights in Wagtail; made or mended at every call."""
    group, _made = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    group.permissions.add(Permission.objects.get(content_type__app_label="people", codename="change_person"))
    root = Page.objects.filter(depth=1).first()
    for right in PAGE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for room, right in MEDIA_RIGHTS:
        permission = Permission.objects.get(content_type__app_label=room, codename=right)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    # Pages are published by whoever writes them; the review that Wagtail brings along for them asks its own groups.
    Workflow.objects.filter(workflow_pages__isnull=False).update(active=False)
    allow_editing(group=group)
    wordings.allow_editing(group=group)
    templates.allow_editing(group=group)
    return group


def join_office(*, person: Person) -> None:
    """Give a person of the office their rights; the duty that lets them in is another fact."""
    person.groups.add(office_group())
