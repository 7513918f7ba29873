"""What allauth asks of a site, answered: nobody signs up, and what it keeps of second factors is encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

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


class HouseMFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return fields.encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return fields.decrypted(encrypted_text)
