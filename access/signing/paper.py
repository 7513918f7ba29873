"""What stands on a paper with a code, in its reader's language; the page and the PDF are both made of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from access.signing import totp
from access.signing.codes import Letter
from ground.typesetting import CannotBeSet, typeset
from people.models import Person

TEMPLATE = "access/typeset/code_letter.typ"


@dataclass(frozen=True)
class Paper:
    """The words of one letter. `squares` is the address as a picture, a QR code; the code itself is in no picture."""

    language: str
    title: str
    sender: str
    day: str
    hello: str
    lead: str
    open_at: str
    site: str
    squares: tuple[int, str]
    picture: str
    write: str
    code: str
    choose: str
    sign_in_with: str
    name: str
    until: str
    warning: str


def language_of(person: Person) -> str:
    """The person's own language where we write it, else their organisation's, else the product's."""
    spoken = dict(settings.LANGUAGES)
    wanted = (person.language, person.organisation.language if person.organisation else "", settings.LANGUAGE_CODE)
    return next(code for code in wanted if code in spoken)


@sensitive_variables()
def write(letter: Letter, *, site: str, at: datetime) -> Paper:
    """The words of the letter, at that moment; `site` is where the code is typed."""
    person, language = letter.row.person, language_of(letter.row.person)
    owner = person.organisation
    zone = ZoneInfo(owner.time_zone if owner else settings.TIME_ZONE)
    with translation.override(language):
        return Paper(
            language=language,
            title=_("Your way into the learning log"),
            sender=owner.name if owner else _("Learning Log"),
            day=_in_words(at.astimezone(zone), "j F Y"),
            hello=_("Hello %(name)s!") % {"name": person.given_name},
            lead=_("With this paper you make your own way into the learning log. It is for you alone."),
            open_at=_("Open this address on your phone or computer:"),
            site=site,
            squares=totp.squares(site),
            picture=_("The address as a picture for the camera of a phone"),
            write=_("Write this code:"),
            code=letter.code,
            choose=_(
                "Choose how you come in from then on. Easiest is a passkey: your finger, your face or the code of your "
                "phone. Or take a password, and any app for one-time codes."
            ),
            sign_in_with=_("With a password you also write this name, each time:"),
            name=person.login,
            until=_("The code is good once, until %(day)s.")
            % {"day": _in_words(letter.row.ends_at.astimezone(zone), "j F Y H:i")},
            warning=_(
                "If somebody else may have seen it, tell whoever gave you this paper, and you get a new one. Nobody "
                "will ever ask you for it by phone or in a message."
            ),
        )


def _in_words(value: datetime, pattern: str) -> str:
    return date_format(value, pattern.replace("j", "j.") if translation.get_language() == "nb" else pattern)


@sensitive_variables()
def as_pdf(paper: Paper, *, at: datetime) -> bytes | None:
    """The letter as a PDF; None where a name has signs that it cannot be set with, and the page must do."""
    try:
        return typeset(TEMPLATE, asdict(paper), title=paper.title, language=paper.language, at=at)
    except CannotBeSet:
        return None
