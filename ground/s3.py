"""Private files on S3 or a server that speaks it. Named in settings as ground.storage.PrivateS3Storage."""

from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from ground.storage import Addressless

LONGEST_SECONDS = 300
# What servers answer that speak S3 and have never heard of versions.
_NO_VERSIONS = {"NotImplemented", "MethodNotAllowed", "501", "405"}


class PrivateS3Storage(Addressless, S3Storage):
    """A private bucket; the only addresses it gives are short-lived and for the web server in front of us."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "querystring_auth": True,
            "default_acl": None,
            "custom_domain": None,
            "file_overwrite": False,
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Servers other than Amazon's refuse the checksums that boto3 otherwise adds by itself.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }

    def delete(self, name: str) -> None:
        """Delete a file, and with it every version and every mark of a deletion that the bucket keeps of it."""
        key = self._normalize_name(clean_name(name))
        try:
            # A plain delete in a bucket with versions only hides the file.
            for version in self.bucket.object_versions.filter(Prefix=key):
                if version.object_key == key:
                    version.delete()
        except ClientError as failure:
            if failure.response.get("Error", {}).get("Code") not in _NO_VERSIONS:
                raise
            super().delete(name)

    def presigned(self, name: str, *, seconds: int) -> str:
        """An address of one file that dies after so many seconds (at most 300), for X-Accel-Redirect alone."""
        if not 0 < seconds <= LONGEST_SECONDS:
            raise ValueError(f"A presigned address lives 1 to {LONGEST_SECONDS} seconds.")
        return str(S3Storage.url(self, name, expire=seconds))
