"""Two object stores for the same tests: a double in this process, and a real one that checks signatures."""

import pytest
from django.core.files.storage import storages

from tests.media_policy import radosgw

REAL = pytest.param("radosgw", marks=pytest.mark.storage)


def options_of(kind, request):
    """The storage's options for one kind of store, started when it is first asked for."""
    if kind == "moto":
        request.getfixturevalue("double")
        return {"access_key": "a", "secret_key": "b", "region_name": "eu-north-1"}
    gateway = request.getfixturevalue("gateway")
    return {
        "access_key": gateway.access_key,
        "secret_key": gateway.secret_key,
        "region_name": "eu-north-1",
        "endpoint_url": gateway.endpoint,
    }


def use(settings, bucket, options):
    """Make the bucket and let children's pictures lie there from now on."""
    children = {"BACKEND": "ground.storage.PrivateS3Storage", "OPTIONS": {"bucket_name": bucket, **options}}
    settings.STORAGES = {**settings.STORAGES, "children": children}
    storage = storages["children"]
    where = {} if "endpoint_url" in options else {"CreateBucketConfiguration": {"LocationConstraint": "eu-north-1"}}
    storage.bucket.create(**where)
    return storage


def start_gateway():
    """The real store, or a skip where it is not installed (where the suite is complete, a skip is a failure)."""
    if radosgw.missing():
        pytest.skip(f"needs {', '.join(radosgw.missing())}: apt-get install {radosgw.PACKAGES}")
    return radosgw.Gateway().start()
