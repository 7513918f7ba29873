"""Every address under /cms/, tried by everybody: the office finds its own material there, and no child, no guardian."""

import re
import uuid
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page, ReferenceIndex

from curriculum.models import Area, Framework, Goal
from people.models import Child, Duty, DutyLeave, Person
from portal.office import rights
from portal.office.door import OPEN
from tests import entries
from tests.cast import TODAY
from tests.portal.addresses import of_office, patterns
from visibility.viewer import Hat

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("today")]
SECRET = "Zqx"
HOSTILE = [
    "/cms/bulk/people/person/delete/?id=all",
    "/cms/bulk/people/person/set_active_state/?id=1&next=/cms/",
    "/cms/bulk/people/child/delete/?id=1",
    "/cms/bulk/learninglog/entry/delete/?id=1",
    "/cms/editing-sessions/ping/people/child/1/1/",
    "/cms/editing-sessions/ping/people/person/1/1/",
    "/cms/editing-sessions/ping/learninglog/entry/1/1/",
    "/cms/tag-autocomplete/people/child/?term=Z",
    "/cms/settings/people/organisation/1/",
    "/cms/snippets/people/child/",
    "/cms/snippets/learninglog/entry/",
    f"/cms/users/?q={SECRET}",
    f"/cms/users/results/?q={SECRET}",
    f"/cms/pages/search/?q={SECRET}",
    f"/cms/images/?q={SECRET}",
    f"/cms/documents/?q={SECRET}",
    f"/cms/choose-page/search/?q={SECRET}",
    "/cms/api/main/pages/",
    "/cms/groups/",
    "/cms/groups/new/",
    "/cms/reports/site-history/",
    "/cms/users/new/",
]


@pytest.fixture
def marked(site: Any) -> Any:
    """The cast, with everyone outside the office and every child called what can be found in any answer."""
    for child in Child.objects.all():
        Child.objects.filter(pk=child.pk).update(given_name=f"{SECRET}child{child.pk}", family_name=f"{SECRET}family")
    for person in Person.objects.exclude(pk=site.office.pk):
        Person.objects.filter(pk=person.pk).update(
            given_name=f"{SECRET}person{person.pk}",
            family_name=f"{SECRET}name",
            email=f"{SECRET}{person.pk}@example.org",
        )
    site.alma.refresh_from_db()
    entries.shared(site, site.alma, title=f"{SECRET}title", text=f"{SECRET}text")
    return site


def values() -> dict[str, Any]:
    page = Page.objects.filter(depth__gt=2).first()
    framework = Framework.objects.create(
        code="T", family="T", country="SE", language="sv", title_sv="T", valid_from=TODAY
    )
    area = Area.objects.create(framework=framework, code="a", label_sv="A")
    goal = Goal.objects.create(area=area, code="g", label_sv="G")
    revision = page.latest_revision_id
    keys = [
        "parent_page_id", "page_id", "page_to_move_id", "page_pk", "pk",
    ]  # fmt: skip
    found: dict[str, Any] = dict.fromkeys(keys, page.pk)
    found |= dict.fromkeys(["revision_id", "revision_id_a", "revision_id_b"], revision)
    ones = ["task_state_id", "task_id", "workflow_state_id", "workflow_pk", "collection_id", "session_id", "object_id"]
    found |= dict.fromkeys([*ones, "document_id", "doc_id", "uploaded_file_id", "image_id"], 1)
    found |= {"destination_id": page.get_parent().pk, "filter_spec": "width-10", "action_name": "publish"}
    found |= {"app_label": "portal", "model_name": "unitpage", "action": "delete", "app_name": "portal"}
    found |= {"content_type_app_name": "portal", "content_type_model_name": "newsindexpage"}
    found |= {"package": uuid.uuid4(), "curriculum_case_export.framework": framework.public_id}
    found |= {"uidb64": "MQ", "token": "set-password"}
    for room, row in [("framework", framework), ("area", area), ("goal", goal), ("goallink", goal), ("guidance", goal)]:
        for pattern in patterns():
            spaces = ":".join(pattern[2])
            if spaces.endswith(f"_{room}"):
                found[f"{spaces}:{pattern[1].name}.pk"] = row.pk
    return found


def addresses() -> list[str]:
    return [address for _name, address in of_office(values())] + HOSTILE


def ask(client: Client, address: str, method: str = "get") -> Any:
    """One request whose effects are taken back; what the server would say to a failure is an answer too."""
    client.raise_request_exception = False
    cookies = client.cookies.copy()
    point = transaction.savepoint()
    response = getattr(client, method)(address)
    if response.streaming:
        response.content = b"".join(response.streaming_content)
    transaction.savepoint_rollback(point)
    client.cookies = cookies
    return response


def spilled(response: Any) -> bool:
    words = response.content.decode(errors="replace") + str(response.headers)
    # What was typed into a search stands in its own field again.
    return re.search(rf"{SECRET}(child|person|family|name|title|text|\d)", words) is not None


def test_the_walk_knows_the_whole_of_wagtails_admin(site: Any) -> None:
    assert len(of_office(values())) > 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_office_finds_nobody_at_any_address(marked: Any, office: Client, method: str) -> None:
    before = Person.objects.count(), Child.objects.count()
    opened = 0
    for address in addresses():
        response = ask(office, address, method)
        assert not spilled(response), address
        # Posting nothing at all is more than one of Wagtail's dialogs bears; what it shows is ours to hold.
        assert method == "post" or response.status_code != 500, address
        opened += response.status_code == 200
    assert opened > (60 if method == "get" else 15)
    assert (Person.objects.count(), Child.objects.count()) == before


def test_being_a_superuser_opens_nothing_about_people(marked: Any, office_superuser: Client) -> None:
    for address in addresses():
        assert not spilled(ask(office_superuser, address)), address


def test_no_row_key_opens_a_person_outside_the_office(marked: Any, office_superuser: Client) -> None:
    for outside in Person.objects.exclude(pk=marked.office.pk):
        for route in ("edit", "delete", "history", "usage", "inspect", "copy"):
            assert ask(office_superuser, f"/cms/users/{route}/{outside.pk}/").status_code == 404
    assert ask(office_superuser, f"/cms/users/edit/{marked.office.pk}/").status_code == 200


def closed_to(client: Client, tried: list[str]) -> None:
    unknown = client.get("/nothing/of/the/kind/")
    assert unknown.status_code == 404
    for address in tried:
        if address in OPEN:
            continue
        response = ask(client, address)
        assert response.status_code == 404, address
        assert strip(response) == strip(unknown), address


def person_with_everything_but(site: Any, name: str, superuser: bool) -> Person:
    person = getattr(site, name)
    rights.join_office(person=person)
    Person.objects.filter(pk=person.pk).update(is_superuser=superuser, is_staff=True)
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("name", "hat", "superuser"),
    [("cecilia", Hat.STAFF, True), ("astrid", Hat.GUARDIAN, False), ("stranger", Hat.GUARDIAN, False)],
)
def test_nobody_else_finds_anything_under_cms(site: Any, as_persona: Any, name: str, hat: Hat, superuser: bool) -> None:
    person = person_with_everything_but(site, name, superuser)
    closed_to(as_persona(Client(), person, hat), addresses())


@pytest.mark.parametrize(
    ("name", "hat"),
    [("eva", Hat.STAFF), ("gun", Hat.SCHOOL), ("office", Hat.STAFF), ("cecilia", Hat.OFFICE), ("astrid", Hat.OFFICE)],
)
@pytest.mark.parametrize("superuser", [False, True])
def test_a_duty_without_the_hat_and_the_hat_without_the_duty_are_as_good_as_neither(
    site: Any, as_persona: Any, name: str, hat: Hat, superuser: bool
) -> None:
    person = person_with_everything_but(site, name, superuser)
    closed_to(
        as_persona(Client(), person, hat), ["/cms/", "/cms/pages/", "/cms/users/", "/cms/images/", "/cms/sprite/"]
    )


def strip(response: Any) -> str:
    """The page without what repeats the asked address and the form's own token."""
    return re.sub(r'(value="[^"]*")', "", response.content.decode())


def test_who_is_not_signed_in_is_led_to_the_offices_own_door(site: Any) -> None:
    for address in addresses():
        if address in OPEN:
            continue
        response = ask(Client(), address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/cms/login/?next=/cms/"), address


def test_the_right_without_the_permission_is_not_enough(site: Any, as_persona: Any) -> None:
    client = as_persona(Client(), site.office, Hat.OFFICE)
    assert client.get("/cms/").status_code == 404


def test_the_office_is_closed_the_moment_the_duty_ends_or_rests(site: Any, office: Client) -> None:
    assert office.get("/cms/").status_code == 200
    duty = Duty.objects.get(person=site.office)
    leave = DutyLeave.objects.create(duty=duty, starts_on=TODAY)
    assert office.get("/cms/").status_code == 404
    leave.delete()
    Duty.objects.filter(pk=duty.pk).update(ends_on=TODAY)
    assert office.get("/cms/").status_code == 404


def test_an_office_person_on_leave_is_not_listed(site: Any, office: Client) -> None:
    other = site.make.person("olga", "Olga", "Kontor")
    duty = site.make.duty(other, Duty.Role.OFFICE, None)
    assert "Olga" in office.get("/cms/users/").content.decode()
    DutyLeave.objects.create(duty=duty, starts_on=TODAY)
    assert "Olga" not in office.get("/cms/users/").content.decode()


# Words that the composer points out, terms and notices, what conferences ask: the office's, and they lead to nobody.
OFFICES_OWN = {"learninglog.SensitiveWord", "access.Wording", "conferences.ConferenceTemplate"}


def test_nothing_of_our_rooms_is_tracked_indexed_or_registered(site: Any) -> None:
    from django.apps import apps
    from wagtail.admin.viewsets import viewsets
    from wagtail.search.index import get_indexed_models
    from wagtail.snippets.models import get_snippet_models

    from portal.office.unindexed import ROOMS

    rooms = set(ROOMS)
    for models in (ReferenceIndex.tracked_models, get_indexed_models(), get_snippet_models()):
        found = {model._meta.label for model in models if model._meta.app_label in rooms}
        assert found <= OFFICES_OWN
    named = [viewset.model for viewset in viewsets.viewsets if getattr(viewset, "model", None) is not None]
    shown = {apps.get_model(model) if isinstance(model, str) else model for model in named}
    held = {model._meta.label for model in shown if model._meta.app_label in rooms}
    assert held - OFFICES_OWN == {"people.Person"}
    for room in rooms:
        for model in apps.get_app_config(room).get_models():
            assert not ReferenceIndex.model_is_indexable(model, allow_child_models=True), model


def test_rebuilding_the_index_of_references_touches_no_child(marked: Any, office: Client) -> None:
    from portal.office.unindexed import ROOMS

    call_command("rebuild_references_index", verbosity=0)
    ours = ContentType.objects.filter(app_label__in=ROOMS)
    found = ReferenceIndex.objects.all()
    assert not found.filter(content_type__in=ours).exists()
    assert not found.filter(base_content_type__in=ours).exists()
    assert not found.filter(to_content_type__in=ours.exclude(app_label="people", model="unit")).exists()
