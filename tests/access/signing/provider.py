"""A provider of OpenID Connect on this machine, with a real key, that misbehaves on demand.

It is strict with us: it takes a code once, with the right verifier, from a client that proves itself by its own key.
"""

import base64
import hashlib
import json
import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "learning-log"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@dataclass
class Behaviour:
    """What it says of whom, and in which way it is wrong."""

    at: datetime
    claims: dict[str, Any] = field(default_factory=dict)
    acr: str = "loa3"
    nonce: str = "right"
    issuer: str = ""
    configured_issuer: str = ""
    signs_with: rsa.RSAPrivateKey | None = None
    algorithm: str = "RS256"
    life: timedelta = timedelta(minutes=5)
    off_by: timedelta = timedelta(0)
    down: frozenset[str] = frozenset()
    # By address, how many characters more than it needs.
    longer: dict[str, int] = field(default_factory=dict)
    error: str = ""
    answers_as: str = ""
    audience: Any = CLIENT
    azp: str = ""
    userinfo: dict[str, Any] = field(default_factory=dict)
    sid: str = ""


class Provider:
    def __init__(self, client_key: rsa.RSAPrivateKey) -> None:
        self.key, self.client_key = new_key(), client_key
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: dict[str, str] = {}
        self.proofs: set[str] = set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def behave(self, at: datetime, **how: Any) -> Behaviour:
        self.behaviour = Behaviour(at, **how)
        return self.behaviour

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.behaviour.configured_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/me",
            "end_session_endpoint": f"{self.issuer}/leave",
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "authorization_response_iss_parameter_supported": True,
        }

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        self.asked = query
        how = self.behaviour
        said = {"state": query["state"], "iss": how.answers_as or self.issuer}
        if how.error:
            return f"{query['redirect_uri']}?{urlencode({**said, 'error': how.error})}"
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({**said, 'code': code})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, or None: it was used, or is not this client's, or the client does not prove itself."""
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or asked["redirect_uri"] != form["redirect_uri"] or not self._proved(form):
            return None
        if asked["code_challenge_method"] != "S256" or verifier.rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def _proved(self, form: dict[str, str]) -> bool:
        if form.get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer":
            return False
        said = jwt.decode(
            form["client_assertion"], self.client_key.public_key(), algorithms=["RS256"], audience=self.issuer,
            options={"verify_exp": False, "verify_iat": False},
        )  # fmt: skip
        fresh = said["jti"] not in self.proofs
        self.proofs.add(said["jti"])
        in_time = said["exp"] - said["iat"] <= 120 and said["exp"] > self.behaviour.at.timestamp()
        return fresh and in_time and said["iss"] == said["sub"] == CLIENT and "client_secret" not in form

    def id_token(self, nonce: str) -> str:
        how = self.behaviour
        issued = how.at + how.off_by
        claims = {
            "iss": how.issuer or self.issuer,
            "sub": "pairwise-1",
            "aud": how.audience,
            "iat": issued,
            "exp": issued + how.life,
            **({"acr": how.acr} if how.acr else {}),
            **({"azp": how.azp} if how.azp else {}),
            **({"sid": how.sid} if how.sid else {}),
            **({"nonce": {"right": nonce}.get(how.nonce, how.nonce)} if how.nonce else {}),
            **how.claims,
        }
        key: Any = how.signs_with or self.key
        if how.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "one"})
        if how.algorithm == "HS256":
            # The old trick: the public key as a shared secret.
            key = hashlib.sha256(json.dumps(self.keys()).encode()).digest()
        return jwt.encode(claims, key, algorithm=how.algorithm, headers={"kid": "one"})


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *args: Any) -> None:
            return

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path in provider.behaviour.down:
                self.say(503, {})
            elif parts.path == "/.well-known/openid-configuration":
                self.say(200, provider.configuration())
            elif parts.path == "/keys":
                self.say(200, provider.keys())
            elif parts.path == "/me":
                self.say(200, provider.behaviour.userinfo)
            else:
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            if urlsplit(self.path).path in provider.behaviour.down:
                self.say(503, {})
                return
            answer = provider.token(form)
            self.say(200 if answer else 400, answer or {"error": "invalid_grant"})

        def say(self, status: int, body: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            more = provider.behaviour.longer.get(urlsplit(self.path).path, 0)
            # A client that has heard enough hangs up.
            with suppress(ConnectionError):
                self.wfile.write(json.dumps({**body, "more": "x" * more} if more else body).encode())

    return Handler
