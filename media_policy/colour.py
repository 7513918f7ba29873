"""Every picture leaves here as plain sRGB, whatever colours it came in."""

import io

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_SPACE_OF_MODE = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}


def to_srgb(image: Image.Image, icc: bytes) -> Image.Image:
    """An RGB copy in sRGB; a profile that is broken, or made for other channels, is as none."""
    profile = _profile(icc, image.mode)
    if profile is not None:
        try:
            turned = ImageCms.profileToProfile(
                image, profile, _SRGB, renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            turned = None
        if turned is not None:
            return turned
    return image if image.mode == "RGB" else image.convert("RGB")


def _profile(icc: bytes, mode: str) -> ImageCms.ImageCmsProfile | None:
    if not icc:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        space = profile.profile.xcolor_space.strip()
        name = ImageCms.getProfileDescription(profile)
    except (OSError, ImageCms.PyCMSError, AttributeError):
        return None
    if space != _SPACE_OF_MODE.get(mode):
        return None
    # Most phones say sRGB in words of their own; turning sRGB into itself would only cost time.
    return None if mode == "RGB" and name.startswith("sRGB") else profile
