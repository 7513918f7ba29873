"""What comes after signing out: nothing here, and the provider's own way out where the person came in through one."""

from django.urls import reverse

from access.signing import providers


def page_after(way: str) -> str:
    """The page that leads on to the provider's way out; "" where the person came in by another way."""
    if providers.way(way) is None:
        return ""
    return reverse("signing:left", kwargs={"way": way})
