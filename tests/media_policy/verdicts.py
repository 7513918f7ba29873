"""What becomes of one hostile file: "taken", "refused", or what is wrong in words. Asks no database."""

import io
from pathlib import Path

from tests.media_policy import samples

LARGEST_ANSWER = 2016


def pictures():
    """Small good files of every kind, each with another make-up; the last two are kinds that are not taken in."""
    tiny = samples.scene(48, 32)
    return [
        samples.jpeg(tiny),
        samples.jpeg(tiny, secrets=False, progressive=True),
        samples.jpeg(tiny.convert("CMYK"), secrets=False),
        samples.jpeg(tiny, profile=samples.wide(), tail=samples.small_jpeg()),
        samples.png(tiny),
        samples.png(tiny.convert("RGBA"), secrets=False, profile=samples.wide()),
        samples.png(tiny.convert("P"), secrets=False),
        samples.png_of_sixteen_bits([[(0x80FF,)] * 24] * 16, colours=1),
        samples.webp(tiny),
        samples.webp(tiny.convert("RGBA"), secrets=False, lossless=True),
        samples.heic(tiny),
        samples.heic(tiny.convert("RGBA"), secrets=False, profile=samples.wide()),
        saved(tiny, "AVIF"),
        saved(tiny, "GIF"),
    ]


def saved(image, name):
    out = io.BytesIO()
    image.save(out, name)
    return out.getvalue()


def clips():
    """A moment of film and sound in every container that phones and browsers use."""
    from tests.media_policy.clips import films

    return [
        films.android(0.3, "64x48"), films.phone(0.3, "64x48"), films.mute(0.3), films.memo(0.3), films.browser(0.3),
        films.recorded("ogg"), films.recorded("mp3"), films.recorded("flac"),
    ]  # fmt: skip


def set_rooms(folder: Path):
    """Folders of this process alone; and less patience than with a good film."""
    from django.conf import settings

    settings.SPOOL_ROOT = folder / "spool"
    settings.FILE_UPLOAD_TEMP_DIR = str(settings.SPOOL_ROOT)
    settings.CLIP_SECONDS_TO_MAKE = 20


def left_over():
    from media_policy import spool

    return sorted(path.name for path in spool.folder().rglob("*") if path.is_file())


def of_picture(data):
    from django.core.files.uploadedfile import TemporaryUploadedFile

    from media_policy import intake, spool
    from media_policy.refusal import Refused

    spool.folder()
    upload = TemporaryUploadedFile("a.jpg", "image/jpeg", len(data), None)
    upload.write(data)
    said = "taken"
    try:
        with spool.taken_out(upload) as raw:
            prepared = intake.prepare(raw)
    except Refused:
        said = "refused"
    except BaseException as failure:
        return f"{type(failure).__qualname__}: {failure}"
    if left := left_over():
        return f"left in the spool: {left}"
    return said if said == "refused" else _judged(prepared.pieces)


def _judged(pieces):
    from PIL import Image

    for purpose, piece in pieces.items():
        image = Image.open(io.BytesIO(piece.data))
        image.load()
        if image.size != (piece.width, piece.height) or max(image.size) > LARGEST_ANSWER or image.mode != "RGB":
            return f"{purpose} came out as {image.mode} {image.size}"
        if samples.mentions_a_secret(piece.data):
            return f"{purpose} carries a secret"
    return "taken"


def of_clip(data):
    from media_policy.clips import raw, workshop
    from media_policy.clips.refusal import ClipRefused

    name = raw.new_name()
    raw.write_at(name, 0, data)
    said = "taken"
    try:
        with raw.workplace(name) as folder:
            made = workshop.make(raw.path_of(name), folder, lambda done: None)
            said = _playable(made, folder)
    except ClipRefused:
        said = "refused"
    except BaseException as failure:
        return f"{type(failure).__qualname__}: {failure}"
    raw.remove(name)
    left = left_over()
    return f"left in the spool: {left}" if left else said


def _playable(made, folder):
    from PIL import Image

    from media_policy.clips.probe import probe

    for purpose, piece in made.pieces.items():
        data = piece.path.read_bytes()
        if samples.mentions_a_secret(data):
            return f"{purpose} carries a secret"
        if piece.content_type == "image/webp":
            with Image.open(io.BytesIO(data), formats=("WEBP",)) as image:
                image.load()
        else:
            probe(piece.path, folder)
    return "taken"
