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
        try:
            with transaction.atomic():
                block, size = _next_block(at)
        except _Overtaken:
            return sealed
        _write_anchors()
        if block is None:
            return sealed
        sealed += size


class _Overtaken(Exception):
    """Another process is sealing the same lines; it will have them all."""


def _next_block(at: datetime) -> tuple[ReadingBlock | None, int]:
    last = ReadingBlock.objects.select_for_update().order_by("-number").first()
    unsealed = ReadingLine.objects.filter(sealed__isnull=True).order_by("pk")
    lines = list(unsealed.values_list("pk", "digest")[:LINES_PER_BLOCK])
    if not lines:
        return None, 0
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    found, made = ReadingBlock.objects.get_or_create(
        number=number,
        defaults={
            "sealed_at": at,
            "previous": previous,
            "hash": _block_hash(previous, [digest for _, digest in lines]),
        },
    )
    if not made:
        raise _Overtaken
    SealedLine.objects.bulk_create(
        SealedLine(block=found, position=position, line_id=pk) for position, (pk, _) in enumerate(lines)
    )
    return found, len(lines)


def _anchors() -> list[tuple[int, str]]:
    """(number, hash) of every block that was written outside the database, in the order of writing."""
    path = settings.READING_LOG_ANCHOR
    rows = [row.split(" ", 1) for row in path.read_text().splitlines()] if path.exists() else []
    return [(int(number), hashed) for number, hashed in rows]


def _write_anchors() -> None:
    """Write outside what is newer than the last written: also what a crash left between sealing and writing."""
    newest = max((number for number, _ in _anchors()), default=0)
    path = settings.READING_LOG_ANCHOR
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as anchor:
        for block in ReadingBlock.objects.filter(number__gt=newest).order_by("number"):
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
    verdict = Verdict()
    for line in ReadingLine.objects.filter(sealed__isnull=True).prefetch_related("children").order_by("pk"):
        verdict.waiting += 1
        _verify_line(line, verdict)
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
    _verify_anchors(hashes, verdict)
    return verdict


def _verified_digests(block: ReadingBlock, verdict: Verdict) -> list[str]:
    digests = []
    sealed = block.lines.order_by("position").select_related("line__receipt").prefetch_related("line__children")
    for member in sealed:
        verdict.lines += 1
        digests.append(member.line.digest)
        _verify_line(member.line, verdict)
    return digests


def _verify_line(line: ReadingLine, verdict: Verdict) -> None:
    children = list(line.children.all())
    rows: list[ReadingLine | ReadingChild] = [line, *children]
    emptied = [row for row in rows if row.erased_at]
    # Emptying is the one change that the database lets through; without its receipt it is an alteration.
    if emptied and not hasattr(line, "receipt"):
        verdict.faults.append(f"Line {line.pk} was emptied without a receipt.")
    if any(row.salt or getattr(row, "child_id", None) or getattr(row, "person_id", None) for row in emptied):
        verdict.faults.append(f"Line {line.pk} was said to be emptied, and is not.")
    if any(not row.erased_at and child_digest_of(row) != row.digest for row in children):
        verdict.faults.append(f"Line {line.pk} names another child than it did.")
    if line.erased_at:
        verdict.erased += 1
    elif digest_of(line, [row.digest for row in children]) != line.digest:
        verdict.faults.append(f"Line {line.pk} was altered.")


def _verify_anchors(hashes: dict[int, str], verdict: Verdict) -> None:
    anchored = _anchors()
    # Every row counts, not only the newest of a number: a block sealed twice is a block that was replaced.
    for number in sorted({number for number, hashed in anchored if hashes.get(number) != hashed}):
        verdict.faults.append(f"Block {number} is not the one that was written outside the database.")
    missing = set(hashes) - {number for number, _ in anchored}
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
                _receipt(line, at, because)
                emptied += done
    return emptied


def erase_child(*, child: Child, at: datetime, because: str) -> int:
    """Empty every line that is about this child alone, and take the child out of those about several."""
    with transaction.atomic():
        mine = ReadingChild.objects.filter(child=child)
        others = ReadingChild.objects.filter(line=OuterRef("pk"), child__isnull=False).exclude(child=child)
        lines = ReadingLine.objects.filter(pk__in=mine.values("line")).order_by("pk")
        emptied = erase(lines=list(lines.exclude(Exists(others))), at=at, because=because)
        for line in lines:
            _receipt(line, at, because)
        return emptied + _empty(mine, at)


def _receipt(line: ReadingLine, at: datetime, because: str) -> None:
    """One receipt a line: the first says why it was opened at all."""
    ErasureReceipt.objects.get_or_create(line=line, defaults={"at": at, "because": because})


def _empty(rows: QuerySet[ReadingChild], at: datetime) -> int:
    return rows.filter(erased_at__isnull=True).update(child=None, salt="", erased_at=at)
