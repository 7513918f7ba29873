"""What whoever receives a package needs, and may know: the keys, the form of the data, the page that verifies."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from transfers.packaging import record
from transfers.services import keys

_VERIFIER = Path(__file__).resolve().parent.parent / "data" / "verify.html"


@login_not_required
@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """The keys of the organisations here, those in use and those that have signed before, as a JWK set."""
    response = JsonResponse(keys.published(), json_dumps_params={"indent": 1})
    response["Content-Type"] = "application/jwk-set+json"
    # Short, so that a key that was withdrawn is gone soon everywhere.
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of `log.json`."""
    response = HttpResponse(record.SCHEMA.read_bytes(), content_type="application/schema+json")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@login_not_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The page that verifies a package without this site; handed out to be kept, for its script runs elsewhere."""
    response = HttpResponse(_VERIFIER.read_bytes(), content_type="text/html")
    response["Content-Disposition"] = 'attachment; filename="verify.html"'
    return response
