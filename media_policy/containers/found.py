"""What a walk through a file found."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIF = "heif"


@dataclass(frozen=True, slots=True)
class Found:
    kind: Kind
    width: int
    height: int
    body: bytes  # for the decoder: the pixels and what they need, nothing else (HEIF: the file as it came)
    icc: bytes = b""
    exif: bytes = b""  # a TIFF block, without the "Exif" heading
