"""Making one package: copies and paper in a process of their own, then one stream into a zip that is whole or absent.

A worker that dies leaves copies behind and nothing else; the next takes the package over and goes on from them. Whoever
was slower finds that the package is not theirs any more, and leaves no trace.
"""

import io
import json
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from django.core.files.base import File
from django.utils import translation
from django.utils.translation import gettext as _

from media_policy import files, spool
from media_policy.clips.purposes import ClipPurpose
from media_policy.models import ClipFile, Derivative
from media_policy.purposes import Purpose
from transfers.models import Package, SigningKey
from transfers.packaging import bag, page, paper, record, workshop
from transfers.packaging.bag import Part, Stopped
from transfers.packaging.parcel import Parcel
from transfers.parts import Content
from transfers.services import keys

logger = logging.getLogger("transfers")

FOLDER: Final = "packages"
# How many files go by between two looks at whether to go on.
STRIDE: Final = 12
Going = Callable[[int], bool]


class Missing(Exception):
    """A film that belongs into the package is not in the storage."""


def folder(package: Package) -> Path:
    """Where one package is made: below the spool, which is for this site alone and is swept."""
    path = spool.folder() / FOLDER / package.public_id.hex
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


class Builder:
    """Builds what it is given; `going(n)` is told that n more files are done, and answers whether to go on."""

    def __init__(self, package: Package, key: SigningKey, going: Going) -> None:
        self.package, self.key, self.going = package, key, going
        self.folder = folder(package)

    def prepared(self, parcel: Parcel, opened: Callable[[], AbstractContextManager[Any]]) -> Parcel:
        """The parcel with every copy made and its paper set; a picture whose file is lost is left out of it.

        Raises Stopped, CannotBeMade, Lost, and OSError.
        """
        with opened() as shop:
            lost = self._copies(parcel, shop)
            if lost:
                parcel = replace(parcel, content=without(parcel.content, lost))
            self._paper(parcel, shop)
        return parcel

    def _copies(self, parcel: Parcel, shop: workshop.Workshop) -> set[Any]:
        lost = set()
        wanted = [picture.public_id for picture in parcel.content.pictures]
        names = dict(
            Derivative.objects.filter(
                picture__public_id__in=wanted, purpose=Purpose.FULL, picture__erased_at__isnull=True
            ).values_list("picture__public_id", "storage_name")
        )
        for public_id in wanted:
            target = self._copy_of(public_id)
            if not target.exists():
                try:
                    with _at_hand(names.get(public_id, ""), self.folder) as source:
                        shop.copy(source, target)
                except (FileNotFoundError, workshop.CannotBeMade):
                    logger.error("a picture of package %s cannot be copied", self.package.pk)
                    lost.add(public_id)
            self._go_on(1)
        return lost

    def _paper(self, parcel: Parcel, shop: workshop.Workshop) -> None:
        made = paper.Paper(parcel)
        told = made.told()
        with translation.override(parcel.language):
            replaced = _("A □ stands for a sign that this paper has no letter for. On the page it can be read.")
        by_name = {path: key for key, path in parcel.files.items()}
        given = {
            "template": paper.TEMPLATE, "words": told, "title": made.title, "language": parcel.language,
            "at": int(parcel.made_at.timestamp()), "side": paper.SIDE, "replaced": replaced,
            "pictures": {name: str(self._copy_of(by_name[name])) for name in made.pictures},
        }  # fmt: skip
        source = self.folder / "paper.json"
        with open(os.open(source, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(given, file)
        shop.set(source, self.folder / "log.pdf")
        source.unlink()
        self._go_on(1)

    def _copy_of(self, public_id: Any) -> Path:
        return self.folder / f"{public_id}.jpg"

    def parts(self, parcel: Parcel) -> Iterator[Part]:
        """Every file of the package in its order; each is opened when its turn comes."""
        small = {
            "index.html": page.page(parcel),
            "log.json": record.log(parcel),
            "log.schema.json": record.SCHEMA.read_bytes(),
            "receipt.json": record.receipt(parcel),
            **page.look(),
        }
        for path, octets in sorted(small.items()):
            yield Part(path, partial(io.BytesIO, octets))
        yield Part("log.pdf", partial(_made, self.folder / "log.pdf"))
        clips = {clip.public_id for clip in parcel.content.clips}
        names = dict(
            ClipFile.objects.filter(clip__public_id__in=clips, purpose=ClipPurpose.PLAY).values_list(
                "clip__public_id", "storage_name"
            )
        )
        for public_id, path in parcel.files.items():
            if public_id in clips:
                yield Part(path, partial(_streamed, names.get(public_id, "")))
            else:
                yield Part(path, partial(_made, self._copy_of(public_id)))

    def total(self, parcel: Parcel) -> int:
        """How many files there are to make and to put in."""
        media = len(list(parcel.content.pictures)), len(list(parcel.content.clips))
        return 2 * media[0] + media[1] + len(page.look()) + 6

    def written(self, parcel: Parcel, out: IO[bytes]) -> bag.Written:
        """The whole bag, into something that is written from its beginning to its end. Raises Stopped and OSError."""
        counted = 0

        def go_on() -> bool:
            nonlocal counted
            counted += 1
            return counted % STRIDE != 1 or self.going(STRIDE)

        return bag.write(
            out, name=parcel.name, parts=self.parts(parcel), info=_info(parcel), at=self.package.created_at,
            sign=lambda octets: keys.sign(self.key, octets), go_on=go_on,
        )  # fmt: skip

    def _go_on(self, files: int) -> None:
        if not self.going(files):
            raise Stopped

    def tidy(self) -> None:
        """Take away everything that was made on the way."""
        shutil.rmtree(self.folder, ignore_errors=True)


def without(content: Content, lost: set[Any]) -> Content:
    """The same content without some pictures, and without what pointed at them."""
    entries = [replace(one, pictures=[row for row in one.pictures if row.public_id not in lost])
               for one in content.entries]  # fmt: skip
    words = [replace(one, pictures=[row for row in one.pictures if row.public_id not in lost])
             for one in content.words]  # fmt: skip
    conferences = [
        replace(
            one,
            sections=[
                replace(part, asked=[
                    replace(asked, materials=[row for row in asked.materials if row.picture not in lost])
                    for asked in part.asked
                ])
                for part in one.sections
            ],
        )
        for one in content.conferences
    ]  # fmt: skip
    return replace(content, entries=entries, words=words, conferences=conferences)


@contextmanager
def zip_file(builder: Builder) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file of this try alone, gone when the block ends, unless it was moved away."""
    path = builder.folder / f"{secrets.token_hex(8)}.zip"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def put_away(path: Path) -> str:
    """The finished zip under a name of its own in the storage; moved where that is the same disk."""
    name, where = files.new_name("zip", FOLDER), files.storage()
    try:
        target = Path(where.path(name))
    except NotImplementedError:
        with path.open("rb") as opened:
            content: File[bytes] = File(opened)
            content.content_type = "application/zip"  # type: ignore[attr-defined]
            return where.save(name, content)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("rb") as opened:
        os.fsync(opened.fileno())
    try:
        path.replace(target)
    except OSError:  # another disk
        with path.open("rb") as opened:
            return where.save(name, File(opened))
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return name


@contextmanager
def _at_hand(name: str, beside: Path) -> Iterator[Path]:
    """The path of a stored file; one that lies elsewhere is fetched for as long as it is needed."""
    if not name:
        raise FileNotFoundError
    try:
        path = Path(files.storage().path(name))
    except NotImplementedError:
        path = beside / f"{secrets.token_hex(8)}.in"
        try:
            with _streamed(name) as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
            yield path
        finally:
            path.unlink(missing_ok=True)
        return
    if not path.is_file():
        raise FileNotFoundError
    yield path


def _made(path: Path) -> IO[bytes]:
    return path.open("rb")


def _streamed(name: str) -> IO[bytes]:
    if not name:
        raise Missing
    return files.opened(name)


def _info(parcel: Parcel) -> dict[str, str]:
    return {
        "Source-Organization": parcel.content.organisation,
        "External-Identifier": f"urn:uuid:{parcel.public_id}",
        "Internal-Sender-Description": "A learning log that goes along with one child; see data/index.html.",
    }
