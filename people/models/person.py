"""An adult who can sign in: guardian, staff, school, office; often more than one of them."""

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.fields import EncryptedTextField
from ground.models import PublicIdModel
from people.national_ids import hash_of


def new_login() -> str:
    """A name that says nothing about its bearer; people never type it."""
    return secrets.token_hex(12)


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, login: str | None = None, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(login=login or new_login(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, login: str, password: str | None = None, **fields: Any) -> "Person":
        """For tests of what a superuser must not reach; a system check refuses to run with one."""
        return self.create_user(login, password, is_superuser=True, **fields)


class Person(PublicIdModel, AbstractBaseUser, PermissionsMixin):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="persons", null=True)
    login = models.CharField(max_length=64, unique=True, default=new_login)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="sv")
    national_id = EncryptedTextField(blank=True, default="")
    national_id_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    is_active = models.BooleanField(default=True)
    # Wagtail's office asks for these names; they open no door to a child.
    is_staff = models.BooleanField(default=False)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "national_id_hash"],
                condition=~Q(national_id_hash=""),
                name="people_person_national_id",
                violation_error_message=_("There is already a person with this national id."),
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.national_id_hash = hash_of(self.national_id)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def get_short_name(self) -> str:
        return self.given_name

    @property
    def first_name(self) -> str:
        return self.given_name

    @property
    def last_name(self) -> str:
        return self.family_name
