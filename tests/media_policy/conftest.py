import uuid
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client

from media_policy import holders, spool
from tests.media_policy import s3, samples

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def rooms(settings, tmp_path):
    """Folders of this test alone for pictures and raw uploads."""
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.SPOOL_ROOT = tmp_path / "spool"
    settings.FILE_UPLOAD_TEMP_DIR = str(settings.SPOOL_ROOT)
    settings.X_ACCEL_PREFIX = ""
    return tmp_path


def temporary(data, name="Alma Andersson.jpg"):
    """An upload as Django's handler leaves it: in the spool."""
    spool.folder()
    upload = TemporaryUploadedFile(name, "image/jpeg", len(data), None)
    upload.write(data)
    upload.flush()
    return upload


class World:
    """One preschool, its teacher, two children, and a holder that shows what the test puts into it."""

    def __init__(self):
        from people.models import Child, Organisation, Person, Unit

        self.organisation = Organisation.objects.create(name="Sjövik", country="SE")
        self.unit = Unit.objects.create(organisation=self.organisation, name="Tallen", kind="preschool")
        self.cecilia, self.astrid = (
            Person.objects.create_user(given_name=name, organisation=self.organisation)
            for name in ("Cecilia", "Astrid")
        )
        self.alma, self.bo = (
            Child.objects.create(organisation=self.organisation, given_name=name) for name in ("Alma", "Bo")
        )
        self.shown = {}

    def viewer(self, person, *, hat="staff", at=AT):
        from visibility.viewer import Hat, Strength, Viewer

        return Viewer(person=person, hat=Hat(hat), strength=Strength.SUBSTANTIAL, at=at)

    def take_in(self, data=None, *, by=None, at=AT, name="Alma Andersson.jpg", **options):
        from media_policy import services

        upload = temporary(samples.jpeg() if data is None else data, name)
        by = self.viewer(by or self.cecilia, at=at)
        return services.take_in(upload=upload, by=by, unit=self.unit, organisation=self.organisation, **options)

    def show(self, picture, *people):
        for person in people:
            self.shown.setdefault(person.pk, set()).add(picture.pk)

    def hide(self, picture, person):
        self.shown[person.pk].discard(picture.pk)

    def held(self, viewer):
        from media_policy.models import Picture

        return Picture.objects.filter(pk__in=self.shown.get(viewer.person.pk, ())).values("pk")


@pytest.fixture
def world(db, rooms, monkeypatch):
    monkeypatch.setattr(holders.pictures, "_known", {})
    made = World()
    holders.register("test", made.held)
    return made


class Reader(Client):
    """Reads every answer to its end, as a browser does, and keeps the bytes as `response.body`."""

    def request(self, **request):
        response = super().request(**request)
        response.body = b"".join(response.streaming_content) if response.streaming else response.content
        return response


@pytest.fixture
def client():
    return Reader()


@pytest.fixture
def sign_in(client):
    from visibility.middleware import HAT_KEY, STRENGTH_KEY

    def signed_in(person, hat="staff"):
        client.force_login(person)
        session = client.session
        session[HAT_KEY], session[STRENGTH_KEY] = hat, 2
        session.save()
        return client

    return signed_in


@pytest.fixture(scope="session")
def gateway():
    """A real object store for the whole run."""
    running = s3.start_gateway()
    yield running
    running.stop()


@pytest.fixture
def double(monkeypatch):
    """An object store in this process; it believes every signature."""
    from moto import mock_aws

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        yield


@pytest.fixture(params=["moto", s3.REAL])
def store(request, settings):
    """Children's pictures in a bucket of this test alone, on either store."""
    return s3.use(settings, f"pictures-{uuid.uuid4()}", s3.options_of(request.param, request))


@pytest.fixture
def real_store(settings, request):
    """Children's pictures in a bucket of this test alone, on the store that checks signatures."""
    return s3.use(settings, f"pictures-{uuid.uuid4()}", s3.options_of("radosgw", request))
