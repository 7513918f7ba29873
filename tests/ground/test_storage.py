import os
import stat
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile
from moto import mock_aws

from ground.storage import NoAddress, PrivateFileSystemStorage


@pytest.fixture
def storage(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return PrivateFileSystemStorage()


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def test_files_and_folders_are_the_site_s_own(storage):
    old = os.umask(0)
    try:
        name = storage.save("ab/cd/picture.webp", ContentFile(b"x"))
    finally:
        os.umask(old)
    assert mode(storage.path(name)) == 0o600
    for folder in ("", "ab", "ab/cd"):
        assert mode(storage.path(folder)) == 0o700


def test_a_file_moved_in_from_an_upload_is_private_too(storage, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    upload = TemporaryUploadedFile("x.jpg", "image/jpeg", 3, None)
    upload.write(b"abc")
    upload.seek(0)
    os.chmod(upload.temporary_file_path(), 0o644)
    name = storage.save("x", upload)
    assert mode(storage.path(name)) == 0o600
    with storage.open(name) as file:
        assert file.read() == b"abc"
    upload.file.close_called = True
    upload.close()


def test_a_private_file_has_no_address(storage):
    name = storage.save("x", ContentFile(b"x"))
    with pytest.raises(NoAddress):
        storage.url(name)
    with pytest.raises(NoAddress):
        storage.url(None)


def test_names_cannot_climb_out(storage):
    for name in ("../x", "/etc/passwd", "a/../../x"):
        with pytest.raises(SuspiciousFileOperation):
            storage.save(name, ContentFile(b"x"))


def test_a_name_that_is_taken_is_not_written_over(storage):
    first, second = (storage.save("x", ContentFile(words)) for words in (b"1", b"2"))
    assert first != second
    with storage.open(first) as file:
        assert file.read() == b"1"


def test_bytes_are_on_the_disk_before_a_row_can_name_them(storage, monkeypatch):
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append(os.readlink(f"/proc/self/fd/{handle}")))
    name = storage.save("ab/x", ContentFile(b"x"))
    assert flushed == [storage.path(name), storage.path("ab")]


def test_the_site_s_default_storage_has_no_addresses():
    for alias in ("default", "children"):
        with pytest.raises(NoAddress):
            storages[alias].url("x")


def test_s3_is_not_loaded_where_it_is_not_used():
    code = "import sys, ground.storage; sys.exit('boto3' in sys.modules or 'storages' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_module_has_only_what_it_has():
    import ground.storage

    with pytest.raises(AttributeError, match="PublicStorage"):
        ground.storage.PublicStorage  # noqa: B018


@pytest.fixture
def bucket(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="eu-north-1").create_bucket(
            Bucket="children", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"}
        )
        yield storages.create_storage(
            {
                "BACKEND": "ground.storage.PrivateS3Storage",
                "OPTIONS": {"bucket_name": "children", "region_name": "eu-north-1", "location": "media"},
            }
        )


def test_files_go_to_s3_and_come_back(bucket):
    name = bucket.save("ab/x.webp", ContentFile(b"picture"))
    with bucket.open(name) as file:
        assert file.read() == b"picture"
    assert bucket.save("ab/x.webp", ContentFile(b"other")) != name
    bucket.delete(name)
    assert not bucket.exists(name)


def test_s3_gives_no_addresses_but_short_lived_signed_ones(bucket):
    with pytest.raises(NoAddress):
        bucket.url("x")
    address = urlsplit(bucket.presigned("ab/x.webp", seconds=30))
    query = parse_qs(address.query)
    assert address.path == "/children/media/ab/x.webp"
    assert query["X-Amz-Expires"] == ["30"]
    assert query["X-Amz-Signature"]
    for seconds in (0, -1, 301):
        with pytest.raises(ValueError, match="1 to 300"):
            bucket.presigned("x", seconds=seconds)


def test_s3_is_asked_in_the_way_that_other_servers_understand(bucket):
    config = bucket.client_config
    assert config.s3["addressing_style"] == "path"
    assert config.signature_version == "s3v4"
    assert config.request_checksum_calculation == "when_required"
    assert config.response_checksum_validation == "when_required"
    assert (bucket.default_acl, bucket.querystring_auth, bucket.custom_domain) == (None, True, None)
