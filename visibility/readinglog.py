"""Writing, sealing, verifying and lawfully erasing the reading log."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from people.models import Child
from visibility.models import ErasureReceipt, ReadingBlock, ReadingChild, ReadingLine, SealedLine
from visibility.viewer import Viewer

GENESIS = "0" * 64
LINES_PER_BLOCK = 500


def _sha256(*parts: str) -> str:
    """Over parts of which none can hold the separator."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def digest_of(line: ReadingLine, child_digests: Iterable[str]) -> str:
    """What a line's `digest` must be, from its salt, its content and the digests of its children."""
    return _sha256(
        line.salt,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(line.organisation_id),
        str(line.person_id),
        line.hat,
        line.what,
        str(line.about),
        *sorted(child_digests),
    )


def child_digest_of(row: ReadingChild) -> str:
    return _sha256(row.salt, str(row.child_id))


def record(*, viewer: Viewer, what: str, about: uuid.UUID | None = None, child_ids: Iterable[int] = ()) -> ReadingLine:
    """Write one line: this person opened this, about these children. Two inserts, whatever the number of children."""
    line = ReadingLine(
        at=viewer.at,
        organisation_id=viewer.person.organisation_id,
        person=viewer.person,
        hat=viewer.hat,
        what=what,
        about=about,
        salt=secrets.token_hex(16),
    )
    children = [
        ReadingChild(line=line, child_id=pk, at=viewer.at, salt=secrets.token_hex(16)) for pk in sorted(set(child_ids))
    ]
    for child in children:
        child.digest = child_digest_of(child)
    line.digest = digest_of(line, [child.digest for child in children])
    with transaction.atomic():
        line.save(force_insert=True)
        for child in children:
            child.line = line
        ReadingChild.objects.bulk_create(children)
    return line


def _block_hash(previous: str, digests: Iterable[str]) -> str:
    return _sha256(previous, *digests)


def seal(*, at: datetime) -> int:
    """Chain all committed lines that no block holds yet; how many were sealed.

    Picks lines by not being sealed, never by a range of ids: a slow transaction may commit a lower id later.
    """
    sealed = 0
    while True:
        with transaction.atomic():
            last = ReadingBlock.objects.select_for_update().order_by("-number").first()
            lines = list(
                ReadingLine.objects.filter(sealed__isnull=True)
                .order_by("pk")
                .values_list("pk", "digest")[:LINES_PER_BLOCK]
            )
            if not lines:
                return sealed
            previous = last.hash if last else GENESIS
            block = ReadingBlock.objects.create(
                number=last.number + 1 if last else 1,
                sealed_at=at,
                previous=previous,
                hash=_block_hash(previous, [digest for _, digest in lines]),
            )
            SealedLine.objects.bulk_create(
                SealedLine(block=block, position=position, line_id=pk) for position, (pk, _) in enumerate(lines)
            )
        _write_anchor(block)
        sealed += len(lines)


def _write_anchor(block: ReadingBlock) -> None:
    path = settings.READING_LOG_ANCHOR
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as anchor:
        anchor.write(f"{block.number} {block.hash}\n")


@dataclass
class Verdict:
    blocks: int = 0
    lines: int = 0
    erased: int = 0
    waiting: int = 0
    faults: list[str] = field(default_factory=list)


def verify() -> Verdict:
    """Walk the whole chain and say what does not fit: altered, missing or moved lines, broken links, a lost end."""
    verdict = Verdict(waiting=ReadingLine.objects.filter(sealed__isnull=True).count())
    previous, number, hashes = GENESIS, 0, {}
    for block in ReadingBlock.objects.order_by("number").iterator():
        number += 1
        if block.number != number or block.previous != previous:
            verdict.faults.append(f"Block {block.number} does not follow the one before.")
            number = block.number
        digests = _verified_digests(block, verdict)
        if _block_hash(block.previous, digests) != block.hash:
            verdict.faults.append(f"Block {block.number} does not match its lines.")
        previous = hashes[block.number] = block.hash
        verdict.blocks += 1
    _verify_anchor(hashes, verdict)
    return verdict


def _verified_digests(block: ReadingBlock, verdict: Verdict) -> list[str]:
    digests = []
    sealed = block.lines.order_by("position").select_related("line").prefetch_related("line__children")
    for member in sealed:
        line = member.line
        verdict.lines += 1
        digests.append(line.digest)
        children = list(line.children.all())
        if any(not row.erased_at and child_digest_of(row) != row.digest for row in children):
            verdict.faults.append(f"Line {line.pk} names another child than it did.")
        if line.erased_at:
            verdict.erased += 1
        elif digest_of(line, [row.digest for row in children]) != line.digest:
            verdict.faults.append(f"Line {line.pk} was altered.")
    return digests


def _verify_anchor(hashes: dict[int, str], verdict: Verdict) -> None:
    path = settings.READING_LOG_ANCHOR
    anchored = dict(row.split(" ", 1) for row in path.read_text().splitlines()) if path.exists() else {}
    for number, expected in anchored.items():
        if hashes.get(int(number)) != expected:
            verdict.faults.append(f"Block {number} is not the one that was written outside the database.")
    missing = set(hashes) - {int(number) for number in anchored}
    if missing:
        verdict.faults.append(f"{len(missing)} blocks were never written outside the database.")


def erase(*, lines: Iterable[ReadingLine], at: datetime, because: str) -> int:
    """Empty these lines lawfully: content, salt and children go, the digest stays, the receipt says why."""
    emptied = 0
    with transaction.atomic():
        for line in lines:
            done = ReadingLine.objects.filter(pk=line.pk, erased_at__isnull=True).update(
                organisation=None, person=None, hat="", what="", about=None, salt="", erased_at=at
            )
            if done:
                _empty(ReadingChild.objects.filter(line=line), at)
                ErasureReceipt.objects.create(line=line, at=at, because=because)
                emptied += done
    return emptied


def erase_child(*, child: Child, at: datetime, because: str) -> int:
    """Empty every line that is about this child alone, and take the child out of those about several."""
    with transaction.atomic():
        mine = ReadingChild.objects.filter(child=child)
        others = ReadingChild.objects.filter(line=OuterRef("pk"), child__isnull=False).exclude(child=child)
        alone = ReadingLine.objects.filter(pk__in=mine.values("line")).exclude(Exists(others)).order_by("pk")
        emptied = erase(lines=list(alone), at=at, because=because)
        return emptied + _empty(mine, at)


def _empty(rows: QuerySet[ReadingChild], at: datetime) -> int:
    return rows.filter(erased_at__isnull=True).update(child=None, salt="", erased_at=at)
