"""Detached signatures: JWS (RFC 7515, appendix F) with Ed25519 (RFC 8037, named as RFC 9864 does)."""

import base64
import hashlib
import json
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM: Final = "Ed25519"


def _encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def public_jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """A public key as a JWK; its `kid` is the thumbprint of RFC 7638, so it names nothing but itself."""
    bare = {"crv": "Ed25519", "kty": "OKP", "x": _encoded(key.public_bytes_raw())}
    thumbprint = _encoded(hashlib.sha256(_canonical(bare)).digest())
    return {**bare, "alg": ALGORITHM, "use": "sig", "kid": thumbprint}


def sign(payload: bytes, key: Ed25519PrivateKey) -> bytes:
    """A detached compact JWS over the payload, with a newline at its end."""
    header = _encoded(_canonical({"alg": ALGORITHM, "kid": public_jwk(key.public_key())["kid"]}))
    signature = key.sign(f"{header}.{_encoded(payload)}".encode())
    return f"{header}..{_encoded(signature)}\n".encode()


def signed_by(payload: bytes, signature: bytes, keys: list[dict[str, Any]]) -> str | None:
    """The `kid` of the key among these JWKs that made the signature, or None."""
    try:
        header, nothing, made = signature.decode("ascii").strip().split(".")
        told = json.loads(_decoded(header))
        if nothing or told.get("alg") != ALGORITHM:
            return None
        key = next(row for row in keys if row.get("kid") == told.get("kid") and row.get("crv") == "Ed25519")
        public = Ed25519PublicKey.from_public_bytes(_decoded(key["x"]))
        public.verify(_decoded(made), f"{header}.{_encoded(payload)}".encode())
    except (ValueError, KeyError, AttributeError, StopIteration, InvalidSignature):
        return None
    return str(key["kid"])
