"""OpenID Connect, stricter than allauth by itself: what a provider says is believed only when all of it is checked.

The token's signature, issuer, audience, times and nonce are checked here, and so is how surely it says who it is. No
claim is stored, and nothing in the query of our own addresses changes what a provider is asked for.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from access.signing.providers import ALGORITHMS, Way
from visibility.viewer import Hat, Strength

# How far two clocks may be apart, and how old an answer may be.
LEEWAY = timedelta(minutes=3)
OLDEST = timedelta(minutes=15)
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFE = timedelta(minutes=1)
# What the network, JSON and keys of somebody else can throw; never shown or logged, it may quote a token.
FAULTS = (OAuth2Error, requests.RequestException, jwt.PyJWTError, AttributeError, KeyError, TypeError, ValueError,
          OverflowError)  # fmt: skip


class Refused(Exception):
    """The sign-in is not believed; `why` is a machine word for the log and the page, never a claim."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Asked:
    """What the browser set out for: kept in its own session while it is at the provider."""

    hat: Hat
    least: Strength = Strength.LOW
    goes_to: str = ""
    # The one who must come back from stepping up; 0 for anybody.
    person: int = 0


@dataclass(frozen=True)
class Said:
    """What a provider said and we believe, for the length of one request."""

    national_id: str
    strength: Strength
    sid: str


class HouseClient(OAuth2Client):
    way: Way
    at: datetime

    def get_access_token(self, code: Any, pkce_code_verifier: Any = None, extra_data: Any = None) -> Any:
        if self.way.signing_key:
            extra_data = {**(extra_data or {}), **self._assertion()}
        return super().get_access_token(code, pkce_code_verifier=pkce_code_verifier, extra_data=extra_data)

    def _assertion(self) -> dict[str, str]:
        """`private_key_jwt`: a statement for this one call, signed with our own key, instead of a shared secret."""
        claims = {
            "iss": self.way.client_id,
            "sub": self.way.client_id,
            "aud": self.way.issuer,
            "jti": secrets.token_urlsafe(24),
            "iat": self.at,
            "exp": self.at + ASSERTION_LIFE,
        }
        headers = {"kid": self.way.key_id} if self.way.key_id else None
        signed = jwt.encode(claims, self.way.signing_key, algorithm=self.way.algorithm, headers=headers)
        return {"client_id": self.way.client_id, "client_assertion_type": ASSERTION, "client_assertion": signed}


class HouseAdapter(OpenIDConnectOAuth2Adapter):
    client_class = HouseClient

    def __init__(self, request: HttpRequest, way: Way, provider: "HouseProvider", at: datetime) -> None:
        self.way, self.provider, self.at = way, provider, at
        super().__init__(request, way.key)

    def get_provider(self) -> "HouseProvider":
        return self.provider

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != self.way.issuer:
            raise Refused("issuer")
        return config

    @property
    def basic_auth(self) -> bool:
        return bool(self.way.secret) and bool(super().basic_auth)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("signing:callback", kwargs={"way": self.way.key}))

    def get_client(self, request: HttpRequest, app: SocialApp) -> HouseClient:
        client: HouseClient = super().get_client(request, app)
        client.way, client.at = self.way, self.at
        return client


class HouseProvider(OpenIDConnectProvider):
    """Asks for what the settings say, whatever the query string says, and stores nothing."""

    pkce_enabled_default = True

    def __init__(self, request: HttpRequest, way: Way, at: datetime) -> None:
        app = SocialApp(provider="openid_connect", provider_id=way.key, name=way.name, client_id=way.client_id)
        app.secret, app.settings = way.secret, {"server_url": way.issuer, "scope": list(way.scopes)}
        super().__init__(request, app=app)
        self.way, self.adapter = way, HouseAdapter(request, way, self, at)

    def get_oauth2_adapter(self, request: HttpRequest) -> HouseAdapter:
        return self.adapter

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, Any]:
        return self.get_auth_params()

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return {"process": "login"}

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}


def begin(request: HttpRequest, way: Way, asked: Asked, *, at: datetime) -> HttpResponse:
    """Send the browser to the provider; raises Refused("down") when it does not answer."""
    nonce = secrets.token_urlsafe(24)
    params = {"nonce": nonce, "ui_locales": get_language() or "sv"}
    if levels := way.asked(max(asked.least, min(Strength.SUBSTANTIAL, way.strongest))):
        params["acr_values"] = levels
    if asked.person:
        # Stepping up: an old sign-in over there is not enough.
        params["prompt"] = "login"
    state = {
        "nonce": nonce,
        "hat": asked.hat.value,
        "least": int(asked.least),
        "goes_to": asked.goes_to,
        "person": asked.person,
    }
    try:
        response: HttpResponse = HouseProvider(request, way, at).redirect(request, "login", auth_params=params, **state)
    except FAULTS:
        raise Refused("down") from None
    return response


def finish(request: HttpRequest, way: Way, *, at: datetime) -> tuple[Asked, Said]:
    """What the browser had set out for, and what the provider says; raises Refused."""
    state = statekit.unstash_state(request, provider_id=way.key, state_id=request.GET.get("state", ""))
    if state is None:
        raise Refused("state")
    asked = Asked(Hat(state["hat"]), Strength(state["least"]), state["goes_to"], state["person"])
    if error := request.GET.get("error", ""):
        raise Refused("cancelled" if error == "access_denied" else "provider")
    try:
        return asked, _said(request, way, state, asked, at)
    except FAULTS as fault:
        raise Refused("down" if isinstance(fault, requests.RequestException) else "token") from None


def _said(request: HttpRequest, way: Way, state: dict[str, Any], asked: Asked, at: datetime) -> Said:
    provider = HouseProvider(request, way, at)
    adapter = provider.adapter
    config = adapter.openid_config
    # Says who answers, so that one provider's answer is not taken to another.
    named = request.GET.get("iss", "")
    if named != way.issuer and (named or config.get("authorization_response_iss_parameter_supported")):
        raise Refused("issuer")
    client = adapter.get_client(request, provider.app)
    answer = adapter.get_access_token_data(request, provider.app, client, state["pkce_code_verifier"])
    claims = _verified(answer["id_token"], config["jwks_uri"], way, at)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), state["nonce"].encode()):
        raise Refused("nonce")
    strength = way.strength(str(claims.get("acr", "")))
    if strength is None or strength < asked.least:
        raise Refused("level")
    sure = dict(claims)
    if way.userinfo:
        told = adapter._fetch_user_info(answer["access_token"])
        if told.get("sub") != claims["sub"]:
            raise Refused("token")
        sure = {**told, **claims}
    found = next((str(sure[claim]) for claim in way.id_claims if sure.get(claim)), "")
    return Said(found, strength, str(claims.get("sid", "")))


def _verified(token: str, keys_at: str, way: Way, at: datetime) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        answer = session.get(keys_at)
        answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
    kid = jwt.get_unverified_header(token).get("kid")
    usable = [key for key in keys if key.public_key_use in (None, "sig") and (kid is None or key.key_id == kid)]
    if len(usable) != 1:
        raise Refused("token")
    # The times are compared below, with the moment of the request and some patience.
    options: Any = {"verify_exp": False, "verify_iat": False, "verify_nbf": False,
                    "require": ["iss", "sub", "aud", "exp", "iat"]}  # fmt: skip
    try:
        claims: dict[str, Any] = jwt.decode(
            token, usable[0], algorithms=list(ALGORITHMS), audience=way.client_id, issuer=way.issuer, options=options
        )
    except jwt.InvalidIssuerError:
        raise Refused("issuer") from None
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else way.client_id) != way.client_id:
        raise Refused("token")
    issued, ends = (datetime.fromtimestamp(int(claims[name]), UTC) for name in ("iat", "exp"))
    if issued > at + LEEWAY or issued < at - OLDEST or ends < at - LEEWAY:
        raise Refused("clock")
    return claims


def way_out(request: HttpRequest, way: Way, *, at: datetime, back: str) -> str:
    """The provider's own way out, with the address to come back to; "" when it has none or does not answer.

    No id token is kept, so none is sent along: the provider asks the person once more, which is better than a
    stored token that names them.
    """
    try:
        found = HouseProvider(request, way, at).adapter.openid_config.get("end_session_endpoint", "")
    except (Refused, *FAULTS):
        return ""
    if not found:
        return ""
    query = {"client_id": way.client_id, "post_logout_redirect_uri": back}
    prepared = requests.Request("GET", found, params=query).prepare()
    return str(prepared.url)
