"""Which language a visitor reads: what they chose here, else what their browser asks for, else the organisation's."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from people.models import Organisation

# We write Bokmål. Who asks for Norwegian, or for Nynorsk, reads that rather than any other language we have.
NORWEGIAN = {"no": "nb", "nn": "nb"}


def of_visitor(request: HttpRequest) -> str:
    """The language of this request's answer."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return _spoken(chosen) or _asked_for(request.headers.get("Accept-Language", "")) or fallback()


def fallback() -> str:
    """What everybody gets who asks for none of our languages."""
    return settings.FALLBACK_LANGUAGE or of_organisation()


def of_organisation() -> str:
    """The organisation's own language; before there is an organisation, or where we do not speak it, the product's."""
    own = Organisation.objects.order_by("pk").values_list("language", flat=True).first()
    return _spoken(own or "") or settings.LANGUAGE_CODE


def _asked_for(header: str) -> str:
    for wanted, weight in parse_accept_lang_header(header):
        if wanted == "*" or not weight:
            break
        if found := _spoken(NORWEGIAN.get(wanted.partition("-")[0], wanted)):
            return found
    return ""


def _spoken(code: str) -> str:
    """Our language that is meant by a code, as `en` is by `en-GB`; nothing when there is none."""
    try:
        return translation.get_supported_language_variant(code.lower())
    except LookupError:
        return ""
