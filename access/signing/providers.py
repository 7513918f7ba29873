"""The e-IDs and directories of an installation, from its settings: typed, and wrong ones stop the start by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from visibility.viewer import Hat, Strength

SWEDISH = "https://id.oidc.se/claim/"
# What is known of the great ones; a variable of the installation's own says it otherwise.
PRESETS: dict[str, dict[str, str]] = {
    "id-porten": {
        "name": "ID-porten",
        "hats": "guardian",
        "scopes": "openid profile",
        "id_claims": "pid",
        "levels": "idporten-loa-substantial=substantial idporten-loa-high=high",
    },
    "sweden": {
        "name": "BankID",
        "hats": "guardian",
        "scopes": "openid https://id.oidc.se/scope/naturalPersonNumber",
        "id_claims": f"{SWEDISH}personalIdentityNumber {SWEDISH}coordinationNumber",
        "levels": "http://id.elegnamnden.se/loa/1.0/loa2=low http://id.elegnamnden.se/loa/1.0/loa3=substantial "
        "http://id.swedenconnect.se/loa/1.0/uncertified-loa3=substantial http://id.elegnamnden.se/loa/1.0/loa4=high",
    },
    "feide": {
        "name": "Feide",
        "hats": "staff school",
        "scopes": "openid userid-nin",
        "id_claims": "https://n.feide.no/claims/nin",
        "levels": "-=low",
        "userinfo": "yes",
    },
    "directory": {"hats": "staff school", "scopes": "openid profile", "levels": "-=low"},
}
# Never "none", and nothing in which the provider's public key could serve as a shared secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
NO_ACR = "-"


@dataclass(frozen=True)
class Way:
    """One provider: who comes in through it, what it must say, and what each of its levels is worth here."""

    key: str
    name: str
    issuer: str
    client_id: str
    hats: frozenset[Hat]
    scopes: tuple[str, ...]
    id_claims: tuple[str, ...]
    # By the value of `acr`; "-" is what it is worth that the provider says none. What is not here is worth nothing.
    levels: Mapping[str, Strength]
    userinfo: bool = False
    secret: str = field(default="", repr=False)
    signing_key: str = field(default="", repr=False)
    key_id: str = ""
    algorithm: str = "RS256"

    def strength(self, acr: str) -> Strength | None:
        """What a level is worth here; None when it is worth nothing."""
        return self.levels.get(acr or NO_ACR)

    @cached_property
    def strongest(self) -> Strength:
        """The most that this provider can say."""
        return max(self.levels.values())

    def asked(self, least: Strength) -> str:
        """The `acr_values` that are asked for: those that are enough, the lowest first."""
        enough = [(worth, acr) for acr, worth in self.levels.items() if worth >= least and acr != NO_ACR]
        return " ".join(acr for _, acr in sorted(enough, key=lambda pair: pair[0]))

    @property
    def origin(self) -> str:
        """Scheme and host, for the policy of the page that the provider itself may frame."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


def all_ways() -> list[Way]:
    """Every provider of the installation, in the order of its settings."""
    return list(_built(repr(settings.SIGN_IN_PROVIDERS), settings.PRODUCTION))


def ways_for(hat: Hat, least: Strength = Strength.LOW) -> list[Way]:
    """Those through which one can come in under a hat, at least so surely."""
    return [way for way in all_ways() if hat in way.hats and way.strongest >= least]


def way(key: str) -> Way | None:
    """The provider with this short name."""
    return next((found for found in all_ways() if found.key == key), None)


@lru_cache(maxsize=8)
def _built(_settings: str, production: bool) -> tuple[Way, ...]:
    # The settings are the key of the cache, so that a test may change them.
    return tuple(_way(key, given, production) for key, given in settings.SIGN_IN_PROVIDERS.items())


def _way(key: str, given: Mapping[str, str], production: bool) -> Way:
    preset = given.get("preset", "")
    if preset and preset not in PRESETS:
        raise _wrong(key, "preset", f"must be one of {', '.join(PRESETS)}")
    values = {**PRESETS.get(preset, {}), **given}
    issuer = _needed(key, values, "issuer")
    if urlsplit(issuer).scheme != "https" and (production or urlsplit(issuer).scheme != "http"):
        raise _wrong(key, "issuer", "must begin with https://")
    made = Way(
        key=key,
        name=values.get("name", key),
        issuer=issuer,
        client_id=_needed(key, values, "client_id"),
        hats=_hats(key, _needed(key, values, "hats")),
        scopes=tuple(_needed(key, values, "scopes").split()),
        id_claims=tuple(_needed(key, values, "id_claims").split()),
        levels=_levels(key, _needed(key, values, "levels")),
        userinfo=values.get("userinfo", "no") == "yes",
        secret=values.get("secret", ""),
        signing_key=_signing_key(key, values),
        key_id=values.get("key_id", ""),
        algorithm=values.get("algorithm", "RS256"),
    )
    if bool(made.secret) == bool(made.signing_key):
        raise _wrong(key, "key_file", f"or {_name(key, 'secret')} must be set, and not both")
    if made.algorithm not in ALGORITHMS:
        raise _wrong(key, "algorithm", f"must be one of {', '.join(ALGORITHMS)}")
    return made


def _name(key: str, part: str) -> str:
    return f"SIGN_IN_{key}_{part}".upper().replace("-", "_")


def _wrong(key: str, part: str, what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{_name(key, part)} {what}.")


def _needed(key: str, values: Mapping[str, str], part: str) -> str:
    if not values.get(part):
        raise ImproperlyConfigured(f"Set the environment variable {_name(key, part)}.")
    return values[part]


def _hats(key: str, said: str) -> frozenset[Hat]:
    try:
        found = frozenset(Hat(word) for word in said.split())
    except ValueError:
        raise _wrong(key, "hats", "may say guardian, staff and school") from None
    if Hat.OFFICE in found:
        raise _wrong(key, "hats", "may say guardian, staff and school")
    return found


def _levels(key: str, said: str) -> dict[str, Strength]:
    found = {}
    for pair in said.split():
        acr, _, worth = pair.rpartition("=")
        if not acr or worth.upper() not in Strength.__members__:
            raise _wrong(key, "levels", "must be pairs such as loa3=substantial with blanks between them")
        found[acr] = Strength[worth.upper()]
    return found


def _signing_key(key: str, values: Mapping[str, str]) -> str:
    path = values.get("key_file", "")
    if not path:
        return ""
    try:
        text = Path(path).read_text()
        loaded: Any = load_pem_private_key(text.encode(), password=None)
    except (OSError, ValueError, TypeError):
        # "from None": the error may quote what it could not read.
        raise _wrong(key, "key_file", "must name a private key in PEM without a password") from None
    del loaded
    return text
