"""The office's own sign-in, by name and password, and the forms of its pictures and people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from ground.clock import now
from people.models import Person
from portal.office import rights
from visibility.viewer import Hat, Strength, Viewer

REMINDER = _(
    "This library is public. Pictures of children belong in the learning log, where only their family sees them: "
    "never upload a child who can be recognised."
)


class OfficeSignInForm(AuthenticationForm):
    """Name and password; whoever may not enter the office hears the same as who mistyped."""

    error_messages = {
        "invalid_login": _("That name and password do not open the office."),
        "inactive": _("That name and password do not open the office."),
    }

    def confirm_login_allowed(self, user: Any) -> None:
        viewer = Viewer(person=user, hat=Hat.OFFICE, strength=Strength.LOW, at=now())
        if not user.is_active or not rights.may_enter(viewer):
            raise ValidationError(self.error_messages["invalid_login"], code="invalid_login")


class EditorialImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = REMINDER


class EditorialDocumentForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = REMINDER


class OfficePersonForm(forms.ModelForm):
    """What may be changed about somebody of the office here: the groups of rights, and nothing else."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"), required=False, widget=forms.CheckboxSelectMultiple, label=_("Rights")
    )

    class Meta:
        model = Person
        fields = ["groups"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        # Nobody gives themselves more, or locks themselves out.
        self.fields["groups"].disabled = editing_self
