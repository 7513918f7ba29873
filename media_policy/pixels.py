"""From a decoder to one upright master of bounded size, with never more than one decoded original in memory.

Originals of at least twice the master's size are taken in bands: each band is made plain, shrunk by a whole factor and
laid into the smaller picture, so that flattening 64 megapixels of alpha does not need them a second time.
"""

import io
from collections.abc import Callable
from typing import Any, NamedTuple

import pillow_heif
from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from media_policy.containers import Found, Kind

MASTER_SIDE = 2016
# A decoder that halves may stop here: 4000 pixels give 2000, not 4000 that are then shrunk.
ENOUGH_FOR_MASTER = 1920
_BAND = 256
_HIGHEST_EIGHT = [value >> 8 for value in range(65536)]

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DECODERS: dict[Kind, type[ImageFile.ImageFile]] = {
    Kind.JPEG: JpegImagePlugin.JpegImageFile,
    Kind.PNG: PngImagePlugin.PngImageFile,
    Kind.WEBP: WebPImagePlugin.WebPImageFile,
}


class Rows(NamedTuple):
    """Decoded pixels that give any stretch of their rows as a picture."""

    width: int
    height: int
    take: Callable[[int, int], Image.Image]


class Source(NamedTuple):
    rows: Rows
    icc: bytes
    exif: bytes


def decode(found: Found) -> Source:
    """Decode once; a JPEG at the smallest of its natural sizes that is still enough for the master."""
    if found.kind is Kind.HEIF:
        return _decode_heif(found)
    image = _DECODERS[found.kind](io.BytesIO(found.body))
    if found.kind is Kind.JPEG:
        image.draft(None, _box(found.width, found.height))
    image.load()

    def take(top: int, bottom: int) -> Image.Image:
        if top == 0 and bottom == image.height:
            return image
        return image.crop((0, top, image.width, bottom))

    return Source(Rows(image.width, image.height, take), found.icc, found.exif)


def _box(width: int, height: int) -> tuple[int, int]:
    """The box of the picture's own shape below which the decoder must not go; 1 where a strip is thinner than that."""
    scale = min(1.0, ENOUGH_FOR_MASTER / max(width, height))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _decode_heif(found: Found) -> Source:
    file = pillow_heif.HeifFile(io.BytesIO(found.body), convert_hdr_to_8bit=True)
    picture = file[file.primary_index]
    if picture.size[0] * picture.size[1] > found.width * found.height:
        raise ValueError("a picture larger than its properties say")
    data = memoryview(picture.data)
    (width, height), stride, mode = picture.size, picture.stride, picture.mode

    def take(top: int, bottom: int) -> Image.Image:
        part = data[top * stride : bottom * stride]
        # A view, not a copy: Pillow takes any buffer, whatever its annotation says.
        return Image.frombuffer(mode, (width, bottom - top), part, "raw", mode, stride, 1)  # type: ignore[arg-type]

    info: dict[str, Any] = picture.info
    exif: bytes = info.get("exif") or b""
    # The library has turned the picture already, so its orientation flag must not be obeyed again.
    return Source(Rows(width, height, take), info.get("icc_profile") or b"", exif.removeprefix(b"Exif\x00\x00"))


def shrink(rows: Rows) -> Image.Image:
    """The whole picture without alpha, at most MASTER_SIDE on its long side, in L, RGB or CMYK."""
    factor = max(1, max(rows.width, rows.height) // MASTER_SIDE)
    image = plain(rows.take(0, rows.height)) if factor == 1 else _in_bands(rows, factor)
    return fit(image, MASTER_SIDE)


def _in_bands(rows: Rows, factor: int) -> Image.Image:
    step = max(factor, _BAND // factor * factor)
    bands = (
        (top // factor, plain(rows.take(top, min(top + step, rows.height))).reduce(factor))
        for top in range(0, rows.height, step)
    )
    first_row, first = next(bands)
    whole = Image.new(first.mode, (first.width, -(-rows.height // factor)))
    whole.paste(first, (0, first_row))
    for row, band in bands:
        whole.paste(band, (0, row))
    return whole


def plain(image: Image.Image) -> Image.Image:
    """Eight bits a channel and no alpha: what was transparent lies on white."""
    if image.mode in {"L", "RGB", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode in {"I", "I;16", "I;16B", "I;16L"}:
        # Pillow would clip sixteen bits to eight; the highest eight are what the eye sees.
        return image.convert("I").point(_HIGHEST_EIGHT, "L")
    if image.mode in {"1", "YCbCr"}:
        return image.convert("L" if image.mode == "1" else "RGB")
    layered = image if image.mode in {"RGBA", "RGBa"} else image.convert("RGBA")
    if layered.mode == "RGBa":
        layered = layered.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(layered.convert("RGB"), mask=layered.getchannel("A"))
    return ground


def fit(image: Image.Image, side: int) -> Image.Image:
    """The picture, or a smaller copy whose long side is the given one."""
    longest = max(image.size)
    if longest <= side:
        return image
    size = (max(1, round(image.width * side / longest)), max(1, round(image.height * side / longest)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turned and mirrored as the camera's flag says."""
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)
