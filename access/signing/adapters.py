"""What allauth asks of a site, answered: nobody signs up, and what it keeps of second factors is encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from access.signing import outside
from ground import fields


class HouseAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class HouseSocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """None from the database: providers stand in the settings, and `access.signing.providers` reads them."""
        return []

    def get_requests_session(self) -> Any:
        return outside.measured(super().get_requests_session())


class HouseMFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return fields.encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return fields.decrypted(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """What the device shows of whose key it is: the first name."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.given_name, "name": user.given_name}

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
