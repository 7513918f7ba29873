"""Codes on paper for who has no e-ID: handed over in person, good once and for some days; only a keyed hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet

from access.models import OpenSession, SignInCode, SignInSetting
from access.signing import session, sides, totp
from ground.fields import keyed_hash
from people.models import AccessEvent, Guardianship, Organisation, Person
from visibility.viewer import Hat

# Nothing that looks like something else on paper, and no vowels, so that no words come about.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ2346789"
LENGTH, GROUP = 12, 4
CHANGES_SHOWN = 10
# How a session says that it began by what a paper opened.
WAYS = ("password", "passkey")
PLAIN_NAME = ("ba", "de", "fi", "go", "ha", "ki", "la", "me", "no", "pe", "ri", "sa", "ti", "vo", "lu", "mo")


class WrongCode(Exception):
    """The six digits from the app are not the right ones."""


@dataclass(frozen=True)
class Letter:
    """What stands on the paper; the code is nowhere else."""

    row: SignInCode
    code: str


def allowed(organisation: Organisation) -> bool:
    """Whether guardians may come in without an e-ID; by itself yes, but not in Norway."""
    setting = SignInSetting.objects.filter(organisation=organisation).first()
    return setting.without_e_id if setting else organisation.country != Organisation.Country.NORWAY


@transaction.atomic
def allow(*, organisation: Organisation, without_e_id: bool, at: datetime, by: Person) -> None:
    """Open or close the way without an e-ID for the guardians of an organisation.

    When it closes, codes not yet used end with it, and so does what is signed in by it.
    """
    before = allowed(organisation)
    SignInSetting.objects.update_or_create(
        organisation=organisation, defaults={"without_e_id": without_e_id, "changed_at": at}
    )
    if not without_e_id:
        unused = SignInCode.objects.filter(used_at__isnull=True, void_at__isnull=True, hat=Hat.GUARDIAN)
        unused.filter(person__organisation=organisation).update(void_at=at)
        by_it = OpenSession.objects.filter(person__organisation=organisation, hat=Hat.GUARDIAN, way__in=WAYS)
        session.end(by_it)
    AccessEvent.objects.create(
        what=AccessEvent.What.SETTING, organisation=organisation, at=at, by=by,
        before={"without_e_id": before}, after={"without_e_id": without_e_id},
    )  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One time that the way was opened or closed."""

    at: datetime
    by: str
    opened: bool


def changes(organisation: Organisation) -> list[Change]:
    """The last times that the way was opened or closed, newest first."""
    rows = AccessEvent.objects.filter(
        what=AccessEvent.What.SETTING, organisation=organisation, after__has_key="without_e_id"
    )
    newest = rows.select_related("by").order_by("-at", "-pk")[:CHANGES_SHOWN]
    return [Change(row.at, row.by.get_full_name() if row.by else "", row.after["without_e_id"]) for row in newest]


def plain(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def _hash(code: str) -> str:
    return keyed_hash(plain(code), purpose="sign-in-code")


@transaction.atomic
def make(*, person: Person, hat: Hat, identified: str, by: Person, at: datetime) -> Letter:
    """Make a code for somebody who stands here and has been identified; one made before is void."""
    if not person.has_usable_password() and not person.login.isalpha():
        _give_name(person)
    _open_codes(person).update(void_at=at)
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    row = SignInCode.objects.create(
        person=person, hat=hat, code_hash=_hash(drawn), identified=identified, made_by=by, made_at=at,
        ends_at=at + timedelta(days=settings.SIGN_IN_CODE_DAYS),
    )  # fmt: skip
    _event(person, at, by, {"code": "made", "hat": hat.value, "identified": identified, "ends_at": str(row.ends_at)})
    return Letter(row, "-".join(drawn[start : start + GROUP] for start in range(0, LENGTH, GROUP)))


def _give_name(person: Person) -> None:
    """A name to sign in with that can be said aloud and says nothing of its bearer."""
    while True:
        name = "".join(secrets.choice(PLAIN_NAME) for _ in range(5))
        if not Person.objects.filter(login=name).exists():
            break
    person.login = name
    person.save(update_fields=["login"])


def _open_codes(person: Person) -> QuerySet[SignInCode]:
    return SignInCode.objects.filter(person=person, used_at__isnull=True, void_at__isnull=True)


def _event(person: Person, at: datetime, by: Person | None, after: dict[str, str]) -> None:
    if person.organisation is not None:
        AccessEvent.objects.create(
            what=AccessEvent.What.NOTED, organisation=person.organisation, at=at, by=by, person=person, after=after
        )


def find(code: str, *, at: datetime) -> SignInCode | None:
    """The code that somebody typed, while it is good."""
    if len(plain(code)) != LENGTH:
        return None
    return _good(at).filter(code_hash=_hash(code)).first()


def by_key(key: str, *, at: datetime) -> SignInCode | None:
    """The code that a browser has shown already, while it is good."""
    return _good(at).filter(public_id=key).first()


def _good(at: datetime) -> QuerySet[SignInCode]:
    good = SignInCode.objects.filter(used_at__isnull=True, void_at__isnull=True, ends_at__gt=at)
    return good.filter(person__is_active=True).select_related("person__organisation")


@transaction.atomic
def use(row: SignInCode, *, password: str, secret: str, digits: str, at: datetime) -> bool:
    """Set the person's password and app, once: False when another was quicker. Raises ValidationError and WrongCode.

    What was signed in with an older password ends.
    """
    person = row.person
    validate_password(password, person)
    if not spend(row, at=at):
        return False
    sides.start_anew(person, Hat(row.hat))
    if not totp.activate(person, secret, digits, hat=Hat(row.hat), at=at):
        # Rolls the use back as well.
        raise WrongCode
    person.set_password(password)
    person.save(update_fields=["password"])
    session.end_all(person)
    return True


@transaction.atomic
def spend(row: SignInCode, *, at: datetime) -> bool:
    """Use the code up; False when another was quicker, or it was made void."""
    if not SignInCode.objects.filter(pk=row.pk, used_at__isnull=True, void_at__isnull=True).update(used_at=at):
        return False
    _event(row.person, at, row.person, {"code": "used", "hat": row.hat})
    return True


def end_with_guardianship(guardianship: Guardianship, at: datetime) -> None:
    """What `people.endings` calls: a paper that lies about opens nothing any more."""
    _open_codes(guardianship.person).filter(hat=Hat.GUARDIAN).update(void_at=at)
