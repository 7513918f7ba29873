"""`manage.py transfer preview|send|revoke|verify`: a transfer from the operator's side, without a word of a child."""

import json
import uuid
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from access.recordings.services import NotPossible
from ground.clock import now
from transfers import content, receiving, verify, windows
from transfers.models import Handover, Package
from transfers.services import keys, links, making, packages

NOTHING, UNKNOWN = 3, 1
MOST_DOWNLOADS = 1000


class Command(BaseCommand):
    help = (
        "Looks at a transfer, makes and hands over its package, takes one back, or verifies one. Exit codes: 0 it is "
        "done, or would be; 3 nothing may go, or the package is not as it was packed; 1 what was named is unknown or "
        "failed; 2 the command was called wrongly. What it prints names no child."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="preview|send|revoke|verify")
        preview = actions.add_parser("preview", help="say how much would go now, and why nothing would")
        preview.add_argument("handover", help="the transfer's public id, as it stands in its address")
        preview.add_argument("--json", action="store_true", help="as JSON")
        send = actions.add_parser("send", help="make the package here and now, and print its link and its code")
        send.add_argument("handover", help="the transfer's public id")
        send.add_argument("--for", dest="made_for", default="", help="who gets it; the school's name by itself")
        send.add_argument("--language", default="", help="of the words around the log; the organisation's by itself")
        send.add_argument("--days", type=int, default=links.LASTS.days, help="how long the link lasts")
        send.add_argument("--downloads", type=int, default=links.MOST_DOWNLOADS, help="how often it may be fetched")
        revoke = actions.add_parser("revoke", help="take a package back: its file and its link are gone")
        revoke.add_argument("package", help="the package's public id")
        for one in (send, revoke):
            one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        check = actions.add_parser("verify", help="whether a file is as it was packed and signed here")
        check.add_argument("file", type=Path, help="the package, a .zip")
        check.add_argument("--keys", type=Path, help="keys from elsewhere (JWK set); those of this site by itself")

    @translation.override("en")
    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(**options)

    def _preview(self, *, handover: str, json: bool, **options: Any) -> None:
        told = self._told(_handover(handover))
        self.stdout.write(_json(told) if json else "\n".join(f"{name}: {value}" for name, value in told.items()))
        if not told["may go"]:
            raise SystemExit(NOTHING)

    def _told(self, row: Handover) -> dict[str, Any]:
        at = now()
        log, conferences = receiving.chosen(row, at)
        days = windows.effective(row)
        counts = content.of_handover(row, None, at).counts
        return {
            "transfer": str(row.public_id),
            "may go": receiving.may_receive(row, at),
            "log chosen": log,
            "conferences chosen": conferences,
            "first day": row.first_day.isoformat(),
            "from": days.starts.isoformat() if days else None,
            "until, not including": days.until.isoformat() if days else None,
            **counts,
        }

    def _send(
        self, *, handover: str, made_for: str, language: str, days: int, downloads: int, dry_run: bool, **options: Any
    ) -> None:
        row = _handover(handover)
        if not (1 <= days <= packages.KEPT.days and 1 <= downloads <= MOST_DOWNLOADS):
            raise CommandError(
                f"A link lasts 1 to {packages.KEPT.days} days, and is good for 1 to {MOST_DOWNLOADS} downloads.",
                returncode=2,
            )
        if dry_run:
            self._preview(handover=handover, json=False)
            self.stdout.write("Nothing was made: this was a dry run.")
            return
        try:
            package = packages.for_handover(
                handover=row, made_for=made_for or row.receiver_name or (row.unit.name if row.unit else ""),
                language=language or row.child.organisation.language, by=None, at=now(),
            )  # fmt: skip
            if package.state != Package.State.READY:
                making.make(package_id=package.pk, now=now)
            link = links.hand_over(
                package=package, by=None, at=now(), lasts=timedelta(days=days), most_downloads=downloads
            )
        except NotPossible as reason:
            self.stderr.write(f"Nothing was handed over: {reason}.")
            raise SystemExit(NOTHING) from None
        self.stdout.write(f"package: {link.package.public_id}")
        self.stdout.write(f"link: {links.address(link.package)}")
        self.stdout.write(f"code, to be told by another way: {link.spoken}")
        self.stdout.write(f"until: {link.package.expires_at:%Y-%m-%d %H:%M} UTC, {downloads} downloads")

    def _revoke(self, *, package: str, dry_run: bool, **options: Any) -> None:
        row = Package.objects.filter(public_id=_key(package)).first()
        if row is None:
            raise CommandError("There is no such package.", returncode=UNKNOWN)
        said = f"It was fetched {row.downloads} times before; those copies cannot be called back."
        if dry_run:
            self.stdout.write(f"It is {row.state}. {said} Nothing was changed: this was a dry run.")
            return
        packages.revoke(package=row, by=None, at=now())
        self.stdout.write(f"Revoked. {said}")

    def _verify(self, *, file: Path, keys: Path | None, **options: Any) -> None:
        try:
            known = json.loads(keys.read_text(encoding="utf-8"))["keys"] if keys else _own_keys()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"The keys cannot be read: {error}", returncode=2) from None
        report = verify.verify(file, known)
        for wrong in report.wrong:
            self.stderr.write(wrong)
        if report.wrong:
            self.stderr.write("NOT as it was packed.")
            raise SystemExit(NOTHING)
        self.stdout.write(f"{report.files} files are as they were packed. Signed by {report.kid}.")


def _own_keys() -> list[dict[str, Any]]:
    return list(keys.published()["keys"])


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=1)


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise CommandError("A public id looks like 7c9e6679-7425-40de-944b-e07fc1f90ae7.", returncode=2) from None


def _handover(text: str) -> Handover:
    rows = Handover.objects.select_related("child__organisation", "unit")
    row: Handover | None = rows.filter(public_id=_key(text), child__blocked_at__isnull=True).first()
    if row is None:
        raise CommandError("There is no such transfer.", returncode=UNKNOWN)
    return row
