"""An upload that is far larger than a package can be is not written to the disk first."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler


class AtMost(FileUploadHandler):
    """Passes on so many bytes of a file and one more, by which the reader sees that it is too large; drops the rest."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        left = self.most + 1 - start
        return raw_data[:left] if left > 0 else None

    def file_complete(self, file_size: int) -> Any:
        return None
